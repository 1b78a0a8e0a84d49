package legalaid

import (
	"maps"
	"slices"
	"strconv"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// deletedTwins enters one case in a hundred, with its applicant, a second time and deletes
// it: the gateway must not show those rows, and says nothing about their dirt.
func (b *builder) deletedTwins(cases *caseSheet, applicants *sheet) {
	for row := range len(cases.matters) {
		if !b.chance(10) {
			continue
		}
		person, twin := applicants.add(), cases.add()
		copy(applicants.Rows[person], applicants.Rows[row])
		copy(cases.Rows[twin], cases.Rows[row])
		applicants.set(person, "sqr_id", int64(800001+person))
		applicants.set(person, "sc_bz", "1")
		cases.set(twin, "aj_id", int64(80001+twin))
		cases.set(twin, "sqr_id", int64(800001+person))
		cases.set(twin, "sc_bz", "1")
	}
}

// leftovers are the tables that nobody serves: a backup, the dictionary, the accounts, and
// an import of the yearly spreadsheet with its totals row.
func (b *builder) leftovers(cases *caseSheet) {
	backup := b.sheet("flyz_ajxx_bak", "", caseColumns(), nil)
	backup.Rows = cases.Rows[:len(cases.Rows)/20]

	dictionary := b.sheet("flyz_zd", "字典", []column{
		{"lb", "varchar(20)", "", "类别"},
		{"dm", "varchar(10)", "", "代码"},
		{"mc", "varchar(60)", "", "名称"},
		{"sfyx", "char(1)", "'1'", "是否有效"},
	}, nil)
	for _, list := range []struct {
		name  string
		codes codes
	}{{"zt", statusCodes}, {"ajlx", kindCodes}, {"ajly", sourceCodes}, {"yzfs", formCodes}, {"ay", causeCodes}, {"rqlb", groupCodes}, {"jg", resultCodes}} {
		for _, code := range slices.Sorted(maps.Keys(list.codes)) {
			row := dictionary.add()
			dictionary.Rows[row] = []any{list.name, code, b.text(list.codes[code]), "1"}
		}
	}

	accounts := b.sheet("flyz_yh", "用户", []column{
		{"yh_id", "int", "", "用户ID"},
		{"dlm", "varchar(30)", "", "登录名"},
		{"mm", "varchar(64)", "", "密码"},
		{"xm", "varchar(30)", "", "姓名"},
	}, []string{"yh_id"})
	for i, name := range []string{"zxgly", "lpsfs", "glsfs", "ckts01", "ckts02"} {
		row := accounts.add()
		accounts.Rows[row] = []any{int64(i + 1), name, "00000000000000000000000000000000", b.text("管理员")}
	}

	headers := []string{"所名", "申请数", "办结数"}
	sheet := &legacy.Table{Name: "2022年度统计", Engine: "MyISAM"}
	for _, h := range headers {
		sheet.Columns = append(sheet.Columns, legacy.Column{Name: h, Type: "varchar(255)"})
	}
	total := 0
	for i, town := range b.w.Towns.List {
		n := 20 + 3*i
		total += n
		sheet.Rows = append(sheet.Rows, []any{b.text(town.JudicialOffice), strconv.Itoa(n), strconv.Itoa(n - 2)})
	}
	sheet.Rows = append(sheet.Rows, []any{b.text("合计"), strconv.Itoa(total), strconv.Itoa(total - 2*len(b.w.Towns.List))})
	b.db.Tables = append(b.db.Tables, sheet)
}
