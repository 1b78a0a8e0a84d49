package reconsideration

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Codes of column BSQRLX.
const (
	againstTown       = "1"
	againstDepartment = "2"
	againstDistrict   = "3"
	againstZone       = "4"
	againstHigher     = "5"
)

// act is what an application challenges.
type act struct {
	respondentKind string // column BSQRLX
	department     string // canonical code; "" when the respondent is no unit of the district
	town           string // canonical code of the respondent town; ""
	name           string // the respondent in full
	unitCode       string // path code
	field          string // column GLLY
	formerField    string // column GLLY_OLD
	matter         string // column FYSX
	inaction       string // column BZWLX
	number         string // canonical number of the act's document; "" when it has none
	fine           int    // yuan; 0 when it is no fine
}

// office is a department as a respondent: how often, in which field, about what.
type office struct {
	code, field, former string
	prefix              string // of its documents
	matters             []choice[string]
}

// offices lists the departments whose acts are challenged, with how often.
func offices() []choice[office] {
	const penalty, coercive, enforcement, licensing, ownership, expropriation = "01", "02", "03", "04", "05", "06"
	const injury, autonomy, levy, inaction, benefits, agreement, disclosure, report, confirmation = "08", "09", "11",
		"12", "13", "14", "15", "16", "17"
	return []choice[office]{
		{office{"public-security", "101", "1", "萧公行罚决",
			[]choice[string]{{penalty, 60}, {coercive, 8}, {inaction, 20}, {disclosure, 12}}}, 22},
		{office{"traffic-police", "101", "1", "萧公交罚决", []choice[string]{{penalty, 90}, {coercive, 10}}}, 12},
		{office{"market-regulation", "102", "8", "萧市监罚决",
			[]choice[string]{{report, 55}, {penalty, 30}, {inaction, 10}, {licensing, 5}}}, 20},
		{office{"human-resources", "103", "3", "萧人社工认", []choice[string]{{injury, 70}, {benefits, 20}, {inaction, 10}}},
			13},
		{office{"natural-resources", "104", "6", "萧规划资源",
			[]choice[string]{{ownership, 20}, {disclosure, 40}, {confirmation, 25}, {penalty, 15}}}, 7},
		{office{"housing", "105", "7", "萧住建",
			[]choice[string]{{agreement, 25}, {expropriation, 35}, {disclosure, 25}, {inaction, 15}}}, 5},
		{office{"urban-management", "106", "7", "萧综执罚决",
			[]choice[string]{{penalty, 60}, {enforcement, 30}, {coercive, 10}}}, 8},
		{office{"transport", "107", "8", "萧交罚决", []choice[string]{{penalty, 85}, {autonomy, 15}}}, 3},
		{office{"ecology", "108", "6", "杭环萧罚", []choice[string]{{penalty, 70}, {inaction, 30}}}, 2},
		{office{"health", "109", "10", "萧卫罚决", []choice[string]{{penalty, 50}, {report, 50}}}, 2},
		{office{"education", "110", "10", "萧教", []choice[string]{{inaction, 60}, {report, 40}}}, 2},
		{office{"civil-affairs", "111", "5", "萧民", []choice[string]{{benefits, 60}, {disclosure, 40}}}, 1},
		{office{"agriculture", "112", "6", "萧农", []choice[string]{{penalty, 50}, {disclosure, 50}}}, 1},
		{office{"taxation", "113", "9", "萧税", []choice[string]{{levy, 60}, {penalty, 40}}}, 2},
		{office{"emergency", "114", "8", "萧应急罚", []choice[string]{{penalty, 100}}}, 1},
	}
}

// act takes an act that a case received on the day may challenge. serial numbers its
// document.
func (b *builder) act(r *rand.Rand, on time.Time, serial int) act {
	a := act{}
	prefix := ""
	switch n := r.IntN(100); {
	case n < 68:
		prefix = b.againstDepartment(r, on, &a, weighted(r, b.offices))
	case n < 91:
		town := world.Pick(r, b.w.Towns.List)
		a.respondentKind, a.town, a.name = againstTown, town.Code, "杭州市萧山区"+authority(town)
		a.unitCode = b.unitCodes[town.Code]
		a.field, a.formerField = "115", "11"
		a.matter = weighted(r, []choice[string]{{"06", 30}, {"03", 20}, {"15", 20}, {"14", 12}, {"12", 12}, {"17", 6}})
		prefix = string([]rune(town.Name)[:2]) + "政决"
	case n < 94:
		a.respondentKind, a.department = againstDistrict, "district-government"
		a.name, a.unitCode = "杭州市萧山区人民政府", b.unitCodes["district-government"]
		a.field, a.formerField = "104", "6"
		a.matter = world.Pick(r, []string{"06", "05", "15"})
		prefix = "萧政征决"
	case n < 97:
		a.respondentKind, a.name, a.unitCode = againstZone, "萧山经济技术开发区管理委员会", "0801"
		a.field, a.formerField = "199", "11"
		a.matter = world.Pick(r, []string{"06", "14", "15"})
		prefix = "萧开管"
	default:
		a.respondentKind, a.name, a.unitCode = againstHigher,
			world.Pick(r, []string{"杭州市公安局", "杭州市市场监督管理局", "杭州市人力资源和社会保障局"}), "0101"
		a.field, a.formerField = "199", "11"
		a.matter = world.Pick(r, []string{"15", "16"})
		prefix = "杭复告"
	}
	switch a.matter {
	case "01":
		a.fine = world.Pick(r, []int{200, 500, 1000, 2000, 3000, 5000, 10000, 20000, 50000})
	case "12":
		a.inaction = world.Pick(r, []string{"01", "02", "03", "03", "04", "05", "07", "08", "09"})
	}
	if a.matter != "12" && chance(r, 85) {
		a.number = prefix + "〔" + strconv.Itoa(days(on, -40).Year()) + "〕" + strconv.Itoa(serial) + "号"
	}
	return a
}

// againstDepartment makes the department of the office the respondent, under the name it
// had on the day, and gives the prefix of its documents.
func (b *builder) againstDepartment(r *rand.Rand, on time.Time, a *act, o office) string {
	unit := b.w.Departments.ByCode(o.code)
	if unit.ValidFrom != nil && unit.ValidFrom.Time().After(on) {
		if len(unit.Predecessors) == 0 {
			return b.againstDepartment(r, on, a, b.offices[0].value)
		}
		unit = world.Pick(r, unit.Predecessors)
	}
	a.respondentKind, a.department, a.name = againstDepartment, unit.Code, unit.Name
	a.unitCode = b.unitCodes[unit.Code]
	a.field, a.formerField, a.matter = o.field, o.former, weighted(r, o.matters)
	return o.prefix
}

// officeOf gives the office of a department, false when it is none whose acts are
// challenged.
func (b *builder) officeOf(department string) (office, bool) {
	i := slices.IndexFunc(b.offices, func(c choice[office]) bool { return c.value.code == department })
	if i < 0 {
		return office{}, false
	}
	return b.offices[i].value, true
}

// summaryFits tells whether the law allows the summary procedure for the act (Art. 53).
func (a act) summaryFits() bool {
	return a.matter == "15" || a.fine > 0 && a.fine <= 3000
}
