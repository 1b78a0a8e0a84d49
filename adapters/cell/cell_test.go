package cell

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// reading is one cell and what it must give: the value without its pointer, and the
// finding as "RULE SEVERITY".
type reading struct {
	name    string
	raw     string
	want    any
	finding string
}

// spelled states the readings of one spec.
type spelled struct {
	name     string
	spec     Spec
	readings []reading
}

func (s spelled) run(t *testing.T) {
	t.Helper()
	codec, err := New(s.spec, testEnv())
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	t.Run(s.name+"/NULL", func(t *testing.T) {
		if value, problem := codec.Decode(nil); value != nil || problem != nil {
			t.Errorf("NULL gives %v, %v", value, problem)
		}
	})
	for _, r := range append(s.readings, reading{name: "blank", raw: " \t\r\n\x00"}) {
		name := r.name
		if name == "" {
			name = r.raw
		}
		t.Run(s.name+"/"+name, func(t *testing.T) {
			raw := []byte(r.raw)
			value, problem := codec.Decode(raw)
			if diff := cmp.Diff(r.want, plain(value)); diff != "" {
				t.Errorf("value (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(r.finding, finding(problem)); diff != "" {
				t.Errorf("finding (-want +got):\n%s", diff)
			}
			if string(raw) != r.raw {
				t.Errorf("the cell was changed to %q", raw)
			}
		})
	}
}

// plain gives what a decoded pointer points to; an instant, whose field is private, as text.
func plain(value any) any {
	if at, ok := value.(*model.Instant); ok {
		return at.String()
	}
	if v := reflect.ValueOf(value); v.IsValid() && v.Kind() == reflect.Pointer {
		return v.Elem().Interface()
	}
	return value
}

func finding(p *Problem) string {
	if p == nil {
		return ""
	}
	return string(p.Rule) + " " + string(p.Severity)
}

// places is a gazetteer over spelling -> id.
type places map[string]string

func (p places) Find(text string) (string, bool) {
	id, ok := p[text]
	return id, ok
}

func (p places) Spellings(id string) []string {
	var all []string
	for spelling, of := range p {
		if of == id {
			all = append(all, spelling)
		}
	}
	slices.Sort(all)
	return all
}

func testEnv() Env {
	return Env{
		Towns: places{
			"330109105": "330109105", "临浦镇": "330109105", "临浦司法所": "330109105", "330109105201": "330109105",
			"330109012": "330109012", "330109109": "330109012", "闻堰街道": "330109012", "闻堰镇": "330109012",
		},
		Departments: places{"justice": "justice", "萧山区司法局": "justice", "司法局": "justice", "0609": "health",
			"区卫健局": "health"},
	}
}

func TestNewRefuses(t *testing.T) {
	codes := map[string]string{"1": "A"}
	for _, test := range []struct {
		name string
		spec Spec
		want string
	}{
		{"unknown cell", Spec{Kind: "dat"}, `unknown cell "dat"; known cells: ` + strings.Join(Kinds(), ", ")},
		{"no cell", Spec{}, `unknown cell ""; known cells: ` + strings.Join(Kinds(), ", ")},
		{"layouts of text", Spec{Kind: "text", Layouts: []string{"2006"}}, `layouts do not apply to cell text`},
		{"values of day", Spec{Kind: "day", Values: codes}, `values do not apply to cell day`},
		{"labels of enums", Spec{Kind: "enums", Values: codes, Labels: codes}, `labels do not apply to cell enums`},
		{"else of bool", Spec{Kind: "bool", Else: "x"}, `else does not apply to cell bool`},
		{"separator of key", Spec{Kind: "key", Separator: ","}, `separator does not apply to cell key`},
		{"positional list", Spec{Kind: "list", Positional: true}, `positional does not apply to cell list`},
		{"unit of int", Spec{Kind: "int", Unit: "yuan"}, `unit does not apply to cell int`},
		{"markup of address", Spec{Kind: "address", Markup: true}, `markup does not apply to cell address`},
		{"from of town", Spec{Kind: "town", From: "1"}, `from does not apply to cell town`},
		{"before of enum", Spec{Kind: "enum", Before: "1"}, `before does not apply to cell enum`},
		{"charset", Spec{Kind: "text", Charset: "big5"},
			`unknown charset "big5"; known charsets: gbk, gbk-in-latin1, utf8-in-latin1`},
		{"enum without codes", Spec{Kind: "enum"}, `enum needs values or a dictionary`},
		{"enums without codes", Spec{Kind: "enums"}, `enums needs values or a dictionary`},
		{"blank code", Spec{Kind: "enum", Values: map[string]string{" ": "A"}},
			`enum has a blank code; a blank cell always means nothing there`},
		{"code without value", Spec{Kind: "enum", Values: map[string]string{"1": ""}},
			`enum has a code without a value`},
		{"one code, two values", Spec{Kind: "enum", Values: map[string]string{"1": "A", "１": "B"}},
			`code "1" has two values, since width and outer blanks do not count`},
		{"label of no code", Spec{Kind: "enum", Values: codes, Labels: map[string]string{"2": "x"}},
			`labels names code "2", which values does not list`},
		{"position", Spec{Kind: "enums", Positional: true, Values: map[string]string{"0": "A"}},
			`positional enums count their codes from "1"; "0" is no position`},
		{"bool without words", Spec{Kind: "bool"}, `bool needs values: which words mean true and which false`},
		{"bool value", Spec{Kind: "bool", Values: map[string]string{"Y": "yes"}},
			`bool value "yes" is neither true nor false`},
		{"money without unit", Spec{Kind: "money"}, `money needs a unit: fen, wan or yuan`},
		{"money unit", Spec{Kind: "money", Unit: "jiao"}, `unknown unit "jiao"; known units: fen, wan, yuan`},
		{"number bound", Spec{Kind: "int", From: "x"}, `from "x" is no number`},
		{"number bounds crossed", Spec{Kind: "decimal", From: "5", Before: "5.0"},
			`before "5.0" is not above from "5"`},
		{"layout", Spec{Kind: "day", Layouts: []string{"2006/13"}}, `layout "2006/13" is no Go date layout`},
		{"layout without year", Spec{Kind: "partialDay", Layouts: []string{"01-02"}},
			`layout "01-02" is no Go date layout`},
		{"layout twice the month", Spec{Kind: "day", Layouts: []string{"2006-01-1-2"}},
			`layout "2006-01-1-2" is no Go date layout`},
		{"layout with a two-digit year", Spec{Kind: "day", Layouts: []string{"06-01-02"}},
			`layout "06-01-02" is no Go date layout`},
		{"touching numbers", Spec{Kind: "day", Layouts: []string{"200612"}},
			`layout "200612" is ambiguous: pad the numbers that touch, as in "20060102"`},
		{"layout without day", Spec{Kind: "day", Layouts: []string{"2006-01"}},
			`layout "2006-01" has no day; cell partialDay reads it`},
		{"day bound", Spec{Kind: "day", From: "2020"}, `from "2020" is not a day of the form 2023-03-15`},
		{"day bounds crossed", Spec{Kind: "day", From: "2020-01-01", Before: "2019-01-01"},
			`before "2019-01-01" is not after from "2020-01-01"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := New(test.spec, testEnv())
			if err == nil {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for kind, want := range map[string]string{"town": "cell town needs the towns of the reference data",
		"department": "cell department needs the departments of the reference data"} {
		if _, err := New(Spec{Kind: kind}, Env{}); err == nil || err.Error() != want {
			t.Errorf("%s without reference data: %v", kind, err)
		}
	}
}

func TestOptions(t *testing.T) {
	if diff := cmp.Diff([]string{"before", "charset", "empty", "from", "unit"}, Options("money")); diff != "" {
		t.Errorf("money (-want +got):\n%s", diff)
	}
	if Options("dat") != nil {
		t.Error("an unknown kind has options")
	}
	for _, kind := range Kinds() {
		if len(Options(kind)) < 2 {
			t.Errorf("%s lacks the common options", kind)
		}
	}
}

func TestPrivate(t *testing.T) {
	for _, spec := range fuzzSpecs() {
		codec, err := New(spec, testEnv())
		if err != nil {
			t.Fatalf("%s: %v", spec.Kind, err)
		}
		want := slices.Contains([]string{"personName", "residentId", "phone", "address"}, spec.Kind)
		if codec.Private() != want {
			t.Errorf("%s: private is %v", spec.Kind, codec.Private())
		}
	}
}
