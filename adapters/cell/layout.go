package cell

import (
	"bytes"
	"fmt"
	"strings"
)

// moment is what a layout found in a cell, not yet checked against the calendar. Month
// and day are 0 where the cell does not have them.
type moment struct {
	year, month, day     int
	hour, minute, second int
}

// layout is one way a column writes dates: a word, or the elements of a Go layout.
type layout struct {
	word     string // chinese, excel, epoch-ms, epoch-s; "" for elements
	elements []element
}

// element is one piece of a Go layout.
type element struct {
	kind    elementKind
	least   int    // digits: at least and at most so many
	most    int    //
	literal string // of a literal
}

type elementKind uint8

const (
	literalElement elementKind = iota
	yearElement
	monthElement
	dayElement
	hourElement
	minuteElement
	secondElement
	fractionElement // of a second, with its point; read over
)

// Words that stand for what no Go layout can say.
const (
	chineseWord     = "chinese"
	excelWord       = "excel"
	epochMilliWord  = "epoch-ms"
	epochSecondWord = "epoch-s"
)

// layoutElements are the parts of Go's reference time that a layout may use, those first
// that others begin. Two-digit years, month names and zones do not occur in the legacy
// systems.
func layoutElements() []struct {
	text string
	element
} {
	return []struct {
		text string
		element
	}{
		{"2006", element{kind: yearElement, least: 4, most: 4}},
		{"01", element{kind: monthElement, least: 2, most: 2}},
		{"02", element{kind: dayElement, least: 2, most: 2}},
		{"04", element{kind: minuteElement, least: 2, most: 2}},
		{"05", element{kind: secondElement, least: 2, most: 2}},
		{"15", element{kind: hourElement, least: 2, most: 2}},
		{"1", element{kind: monthElement, least: 1, most: 2}},
		{"2", element{kind: dayElement, least: 1, most: 2}},
		{"4", element{kind: minuteElement, least: 1, most: 2}},
		{"5", element{kind: secondElement, least: 1, most: 2}},
	}
}

// parseLayout reads a Go layout or a word. The layout must have a year; whether it needs
// month and day is the caller's to check.
func parseLayout(text string) (layout, error) {
	switch text {
	case chineseWord, excelWord, epochMilliWord, epochSecondWord:
		return layout{word: text}, nil
	}
	invalid := fmt.Errorf("layout %q is no Go date layout", text)
	var l layout
	rest := string(fold(nil, []byte(text)))
next:
	for rest != "" {
		if l.ends(secondElement) && (strings.HasPrefix(rest, ".0") || strings.HasPrefix(rest, ".9")) {
			tail := strings.TrimLeft(rest[1:], rest[1:2])
			fraction := element{kind: fractionElement, least: 1, most: 9}
			if rest[1] == '9' {
				fraction.least = 0
			}
			l.elements = append(l.elements, fraction)
			rest = tail
			continue
		}
		for _, known := range layoutElements() {
			if !strings.HasPrefix(rest, known.text) {
				continue
			}
			if l.has(known.kind) {
				return layout{}, invalid
			}
			if last := len(l.elements) - 1; last >= 0 && l.elements[last].least < l.elements[last].most {
				return layout{},
					fmt.Errorf("layout %q is ambiguous: pad the numbers that touch, as in \"20060102\"", text)
			}
			l.elements = append(l.elements, known.element)
			rest = rest[len(known.text):]
			continue next
		}
		if isDigit(rest[0]) {
			return layout{}, invalid
		}
		if !l.ends(literalElement) {
			l.elements = append(l.elements, element{})
		}
		l.elements[len(l.elements)-1].literal += rest[:1]
		rest = rest[1:]
	}
	if !l.has(yearElement) || l.has(dayElement) && !l.has(monthElement) {
		return layout{}, invalid
	}
	return l, nil
}

func (l layout) has(kind elementKind) bool {
	for _, e := range l.elements {
		if e.kind == kind {
			return true
		}
	}
	return false
}

func (l layout) ends(kind elementKind) bool {
	return len(l.elements) > 0 && l.elements[len(l.elements)-1].kind == kind
}

// match reads text by the layout. A note in brackets may follow, as in 2023年03月15日(通知).
func (l layout) match(text []byte) (m moment, ok bool) {
	switch l.word {
	case excelWord:
		return matchExcel(text)
	case epochMilliWord:
		return matchEpoch(text, 1000)
	case epochSecondWord:
		return matchEpoch(text, 1)
	case chineseWord:
		m, rest, ok := scanChinese(text)
		return m, ok && isNote(rest)
	}
	for _, e := range l.elements {
		if e.kind == literalElement {
			if len(text) < len(e.literal) || string(text[:len(e.literal)]) != e.literal {
				return moment{}, false
			}
			text = text[len(e.literal):]
			continue
		}
		if e.kind == fractionElement {
			if len(text) == 0 || text[0] != '.' {
				if e.least > 0 {
					return moment{}, false
				}
				continue
			}
			text = text[1:]
		}
		value, size := 0, 0
		for size < len(text) && size < e.most && isDigit(text[size]) {
			value = value*10 + int(text[size]-'0')
			size++
		}
		if size < e.least {
			return moment{}, false
		}
		text = text[size:]
		switch e.kind {
		case yearElement:
			m.year = value
		case monthElement:
			m.month = value
		case dayElement:
			m.day = value
		case hourElement:
			m.hour = value
		case minuteElement:
			m.minute = value
		case secondElement:
			m.second = value
		}
	}
	return m, isNote(text)
}

// isNote tells whether the rest of a cell is nothing, or one note in brackets.
func isNote(rest []byte) bool {
	rest = trim(rest)
	return len(rest) == 0 || len(rest) > 1 && rest[0] == '(' && bytes.IndexByte(rest, ')') == len(rest)-1
}
