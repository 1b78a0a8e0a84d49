// Package demo invents the database of the lending library.
package demo

import (
	"fmt"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// loans is how many there are, whatever the scale.
const loans = 60

// Database invents the loans, books and readers, and what is wrong with some of them.
func Database(w *world.World) *legacy.Database {
	r := w.Rand("lending")
	loan := &legacy.Table{
		Name: "jy_jieyue", Primary: []string{"id"}, Indexes: [][]string{{"bianhao"}, {"jcrq"}, {"shu_id"}, {"zhenjie"}},
		Columns: []legacy.Column{
			{Name: "id", Type: "int", NotNull: true}, {Name: "bianhao", Type: "varchar(50)"}, {Name: "shiyou", Type: "varchar(400)"},
			{Name: "jcrq", Type: "varchar(20)"}, {Name: "ghrq", Type: "varchar(60)"}, {Name: "zhenjie", Type: "varchar(60)"},
			{Name: "zt", Type: "varchar(60)"}, {Name: "shu_id", Type: "int"}, {Name: "shanchu", Type: "char(1)"},
		},
	}
	book := &legacy.Table{
		Name: "jy_shu", Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "int", NotNull: true}, {Name: "shuming", Type: "varchar(400)"}, {Name: "leibie", Type: "varchar(10)"}, {Name: "dingjia", Type: "varchar(20)"},
		},
		Rows: [][]any{
			{int64(1), "行政复议法释义", "D9", "45.00"}, {int64(2), "围城", "I", "39"}, {int64(3), "本草纲目", "R2", "120"}, {int64(4), "民法典", "D9", "28.5"},
		},
	}
	reader := &legacy.Table{
		Name: "jy_duzhe", Primary: []string{"id"}, Indexes: [][]string{{"jieyue_id"}, {"sfzh"}},
		Columns: []legacy.Column{
			{Name: "id", Type: "int", NotNull: true}, {Name: "jieyue_id", Type: "int"}, {Name: "xingming", Type: "varchar(60)"},
			{Name: "sfzh", Type: "varchar(60)"}, {Name: "dianhua", Type: "varchar(60)"},
		},
	}
	for i := range loans {
		id := int64(i + 1)
		lent := world.DayBetween(r, world.Day(2023, 3, 1), world.Day(2024, 5, 1))
		back, state := any(lent.AddDate(0, 0, 3+i%45).Format(time.DateOnly)), "2"
		switch {
		case i%7 == 6:
			back, state = "未还", "1"
		case i%19 == 18:
			back, state = nil, "3"
		}
		loan.Rows = append(loan.Rows, []any{
			id, fmt.Sprintf("萧图借〔%d〕%d号", lent.Year(), id), world.Pick(r, []string{"案件办理需要", "普法讲座备课", "个人阅读"}),
			lent.Format([]string{time.DateOnly, "2006年1月2日", "20060102"}[i%3]), back,
			w.TownSpelling(r, w.AnyTown(r)), state, int64(i%4 + 1), "0",
		})
		person := w.Persons[r.IntN(len(w.Persons))]
		reader.Rows = append(reader.Rows, []any{id, id, person.Name, person.ID, person.Phone})
	}
	loan.Rows[3][4] = "2023-02-30"
	loan.Rows[9][6] = "9"
	loan.Rows[12][7] = int64(99)
	reader.Rows[20][3] = "330199198001010000"
	reader.Rows[30][1] = int64(999)
	book.Rows = append(book.Rows, []any{int64(5), "无价之书", "D9", "不详"})
	return &legacy.Database{
		Name: "lending", Charset: "utf8mb4", Tables: []*legacy.Table{loan, book, reader},
		Ledger: legacy.Ledger{
			{Record: "LibraryLoan", Key: "4", Field: "closedOn", Rule: "IMPOSSIBLE_DATE"},
			{Record: "LibraryLoan", Key: "10", Field: "status", Rule: "UNKNOWN_CODE"},
			{Record: "LibraryLoan", Key: "13", Field: "book", Rule: "ORPHAN_LINK"},
			{Record: "LibraryBook", Key: "3", Field: "class", Rule: "UNKNOWN_CODE"},
			{Record: "LibraryBook", Key: "5", Field: "price", Rule: "NOT_A_NUMBER"},
			{Record: "LibraryReader", Key: "21", Field: "residentId", Rule: "BAD_CHECKSUM"},
			{Record: "LibraryReader", Key: "31", Field: "loan", Rule: "ORPHAN_LINK"},
		},
	}
}
