package notarization

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/identity"
)

// office is the notary office while its database is being invented.
type office struct {
	w      *world.World
	r      *rand.Rand
	cal    *calendar
	now    day // the first day without records
	ledger legacy.Ledger
	plants plants

	cases, users, orders, certificates, reexaminations, extras rows
	notaryRows, kunpengRows                                    [][]any

	licences     []any // of the notaries who practise; the last two have left
	notaryNames  []any
	assistants   []any // names, one or two in a cell
	kinds        []kind
	weights      int
	destinations []destination
	towns        map[string][]any // spellings by canonical code, the code first
	people       []person
	texts        map[string]any // texts that many rows share
	serials      map[series]int
	kunpeng      [kunpengEnterprises]*matter // their matters of 2023
	digits       []any                       // 0 to 9 as text
}

// series is one run of certificate numbers.
type series struct {
	year  int
	group string
}

// person is a natural person of the world in the form in which rows share it.
type person struct{ name, id, phone, home any }

func newOffice(w *world.World) *office {
	b := &office{
		w: w, r: w.Rand("notarization"), cal: newCalendar(), now: dayOf(world.End), plants: newPlants(),
		cases: rows{width: caseWidth}, users: rows{width: len(userColumns())}, orders: rows{width: len(orderColumns())},
		certificates: rows{width: len(certificateColumns())}, reexaminations: rows{width: len(reexaminationColumns())},
		extras: rows{width: len(extraColumns())},
		kinds:  kinds(), destinations: destinations(), towns: map[string][]any{},
		people: make([]person, len(w.Persons)), texts: map[string]any{}, serials: map[series]int{},
	}
	for _, k := range b.kinds {
		b.weights += k.weight
	}
	for _, t := range w.Towns.List {
		spellings := []any{t.Code}
		for _, s := range w.Towns.Spellings(t.Code) {
			if s != t.Code {
				spellings = append(spellings, s)
			}
		}
		b.towns[t.Code] = append(spellings, t.Code+"001", t.Code+"203")
	}
	for i := range 10 {
		b.digits = append(b.digits, strconv.Itoa(i))
	}
	return b
}

// chance is true so many times in a thousand.
func (b *office) chance(perMille int) bool { return b.r.IntN(1000) < perMille }

func (b *office) pick(words ...any) any { return words[b.r.IntN(len(words))] }

// person takes a person of the district, every seventh time one of the busy few whom
// other systems know as well.
func (b *office) person() int {
	if b.chance(150) {
		return b.r.IntN(min(300, len(b.people)))
	}
	return b.r.IntN(len(b.people))
}

// shared gives a person's texts as rows share them.
func (b *office) shared(i int) person {
	p := &b.people[i]
	if p.name == nil {
		known := &b.w.Persons[i]
		*p = person{known.Name, known.ID, known.Phone, known.Home}
	}
	return *p
}

// townText writes a town as a clerk or a form does: mostly its code.
func (b *office) townText(code string) any {
	spellings := b.towns[code]
	if b.chance(860) {
		return spellings[0]
	}
	return spellings[b.r.IntN(len(spellings))]
}

// text gives one shared value of a text that many rows have.
func (b *office) text(s string) any {
	v, ok := b.texts[s]
	if !ok {
		v = s
		b.texts[s] = v
	}
	return v
}

// Ids of the offices.
const (
	officeMain   = 1
	officeFormer = 2
	officeBranch = 3
)

func offices() [][]any {
	organisation := "MB1D0020"
	organisation += string(identity.OrganisationCheck(organisation))
	code := "32330199" + organisation
	code += string(identity.CreditCheck(code))
	return [][]any{
		{int64(officeMain), "浙江省杭州市湘湖公证处", code, "330109002", "0571-82600148", int64(1)},
		{int64(officeFormer), "杭州市萧山区公证处", nil, "城厢街道", nil, int64(9)},
		{int64(officeBranch), "湘湖公证处临浦办证点", code, "临浦镇", "0571-82470148", int64(2)},
	}
}

// inventNotaries makes the notaries, with licences in the forms of three decades.
func (b *office) inventNotaries() {
	for i := range 18 {
		name := b.w.Persons[(i*37+5)%len(b.w.Persons)].Name
		began := 1996 + i*3/2
		licence := fmt.Sprintf("330109%d%03d", began, 100+i*7)
		switch {
		case began < 2004:
			licence = fmt.Sprintf("浙A-%04d-%d", 101+i*13, began)
		case began < 2010:
			licence = fmt.Sprintf("A0133%d%05d", began, 1000+i*11)
		}
		since := fmt.Sprintf("%d-%02d-%02d", began, 1+i%12, 1+i)
		switch i % 4 {
		case 1:
			since = since[:7]
		case 3:
			since = since[:4]
		}
		status, group := int64(1), int64(officeMain)
		switch {
		case i%6 == 5:
			group = officeBranch
		case i == 2 || i == 4: // left; their matters of old days still name them
			status, group = 3, officeFormer
		case i == 9:
			status = 2
		}
		b.notaryRows = append(b.notaryRows, []any{licence, name, group, status, since})
		b.licences = append(b.licences, licence)
		b.notaryNames = append(b.notaryNames, name)
	}
	for i := range 12 {
		one := b.w.Persons[(i*53+11)%len(b.w.Persons)].Name
		two := b.w.Persons[(i*71+17)%len(b.w.Persons)].Name
		b.assistants = append(b.assistants, one, one+","+two, one+"、"+two)
	}
}

// items is the published list of matters. All listed ones are province-wide since 2023.
func items() [][]any {
	var list [][]any
	for i, k := range kinds() {
		listed, wide := "N", int64(0)
		if k.listed {
			listed, wide = "Y", 1
		}
		list = append(list, []any{fmt.Sprintf("GZ%03d", i+1), k.label + "公证", k.code, listed, wide, int64(i + 1)})
	}
	return list
}

// attachments are never served: paths hold names.
func (b *office) attachments() [][]any {
	var list [][]any
	for i := range b.w.N(400) {
		list = append(list, []any{int64(i + 1), b.pick("notarialCase", "user", "certificate"), int64(1 + i*13),
			b.pick("证件", "笔录", "照片"), fmt.Sprintf("/upload/%d/%06d.jpg", 2019+i%5, i)})
	}
	return list
}

// accounts are never served.
func (b *office) accounts() [][]any {
	list := [][]any{{"admin", "21232f297a57a5a743894a0e4a801fc3", int64(0)}}
	for i := range b.licences {
		list = append(list, []any{fmt.Sprintf("gzy%02d", i+1), "e10adc3949ba59abbe56e057f20f883e", int64(1)})
	}
	return list
}
