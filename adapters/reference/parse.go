package reference

import (
	"cmp"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// parser reads one file and gathers findings. Its methods go on after each.
type parser struct{ yamlfile.Reader }

// ParseTowns reads the towns that come with the program, and a site's, nil for none, which replace
// them or are laid over them by their codes; see yamlfile.Layers. The error is yamlfile.Findings,
// all of them.
func ParseTowns(site *yamlfile.Source) (*Towns, error) {
	p := &parser{}
	shipped := []yamlfile.Source{{Name: "towns.yaml", Data: embeddedTowns}}
	layers := p.Layers(yamlfile.Layers{Shipped: shipped, Site: site}, "it needs district and towns",
		"district", "towns", "departed")
	district := p.Dict(layers.Get("district"), "district", "code", "name", "prefixes")
	prefixes := district.Texts("prefixes")

	towns := &Towns{Departed: []*model.DepartedTown{}, index: newIndex()}
	towns.above = parts(prefixes, district.Text("name"))
	p.code(district)
	departed := map[string]bool{} // codes and names
	for _, d := range p.codes(layers.Entries("departed")) {
		towns.Departed = append(towns.Departed, &model.DepartedTown{Code: d.code, Name: d.name})
		departed[d.code], departed[d.name] = true, true
		towns.names = append(towns.names, d.name)
	}
	for _, at := range layers.Items("towns", yamlfile.ByKey("code"), "name") {
		row := p.Dict(at, "the town", "code", "name", "latin", "aliases", "old")
		if !row.Needs("code", "name") {
			continue
		}
		town, spellings := p.town(row, prefixes)
		for _, s := range spellings {
			if departed[s] {
				p.Add(at.Pos, "%q names both %s and a division that departed", s, town.Code)
			} else if err := towns.index.add(town.Code, s); err != nil {
				p.Add(at.Pos, "%s", err)
			}
		}
		slices.Sort(towns.index.spellings[town.Code])
		towns.List = append(towns.List, town)
		towns.names = append(append(towns.names, town.Name), town.OldNames...)
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(towns.List, func(a, b *model.Town) int { return cmp.Compare(a.Code, b.Code) })
	return towns, nil
}

// town reads one town and gives what it is and was called.
func (p *parser) town(row yamlfile.Dict, prefixes []string) (*model.Town, []string) {
	name, latin := row.Text("name"), row.Text("latin")
	kind := model.TownKindTown
	if strings.HasSuffix(name, "街道") {
		kind = model.TownKindStreet
	}
	base := strings.TrimSuffix(strings.TrimSuffix(name, "街道"), "镇")
	town := &model.Town{Code: p.code(row), Name: name, LatinName: latin, Kind: kind, JudicialOffice: base + "司法所",
		OldCodes: []string{}, OldNames: []string{}}
	spellings := []string{town.Code, name, base, town.JudicialOffice, name + "人民政府", name + "办事处"}
	for _, prefix := range prefixes {
		spellings = append(spellings, prefix+name, prefix+name+"人民政府", prefix+"人民政府"+name+"办事处",
			prefix+town.JudicialOffice)
	}
	spellings = append(spellings, row.Texts("aliases")...)
	for _, old := range p.codes(row.Entries("old")) {
		town.OldCodes, town.OldNames = append(town.OldCodes, old.code), append(town.OldNames, old.name)
		spellings = append(spellings, old.code, old.name)
		if oldBase := strings.TrimSuffix(old.name, "镇"); oldBase != base {
			spellings = append(spellings, oldBase, oldBase+"司法所")
		}
	}
	return town, spellings
}

// division is a code and the name that goes with it.
type division struct{ code, name string }

// codes reads a map of names by code, and gives it in the order of codes.
func (p *parser) codes(entries []*yamlfile.Entry) (list []division) {
	for _, e := range entries {
		list = append(list, division{p.Code(e.Key), p.Plain(e.Value)})
	}
	slices.SortFunc(list, func(a, b division) int { return cmp.Compare(a.code, b.code) })
	return list
}

// code reads the entry code; "" when it is absent.
func (p *parser) code(d yamlfile.Dict) string {
	if n := d.Get("code"); n != nil {
		return p.Code(n)
	}
	return ""
}

// ParseDepartments does so with departments.
func ParseDepartments(site *yamlfile.Source) (*Departments, error) {
	p := &parser{}
	shipped := []yamlfile.Source{{Name: "departments.yaml", Data: embeddedDepartments}}
	layers := p.Layers(yamlfile.Layers{Shipped: shipped, Site: site}, "it needs departments", "departments")
	departments := &Departments{index: newIndex()}
	byCode := map[string]*model.Department{}
	var rows []yamlfile.Dict
	for _, at := range layers.Items("departments", yamlfile.ByKey("code"), "name") {
		row := p.Dict(at, "the department", "code", "name", "creditCode", "aliases", "from", "before", "into")
		if !row.Needs("code", "name") {
			continue
		}
		unit := &model.Department{Code: p.code(row), Name: row.Text("name"),
			Aliases:   append([]string{}, row.Texts("aliases")...),
			ValidFrom: p.day(row, "from"), ValidBefore: p.day(row, "before")}
		if row.Has("creditCode") {
			unit.CreditCode = new(row.Text("creditCode"))
		}
		for _, s := range append([]string{unit.Code, unit.Name}, unit.Aliases...) {
			if err := departments.index.add(unit.Code, s); err != nil {
				p.Add(at.Pos, "%s", err)
			}
		}
		byCode[unit.Code] = unit
		departments.List = append(departments.List, unit)
		rows = append(rows, row)
	}
	for i, row := range rows {
		if !row.Has("into") {
			continue
		}
		code := row.Text("into")
		into, ok := byCode[code]
		if !ok {
			p.Add(row.At("into"), "into names %q, which is no department", code)
			continue
		}
		departments.List[i].Successor = into
		into.Predecessors = append(into.Predecessors, departments.List[i])
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	return departments, nil
}

// day reads a day; nil when it is absent, or none.
func (p *parser) day(d yamlfile.Dict, key string) *model.Date {
	if !d.Has(key) {
		return nil
	}
	day, err := model.ParseDate(d.Text(key))
	if err != nil {
		p.Add(d.At(key), "%s", err)
		return nil
	}
	return &day
}
