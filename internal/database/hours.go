package database

import "time"

// Profile is how much is asked of a system.
type Profile struct {
	// MaxOpen is the number of connections to each of its addresses. 0 means that of Options.
	MaxOpen int
	// Timeout bounds one statement. 0 means that of Options.
	Timeout time.Duration
	// Budget bounds one request. 0 means that of Options.
	Budget time.Duration
}

// Hours are times in which less is asked of a system, because others work with it.
type Hours struct {
	Profile
	// Is tells whether a moment lies in them. nil means that there are none.
	Is func(time.Time) bool
}

// Profile is what holds for statements that begin now; inHours tells whether that is Options.Hours.
func (db *DB) Profile() (p Profile, inHours bool) {
	p = Profile{MaxOpen: db.opts.MaxOpen, Timeout: db.opts.Timeout, Budget: db.opts.Budget}
	h := db.opts.Hours
	if h.Is == nil || !h.Is(db.opts.Now()) {
		return p, false
	}
	if h.MaxOpen > 0 {
		p.MaxOpen = h.MaxOpen
	}
	if h.Timeout > 0 {
		p.Timeout = h.Timeout
	}
	if h.Budget > 0 {
		p.Budget = h.Budget
	}
	return p, true
}

// HasHours tells whether there are times in which less is asked of the system.
func (db *DB) HasHours() bool { return db.opts.Hours.Is != nil }
