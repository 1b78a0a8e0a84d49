package model

import (
	"slices"
	"strconv"
	"strings"
)

// IsFullyPaid tells whether the notarial fee was paid with nothing taken off. It is false
// where the reduction cannot be read.
func (f *NotarialFee) IsFullyPaid() bool {
	isUnclear := slices.ContainsFunc(f.DataIssues(), func(i *DataIssue) bool { return i.Field == "reduction" })
	return f.Payment != nil && *f.Payment == NotarialPaymentPaid && (f.Reduction == nil || *f.Reduction == 0) &&
		f.ReductionReason == nil && !isUnclear
}

// FirstSerial is the first serial number of the range, or the only one; nil when the
// number could not be read.
func (c *NotarialCertificate) FirstSerial() *int {
	first, _ := serials(c.NumberKey)
	return first
}

// LastSerial is the last serial number of the range, or the only one; nil when the
// number could not be read.
func (c *NotarialCertificate) LastSerial() *int {
	_, last := serials(c.NumberKey)
	return last
}

// serials takes the serial or the range of serials at the end of a normalised number:
// 123-126 of (2023)浙杭萧证民字第123-126号.
func serials(key *string) (first, last *int) {
	if key == nil {
		return nil, nil
	}
	text := strings.TrimSuffix(*key, "号")
	text = text[len(strings.TrimRight(text, "0123456789-")):]
	from, to, isRange := strings.Cut(text, "-")
	if !isRange {
		to = from
	}
	a, err := strconv.Atoi(from)
	if err != nil {
		return nil, nil
	}
	b, err := strconv.Atoi(to)
	if err != nil {
		return nil, nil
	}
	return &a, &b
}
