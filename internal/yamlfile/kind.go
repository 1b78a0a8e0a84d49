package yamlfile

import (
	"regexp"
	"strconv"
	"strings"
)

// A number of YAML 1.1 or 1.2, once underscores are out: 01, +5, 0x1F, 0b1, 0o7, 1.5e3, .5, .inf.
var number = regexp.MustCompile(`^([-+]?(0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+` +
	`|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))|\.(nan|NaN|NAN))$`)

// A day, or a day and a time. Readers of YAML 1.1 make a point in time of it.
var day = regexp.MustCompile(`^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})` +
	`([Tt ]+[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)? *(Z|[-+][0-9]{1,2}(:[0-9]{2})?)?)?$`)

// kindOf says what YAML takes a text without quotes for. Where versions 1.1 and 1.2 disagree it
// is the one that is not text, so that nobody reads another value than we do; only yes, no, on
// and off are text, as in 1.2, and Reader.Code asks for quotes there.
func kindOf(text string) Kind {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return Null
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool
	}
	if parts := day.FindStringSubmatch(text); parts != nil {
		if month, _ := strconv.Atoi(parts[2]); month >= 1 && month <= 12 {
			return Day
		}
	}
	if strings.HasPrefix(text, "_") {
		return Text
	}
	if number.MatchString(strings.ReplaceAll(text, "_", "")) {
		return Number
	}
	return Text
}

// Value gives what stands in n as encoding/json would: nil, bool, string, []any and
// map[string]any, a number as int or float64. A number that is written in no decimal way, and a
// day, is the text as written.
func (n *Node) Value() any {
	switch n.Kind {
	case List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = item.Value()
		}
		return list
	case Map:
		entries := make(map[string]any, len(n.Entries))
		for _, e := range n.Entries {
			entries[e.Key.Text] = e.Value.Value()
		}
		return entries
	case Null:
		return nil
	case Bool:
		return strings.EqualFold(n.Text, "true")
	case Number:
		if whole, err := strconv.Atoi(n.Text); err == nil {
			return whole
		}
		if broken, err := strconv.ParseFloat(n.Text, 64); err == nil && !strings.ContainsAny(n.Text, "_xX") {
			return broken
		}
	}
	return n.Text
}
