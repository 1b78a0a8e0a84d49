package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// caseNumberCodec reads document and case numbers, the only bridge between the files of
// different systems about one matter.
type caseNumberCodec struct{ column }

func newCaseNumber(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, false) // NormalizeNumber folds
	if err != nil {
		return nil, err
	}
	return &caseNumberCodec{c}, nil
}

// Decode gives *string, see NormalizeNumber.
func (c *caseNumberCodec) Decode(raw []byte) (any, *Problem) {
	var buf [128]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	number, ok := NormalizeNumber(string(text))
	if !ok {
		return nil, unreadableNumber
	}
	return &number, nil
}

// Spell lists the plausible spellings: six kinds of brackets, the serial padded to five
// digits at most, with and without 第, 字 and 号.
func (c *caseNumberCodec) Spell(canonical string) ([]string, bool) {
	parts, ok := parseNumber(canonical)
	if !ok || parts.String() != canonical {
		return nil, true
	}
	return spellings(c, c.charset, canonical, parts.spellings()...), true
}

// NormalizeNumber gives the one text that all spellings of a document or case number
// share, so that numbers can be compared:
//
//	萧政复决字[2011]第012号    -> 萧政复决〔2011〕12号     prefix, year, serial
//	【2023】浙杭萧证民字 45 号  -> (2023)浙杭萧证民字第45号  year, prefix, serial
//	axsd00－2023－0003          -> AXSD00-2023-0003        unified code, serial as it is
//
// Full-width forms are folded; blanks, 第 and the leading zeros of the serial do not
// count, nor does the kind of bracket. The serial may be a range, 123-126, and a part may
// follow it, 12号之一. ok is false for a text without prefix, year (1900 to 2099) or
// serial.
func NormalizeNumber(text string) (number string, ok bool) {
	parts, ok := parseNumber(text)
	if !ok {
		return "", false
	}
	return parts.String(), true
}

// numberParts are the parts of a document or case number.
type numberParts struct {
	yearFirst bool   // (2023)…字第1号 rather than …〔2023〕1号
	prefix    string // 萧政复, without a final 字
	year      string // four digits
	serial    string // "12" or "123-126", without leading zeros
	part      string // "之一" or ""
	code      string // unified code; the other parts are empty then
}

func (p numberParts) String() string {
	switch {
	case p.code != "":
		return p.code
	case p.yearFirst:
		return "(" + p.year + ")" + p.prefix + "字第" + p.serial + "号" + p.part
	}
	return p.prefix + "〔" + p.year + "〕" + p.serial + "号" + p.part
}

func parseNumber(text string) (numberParts, bool) {
	s := simplifyNumber(text)
	if isUnifiedCode(s) {
		return numberParts{code: s}, true
	}
	before, year, after, ok := cutYear(s)
	if !ok {
		return numberParts{}, false
	}
	p := numberParts{yearFirst: before == "", year: year}
	p.prefix, p.serial, p.part, ok = cutSerial(after)
	if !ok || !p.yearFirst && p.prefix != "" {
		return numberParts{}, false
	}
	if !p.yearFirst {
		p.prefix = before
	}
	p.prefix = strings.TrimRight(p.prefix, "字")
	return p, isPrefix(p.prefix)
}

// simplifyNumber folds width, brackets to ( and ), dashes to -, letters to upper case, and
// drops blanks and 第.
func simplifyNumber(text string) string {
	return strings.Map(func(r rune) rune {
		switch r = foldRune(r); r {
		case '第':
			return -1
		case '〔', '[', '【', '{', '〖', '〈', '《', '「', '<':
			return '('
		case '〕', ']', '】', '}', '〗', '〉', '》', '」', '>':
			return ')'
		case '‐', '‑', '‒', '–', '—', '―', '−', '~', '〜', '至':
			return '-'
		}
		switch {
		case isBlank(r):
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, text)
}

// isUnifiedCode recognises AXSD00-2023-0003 and relatives: letters and digits, year,
// serial.
func isUnifiedCode(s string) bool {
	letters, rest, ok := strings.Cut(s, "-")
	year, serial, more := strings.Cut(rest, "-")
	if !ok || !more || letters == "" || len(letters) > 12 || len(serial) > 9 || !isYear(year) ||
		!areDigits([]byte(serial)) {
		return false
	}
	for i := range len(letters) {
		if c := letters[i]; (c < 'A' || c > 'Z') && (i == 0 || !isDigit(c)) {
			return false
		}
	}
	return true
}

func isYear(s string) bool {
	return len(s) == 4 && areDigits([]byte(s)) && (s[:2] == "19" || s[:2] == "20")
}

// cutYear cuts s around the first year in brackets.
func cutYear(s string) (before, year, after string, ok bool) {
	for i := range len(s) {
		if s[i] != '(' || i+5 > len(s) || !isYear(s[i+1:i+5]) {
			continue
		}
		if rest, closed := strings.CutPrefix(strings.TrimPrefix(s[i+5:], "年"), ")"); closed {
			return s[:i], s[i+1 : i+5], rest, true
		}
	}
	return "", "", "", false
}

// cutSerial cuts what follows the year: a prefix, the serial, an optional 号 and an
// optional part.
func cutSerial(s string) (prefix, serial, part string, ok bool) {
	if at := strings.LastIndex(s, "号之"); at >= 0 {
		s, part = s[:at], s[at+len("号"):]
		if !isPart(strings.TrimPrefix(part, "之")) {
			return "", "", "", false
		}
	}
	s = strings.TrimSuffix(s, "号")
	start := len(s)
	for start > 0 && (isDigit(s[start-1]) || s[start-1] == '-') {
		start--
	}
	prefix, serial = s[:start], s[start:]
	first, last, isRange := strings.Cut(serial, "-")
	if first, ok = trimSerial(first); !ok {
		return "", "", "", false
	}
	if !isRange {
		return prefix, first, part, true
	}
	last, ok = trimSerial(last)
	return prefix, first + "-" + last, part, ok
}

func trimSerial(digits string) (string, bool) {
	if !areDigits([]byte(digits)) {
		return "", false
	}
	digits = strings.TrimLeft(digits, "0")
	return digits, digits != "" && len(digits) <= 9
}

func isPart(s string) bool {
	return s != "" && len(s) <= 9 && strings.Trim(s, "0123456789一二三四五六七八九十") == ""
}

// isPrefix accepts letters, digits and brackets with at least one letter or Chinese
// character.
func isPrefix(s string) bool {
	letters := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters = true
		case r >= '0' && r <= '9', r == '(', r == ')', r == '〇':
		default:
			return false
		}
	}
	return letters && utf8.RuneCountInString(s) <= 40
}

// spellings lists at most 80 plausible raw forms, the likeliest first.
func (p numberParts) spellings() []string {
	if p.code != "" {
		return []string{p.code, strings.ToLower(p.code), widen(p.code)}
	}
	brackets := [...][2]string{{"〔", "〕"}, {"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}, {"［", "］"}}
	end := "号" + p.part
	var forms []string
	for _, b := range brackets {
		year := b[0] + p.year + b[1]
		for width := 1; width <= 5; width++ {
			serial := padSerial(p.serial, width)
			if width > 1 && serial == padSerial(p.serial, width-1) {
				continue
			}
			if p.yearFirst {
				forms = append(forms, year+p.prefix+"字第"+serial+end, year+p.prefix+"字"+serial+end)
			} else {
				forms = append(forms, p.prefix+year+serial+end, p.prefix+year+"第"+serial+end)
			}
		}
		if p.yearFirst {
			forms = append(forms, year+p.prefix+p.serial+end, year+" "+p.prefix+"字第 "+p.serial+" "+end)
		} else {
			forms = append(forms, p.prefix+"字"+year+"第"+p.serial+end, p.prefix+" "+year+" "+p.serial+end,
				p.prefix+" "+year+" "+p.serial+" "+end)
		}
		if p.part == "" {
			if p.yearFirst {
				forms = append(forms, year+p.prefix+"字第"+p.serial)
			} else {
				forms = append(forms, p.prefix+year+p.serial)
			}
		}
	}
	return forms
}

func padSerial(serial string, width int) string {
	first, last, isRange := strings.Cut(serial, "-")
	first = strings.Repeat("0", max(width-len(first), 0)) + first
	if !isRange {
		return first
	}
	return first + "-" + strings.Repeat("0", max(width-len(last), 0)) + last
}
