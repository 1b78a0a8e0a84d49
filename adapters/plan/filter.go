package plan

import (
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Filter is a condition on meaning: what a record's fields are, not how its columns
// write it. All parts that are set must hold; the zero Filter holds everywhere.
type Filter struct {
	Field string // field path; "" for a pure combination
	// At most one of the next four is set.
	Any  []string   // canonical values, one of which the field has
	Days *Days      // the field's day lies in the range
	Text *TextMatch // the field's text matches
	Flag *bool      // the field is true, or is false

	And, Or []Filter // combinations; empty ones hold
	Not     *Filter
}

// Days is a half-open range of days; nil bounds are open.
type Days struct{ From, Before *model.Date }

// TextMatch is a condition on text; all parts that are set must hold.
type TextMatch struct {
	Equals   []string
	Prefix   *string
	Contains *string
}

// Compile turns a filter into a predicate: values into the raw texts that mean them, day
// ranges into ranges of whatever the column stores. Errors are BAD_INPUT faults that
// name the argument, argument being the filter's own name ("filter").
func (t *Table) Compile(argument string, filter Filter, env cell.Env) (Predicate, error) {
	var parts all
	if filter.Field != "" {
		p, err := t.compileField(argument, filter, env)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	for _, f := range filter.And {
		p, err := t.Compile(argument, f, env)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	if len(filter.Or) > 0 {
		var choices either
		for _, f := range filter.Or {
			p, err := t.Compile(argument, f, env)
			if err != nil {
				return nil, err
			}
			choices = append(choices, p)
		}
		parts = append(parts, choices)
	}
	if filter.Not != nil {
		p, err := t.Compile(argument, *filter.Not, env)
		if err != nil {
			return nil, err
		}
		parts = append(parts, not{p})
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return parts, nil
}

func (t *Table) compileField(argument string, filter Filter, env cell.Env) (Predicate, error) {
	f := t.Field(filter.Field)
	if f == nil {
		return nil, fault.Input(argument+"."+filter.Field, "this system does not record it")
	}
	argument += "." + filter.Field
	switch {
	case filter.Days != nil:
		d := filter.Days
		if d.From != nil && d.Before != nil && d.From.Compare(*d.Before) >= 0 {
			return nil, fault.Input(argument, "from %s must lie before %s", d.From, d.Before)
		}
		return dayRange(t, f, d.From, d.Before), nil
	case filter.Text != nil:
		return t.matching(f, *filter.Text), nil
	case filter.Flag != nil:
		word := "false"
		if *filter.Flag {
			word = "true"
		}
		raw, _ := t.Codecs[f.Name].Spell(word)
		return in{column: f.Column, values: raw}, nil
	}
	return t.oneOf(argument, f, filter.Any, env)
}

// oneOf is the predicate that the field has one of the canonical values.
func (t *Table) oneOf(argument string, f *mapping.Field, values []string, env cell.Env) (Predicate, error) {
	codec := t.Codecs[f.Name]
	var raw, patterns []string
	otherwise := false
	for _, v := range values {
		canonical := v
		switch f.Spec.Kind {
		case "town":
			code, ok := env.Towns.Find(v)
			if !ok {
				return nil, fault.Input(argument, "%q is no town or street of the reference data; see towns { code name }", v)
			}
			canonical = code
			for _, s := range env.Towns.Spellings(code) {
				if len(s) == 9 && isDigits(s) {
					patterns = append(patterns, s+"___") // twelve-digit village codes
				}
			}
		case "department":
			code, ok := env.Departments.Find(v)
			if !ok {
				return nil, fault.Input(argument, "%q is no department of the reference data; see departments { code name }", v)
			}
			canonical = code
		case "caseNumber":
			number, ok := cell.NormalizeNumber(v)
			if !ok {
				return nil, fault.Input(argument, "%q is no document or case number; write it like 萧政复〔2023〕12号", v)
			}
			canonical = number
		}
		if canonical == f.Spec.Else && canonical != "" {
			otherwise = true
		}
		if spelled, known := codec.Spell(canonical); known {
			raw = append(raw, spelled...)
		} else {
			raw = append(raw, codesOf(f.Spec, canonical)...)
		}
	}
	var p Predicate
	switch {
	case f.Spec.Kind == "enums" && f.Spec.Positional:
		p = flagged{column: f.Column, separator: or(f.Spec.Separator, ","), numbers: raw}
	case f.Spec.Kind == "enums" || f.Spec.Kind == "list":
		p = item{column: f.Column, separators: or(f.Spec.Separator, ","), values: raw}
	default:
		p = in{column: f.Column, values: raw, patterns: patterns}
	}
	if otherwise {
		var listed []string
		for code, value := range f.Spec.Values {
			if value != f.Spec.Else {
				listed = append(listed, code)
			}
		}
		slices.Sort(listed)
		p = unlisted{column: f.Column, values: append(listed, f.Spec.Empty...)}
		if len(raw) > 0 {
			p = either{in{column: f.Column, values: raw}, p}
		}
	}
	return p, nil
}

// codesOf lists the codes that mean the value; for a list of names, the name itself.
func codesOf(spec cell.Spec, value string) []string {
	if spec.Values == nil {
		raw, _ := cell.Encode(spec.Charset, value)
		return []string{raw}
	}
	var codes []string
	for code, v := range spec.Values {
		if v == value {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// matching is the predicate of a text condition.
func (t *Table) matching(f *mapping.Field, m TextMatch) Predicate {
	codec := t.Codecs[f.Name]
	spell := func(text string) string {
		if raw, known := codec.Spell(text); known && len(raw) > 0 && f.Spec.Kind == "text" {
			return raw[0]
		}
		return text
	}
	var parts all
	if m.Equals != nil {
		var raw []string
		for _, v := range m.Equals {
			raw = append(raw, spell(v))
		}
		parts = append(parts, in{column: f.Column, values: raw})
	}
	if m.Prefix != nil {
		parts = append(parts, like{f.Column, escapeLike(spell(*m.Prefix)) + "%"})
	}
	if m.Contains != nil {
		parts = append(parts, like{f.Column, "%" + escapeLike(spell(*m.Contains)) + "%"})
	}
	return parts
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
