package cell

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// kind is one entry of the catalogue: the options a mapping may give besides empty and
// charset, which every kind takes, and the constructor.
type kind struct {
	options []string
	build   func(Spec, Env) (Codec, error)
}

func catalogue() map[string]kind {
	return map[string]kind{
		"text":       {[]string{"markup"}, newText[string]},
		"personName": {nil, newText[model.PersonName]},
		"address":    {nil, newAddress},
		"phone":      {nil, newPhone},
		"key":        {nil, newKey},
		"int":        {[]string{"from", "before"}, newInt},
		"decimal":    {[]string{"from", "before"}, newDecimal},
		"money":      {[]string{"unit", "from", "before"}, newMoney},
		"bool":       {[]string{"values"}, newFlag},
		"day":        {[]string{"layouts", "from", "before"}, newDay},
		"instant":    {[]string{"layouts", "from", "before"}, newInstant},
		"partialDay": {[]string{"layouts", "from", "before"}, newPartialDay},
		"enum":       {[]string{"values", "labels", "else"}, newEnum},
		"enums":      {[]string{"values", "else", "separator", "positional"}, newEnums},
		"list":       {[]string{"separator"}, newList},
		"residentId": {nil, newResidentID},
		"creditCode": {nil, newCreditCode},
		"licence":    {nil, newLicence},
		"caseNumber": {nil, newCaseNumber},
		"town":       {nil, newTown},
		"department": {nil, newDepartment},
	}
}

// Kinds lists the catalogue of cells in alphabetical order.
func Kinds() []string { return slices.Sorted(maps.Keys(catalogue())) }

// Options lists, in alphabetical order, the options that apply to a kind, by the names a
// mapping file uses; nil for an unknown kind. New refuses any other.
func Options(kindName string) []string {
	k, ok := catalogue()[kindName]
	if !ok {
		return nil
	}
	return slices.Sorted(slices.Values(append([]string{"charset", "empty"}, k.options...)))
}

// New makes the codec a spec declares. The error is one sentence about the spec, without
// a position; it never quotes a cell.
//
// An enum over a dictionary table is made once the dictionary is read, with its codes as
// Values. To check such a spec before that, give any code for each enum value.
func New(spec Spec, env Env) (Codec, error) {
	k, ok := catalogue()[spec.Kind]
	if !ok {
		return nil, fmt.Errorf("unknown cell %q; known cells: %s", spec.Kind, strings.Join(Kinds(), ", "))
	}
	for _, option := range []struct {
		name  string
		verb  string
		given bool
	}{
		{"layouts", "do", len(spec.Layouts) > 0},
		{"values", "do", len(spec.Values) > 0},
		{"labels", "do", len(spec.Labels) > 0},
		{"else", "does", spec.Else != ""},
		{"separator", "does", spec.Separator != ""},
		{"positional", "does", spec.Positional},
		{"unit", "does", spec.Unit != ""},
		{"markup", "does", spec.Markup},
		{"from", "does", spec.From != ""},
		{"before", "does", spec.Before != ""},
	} {
		if option.given && !slices.Contains(k.options, option.name) {
			return nil, fmt.Errorf("%s %s not apply to cell %s", option.name, option.verb, spec.Kind)
		}
	}
	return k.build(spec, env)
}
