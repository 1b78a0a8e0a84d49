package resolvers_test

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/identity"
)

// rawData is what the generated legacy rows say, worked out without the gateway: no
// mapping, no codec, no planner.
type rawData struct {
	w             *world.World
	byPerson      map[string][]moment // resident number -> records, in the order of a timeline
	systemsOf     map[string]map[model.System]bool
	towns         map[string][]string // division code -> timeline as lines
	ruleOf        map[string]string   // "LegalAidApplicant:12" -> rule and confidence
	organizations map[string][]string // credit code -> rows that hold it
	recordsOf     map[string][]string // credit code -> timeline as lines
	namesakes     map[string][]string // aid case -> licences of lawyers of the name it gives
	ofLawyers     map[string][]string // licence -> "adviser LegalityReview:12": the rows that hold it, and where
	ofFirms       map[string][]string // firm -> aid cases
}

type moment struct {
	day    string
	system model.System
	record string
	key    string
}

func (m moment) line() string { return m.day + " " + string(m.system) + " " + m.record + ":" + m.key }

func (m moment) compare(o moment) int {
	return cmp.Or(cmp.Compare(o.day, m.day),
		cmp.Compare(slices.Index(model.AllSystem, m.system), slices.Index(model.AllSystem, o.system)),
		cmp.Compare(len(o.key), len(m.key)), cmp.Compare(o.key, m.key))
}

// sheet reads a legacy table by column names.
type sheet struct {
	table *legacy.Table
	at    map[string]int
}

func (s sheet) text(row []any, column string) string {
	i, ok := s.at[column]
	if !ok {
		panic(s.table.Name + " has no column " + column)
	}
	if row[i] == nil {
		return ""
	}
	text := fmt.Sprint(row[i])
	if f, ok := row[i].(float64); ok {
		text = strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strings.TrimSpace(fromLatin1(text))
}

// latin1 maps the characters of a latin1 column back to its bytes.
var latin1 = func() map[rune]byte {
	m := map[rune]byte{}
	for b := range 256 {
		for _, r := range legacy.Latin1([]byte{byte(b)}) {
			m[r] = byte(b)
		}
	}
	return m
}()

// fromLatin1 gives the text whose bytes, UTF-8 or GBK, stand in a latin1 column.
func fromLatin1(text string) string {
	var raw []byte
	for _, r := range text {
		b, ok := latin1[r]
		if !ok {
			return text
		}
		raw = append(raw, b)
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	decoded, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw)
	if err != nil {
		return text
	}
	return string(decoded)
}

// day finds year, month and day in whatever a clerk wrote; "" when there is none.
func day(text string) string {
	parts := strings.FieldsFunc(narrow(text), func(r rune) bool { return r < '0' || r > '9' })
	if len(parts) > 0 && len(parts[0]) == 8 {
		parts = []string{parts[0][:4], parts[0][4:6], parts[0][6:]}
	}
	if len(parts) < 3 || len(parts[0]) != 4 {
		return ""
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(parts[i])
	}
	d, ok := model.NewDate(n[0], n[1], n[2])
	if !ok || d.String() < "1949-10-01" || d.String() >= "2100-01-01" {
		return ""
	}
	return d.String()
}

func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, text)
}

func wide(text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r - '!' + '！'
		}
		return r
	}, text)
}

// code takes what is written besides an identifier away.
func code(text string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "'", "", "-", "").Replace(narrow(text)))
}

func readRaw(w *world.World, systems []demo.System) *rawData {
	raw := &rawData{
		w: w, byPerson: map[string][]moment{}, systemsOf: map[string]map[model.System]bool{},
		towns:  map[string][]string{},
		ruleOf: map[string]string{}, organizations: map[string][]string{}, recordsOf: map[string][]string{},
		namesakes: map[string][]string{},
		ofLawyers: map[string][]string{}, ofFirms: map[string][]string{},
	}
	numbers := map[string]string{} // as written in 18 or 15 digits -> number
	for _, p := range w.Persons {
		numbers[p.ID] = p.ID
		if p.ID[6:8] == "19" {
			numbers[p.ID[:6]+p.ID[8:17]] = p.ID
		}
	}
	unified := map[string]string{}
	for _, c := range w.Companies {
		unified[c.CreditCode], unified[c.CreditCode[8:17]] = c.CreditCode, c.CreditCode
	}
	tables := map[string]sheet{}
	for _, s := range systems {
		for _, table := range s.Database.Tables {
			at := map[string]int{}
			for i, c := range table.Columns {
				at[c.Name] = i
			}
			tables[table.Name] = sheet{table, at}
		}
	}

	towns := map[string][]moment{}
	records := map[string]moment{} // "ReconsiderationCase:12" -> its place
	read := func(system model.System, record, name, key, received, town string, isServed func(sheet, []any) bool) {
		s := tables[name]
		for _, row := range s.table.Rows {
			if !isServed(s, row) {
				continue
			}
			m := moment{day(s.text(row, received)), system, record, s.text(row, key)}
			records[record+":"+m.key] = m
			where := narrow(s.text(row, town))
			if found, ok := w.Towns.Find(where); ok {
				towns[found] = append(towns[found], m)
			} else if len(where) == 12 {
				if found, ok := w.Towns.Find(where[:9]); ok {
					towns[found] = append(towns[found], m)
				}
			}
		}
	}
	one := func(column string, values ...string) func(sheet, []any) bool {
		return func(s sheet, row []any) bool { return slices.Contains(values, s.text(row, column)) }
	}
	read(model.SystemLegalityReview, "LegalityReview", "biz_review_matter", "matter_id", "receive_time", "area_code",
		func(s sheet, row []any) bool {
			return one("del_flag", "0", "")(s, row) && s.text(row, "create_by") != "test01"
		})
	read(model.SystemReconsideration, "ReconsiderationCase", "T_FY_AJ", "AJID", "SDRQ", "SZZJ", one("SFSC", "0", ""))
	read(model.SystemLegalAid, "LegalAidCase", "flyz_ajxx", "aj_id", "sqrq", "szxz", one("sc_bz", "0", ""))
	read(model.SystemNotarization, "NotarialMatter", "notarialCase", "id", "when", "townCode", one("deleted", "0", ""))
	read(model.SystemPublicity, "PublicityEvent", "huodong", "id", "chuangjianshijian", "zhenjie",
		one("huodong_delete", "1"))
	for town, moments := range towns {
		slices.SortFunc(moments, moment.compare)
		for _, m := range moments {
			raw.towns[town] = append(raw.towns[town], m.line())
		}
	}

	organizationRecords := map[string][]moment{}
	party := func(record, name, key, number, organization, parent, parentRecord string,
		isServed func(sheet, []any) bool, parents func(s sheet, row []any) []string) {
		s := tables[name]
		for _, row := range s.table.Rows {
			if !isServed(s, row) {
				continue
			}
			id := record + ":" + s.text(row, key)
			var of []moment
			for _, p := range parents(s, row) {
				if m, ok := records[parentRecord+":"+p]; ok {
					of = append(of, m)
				}
			}
			if number != "" {
				written := code(s.text(row, number))
				if owner := numbers[written]; owner != "" {
					raw.byPerson[owner] = append(raw.byPerson[owner], of...)
				}
				switch {
				case len(written) == 18 && strings.HasPrefix(written, "330199") &&
					identity.ResidentCheck(written[:17]) == written[17] && day(written[6:14]) != "" ||
					numbers[written] != "" && len(written) == 18:
					raw.ruleOf[id] = "RESIDENT_ID 1"
				case numbers[written] != "":
					raw.ruleOf[id] = "RESIDENT_ID_15 0.95"
				}
			}
			if organization != "" {
				written := code(s.text(row, organization))
				if owner := unified[written]; owner != "" {
					raw.organizations[owner] = append(raw.organizations[owner], id)
					organizationRecords[owner] = append(organizationRecords[owner], of...)
					raw.ruleOf[id] = map[int]string{18: "CREDIT_CODE 1", 9: "ORGANISATION_CODE 0.95"}[len(written)]
				}
			}
		}
	}
	reference := func(column string) func(sheet, []any) []string {
		return func(s sheet, row []any) []string { return []string{s.text(row, column)} }
	}
	party("ReconsiderationApplicant", "T_FY_SQR", "SQR_ID", "ZJHM", "DWDM", "AJID", "ReconsiderationCase",
		one("SFSC", "0", ""), reference("AJID"))
	party("ReconsiderationThirdParty", "T_FY_DSR", "DSR_ID", "ZJHM", "DWDM", "AJID", "ReconsiderationCase",
		one("SFSC", "0", ""), reference("AJID"))
	casesOf := map[string][]string{}
	aid := tables["flyz_ajxx"]
	for _, row := range aid.table.Rows {
		applicant := aid.text(row, "sqr_id")
		casesOf[applicant] = append(casesOf[applicant], aid.text(row, "aj_id"))
	}
	party("LegalAidApplicant", "flyz_sqr", "sqr_id", "zjhm", "", "", "LegalAidCase", one("sc_bz", "0", ""),
		func(s sheet, row []any) []string { return casesOf[s.text(row, "sqr_id")] })
	party("NotarialApplicant", "user", "id", "documentNumber", "creditCode", "caseId", "NotarialMatter",
		one("isDelete", "1"), reference("caseId"))
	party("LegalAidCase", "flyz_ajxx", "aj_id", "", "dfxydm", "", "LegalAidCase", one("sc_bz", "0", ""),
		reference("aj_id"))
	party("LegalityReview", "biz_review_matter", "matter_id", "", "party_code", "", "LegalityReview",
		func(s sheet, row []any) bool {
			return one("del_flag", "0", "")(s, row) && s.text(row, "create_by") != "test01"
		}, reference("matter_id"))
	party("KunpengService", "kunpeng", "id", "", "creditCode", "", "", func(sheet, []any) bool { return true },
		func(sheet, []any) []string { return nil })
	for number, moments := range raw.byPerson {
		slices.SortFunc(moments, moment.compare)
		raw.byPerson[number] = slices.Compact(moments)
		raw.systemsOf[number] = map[model.System]bool{}
		for _, m := range moments {
			raw.systemsOf[number][m.system] = true
		}
	}
	for c, moments := range organizationRecords {
		slices.SortFunc(moments, moment.compare)
		for _, m := range slices.Compact(moments) {
			raw.recordsOf[c] = append(raw.recordsOf[c], m.line())
		}
		slices.Sort(raw.organizations[c])
	}

	licences := map[string][]string{}
	lawyers := tables["flyz_ls"]
	for _, row := range lawyers.table.Rows {
		if one("sc_bz", "0", "")(lawyers, row) {
			name := lawyers.text(row, "xm")
			licences[name] = append(licences[name], lawyers.text(row, "zyzh"))
		}
	}
	for _, row := range aid.table.Rows {
		if found := licences[aid.text(row, "lsxm")]; found != nil {
			slices.Sort(found)
			raw.namesakes[aid.text(row, "aj_id")] = found
		}
		if one("sc_bz", "0", "")(aid, row) {
			firm := aid.text(row, "jg_id")
			raw.ofFirms[firm] = append(raw.ofFirms[firm], "LegalAidCase:"+aid.text(row, "aj_id"))
		}
	}
	held := func(name, record, key, place, column string, isServed func(sheet, []any) bool) {
		s := tables[name]
		for _, row := range s.table.Rows {
			if licence := code(s.text(row, column)); len(licence) == 17 && isServed(s, row) {
				raw.ofLawyers[licence] = append(raw.ofLawyers[licence], place+" "+record+":"+s.text(row, key))
			}
		}
	}
	held("flyz_ajxx", "LegalAidCase", "aj_id", "lawyer", "zyzh", one("sc_bz", "0", ""))
	held("flyz_zbls", "DutyLawyerHelp", "zb_id", "lawyer", "zyzh", one("sc_bz", "0", ""))
	held("flyz_gh", "LegalAidLawyerChange", "gh_id", "formerLawyer", "yzyzh", one("sc_bz", "0", ""))
	held("flyz_gh", "LegalAidLawyerChange", "gh_id", "newLawyer", "xzyzh", one("sc_bz", "0", ""))
	held("biz_review_matter", "LegalityReview", "matter_id", "adviser", "adviser_licence",
		func(s sheet, row []any) bool {
			return one("del_flag", "0", "")(s, row) && s.text(row, "create_by") != "test01"
		})
	held("huodong", "PublicityEvent", "id", "lawyer", "lvshizhanghao", one("huodong_delete", "1"))
	held("T_FY_SQR", "ReconsiderationApplicant", "SQR_ID", "agentLawyer", "DLR_ZYZH", one("SFSC", "0", ""))
	return raw
}

// shared lists persons whom all three systems that keep persons know, then those whom
// two know.
func (raw *rawData) shared(n int) []*world.Person {
	var list []*world.Person
	for _, many := range []int{3, 2} {
		for i := range raw.w.Persons {
			if p := &raw.w.Persons[i]; len(raw.systemsOf[p.ID]) == many && raw.systemsOf[p.ID][model.SystemLegalAid] {
				list = append(list, p)
			}
		}
	}
	return list[:min(n, len(list))]
}

func (raw *rawData) timelineOf(p *world.Person) []string {
	var lines []string
	for _, m := range raw.byPerson[p.ID] {
		lines = append(lines, m.line())
	}
	return lines
}

// company is the organisation that most rows hold.
func (raw *rawData) company() (creditCode string, rows int) {
	for c, list := range raw.organizations {
		if len(list) > rows || len(list) == rows && c < creditCode {
			creditCode, rows = c, len(list)
		}
	}
	return creditCode, rows
}
