// Package reference holds the data no legacy system owns: the towns and departments of
// the district, with every spelling the systems use for them. Files are embedded; a
// site replaces them by its own.
package reference

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"golang.org/x/text/width"
	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/near"
)

//go:embed towns.yaml
var embeddedTowns []byte

//go:embed departments.yaml
var embeddedDepartments []byte

// Embedded gives the reference data that come with the program.
func Embedded() (*Towns, *Departments, error) {
	towns, err := ParseTowns("towns.yaml", embeddedTowns)
	if err != nil {
		return nil, nil, err
	}
	departments, err := ParseDepartments("departments.yaml", embeddedDepartments)
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
	return slices.ContainsFunc(t.Departed, func(d *model.DepartedTown) bool { return fold(text) == d.Code || fold(text) == fold(d.Name) })
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

// ParseTowns reads a towns file; name stands in errors.
func ParseTowns(name string, data []byte) (*Towns, error) {
	var file struct {
		District struct {
			Code, Name string
			Prefixes   []string
		}
		Towns []struct {
			Code, Name, Latin string
			Aliases           []string
			Old               map[string]string
		}
		Departed map[string]string
	}
	if err := decodeStrict(data, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	towns := &Towns{Departed: []*model.DepartedTown{}, index: newIndex()}
	towns.above = parts(file.District.Prefixes, file.District.Name)
	departed := map[string]bool{} // codes and names
	for _, code := range slices.Sorted(maps.Keys(file.Departed)) {
		towns.Departed = append(towns.Departed, &model.DepartedTown{Code: code, Name: file.Departed[code]})
		departed[code], departed[file.Departed[code]] = true, true
		towns.names = append(towns.names, file.Departed[code])
	}
	for _, row := range file.Towns {
		kind := model.TownKindTown
		if strings.HasSuffix(row.Name, "街道") {
			kind = model.TownKindStreet
		}
		base := strings.TrimSuffix(strings.TrimSuffix(row.Name, "街道"), "镇")
		town := &model.Town{Code: row.Code, Name: row.Name, LatinName: row.Latin, Kind: kind, JudicialOffice: base + "司法所", OldCodes: []string{}, OldNames: []string{}}
		spellings := []string{row.Code, row.Name, base, town.JudicialOffice, row.Name + "人民政府", row.Name + "办事处"}
		for _, prefix := range file.District.Prefixes {
			spellings = append(spellings, prefix+row.Name, prefix+row.Name+"人民政府", prefix+"人民政府"+row.Name+"办事处", prefix+town.JudicialOffice)
		}
		spellings = append(spellings, row.Aliases...)
		for _, code := range slices.Sorted(maps.Keys(row.Old)) {
			old := row.Old[code]
			town.OldCodes, town.OldNames = append(town.OldCodes, code), append(town.OldNames, old)
			spellings = append(spellings, code, old)
			oldBase := strings.TrimSuffix(old, "镇")
			if oldBase != base {
				spellings = append(spellings, oldBase, oldBase+"司法所")
			}
		}
		for _, s := range spellings {
			if departed[s] {
				return nil, fmt.Errorf("%s: %q names both %s and a division that departed", name, s, row.Code)
			}
			if err := towns.index.add(row.Code, s); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		sort.Strings(towns.index.spellings[row.Code])
		towns.List = append(towns.List, town)
		towns.names = append(append(towns.names, town.Name), town.OldNames...)
	}
	sort.Slice(towns.List, func(i, j int) bool { return towns.List[i].Code < towns.List[j].Code })
	return towns, nil
}

// ParseDepartments reads a departments file; name stands in errors.
func ParseDepartments(name string, data []byte) (*Departments, error) {
	var file struct {
		Departments []struct {
			Code, Name   string
			CreditCode   string `yaml:"creditCode"`
			Aliases      []string
			From, Before string
			Into         string
		}
	}
	if err := decodeStrict(data, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	departments := &Departments{index: newIndex()}
	byCode := map[string]*model.Department{}
	for _, row := range file.Departments {
		unit := &model.Department{Code: row.Code, Name: row.Name, Aliases: row.Aliases}
		if unit.Aliases == nil {
			unit.Aliases = []string{}
		}
		if row.CreditCode != "" {
			unit.CreditCode = &row.CreditCode
		}
		for _, bound := range []struct {
			text string
			into **model.Date
		}{{row.From, &unit.ValidFrom}, {row.Before, &unit.ValidBefore}} {
			if bound.text == "" {
				continue
			}
			day, err := model.ParseDate(bound.text)
			if err != nil {
				return nil, fmt.Errorf("%s: department %s: %w", name, row.Code, err)
			}
			*bound.into = &day
		}
		for _, s := range append([]string{row.Code, row.Name}, row.Aliases...) {
			if err := departments.index.add(row.Code, s); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		byCode[row.Code] = unit
		departments.List = append(departments.List, unit)
	}
	for _, row := range file.Departments {
		if row.Into == "" {
			continue
		}
		into, ok := byCode[row.Into]
		if !ok {
			return nil, fmt.Errorf("%s: department %s: into names %q, which is no department of the file", name, row.Code, row.Into)
		}
		byCode[row.Code].Successor = into
		into.Predecessors = append(into.Predecessors, byCode[row.Code])
	}
	return departments, nil
}

func decodeStrict(data []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	return d.Decode(into)
}
