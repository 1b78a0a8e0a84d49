package adapters

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// link is a field of the one record that each of a source's records refers to, which
// filters and statistics may ask for as if it were their own; see plan.Table.Link.
type link struct {
	name  string   // by which they ask: "applicantSex"
	via   string   // field that refers to the other record
	of    referred // the other records
	field string   // their field; "" for nothing but that the record is there
	ageOn string   // field of the day on which the age is asked for; field is a resident number then; else ""
}

// referred is a source of records that others refer to.
type referred interface {
	ready(ctx context.Context) (*plan.Table, error)
	shown(field string) (f *mapping.Field, enum string)
}

// age is how an age is read: as a plain number.
var age = cell.Spec{Kind: "int", From: "0", Before: "200"}

// ages tells which conditions on ages are finer than the bands of the statistics: an age by
// the year, on a day that the record shows, is the year of birth, which beside a masked
// number leaves some thirty candidates.
func (s *store) ages(asked filter.Filter) (wrong []error) {
	_, _ = filter.Rewrite(asked, "filter", func(at string, f filter.Filter) (filter.Filter, error) {
		of := slices.IndexFunc(s.links, func(l link) bool { return l.ageOn != "" && l.name == f.Field })
		if of < 0 || f.Whole == nil {
			return f, nil
		}
		var bounds []string
		allowed := map[int]bool{}
		for _, from := range s.mapped.Bands[f.Field].From {
			allowed[from] = true
			bounds = append(bounds, strconv.Itoa(from))
		}
		for _, bound := range []*int{f.Whole.From, f.Whole.Before} {
			if bound != nil && !allowed[*bound] {
				wrong = append(wrong, fault.Input(at,
					"takes the bounds of age bands, %s: an age by the year would tell the resident number. 只能以年龄段的界限（%[1]s）为界，以防由年龄推断证件号。", strings.Join(bounds, ", ")))
				break
			}
		}
		return f, nil
	})
	return wrong
}

// Age is an age among the linked fields, by what it is computed from.
type Age struct {
	Number Axis   // the resident number, by what kind of document it is
	On     string // field of the day on which the age is meant
	Of     string // field that refers to the record with the number
	Row    string // by which filters ask whether that record is there
}

// Age tells what the age in the field of an axis is computed from; false for another field. The
// declarations have a link to the number and one to the row beside that of an age.
func (s *Statistics) Age(field string) (a Age, isAge bool, err error) {
	at := slices.IndexFunc(s.links, func(l link) bool { return l.ageOn != "" && l.name == field })
	if at < 0 {
		return a, false, nil
	}
	age := s.links[at]
	a.On, a.Of = age.ageOn, age.via
	for _, l := range s.links {
		switch {
		case l.via != age.via || l.ageOn != "":
		case l.field == "":
			a.Row = l.name
		case l.field == age.field:
			a.Number = Axis{Field: l.name}
		}
	}
	return a, true, s.kindOf(&a.Number)
}

// narrowestAges is how many years an age band has at least: those that ship have as many.
const narrowestAges = 10

// fine reports the bands of ages that are too fine to be asked for.
func (s *store) fine(file *mapping.File) (findings mapping.Findings) {
	for _, l := range s.links {
		bands := s.mapped.Bands[l.name]
		for i, from := range bands.From[min(1, len(bands.From)):] {
			if l.ageOn != "" && from-bands.From[i] < narrowestAges {
				findings = append(findings, file.Finding(bands.Pos,
					"the band of %s from %d to %d has less than %d years: on a day that is known it would tell the year of birth",
					l.name, bands.From[i], from-1, narrowestAges))
			}
		}
	}
	return findings
}

// linked joins the links to the source's table. One over a field that the site does not
// record is not recorded itself.
func (s *store) linked(ctx context.Context, table *plan.Table) error {
	for _, l := range s.links {
		other, err := l.of.ready(ctx)
		if err != nil {
			return err
		}
		via, field := table.Field(l.via), other.Field(l.field)
		if l.field == "" && via != nil {
			table.LinkRow(l.name, via, other)
			continue
		}
		switch {
		case via == nil || field == nil || !via.IsRecorded() || !field.IsRecorded() || l.ageOn != "" &&
			!s.Records(l.ageOn):
			codec, err := cell.New(cell.Spec{Kind: "text"}, s.env)
			if err != nil {
				return err
			}
			table.Codecs[l.name] = codec
			table.Unlinked(l.name)
		case l.ageOn == "":
			table.Link(l.name, via, other, l.field)
		default:
			codec, err := cell.New(age, s.env)
			if err != nil {
				return err
			}
			table.Codecs[l.name] = codec
			table.LinkAge(&mapping.Field{Name: l.name, Spec: age}, via, other, l.field, table.Field(l.ageOn))
		}
	}
	return nil
}

// shown finds what a field, or a linked one, is mapped as, and the name of its enum; nil
// where the system does not record it.
func (s *store) shown(name string) (f *mapping.Field, enum string) {
	for _, f := range s.mapped.Fields {
		if f.Is(name) {
			if f.Spec.Kind == "enum" || f.Spec.Kind == "enums" {
				enum = s.bind.fields[f.Name].typ.Elem().Name()
			}
			return f, enum
		}
	}
	for _, l := range s.links {
		if l.name != name {
			continue
		}
		if via, _ := s.shown(l.via); via == nil || l.field == "" {
			return nil, ""
		}
		f, enum = l.of.shown(l.field)
		if l.ageOn != "" && !s.Records(l.ageOn) {
			return nil, ""
		}
		if f != nil && l.ageOn != "" {
			return &mapping.Field{Name: name, Spec: age}, ""
		}
		return f, enum
	}
	return nil, ""
}
