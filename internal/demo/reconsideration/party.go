package reconsideration

import (
	"fmt"
	"math/rand/v2"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// person takes somebody of the district; some turn up in several systems.
func (b *builder) person(r *rand.Rand) *world.Person {
	people := b.w.Persons
	if chance(r, 15) {
		people = people[:min(300, len(people))]
	}
	return &people[r.IntN(len(people))]
}

// adult takes somebody old enough to apply alone.
func (b *builder) adult(r *rand.Rand) *world.Person {
	for {
		if p := b.person(r); p.Birth.Year() < 2004 {
			return p
		}
	}
}

func (b *builder) company(r *rand.Rand) *world.Organization {
	return &b.w.Companies[r.IntN(len(b.w.Companies))]
}

// size takes how many apply together.
func size(r *rand.Rand) int {
	switch n := r.IntN(1000); {
	case n < 820:
		return 1
	case n < 920:
		return between(r, 2, 3)
	case n < 975:
		return between(r, 4, 10)
	case n < 990:
		return between(r, 11, 30)
	case n < 997:
		return between(r, 31, 80)
	}
	return between(r, 81, 160)
}

// party are the applicants of one case.
type party struct {
	people  []*world.Person
	company *world.Organization // nil when citizens apply
	count   int
}

func (b *builder) party(r *rand.Rand, matter string) party {
	percent := 8
	switch matter {
	case "01", "08":
		percent = 22 // fined companies, employers
	case "04", "09", "14":
		percent = 40
	}
	if chance(r, percent) {
		return party{company: b.company(r), people: []*world.Person{b.adult(r)}, count: 1}
	}
	p := party{count: size(r)}
	for range min(p.count, 6) { // larger groups are on file by some of them
		p.people = append(p.people, b.adult(r))
	}
	return p
}

// name is the first applicant.
func (p party) name() string {
	if p.company != nil {
		return p.company.Name
	}
	return p.people[0].Name
}

// town is where the first applicant is at home.
func (p party) town() string {
	if p.company != nil {
		return p.company.Town
	}
	return p.people[0].Town
}

// applicants writes the applicants and gives the id of the first.
func (b *builder) applicants(r *rand.Rand, id string, p party) float64 {
	first := float64(len(b.applicant.Rows) + 1)
	for _, person := range p.people {
		row := b.applicant.row()
		row.number("SQR_ID", float64(len(b.applicant.Rows)))
		row.set("AJID", id)
		row.set("SFSC", alive(r))
		row.set("LXDH", phoneSpelling(r, person.Phone))
		if p.company != nil {
			row.set("SQRLX", world.Pick(r, []string{"法人", "法人", "其他组织"}))
			row.set("DWMC", p.company.Name)
			row.set("DWDM", codeSpelling(r, p.company.CreditCode))
			row.set("FDDBR", person.Name)
			row.set("ADRESS", "杭州市萧山区"+b.w.Towns.ByCode(p.company.Town).Name)
		} else {
			row.set("SQRLX", "公民")
			row.set("XM", person.Name)
			row.set("SEXTPYE", map[bool]string{true: "1", false: "2"}[person.Male])
			row.set("ZJLX", "111")
			row.set("ZJHM", idSpelling(r, person.ID))
			row.set("ADRESS", person.Home)
			if chance(r, 2) {
				row.set("ZJHM", world.Pick(r, []string{"无", "0", "-", ""}))
			}
		}
		if chance(r, 22) {
			lawyer := &b.w.Lawyers[r.IntN(len(b.w.Lawyers))]
			row.set("DLR", lawyer.Name)
			if chance(r, 80) {
				row.set("DLR_ZYZH", lawyer.Licence)
			}
		}
	}
	if chance(r, 2) { // entered twice, one copy deleted
		row := b.applicant.row()
		row.number("SQR_ID", float64(len(b.applicant.Rows)))
		row.set("AJID", id)
		row.set("SQRLX", "公民")
		row.set("XM", p.people[0].Name)
		row.set("ZJHM", "不详")
		row.set("SFSC", "1")
	}
	return first
}

// thirdParty writes the other side of a complaint or of a work injury.
func (b *builder) thirdParty(r *rand.Rand, id string, c course) string {
	row := b.third.row()
	row.number("DSR_ID", float64(len(b.third.Rows)))
	row.set("AJID", id)
	row.set("SFSC", alive(r))
	row.day("CJRQ", c.copySent, "2006-01-02")
	if chance(r, 75) {
		company := b.company(r)
		row.set("DSRLX", "2")
		row.set("DWMC", company.Name)
		row.set("DWDM", codeSpelling(r, company.CreditCode))
		row.set("LXDH", "0571-82"+fmt.Sprintf("%06d", r.IntN(1000000)))
		return company.Name
	}
	person := b.person(r)
	row.set("DSRLX", "1")
	row.set("XM", person.Name)
	row.set("ZJHM", idSpelling(r, person.ID))
	row.set("LXDH", person.Phone)
	return person.Name
}

// alive is a deletion flag of a row that is served; NULL is written by newer forms.
func alive(r *rand.Rand) string {
	if chance(r, 5) {
		return ""
	}
	return "0"
}

func phoneSpelling(r *rand.Rand, phone string) string {
	switch r.IntN(20) {
	case 0:
		return phone[:3] + " " + phone[3:7] + " " + phone[7:]
	case 1:
		return phone[:3] + "-" + phone[3:7] + "-" + phone[7:]
	case 2:
		return "0571-82" + phone[5:]
	}
	return phone
}

// codeSpelling writes a unified social credit code as clerks do; older forms asked for the
// organisation code, its characters 9 to 17.
func codeSpelling(r *rand.Rand, code string) string {
	switch r.IntN(25) {
	case 0:
		return code[8:16] + "-" + code[16:17]
	case 1:
		return code[8:17]
	case 2:
		return fullWidth(code)
	case 3:
		return "无"
	}
	return code
}
