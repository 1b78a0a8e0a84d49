package model

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Minors are shown with nothing of their name or number (domain.md A.7; Community
// Corrections Law Art. 54, Criminal Procedure Law Art. 286). Whether somebody is one depends
// on the day of asking, so the resolvers of names and numbers hide what these types would
// show.

// adulthood is the age in years that ends minority (Civil Code Art. 17).
const adulthood = 18

// Birth is the day of birth in the number.
func (n ResidentNumber) Birth() (Date, bool) {
	if len(n) != 18 || !isDigits(string(n[:17])) {
		return Date{}, false
	}
	at := func(from, to int) int { v, _ := strconv.Atoi(string(n[from:to])); return v }
	return NewDate(at(6, 10), at(10, 12), at(12, 14))
}

// IsMinor tells whether the number is a resident number whose holder is under 18 on the
// day. Age is reached on the day after the birthday (Supreme People's Court, 法释〔2006〕1号
// Art. 2). It is false for nil and for other documents, which do not tell.
func (n *ResidentNumber) IsMinor(on Date) bool {
	if n == nil {
		return false
	}
	birth, ok := n.Birth()
	return ok && on.Compare(birth.birthday(adulthood)) <= 0
}

// Age is how old in full years the holder is on the day; false when the number does not
// tell, or the holder is not yet born.
func (n ResidentNumber) Age(on Date) (int, bool) {
	birth, ok := n.Birth()
	if !ok || on.Compare(birth) < 0 {
		return 0, false
	}
	age := int(on.Year - birth.Year)
	if age > 0 && on.Compare(birth.birthday(age)) <= 0 {
		age--
	}
	return age, true
}

// birthday is the birthday on which somebody born on the day turns that old. It need not be
// in the calendar: 29 February is before 1 March in any year.
func (d Date) birthday(age int) Date {
	return Date{Year: d.Year + int16(age), Month: d.Month, Day: d.Day}
}

// Hidden is the name of a minor as everybody is shown it.
func (n PersonName) Hidden() PersonName { return "***" }

// Hidden is the number of a minor as everybody is shown it.
func (n ResidentNumber) Hidden() ResidentNumber {
	return ResidentNumber(strings.Repeat("*", utf8.RuneCountInString(string(n))))
}
