package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// benchRows is the size of a big legacy table.
const benchRows = 100_000

// benchDatabase is one table with four secondary indexes.
func benchDatabase() []*legacy.Database {
	t := &legacy.Table{
		Name:    "aj",
		Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "int", NotNull: true},
			{Name: "ajbh", Type: "varchar(40)"},
			{Name: "town", Type: "varchar(12)"},
			{Name: "slrq", Type: "date"},
			{Name: "zt", Type: "char(2)"},
			{Name: "sc_bz", Type: "char(1)"},
			{Name: "je", Type: "decimal(12,2)"},
			{Name: "rq", Type: "varchar(20)"},
			{Name: "ms", Type: "text"},
		},
		Indexes: [][]string{{"ajbh"}, {"town", "slrq"}, {"slrq"}, {"zt"}},
	}
	first := time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range benchRows {
		t.Rows = append(t.Rows, []any{
			int64(i), fmt.Sprintf("(2024)浙温法援字第%05d号", i), fmt.Sprintf("3301990%02d", i%22),
			first.AddDate(0, 0, i*7%2000).Format(time.DateOnly), []string{"10", "20", "30", "99"}[i%4],
			[]any{"0", nil, "0", "1"}[i%4], "1234.50", fmt.Sprintf("2024%02d%02d", i%13, i%32), "案情摘要",
		})
	}
	return []*legacy.Database{{Name: "flyz", Charset: "utf8", Tables: []*legacy.Table{t}}}
}

// BenchmarkLoad starts an engine and asks once by each index, which builds it.
func BenchmarkLoad(b *testing.B) {
	dbs := benchDatabase()
	for b.Loop() {
		s, err := engine.Start(b.Context(), "127.0.0.1:0", dbs)
		if err != nil {
			b.Fatal(err)
		}
		db := open(b, s, engine.ReadOnlyUser, "flyz")
		for _, where := range []string{"`ajbh` = 'x'", "`town` = 'x' AND `slrq` > '2020-01-01'",
			"`slrq` = '2018-01-01'", "`zt` = 'x'"} {
			if _, err := read(db, "SELECT `id` FROM `aj` WHERE "+where+" LIMIT 1"); err != nil {
				b.Fatal(err)
			}
		}
		db.Close()
		s.Close()
	}
}

func BenchmarkQuery(b *testing.B) {
	s, err := engine.Start(b.Context(), "127.0.0.1:0", benchDatabase())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	db := open(b, s, engine.ReadOnlyUser, "flyz")

	var keys []string
	for i := range 100 {
		keys = append(keys, fmt.Sprintf("'(2024)浙温法援字第%05d号'", i*997))
	}
	pages := func(n int) string {
		var all []string
		for i := range n {
			all = append(all,
				fmt.Sprintf("(SELECT '%d' AS k, `id`, `ajbh` FROM `aj` WHERE `town` = '3301990%02d' AND (`sc_bz` = '0' OR `sc_bz` IS NULL) ORDER BY `slrq` DESC, `id` DESC LIMIT 11)", i, i%22))
		}
		return strings.Join(all, " UNION ALL ")
	}
	for _, q := range []struct {
		name, query string
		rows        int
	}{
		{"one by key", "SELECT `id`, `ajbh` FROM `aj` WHERE `id` = 4711", 1},
		{"100 keys", "SELECT `id`, `town` FROM `aj` WHERE (`sc_bz` = '0' OR `sc_bz` IS NULL) AND `ajbh` IN (" +
			strings.Join(keys, ",") + ")", 75},
		{"page of 11 by range and order",
			"SELECT `id`, `slrq` FROM `aj` WHERE (`sc_bz` = '0' OR `sc_bz` IS NULL) AND `slrq` <= '2022-03-03' AND (`slrq` < '2022-03-03' OR `id` < 5000) ORDER BY `slrq` DESC, `id` DESC LIMIT 11", 11},
		{"22 pages", pages(22), 22 * 11},
		{"100 pages", pages(100), 100 * 11},
		{"count to 10001", "SELECT COUNT(*) FROM (SELECT 1 FROM `aj` WHERE `sc_bz` = '0' LIMIT 10001) x", 1},
		{"group all", "SELECT `town`, COUNT(*), SUM(`je`) FROM `aj` GROUP BY `town`", 22},
		{"regexp over all",
			"SELECT `id` FROM `aj` WHERE CASE WHEN `rq` REGEXP '^[0-9]{8}$' THEN `rq` END > '20241230' LIMIT 5", 5},
		{"1000 rows", "SELECT `id`, `ajbh`, `slrq`, `je` FROM `aj` ORDER BY `id` LIMIT 1000", 1000},
	} {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				got, err := read(db, q.query)
				if err != nil {
					b.Fatal(err)
				}
				if len(got) != q.rows {
					b.Fatalf("%d rows, want %d", len(got), q.rows)
				}
			}
		})
	}
}
