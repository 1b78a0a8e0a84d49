package mask

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/bureaugraph/bureaugraph/internal/identity"
)

// Text masks the numbers of persons that stand anywhere in a text: resident numbers, with
// or without a right check digit, telephone numbers and numbers of bank cards, in full-width
// digits and with blanks or dashes inside too. It goes by what a number looks like, since
// cells are shifted and typed into the wrong box. Case and document numbers, credit codes,
// licences, days and amounts stay. A text without such a number is given back as it is.
//
// Nothing of a resident number is shown, as it may be a minor's; a telephone number is
// masked as Phone does it, and a card shows its last four digits.
func Text(text string) string {
	if !mayHold(text) {
		return text
	}
	found := numbers(text)
	if len(found) == 0 {
		return text
	}
	var out strings.Builder
	at := 0
	for _, n := range found {
		out.WriteString(text[at:n.from])
		out.WriteString(n.shown)
		at = n.to
	}
	out.WriteString(text[at:])
	return out.String()
}

// Holds tells whether a number of a person stands in a text, see Text.
func Holds(text string) bool { return mayHold(text) && len(numbers(text)) > 0 }

// shortest is how many digits the shortest number of a person has, a telephone number.
const shortest = 11

// isNumeric are the bytes of which numbers consist, with their separators: those of
// full-width forms and of Unicode's blanks and dashes included.
var isNumeric = func() (is [256]bool) {
	for _, piece := range []string{"0123456789０１２３４５６７８９", Separators} {
		for i := range len(piece) {
			is[piece[i]] = true
		}
	}
	return is
}()

// Separators stand between the groups of a number.
const Separators = " -._()+\t\u00a0\u00b7\u2002\u2003\u2009\u200b\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u3000\ufeff（）－．＋＿"

// mayHold looks at one byte in eleven: a number of eleven digits cannot be missed. Almost
// all texts are told from numbers this way in a few steps.
func mayHold(text string) bool {
	for i := shortest - 1; i < len(text); i += shortest {
		if !isNumeric[text[i]] {
			continue
		}
		from, to, digits := i, i+1, 0
		for from > 0 && isNumeric[text[from-1]] {
			from--
		}
		for to < len(text) && isNumeric[text[to]] {
			to++
		}
		if to-from < shortest {
			continue
		}
		for _, b := range []byte(text[from:to]) {
			if isDigit(b) || b >= 0x90 && b <= 0x99 { // the last byte of a full-width digit
				digits++
			}
		}
		if digits >= shortest {
			return true
		}
		i = to
	}
	return false
}

// found is a number of a person in a text, from byte to byte, and how it is shown.
type found struct {
	from, to int
	shown    string
}

// run is a row of digits with at most two separators between any two.
type run struct {
	digits   []byte // folded; the last of a group may be X
	from, to []int  // by digit: its bytes in the text
	ends     []bool // by digit: a separator follows, or nothing more
}

// numbers finds the numbers of persons in a text, from left to right.
func numbers(text string) []found {
	var all []found
	var r run
	flush := func() {
		if len(r.digits) >= shortest {
			r.ends[len(r.ends)-1] = true
			all = r.find(all)
		}
		r = run{digits: r.digits[:0], from: r.from[:0], to: r.to[:0], ends: r.ends[:0]}
	}
	gap := 0
	for at, c := range text {
		folded, size := c, utf8.RuneLen(c)
		if c > utf8.RuneSelf {
			if p := width.LookupRune(c); p.Kind() == width.EastAsianFullwidth {
				folded = p.Folded()
			}
		}
		n := len(r.digits)
		switch {
		case folded >= '0' && folded <= '9', n > 0 && gap == 0 && (folded|0x20) == 'x' && r.digits[n-1] != 'X':
			if n > 0 && gap > 0 {
				r.ends[n-1] = true
			}
			if gap = 0; folded > '9' {
				folded = 'X'
			}
			r.digits, r.from, r.to, r.ends = append(r.digits, byte(folded)), append(r.from, at), append(r.to, at+size),
				append(r.ends, folded == 'X')
		case n > 0 && gap < 2 && strings.ContainsRune(Separators, c):
			gap++
		default:
			flush()
			gap = 0
		}
	}
	flush()
	return all
}

// find adds the numbers of one run. A number begins where a group of digits begins and
// ends where one ends, or goes over into another number: 33019919900101001113800000001.
func (r *run) find(all []found) []found {
	for p := 0; p < len(r.digits); {
		if spans := r.sequence(p); len(spans) > 0 {
			all = append(all, spans...)
			for p < len(r.digits) && r.from[p] < spans[len(spans)-1].to {
				p++
			}
			continue
		}
		for p < len(r.digits) && !r.ends[p] {
			p++
		}
		p++
	}
	return all
}

// sequence gives the numbers that stand one behind the other from a digit on up to the end of
// a group; nil where something else stands among them.
func (r *run) sequence(p int) []found {
	for _, kind := range kinds {
		n, shown := kind(r, p)
		if n == 0 {
			continue
		}
		one := found{from: r.from[p], to: r.to[p+n-1], shown: shown}
		if r.ends[p+n-1] {
			return []found{one}
		}
		if rest := r.sequence(p + n); rest != nil {
			return append([]found{one}, rest...)
		}
	}
	return nil
}

// kinds read one kind of number each at a digit of a run: how many digits it has, and how
// it is shown.
var kinds = [...]func(r *run, p int) (n int, shown string){resident, resident15, mobile, landline, longResident, card}

// resident reads 17 digits with a division and a day of birth, and a check character,
// right or wrong. A credit code of 18 digits may look the same: it is told by its own two
// check characters.
func resident(r *run, p int) (int, string) {
	if len(r.digits) < p+18 {
		return 0, ""
	}
	number := string(r.digits[p : p+18])
	if !areDigits(number[:17]) || !identity.LooksResident(number) || identity.IsCreditCode(number) &&
		!identity.IsResidentNumber(number) {
		return 0, ""
	}
	return 18, hidden(number)
}

func resident15(r *run, p int) (int, string) {
	if len(r.digits) < p+15 || !areDigits(string(r.digits[p:p+15])) ||
		!identity.LooksResident15(string(r.digits[p:p+15])) {
		return 0, ""
	}
	return 15, strings.Repeat("*", 15)
}

// longResident reads what begins like a resident number and is shorter or longer: cut by
// its column, or with digits too many.
func longResident(r *run, p int) (int, string) {
	n := 1
	for p+n < len(r.digits) && (n < 14 || !r.ends[p+n-1]) {
		n++
	}
	number := string(r.digits[p : p+n])
	if n < 14 || !identity.LooksResident(number) || n == 18 && identity.IsCreditCode(number) {
		return 0, ""
	}
	return n, hidden(number)
}

// mobile reads a mobile number, with the country code or a leading zero. Its groups are
// few, or each a digit: 12 3 45 is no telephone number.
func mobile(r *run, p int) (int, string) {
	for _, country := range []string{"", "86", "0086", "0"} {
		from, to := p+len(country), p+len(country)+11
		if to > len(r.digits) || string(r.digits[p:from]) != country || !isMobile(string(r.digits[from:to])) {
			continue
		}
		if groups := r.groups(from, to); groups > 4 && groups < 11 || groups > 1 && groups < 11 &&
			r.groups(from, from+3) > 1 {
			continue
		}
		return to - p, strings.Repeat("*", len(country)) + string(r.digits[from:from+3]) + "****" +
			string(r.digits[to-4:to])
	}
	return 0, ""
}

// landline reads an area code and a local number of seven or eight digits.
func landline(r *run, p int) (int, string) {
	if len(r.digits) < p+shortest {
		return 0, ""
	}
	area, _ := areaOf(string(r.digits[p : p+4]))
	if area == "" {
		return 0, ""
	}
	from := p + len(area)
	for _, n := range []int{8, 7} {
		to := from + n
		if n == 7 && len(area) == 3 || to > len(r.digits) || !areDigits(string(r.digits[from:to])) {
			continue
		}
		if groups := r.groups(from, to); groups > 2 || !r.ends[to-1] || !r.ends[from-1] && groups > 1 ||
			r.groups(p, from) > 1 {
			continue
		}
		return to - p, area + "-****" + string(r.digits[to-4:to])
	}
	return 0, ""
}

// card reads the 16 or 19 digits of a bank card with their check digit (ISO/IEC 7812).
func card(r *run, p int) (int, string) {
	for _, n := range []int{19, 16} {
		if len(r.digits) < p+n || r.digits[p] < '3' || r.digits[p] > '6' || !r.ends[p+n-1] || r.groups(p, p+n) > 5 {
			continue
		}
		if number := string(r.digits[p : p+n]); areDigits(number) && isLuhn(number) {
			return n, hidden(number[:n-4]) + number[n-4:]
		}
	}
	return 0, ""
}

func isLuhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// groups counts the groups in which the digits from one place to another stand.
func (r *run) groups(from, to int) int {
	n := 1
	for _, end := range r.ends[from : to-1] {
		if end {
			n++
		}
	}
	return n
}
