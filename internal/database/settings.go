package database

import (
	"context"
	"database/sql/driver"
	"slices"
	"strings"
	"sync/atomic"
)

// DefaultTimeZone is the zone of a session where a deployment does not say: Beijing time.
const DefaultTimeZone = "+08:00"

// setting is a session variable on which answers depend, and its value as SQL. Whatever a
// server's configuration, its init_connect or the account say, a session of the gateway
// has these.
type setting struct{ name, value string }

// settings are set by one statement when a session begins. Values are written out: DEFAULT
// would be the server's global value, the very thing that may be wrong.
func settings(timeZone string, noSlowLog bool) []setting {
	list := []setting{
		// A TIMESTAMP is a moment, which the server shows in the session's zone.
		{"time_zone", "'" + strings.ReplaceAll(timeZone, "'", "''") + "'"},
		// No mode at all: quotes and backslashes mean what the planner writes, '' is no NULL,
		// CHAR is not padded, no division is an error, and DATE('2021-02-31') is NULL, while
		// such a day in a column, or in a cursor, can be read and compared.
		{"sql_mode", "''"},
		{"sql_select_limit", "2147483647"}, // more than any statement reads; the demo's engine cannot do with more
		{"sql_big_selects", "1"},           // max_join_size does not count then
		{"autocommit", "1"},                // else a session goes on reading what was there when it began
		{"sql_auto_is_null", "0"},
		{"group_concat_max_len", "1048576"},
		{"div_precision_increment", "4"},
		{"max_sort_length", "1024"}, // of a text by which rows are sorted
		{"default_week_format", "0"},
		{"lc_time_names", "'en_US'"},
		{"collation_connection", "'utf8mb4_general_ci'"}, // of texts made by functions
		{"character_set_results", "'utf8mb4'"},
		{"default_regex_flags", "''"}, // MariaDB
	}
	if noSlowLog {
		// No statement looks at so many rows, so none is logged, however slow; every account may set it.
		list = append(list, setting{"min_examined_row_limit", "4294967295"})
	}
	return list
}

// pins sets the settings of sessions. It is safe for concurrent use.
type pins struct {
	all   []setting
	known atomic.Pointer[[]setting] // those that the server has; nil before the first session
}

func newPins(timeZone string, noSlowLog bool) *pins { return &pins{all: settings(timeZone, noSlowLog)} }

// forget has the next session ask again what the server knows: it may be another one.
func (p *pins) forget() { p.known.Store(nil) }

// pin makes the settings those of the session. An older server, or the demo's engine, does
// not know some of the variables, or a value: these are set one by one once, and remembered.
func (p *pins) pin(ctx context.Context, conn driver.ExecerContext) error {
	list := p.all
	if known := p.known.Load(); known != nil {
		list = *known
	}
	err := set(ctx, conn, list)
	if err == nil || !isUnknown(err) {
		return err
	}
	var known []setting
	for _, s := range p.all {
		err := set(ctx, conn, []setting{s})
		switch {
		case err == nil:
			known = append(known, s)
		case !isUnknown(err) || slices.Contains(chosen, s.name):
			return err
		}
	}
	p.known.Store(&known)
	return nil
}

// chosen are the settings that a deployment asks for: there is no session without them.
var chosen = []string{"time_zone", "min_examined_row_limit"}

func set(ctx context.Context, conn driver.ExecerContext, list []setting) error {
	var text strings.Builder
	text.WriteString("SET ")
	for i, s := range list {
		if i > 0 {
			text.WriteString(", ")
		}
		text.WriteString("SESSION " + s.name + " = " + s.value)
	}
	_, err := conn.ExecContext(ctx, text.String(), nil)
	return err
}

// isUnknown tells whether the server has no such variable, statement, charset or value, or
// lets nobody but an administrator set it.
func isUnknown(err error) bool {
	e := asMySQL(err)
	if e == nil {
		return false
	}
	switch e.Number {
	case 1064, 1105, 1115, 1193, 1227, 1228, 1229, 1231, 1232, 1238, 1273, 1298, 1621:
		return true
	}
	return false
}
