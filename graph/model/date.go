package model

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// shanghai is the zone of every legacy system: they store local time without a zone.
// China has kept UTC+8 without daylight saving since 1992.
var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// InShanghai is the moment as clocks in China show it.
func InShanghai(t time.Time) time.Time { return t.In(shanghai) }

// Date is a calendar day without a time, in the proleptic Gregorian calendar. The zero
// Date is no day; codecs never produce it.
type Date struct {
	Year  int16
	Month uint8
	Day   uint8
}

// NewDate gives the day, or false where the calendar has no such day.
func NewDate(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, false
	}
	return Date{Year: int16(year), Month: uint8(month), Day: uint8(day)}, true
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// ParseDate reads an ISO 8601 day, 2023-03-15.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a day of the form 2023-03-15", s)
	}
	d, _ := NewDate(t.Year(), int(t.Month()), t.Day())
	return d, nil
}

// Time is midnight of the day in Asia/Shanghai.
func (d Date) Time() time.Time {
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, shanghai)
}

// Compare orders days: -1, 0 or +1.
func (d Date) Compare(e Date) int {
	a := int(d.Year)<<16 | int(d.Month)<<8 | int(d.Day)
	b := int(e.Year)<<16 | int(e.Month)<<8 | int(e.Day)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// AppendText appends the ISO form.
func (d Date) AppendText(b []byte) []byte {
	return append(b, byte('0'+d.Year/1000), byte('0'+d.Year/100%10), byte('0'+d.Year/10%10), byte('0'+d.Year%10),
		'-', '0'+d.Month/10, '0'+d.Month%10, '-', '0'+d.Day/10, '0'+d.Day%10)
}

// String is the ISO form.
func (d Date) String() string { return string(d.AppendText(nil)) }

// MarshalGQL writes the ISO form in quotes.
func (d Date) MarshalGQL(w io.Writer) {
	b := make([]byte, 0, 12)
	b = append(d.AppendText(append(b, '"')), '"')
	_, _ = w.Write(b)
}

// UnmarshalGQL reads an ISO day.
func (d *Date) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a Date is text of the form \"2023-03-15\"")
	}
	parsed, err := ParseDate(s)
	*d = parsed
	return err
}

// PartialDate is a day known to the year, the month or the day: Month and Day are 0
// where they are not known.
type PartialDate struct {
	Year  int16
	Month uint8
	Day   uint8
}

// String is the ISO form of reduced precision: 2023, 2023-03 or 2023-03-15.
func (d PartialDate) String() string {
	full := Date(d).AppendText(nil)
	switch {
	case d.Month == 0:
		return string(full[:4])
	case d.Day == 0:
		return string(full[:7])
	}
	return string(full)
}

// MarshalGQL writes the ISO form in quotes.
func (d PartialDate) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, `"`+d.String()+`"`) }

// UnmarshalGQL refuses: the gateway has no input of this type.
func (d *PartialDate) UnmarshalGQL(any) error {
	return fmt.Errorf("a PartialDate is never an input")
}

// Instant is a moment with the wall clock of Asia/Shanghai, to the second.
type Instant struct{ unix int64 }

// NewInstant takes wall clock parts of Asia/Shanghai; ok is false when they name no
// moment.
func NewInstant(d Date, hour, minute, second int) (Instant, bool) {
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return Instant{}, false
	}
	return Instant{unix: d.Time().Unix() + int64(hour*3600+minute*60+second)}, true
}

// InstantAt is the moment the given number of seconds after 1970-01-01 UTC.
func InstantAt(unix int64) Instant { return Instant{unix: unix} }

// Time is the moment in Asia/Shanghai.
func (i Instant) Time() time.Time { return time.Unix(i.unix, 0).In(shanghai) }

// Date is the day the moment falls on in Asia/Shanghai.
func (i Instant) Date() Date {
	t := i.Time()
	return Date{Year: int16(t.Year()), Month: uint8(t.Month()), Day: uint8(t.Day())}
}

// AppendText appends RFC 3339 with offset +08:00.
func (i Instant) AppendText(b []byte) []byte { return i.Time().AppendFormat(b, time.RFC3339) }

// String is RFC 3339 with offset +08:00.
func (i Instant) String() string { return string(i.AppendText(nil)) }

// MarshalGQL writes RFC 3339 in quotes.
func (i Instant) MarshalGQL(w io.Writer) {
	_, _ = w.Write(append(i.AppendText([]byte{'"'}), '"'))
}

// UnmarshalGQL reads RFC 3339.
func (i *Instant) UnmarshalGQL(v any) error {
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return fmt.Errorf("a DateTime is text of the form \"2023-03-15T09:30:00+08:00\"")
	}
	i.unix = t.Unix()
	return nil
}

// Money is an amount of renminbi in fen (1/100 yuan). JSON carries it as decimal text
// in yuan, "1234.50", because JSON numbers lose cents in many clients.
type Money int64

// AppendText appends the amount in yuan with two decimals.
func (m Money) AppendText(b []byte) []byte {
	v := int64(m)
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	b = strconv.AppendInt(b, v/100, 10)
	return append(b, '.', byte('0'+v/10%10), byte('0'+v%10))
}

// String is the amount in yuan with two decimals.
func (m Money) String() string { return string(m.AppendText(nil)) }

// MarshalGQL writes the amount in yuan in quotes.
func (m Money) MarshalGQL(w io.Writer) {
	_, _ = w.Write(append(m.AppendText([]byte{'"'}), '"'))
}

// ParseMoney reads an amount in yuan: digits with at most two decimals and a leading minus.
// More digits than money has are refused rather than rounded.
func ParseMoney(yuan string) (Money, error) {
	bare, negative := strings.CutPrefix(yuan, "-")
	whole, fraction, _ := strings.Cut(bare, ".")
	fen, err := strconv.ParseInt(whole+(fraction + "00")[:2], 10, 64)
	if err != nil || !isDigits(whole) || !isDigits(fraction) || whole == "" || len(whole) > 15 || len(fraction) > 2 ||
		strings.HasSuffix(bare, ".") {
		return 0, fmt.Errorf("a Money is an amount in yuan with at most two decimals, \"1234.50\"")
	}
	if negative {
		fen = -fen
	}
	return Money(fen), nil
}

// UnmarshalGQL reads an amount in yuan as decimal text, or as a number, which many clients
// send.
func (m *Money) UnmarshalGQL(v any) (err error) {
	var text string
	switch v := v.(type) {
	case string:
		text = v
	case json.Number:
		text = v.String()
	case int64:
		text = strconv.FormatInt(v, 10)
	case int:
		text = strconv.Itoa(v)
	case float64:
		text = strconv.FormatFloat(v, 'f', -1, 64)
	}
	*m, err = ParseMoney(text)
	return err
}

// Decimal is an exact decimal number in plain notation, "12.5"; never rounded through
// a float.
type Decimal string

// MarshalGQLContext writes the digits as a JSON number.
func (d Decimal) MarshalGQLContext(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(d))
	return err
}

// UnmarshalGQLContext refuses: the gateway has no input of this type.
func (d *Decimal) UnmarshalGQLContext(context.Context, any) error {
	return fmt.Errorf("a Decimal is never an input")
}

var _ graphql.ContextMarshaler = Decimal("")
