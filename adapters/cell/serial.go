package cell

import (
	"bytes"
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// matchExcel reads a day serial of Excel's 1900 system, at most five digits, with the
// time of day as a fraction. Day 60 is 1900-02-29, which Excel has and the calendar has
// not; day 0 is no day.
func matchExcel(text []byte) (moment, bool) {
	var digits [64]byte
	n, rest, ok := scanNumber(digits[:], text)
	if !ok || len(rest) > 0 || !isSerial(text) || len(n.digits)-n.scale > 5 {
		return moment{}, false
	}
	millionths, _, _ := n.truncate(6).times10(6) // of a day, some tenths of a second; at most 11 digits
	serial := millionths / 1e6
	// rounded, as 0.3958333 is half past nine, but never into the next day
	second := min((millionths%1e6*86400+5e5)/1e6, 86399)
	switch {
	case serial == 0:
		return moment{}, true
	case serial == 60:
		return moment{year: 1900, month: 2, day: 29}, true
	case serial > 60:
		serial--
	}
	first := time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	return momentOf(first.AddDate(0, 0, int(serial)).Add(time.Duration(second) * time.Second)), true
}

// isSerial tells whether text is at most five digits, with or without a fraction.
func isSerial(text []byte) bool {
	whole, fraction, point := bytes.Cut(text, []byte("."))
	return areDigits(whole) && len(whole) <= 5 && (!point || areDigits(fraction))
}

// matchEpoch reads the time since 1970-01-01 UTC in so many parts of a second. Zero is no
// moment: a BIGINT column that is NOT NULL writes it for "none".
func matchEpoch(text []byte, parts int64) (moment, bool) {
	var digits [64]byte
	n, rest, ok := scanNumber(digits[:], text)
	if !ok || len(rest) > 0 {
		return moment{}, false
	}
	value, _, fits := n.truncate(0).times10(0)
	const year9999 = 253402300800 - 8*3600 // its end in Asia/Shanghai
	if !fits || value/parts >= year9999 || value/parts < -60000000000 {
		return moment{}, false
	}
	if value == 0 {
		return moment{}, true
	}
	second := value / parts
	if value%parts < 0 {
		second--
	}
	return momentOf(model.InstantAt(second).Time()), true
}

func momentOf(t time.Time) (m moment) {
	year, month, day := t.Date()
	m.year, m.month, m.day = year, int(month), day
	m.hour, m.minute, m.second = t.Clock()
	return m
}
