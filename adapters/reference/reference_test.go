package reference

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// TestTowns finds the towns of domain.md B by what they are and were called.
func TestTowns(t *testing.T) {
	towns, _, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if len(towns.List) != 22 {
		t.Errorf("%d towns, want 22", len(towns.List))
	}
	for spelling, want := range map[string]string{
		"330109105": "330109105", "临浦镇": "330109105", "临浦司法所": "330109105", "萧山区临浦镇人民政府": "330109105",
		"３３０１０９１０５": "330109105",
		"330109110": "330109013", "宁围镇": "330109013", // renamed
		// merged
		"330109112": "330109113", "坎山镇": "330109113", "坎山司法所": "330109113", "330109114": "330109113",
		"党山镇":       "330109113",
		"330109118": "", "义蓬镇": "", "330109119": "", "河庄镇": "", "330109121": "", "新湾镇": "", // departed
		"330109401": "", "萧山国际机场": "", // no divisions
	} {
		if got, _ := towns.Find(spelling); got != want {
			t.Errorf("%s is %q, want %q", spelling, got, want)
		}
	}
	for _, town := range towns.List {
		if town.Code == "330109113" {
			if diff := cmp.Diff([]string{"330109112", "330109114"}, town.OldCodes); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"坎山镇", "党山镇"}, town.OldNames); diff != "" {
				t.Error(diff)
			}
		}
	}
	var departed []string
	for _, d := range towns.Departed {
		departed = append(departed, d.Code+" "+d.Name)
	}
	if diff := cmp.Diff([]string{"330109118 义蓬镇", "330109119 河庄镇", "330109121 新湾镇"}, departed); diff != "" {
		t.Error(diff)
	}
}

// TestUnitsByDay finds, for a unit by any of its names, the units that did its work on a
// day: itself, those it came of, or the one that took over.
func TestUnitsByDay(t *testing.T) {
	_, departments, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ spelling, day, want string }{
		{"区市监局", "2014-05-31", "industry-commerce quality-supervision food-drug"},
		{"区市监局", "2014-06-01", "market-regulation"},
		{"区工商局", "2014-05-31", "industry-commerce"},
		{"区工商局", "2014-06-01", "market-regulation"},
		{"区食药监局", "2024-03-15", "market-regulation"},
		{"区执法局", "2016-12-31", "city-management"},
		{"区城管局", "2017-01-01", "urban-management"},
		{"规划资源萧山分局", "2019-01-14", "land-resources planning"},
		{"区国土局", "2019-01-14", "land-resources"},
		{"区国土局", "2019-01-15", "natural-resources"},
		{"区规划局", "2019-01-15", "natural-resources"},
		{"区环保局", "2019-01-15", "ecology"},
		{"区生态环境局", "2019-01-14", "environment-protection"},
		{"区卫计局", "2019-01-15", "health"},
		{"法制办", "2019-01-14", "legislative-affairs"},
		{"法制办", "2019-01-15", "justice"},
		{"区司法局", "2019-01-14", "justice"}, // was there before it took over
		{"区应急局", "2019-01-14", ""},        // came of no unit of the district
	} {
		t.Run(test.spelling+" on "+test.day, func(t *testing.T) {
			code, known := departments.Find(test.spelling)
			if !known {
				t.Fatal("no department")
			}
			day, err := model.ParseDate(test.day)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(unitsOn(departments.ByCode(code), day), " "); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// unitsOn follows a unit back, or on, to the day.
func unitsOn(unit *model.Department, day model.Date) []string {
	switch {
	case unit.ValidFrom != nil && day.Compare(*unit.ValidFrom) < 0:
		var codes []string
		for _, p := range unit.Predecessors {
			codes = append(codes, unitsOn(p, day)...)
		}
		return codes
	case unit.ValidBefore != nil && day.Compare(*unit.ValidBefore) >= 0:
		return unitsOn(unit.Successor, day)
	}
	return []string{unit.Code}
}

// TestReform follows the mergers in the departments file, the reform of 2019 and before.
func TestReform(t *testing.T) {
	_, departments, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	into := map[string][]string{}
	for _, d := range departments.List {
		for _, p := range d.Predecessors {
			into[d.Name] = append(into[d.Name], p.Name)
			if p.Successor != d {
				t.Errorf("%s leads to another successor than %s", p.Name, d.Name)
			}
			// without a first day it had long been there
			if p.ValidBefore == nil || d.ValidFrom != nil && *p.ValidBefore != *d.ValidFrom {
				t.Errorf("%s ended %v, %s began %v", p.Name, p.ValidBefore, d.Name, d.ValidFrom)
			}
		}
	}
	for successor, count := range map[string]int{"市场监督管理局": 3, "规划和自然资源局": 2, "生态环境": 1, "综合行政执法局": 1, "司法局": 1} {
		found := 0
		for name, predecessors := range into {
			if strings.Contains(name, successor) {
				found += len(predecessors)
			}
		}
		if found != count {
			t.Errorf("%s has %d predecessors, want %d: %v", successor, found, count, into)
		}
	}
}

func TestBadFiles(t *testing.T) {
	district := "district: {code: \"330109\", name: 萧山区, prefixes: [萧山区]}\n"
	for name, c := range map[string]struct{ text, want string }{
		"departed code": {district + `towns: [{code: "330109105", name: 临浦镇, latin: Linpu, old: {"330109118": 义蓬镇}}]` +
			"\n" + `departed: {"330109118": 义蓬镇}`,
			"towns.yaml:2: \"330109118\" names both 330109105 and a division that departed\n" +
				"towns.yaml:2: \"义蓬镇\" names both 330109105 and a division that departed"},
		"a code that is a number": {"towns: [{code: 330109105, name: 临浦镇}]",
			`towns.yaml:1: YAML reads 330109105 as a number: quote it, "330109105"`},
		"keys that nobody reads, and one twice": {"towns:\n  - {code: \"330109105\", name: 临浦镇, aliase: [临浦]}\ntowns: []",
			"towns.yaml:2: unknown key \"aliase\" in the town; did you mean aliases? Known: code, name, latin, aliases, old\n" +
				"towns.yaml:3: \"towns\" stands twice in this map, first in line 1"},
		"departed name": {district + `towns: [{code: "330109105", name: 临浦镇, latin: Linpu, aliases: [义蓬镇]}]` + "\n" +
			`departed: {"330109118": 义蓬镇}`,
			`towns.yaml:2: "义蓬镇" names both 330109105 and a division that departed`},
		"two towns of one name": {district +
			`towns: [{code: "330109105", name: 临浦镇, latin: Linpu}, {code: "330109106", name: 义桥镇, latin: Yiqiao, aliases: [临浦]}]`,
			`towns.yaml:2: "临浦" names both 330109105 and 330109106`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseTowns(&yamlfile.Source{Name: "towns.yaml", Data: []byte(c.text)})
			if err == nil || err.Error() != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

// TestSite: a site replaces the places that ship, or lays its own over them by code.
func TestSite(t *testing.T) {
	site := func(text string) *yamlfile.Source { return &yamlfile.Source{Name: "site.yaml", Data: []byte(text)} }
	towns := func(text string) *Towns {
		got, err := ParseTowns(site(text))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	const own = `towns: [{code: "330109105", name: 临浦新镇}, {code: "330109130", name: 新建街道}, {code: "330109101", name: ~}]`
	extended := towns("extend: true\n" + own + "\n" + `departed: {"330109121": ~}`)
	if len(extended.List) != 22 || extended.ByCode("330109105").Name != "临浦新镇" || extended.ByCode("330109101") != nil ||
		len(extended.Departed) != 2 {
		t.Errorf("%d towns, %d departed, %v", len(extended.List), len(extended.Departed), extended.ByCode("330109105"))
	}
	if code, ok := extended.Find("杭州市萧山区新建街道"); !ok || code != "330109130" {
		t.Error("a new town is not found by the prefixes that ship")
	}
	if replaced := towns(`towns: [{code: "330109105", name: 临浦新镇}]`); len(replaced.List) != 1 {
		t.Errorf("%d towns", len(replaced.List))
	}
	departments,
		err := ParseDepartments(site("extend: true\ndepartments: [{code: justice, name: 司法所}, {code: land-resources, name: ~}, {code: new, name: 新局, into: justice}]"))
	if err != nil {
		t.Fatal(err)
	}
	if departments.ByCode("justice").Name != "司法所" || departments.ByCode("land-resources") != nil ||
		departments.ByCode("new").Successor.Code != "justice" {
		t.Errorf("%v", departments.ByCode("justice"))
	}
	if _, err := ParseDepartments(site("extend: true\ndepartments: [{code: justice, name: ~}]")); err == nil ||
		err.Error() != `departments.yaml:11: into names "justice", which is no department` {
		t.Errorf("got %v", err)
	}
}
