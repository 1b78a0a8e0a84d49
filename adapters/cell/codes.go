package cell

import (
	"fmt"
	"maps"
	"slices"
)

// codes is the table of a code column: folded raw code -> value, one shared pointer per
// value.
type codes[T any] struct {
	byCode map[string]*T
	raw    []string // the codes as the mapping writes them, sorted
}

// newCodes checks a code table; parse gives the one shared value of a text.
func newCodes[T any](kind string, values map[string]string, parse func(text string) (*T, error)) (codes[T], error) {
	table := codes[T]{byCode: make(map[string]*T, len(values))}
	for _, code := range slices.Sorted(maps.Keys(values)) {
		folded := string(fold(nil, trim([]byte(code))))
		if folded == "" {
			return table, fmt.Errorf("%s has a blank code; a blank cell always means nothing there", kind)
		}
		value, err := parse(values[code])
		if err != nil {
			return table, err
		}
		if old, taken := table.byCode[folded]; taken && old != value {
			return table, fmt.Errorf("code %q has two values, since width and outer blanks do not count", folded)
		}
		table.byCode[folded] = value
		table.raw = append(table.raw, code)
	}
	return table, nil
}

// find looks a folded text up; "1.0" of a decimal column is code "1".
func (t *codes[T]) find(text []byte) (*T, bool) {
	value, ok := t.byCode[string(text)]
	if !ok {
		value, ok = t.byCode[string(wholePart(text))]
	}
	return value, ok
}
