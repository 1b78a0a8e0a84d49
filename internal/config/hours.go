package config

import (
	"time"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// OfficeHours are times of working days in which less is asked of a system. The zero value is none.
type OfficeHours struct {
	From, To time.Duration // after midnight in the source's zone; To is no longer in them
	database.Profile
}

// Are tells whether there are any.
func (h OfficeHours) Are() bool { return h.To > h.From }

// officeHours reads them. What they allow is not more than at other times.
func (r *reader) officeHours(at *yamlfile.Node, s Source) OfficeHours {
	d := r.Dict(at, "officeHours", "from", "to", "maxConnections", "timeout", "budget")
	if !d.IsMap() || !d.Needs("from", "to") {
		return OfficeHours{}
	}
	h := OfficeHours{From: r.hour(d, "from"), To: r.hour(d, "to"), Profile: database.Profile{
		MaxOpen: d.Int("maxConnections", 1, 1000), Timeout: r.duration(d, "timeout"), Budget: r.duration(d, "budget")}}
	switch {
	case h.From >= h.To:
		r.Add(d.At("from"), "from must lie before to, on the same day")
	case h.Profile == database.Profile{}:
		r.Add(at.Pos, "officeHours changes nothing: give maxConnections, timeout or budget")
	}
	whole := database.Options{MaxOpen: s.MaxConnections, Timeout: s.Timeout, Budget: s.Budget}.WithDefaults()
	if h.MaxOpen > whole.MaxOpen {
		r.Add(d.At("maxConnections"), "maxConnections of officeHours must not be more than at other times, %d", whole.MaxOpen)
	}
	if h.Timeout > whole.Timeout {
		r.Add(d.At("timeout"), "timeout of officeHours must not be longer than at other times, %s", whole.Timeout)
	}
	if h.Budget > whole.Budget {
		r.Add(d.At("budget"), "budget of officeHours must not be longer than at other times, %s", whole.Budget)
	}
	return h
}

// hour reads a time of the day.
func (r *reader) hour(d yamlfile.Dict, key string) time.Duration {
	text := d.Text(key)
	at, err := time.Parse("15:04", text)
	if text == "24:00" {
		return 24 * time.Hour
	}
	if err != nil {
		r.Add(d.At(key), `%s must be a time of the day from "00:00" to "24:00", in quotes, as in "08:30", not %q`, key, text)
		return 0
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
}
