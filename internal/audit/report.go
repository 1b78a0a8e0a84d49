package audit

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Habits tell what is usual at a site.
type Habits struct {
	From, Until time.Duration            // office hours, since midnight
	IsWorkday   func(day time.Time) bool // of the site's calendar; the time is one in China
	Many        int                      // persons whom one principal saw on a day, from which it is unusual
}

// Report is a month of an audit, for whoever inspects it.
type Report struct {
	Month  string // 2026-11
	Tables []Table
	// Broken is the first bad place of an audit that is not as it was written; nil for none.
	Broken *Finding
}

// Table is one table of a report. Headings and words are Chinese.
type Table struct {
	Name  string // persons, roles, unmasked, exports, refusals, unusual
	Title string
	Note  string // what its figures mean
	Head  []string
	Rows  [][]string
}

// TableNames are the names of the tables of every report.
var TableNames = []string{"persons", "roles", "unmasked", "exports", "refusals", "unusual"}

// tally counts what one principal, or one role, did.
type tally struct {
	id, name                             string
	roles                                map[string]bool
	requests, records, unmasked, refused int
	failed, exports, rows, outside       int
	persons, lookups                     map[string]bool
	more                                 int // persons that lines count and do not name
	byDay                                map[string]map[string]bool
	moreByDay                            map[string]int
}

func newTally(id string) *tally {
	return &tally{id: id, roles: map[string]bool{}, persons: map[string]bool{}, lookups: map[string]bool{},
		byDay: map[string]map[string]bool{}, moreByDay: map[string]int{}}
}

// month gathers a report.
type month struct {
	name           string
	habits         Habits
	persons, roles map[string]*tally
	refusals       map[[2]string]int // by principal and code
	unmasked       [][]string
	exports        [][]string
	unusual        [][]string
}

// NewReport reads a month, 2026-11, out of an audit. The error is that it cannot be
// read, or that the name is none of a month; that the audit is not whole stands in the report.
func NewReport(dir string, key []byte, name string, habits Habits) (*Report, error) {
	if _, err := time.Parse("2006-01", name); err != nil {
		return nil, fmt.Errorf("audit: %q is no month, as in 2026-11", name)
	}
	m := &month{name: name, habits: habits, persons: map[string]*tally{}, roles: map[string]*tally{},
		refusals: map[[2]string]int{}}
	r := &Report{Month: name}
	switch err := eachEntry(dir, key, nil, m.entry, m.event).(type) {
	case nil:
	case *Finding:
		r.Broken = err
	default:
		return nil, err
	}
	r.Tables = []Table{
		{"persons", "按人员", counted, heading("人员标识", "姓名", "角色"), m.tallied(m.persons, true)},
		{"roles", "按角色", "一人有多个角色的，各角色下均计入。", heading("角色"), m.tallied(m.roles, false)},
		{"unmasked", "查看明文", "每次一行；事由为查询人所填，其中的个人信息已遮盖。",
			[]string{"时间", "人员标识", "姓名", "操作", "字段", "涉及人数", "事由", "审计行"}, m.unmasked},
		{"exports", "导出文件", "摘要与文件一致的，即为当时导出的文件。", []string{"时间", "人员标识", "姓名", "操作", "行数", "文件摘要", "审计行"}, m.exports},
		{"refusals", "拒绝", "", []string{"人员标识", "姓名", "代码", "次数"}, m.refused()},
		{"unusual", "异常情况", fmt.Sprintf("非工作时间指非工作日，或 %s 至 %s 以外；一人一日查看满 %d 人的列出。",
			clock(habits.From), clock(habits.Until), habits.Many),
			[]string{"情况", "人员标识", "姓名", "时间", "说明"}, m.remarkable()},
	}
	return r, nil
}

const counted = "查看人数为当月不同人员之数；行内人数超过 1000 的，超出部分逐次累计，可能重复。"

func heading(first ...string) []string {
	return append(first, "请求", "记录", "查看人数", "按号码查询人数", "查看明文", "导出", "导出行数", "拒绝", "故障", "非工作时间")
}

// entry takes a request.
func (m *month) entry(l line, e Entry) {
	at := e.Time.In(china)
	if at.Format("2006-01") != m.name {
		return
	}
	who := find(m.persons, e.Principal)
	who.name = cmp.Or(e.Name, who.name)
	isOutside := m.isOutside(at)
	for _, t := range append([]*tally{who}, m.tallies(e.Roles)...) {
		t.count(e, at.Format(time.DateOnly), isOutside)
	}
	for _, role := range e.Roles {
		who.roles[role] = true
	}
	if e.Outcome == Refused {
		for _, code := range e.Codes {
			m.refusals[[2]string{e.Principal, code}]++
		}
	}
	where, moment := fmt.Sprintf("%s:%d", l.file, l.line), at.Format(time.DateTime)
	if len(e.Unmasked) > 0 {
		fields := strings.Join(e.Unmasked, " ")
		if e.MoreUnmasked > 0 {
			fields += fmt.Sprintf(" 等 %d 项", len(e.Unmasked)+e.MoreUnmasked)
		}
		m.unmasked = append(m.unmasked, []string{moment, nobody(e.Principal), e.Name, e.Operation, fields,
			strconv.Itoa(len(e.Persons) + e.MorePersons), e.Reason, where})
		if e.Reason == "" {
			m.unusual = append(m.unusual, []string{"查看明文未填事由", nobody(e.Principal), e.Name, moment, where})
		}
	}
	if e.Export != nil {
		m.exports = append(m.exports, []string{moment, nobody(e.Principal), e.Name, e.Operation,
			strconv.Itoa(e.Export.Rows), e.Export.Hash, where})
	}
	if e.Corrects {
		m.unusual = append(m.unusual, []string{"审计写入失败，答复已撤回", nobody(e.Principal), e.Name, moment, where})
	}
}

// event takes what the audit says of itself.
func (m *month) event(l line, n note) {
	at := n.Time.In(china)
	if at.Format("2006-01") != m.name {
		return
	}
	where := fmt.Sprintf("%s:%d", l.file, l.line)
	switch n.Event {
	case Lost:
		m.unusual = append(m.unusual, []string{"请求未能记录", "", "", at.Format(time.DateTime),
			fmt.Sprintf("%d 次，%s", n.Count, where)})
	case Damaged:
		m.unusual = append(m.unusual, []string{"审计不完整", "", "", at.Format(time.DateTime), n.Finding})
	case Begun:
		if n.Torn > 0 {
			m.unusual = append(m.unusual, []string{"网关曾异常中断", "", "", at.Format(time.DateTime), where})
		}
	case Removed:
		m.unusual = append(m.unusual, []string{"超过保存期限的文件已删除", "", "", at.Format(time.DateTime), n.Of})
	}
}

func find(among map[string]*tally, id string) *tally {
	if among[id] == nil {
		among[id] = newTally(id)
	}
	return among[id]
}

func (m *month) tallies(roles []string) (list []*tally) {
	for _, role := range roles {
		list = append(list, find(m.roles, role))
	}
	return list
}

func (t *tally) count(e Entry, day string, isOutside bool) {
	t.requests++
	t.records += e.Records
	if len(e.Unmasked) > 0 {
		t.unmasked++
	}
	switch e.Outcome {
	case Refused:
		t.refused++
	case Failed:
		t.failed++
	}
	if e.Export != nil {
		t.exports++
		t.rows += e.Export.Rows
	}
	if isOutside {
		t.outside++
	}
	if t.byDay[day] == nil {
		t.byDay[day] = map[string]bool{}
	}
	for _, p := range e.Persons {
		t.persons[p], t.byDay[day][p] = true, true
	}
	t.more += e.MorePersons
	t.moreByDay[day] += e.MorePersons
	for _, p := range e.Lookups {
		t.lookups[p] = true
	}
}

// isOutside tells whether a time is outside office hours.
func (m *month) isOutside(at time.Time) bool {
	since := at.Sub(time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location()))
	return since < m.habits.From || since >= m.habits.Until || !m.habits.IsWorkday(at)
}

// tallied are the rows of a table of tallies, those of the most requests first.
func (m *month) tallied(all map[string]*tally, arePersons bool) (rows [][]string) {
	list := slices.SortedFunc(maps.Values(all), func(a, b *tally) int {
		return cmp.Or(cmp.Compare(b.requests, a.requests), cmp.Compare(a.id, b.id))
	})
	for _, t := range list {
		row := []string{t.id}
		if arePersons {
			row = []string{nobody(t.id), t.name, strings.Join(sorted(t.roles), " ")}
		}
		for _, n := range []int{t.requests, t.records, len(t.persons) + t.more, len(t.lookups), t.unmasked, t.exports,
			t.rows, t.refused, t.failed, t.outside} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	return rows
}

func (m *month) refused() (rows [][]string) {
	keys := slices.SortedFunc(maps.Keys(m.refusals), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	for _, k := range keys {
		rows = append(rows, []string{nobody(k[0]), m.persons[k[0]].name, k[1], strconv.Itoa(m.refusals[k])})
	}
	return rows
}

// remarkable adds to what was unusual by itself what is so in sum.
func (m *month) remarkable() [][]string {
	rows := m.unusual
	for _, id := range slices.Sorted(maps.Keys(m.persons)) {
		t := m.persons[id]
		for _, day := range slices.Sorted(maps.Keys(t.byDay)) {
			if n := len(t.byDay[day]) + t.moreByDay[day]; n >= m.habits.Many {
				rows = append(rows, []string{"一日查看人数较多", nobody(id), t.name, day, fmt.Sprintf("%d 人", n)})
			}
		}
		if t.outside > 0 {
			rows = append(rows, []string{"非工作时间访问", nobody(id), t.name, m.name, fmt.Sprintf("%d 次", t.outside)})
		}
	}
	return rows
}

// nobody names a principal, also one that said nothing.
func nobody(principal string) string { return cmp.Or(principal, "（未认证）") }

func clock(since time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(since.Hours()), int(since.Minutes())%60)
}

// Markdown writes all tables for people.
func (r *Report) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s 访问审计月报\n\n", r.Month)
	if r.Broken == nil {
		b.WriteString("审计完整：逐行校验通过，无改动、缺失或截断。\n")
	} else {
		fmt.Fprintf(&b, "**审计不完整，以下数字仅供参考：** %s\n", r.Broken.Error())
	}
	for _, t := range r.Tables {
		b.WriteByte('\n')
		t.into(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Markdown writes the table for people.
func (t Table) Markdown(w io.Writer) error {
	var b strings.Builder
	t.into(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (t Table) into(b *strings.Builder) {
	fmt.Fprintf(b, "## %s\n\n", t.Title)
	if t.Note != "" {
		b.WriteString(t.Note + "\n\n")
	}
	if len(t.Rows) == 0 {
		b.WriteString("无。\n")
		return
	}
	rowInto(b, t.Head)
	b.WriteString("|" + strings.Repeat("---|", len(t.Head)) + "\n")
	for _, row := range t.Rows {
		rowInto(b, row)
	}
}

func rowInto(b *strings.Builder, cells []string) {
	for _, cell := range cells {
		cell = strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;").Replace(cell)
		b.WriteString("| " + cell + " ")
	}
	b.WriteString("|\n")
}

// CSV writes one table for spreadsheets: UTF-8 with the mark by which Excel knows it.
func (r *Report) CSV(w io.Writer, table string) error {
	at := slices.IndexFunc(r.Tables, func(t Table) bool { return t.Name == table })
	if at < 0 {
		return fmt.Errorf("audit: a report has no table %q; it has %s", table, strings.Join(TableNames, ", "))
	}
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	_ = out.Write(r.Tables[at].Head) // Flush tells
	for _, row := range r.Tables[at].Rows {
		row = slices.Clone(row)
		for i, cell := range row {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") { // no spreadsheet shall compute it
				row[i] = "'" + cell
			}
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}
