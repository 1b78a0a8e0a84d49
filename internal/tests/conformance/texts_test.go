package conformance

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// texts filters by every text of a record, and compares with the same filter in Go over
// the decoded rows.
func texts[T any, R record[T]](t *testing.T, source *adapters.Source[T], mapped *mapping.Table, rows []*T) {
	for _, f := range mapped.Fields {
		switch f.Spec.Kind {
		case "text", "personName": // of an address not all is shown
		default:
			continue
		}
		if f.Spec.Markup || strings.Contains(f.Name, ".") { // compared with its markup; an object of its own
			continue
		}
		values := map[string]string{} // by key
		hidden := map[string]bool{}   // keys of texts of which not all is shown
		for _, row := range rows {
			field := reflect.ValueOf(row).Elem().FieldByNameFunc(func(name string) bool {
				return strings.EqualFold(name, f.Name)
			})
			if field.IsValid() && !field.IsNil() {
				if text := field.Elem().String(); strings.Contains(text, "*") {
					hidden[R(row).Key()] = true
				} else {
					values[R(row).Key()] = text
				}
			}
		}
		for _, text := range asked(values) {
			for _, q := range []struct {
				name  string
				match filter.TextMatch
				holds func(value, text string) bool
			}{
				{"equals", filter.TextMatch{Equals: []string{text}},
					func(value, text string) bool { return value == text }},
				{"prefix", filter.TextMatch{Prefix: &text}, strings.HasPrefix},
				{"contains", filter.TextMatch{Contains: &text}, strings.Contains},
			} {
				found, err := source.All(t.Context(), filter.Filter{Field: f.Name, Text: &q.match})
				if err != nil && q.name != "equals" && (mask.MayProbe(text) || mask.MayProbeNumber(text)) {
					continue // refused: it could find out a number digit by digit
				}
				if err != nil {
					t.Fatalf("%s %s %+q: %v", f.Name, q.name, text, err)
				}
				var got, want []string
				for _, row := range found {
					if key := R(row).Key(); !hidden[key] {
						got = append(got, key)
					}
				}
				for key, value := range values {
					if q.holds(value, text) {
						want = append(want, key)
					}
				}
				slices.Sort(got)
				slices.Sort(want)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s %s %+q (-go +sql):\n%.500s", f.Name, q.name, text, diff)
				}
			}
		}
	}
}

// asked are texts to filter by: some that are hard on charsets and collations, and some
// values with their first characters and some from their middle.
func asked(values map[string]string) []string {
	list := []string{"AI", "ai", "[", "{", "%", "_", `\`, "'", "?", "0", "A", "𠮷", "😀", "€", "\uE000", "Ａ", "ß",
		"没有这样的内容"}
	all := map[string]bool{}
	for _, v := range values {
		all[v] = true
	}
	sorted := make([]string, 0, len(all))
	for v := range all {
		if !strings.ContainsRune(v, '\uFFFD') { // what was lost is equal to nothing
			sorted = append(sorted, v)
		}
	}
	slices.Sort(sorted)
	for i := 0; i < len(sorted); i += max(1, len(sorted)/4) {
		runes := []rune(sorted[i])
		middle := strings.TrimSpace(string(runes[len(runes)/2 : min(len(runes)/2+2, len(runes))]))
		for _, text := range []string{sorted[i], string(runes[:1]), middle} {
			if text != "" && !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
	}
	return list
}
