// Package reference holds the data no legacy system owns: the towns and departments of
// the district, with every spelling the systems use for them. Files are embedded; a
// site replaces or extends them by its own.
package reference

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/near"
)

//go:embed towns.yaml
var embeddedTowns []byte

//go:embed departments.yaml
var embeddedDepartments []byte

// Embedded gives the reference data that come with the program.
func Embedded() (*Towns, *Departments, error) {
	towns, err := ParseTowns(nil)
	if err != nil {
		return nil, nil, err
	}
	departments, err := ParseDepartments(nil)
	return towns, departments, err
}

// Towns are the towns and streets of one district. It implements cell.Gazetteer.
type Towns struct {
	List     []*model.Town         // in code order
	Departed []*model.DepartedTown // in code order, never nil
	index    index
	above    []string // what the district lies in and its own name, 浙江省 杭州市 萧山区
	names    []string // of towns, former and departed ones included
}

// Departments are the units of one district, former ones included. It implements
// cell.Gazetteer.
type Departments struct {
	List  []*model.Department // in file order
	index index
}

// Find gives the code of a town by code, old code, twelve-digit village code, name, old
// name, or the name of its judicial office.
func (t *Towns) Find(text string) (string, bool) {
	s := fold(text)
	if id, ok := t.index.ids[s]; ok {
		return id, true
	}
	if len(s) == 12 && isDigits(s) { // village code: the town is its first nine digits
		id, ok := t.index.ids[s[:9]]
		return id, ok
	}
	return "", false
}

// HasLeft tells whether a text is the code or the name of a division that left the district.
func (t *Towns) HasLeft(text string) bool {
	return slices.ContainsFunc(t.Departed, func(d *model.DepartedTown) bool {
		return fold(text) == d.Code || fold(text) == fold(d.Name)
	})
}

// Spellings lists the texts that Find resolves to the code, village codes excepted.
func (t *Towns) Spellings(code string) []string { return t.index.spellings[code] }

// ByCode gives the town with exactly this canonical code, nil when there is none.
func (t *Towns) ByCode(code string) *model.Town {
	for _, town := range t.List {
		if town.Code == code {
			return town
		}
	}
	return nil
}

// Find gives the code of a department by code, name or alias.
func (d *Departments) Find(text string) (string, bool) {
	id, ok := d.index.ids[fold(text)]
	return id, ok
}

// Spellings lists the texts that Find resolves to the code.
func (d *Departments) Spellings(code string) []string { return d.index.spellings[code] }

// ByCode gives the department with exactly this code, nil when there is none.
func (d *Departments) ByCode(code string) *model.Department {
	for _, department := range d.List {
		if department.Code == code {
			return department
		}
	}
	return nil
}

// Near gives the names of the towns nearest to a text that Find does not know; see near.Of.
func (t *Towns) Near(text string) []string {
	names := make([]near.Name, len(t.List))
	for i, town := range t.List {
		names[i] = near.Name{Name: town.Name, Spellings: t.index.spellings[town.Code]}
	}
	return near.Of(fold(text), names)
}

// Near gives the names of the departments nearest to a text that Find does not know; see
// near.Of.
func (d *Departments) Near(text string) []string {
	names := make([]near.Name, len(d.List))
	for i, department := range d.List {
		names[i] = near.Name{Name: department.Name, Spellings: d.index.spellings[department.Code]}
	}
	return near.Of(fold(text), names)
}

// index resolves spellings to ids and lists them back.
type index struct {
	ids       map[string]string
	spellings map[string][]string
}

func newIndex() index {
	return index{ids: map[string]string{}, spellings: map[string][]string{}}
}

// add records a spelling; a second id for the same spelling is an error.
func (x *index) add(id, spelling string) error {
	key := fold(spelling)
	if old, taken := x.ids[key]; taken {
		if old != id {
			return fmt.Errorf("%q names both %s and %s", spelling, old, id)
		}
		return nil
	}
	x.ids[key] = id
	x.spellings[id] = append(x.spellings[id], spelling)
	return nil
}

// fold makes spellings comparable: half-width, no blanks.
func fold(s string) string {
	return strings.Join(strings.Fields(width.Narrow.String(s)), "")
}

func isDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
