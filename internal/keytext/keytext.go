// Package keytext writes several values as one text and takes it apart again: the columns
// of a key, a place in a list. It is the one place where such texts are escaped.
package keytext

import "strings"

// separator stands between the parts of a key.
const separator = '|'

// escape stands before a separator that belongs to a part, before itself, and before the
// N of NULL. No text that people enter holds it, so that almost every key is written as
// its parts are.
const escape = '\x00'

// null stands for NULL, which is no text: "" is another key.
const null = "\x00N"

// Join writes the parts as one text; nil is NULL. The text of a single part is the part,
// unless it is NULL or begins like it: what refers to a key of one column has its bare text.
func Join(parts ...*string) string {
	if len(parts) == 1 {
		switch {
		case parts[0] == nil:
			return null
		case strings.HasPrefix(*parts[0], string(escape)):
			return string(escape) + *parts[0]
		}
		return *parts[0]
	}
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte(separator)
		}
		if p == nil {
			b.WriteString(null)
		} else {
			b.WriteString(Escape(*p, separator))
		}
	}
	return b.String()
}

// Split takes a text of n parts apart; ok is false for a text that Join never made of so
// many.
func Split(text string, n int) (parts []*string, ok bool) {
	if n == 1 {
		switch rest, escaped := strings.CutPrefix(text, string(escape)); {
		case text == null:
			return []*string{nil}, true
		case escaped:
			return []*string{&rest}, strings.HasPrefix(rest, string(escape))
		}
		return []*string{&text}, true
	}
	for more := true; more; {
		if rest, isNull := strings.CutPrefix(text, null); isNull {
			text, more = strings.CutPrefix(rest, string(separator))
			if !more && text != "" {
				return nil, false
			}
			parts = append(parts, nil)
			continue
		}
		var part string
		if part, text, more, ok = Cut(text, separator); !ok {
			return nil, false
		}
		parts = append(parts, &part)
	}
	return parts, len(parts) == n
}

// mostReadings is how many ways to take a text apart are worth a look.
const mostReadings = 20

// Readings gives the texts of Join that a text of n parts may be meant for which Split does
// not take apart: somebody put it together without escaping a separator that belongs to a
// part. It is nil where there is no such reading, or too many.
func Readings(text string, n int) []string {
	pieces := strings.Split(text, string(separator))
	if n < 2 || len(pieces) <= n || strings.IndexByte(text, escape) >= 0 {
		return nil
	}
	var list []string
	var read func(parts []*string, pieces []string)
	read = func(parts []*string, pieces []string) {
		if len(parts) == n-1 {
			last := strings.Join(pieces, string(separator))
			list = append(list, Join(append(parts, &last)...))
			return
		}
		for end := 1; end <= len(pieces)-(n-1-len(parts)) && len(list) <= mostReadings; end++ {
			part := strings.Join(pieces[:end], string(separator))
			read(append(parts[:len(parts):len(parts)], &part), pieces[end:])
		}
	}
	read(nil, pieces)
	if len(list) > mostReadings {
		return nil
	}
	return list
}

// Escape writes a text so that Cut finds its end at the separator behind it.
func Escape(text string, separator byte) string {
	if strings.IndexByte(text, escape) < 0 && strings.IndexByte(text, separator) < 0 {
		return text
	}
	return strings.NewReplacer(string(escape), string(escape)+string(escape), string(separator),
		string(escape)+string(separator)).Replace(text)
}

// Cut reads an escaped text up to the separator, and gives what stands behind it; found is
// false where the separator does not come, ok for what Escape never wrote.
func Cut(text string, separator byte) (part, rest string, found, ok bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == separator:
			return b.String(), text[i+1:], true, true
		case c != escape:
			b.WriteByte(c)
		case i+1 < len(text) && (text[i+1] == escape || text[i+1] == separator):
			i++
			b.WriteByte(text[i])
		default:
			return "", "", false, false
		}
	}
	return b.String(), "", false, true
}
