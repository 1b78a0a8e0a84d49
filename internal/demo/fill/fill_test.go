package fill_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// database wraps one table.
func database(name, charset string, t *legacy.Table) []*legacy.Database {
	return []*legacy.Database{{Name: name, Charset: charset, Tables: []*legacy.Table{t}}}
}

// mustFill fills and removes the databases after the test.
func mustFill(t *testing.T, s *dbtest.Server, dbs []*legacy.Database) *sql.DB {
	t.Helper()
	if err := fill.Fill(t.Context(), s.DSN(""), dbs, nil); err != nil {
		t.Fatal(err)
	}
	root := s.Open(t, "")
	t.Cleanup(func() {
		for _, db := range dbs {
			if _, err := root.Exec("DROP DATABASE `" + db.Name + "`"); err != nil {
				t.Error(err)
			}
		}
	})
	return root
}

// column reads a query of one text column.
func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var v sql.NullString
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		if !v.Valid {
			v.String = "NULL"
		}
		all = append(all, v.String)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestLatin1ColumnHoldsTheBytes(t *testing.T) {
	s := dbtest.MariaDB(t)
	every := make([]byte, 0, 256)
	for b := range 256 {
		every = append(every, byte(b))
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("法律援助①")
	if err != nil {
		t.Fatal(err)
	}
	root := mustFill(t, s, database("bureaugraph_latin", "latin1", &legacy.Table{
		Name:    "aj",
		Columns: []legacy.Column{{Name: "id", Type: "int", NotNull: true}, {Name: "ms", Type: "varchar(300)"}},
		Primary: []string{"id"},
		Indexes: [][]string{{"ms"}},
		Rows: [][]any{
			{int64(1), legacy.Mojibake("法律援助①", "gbk")},
			{int64(2), legacy.Mojibake("法律援助", "utf8")},
			{int64(3), legacy.Latin1(every)},
		},
	}))
	want := []string{
		fmt.Sprintf("%X", gbk),
		fmt.Sprintf("%X", "法律援助"),
		fmt.Sprintf("%X", every),
	}
	got := column(t, root, "SELECT HEX(ms) FROM bureaugraph_latin.aj ORDER BY id")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("bytes (-want +got):\n%s", diff)
	}
}

func TestDirtStays(t *testing.T) {
	s := dbtest.MariaDB(t)
	long := strings.Repeat("长", 12)
	root := mustFill(t, s, database("bureaugraph_dirt", "utf8", &legacy.Table{
		Name:   "脏数据",
		Engine: "MyISAM",
		Columns: []legacy.Column{
			{Name: "d", Type: "date", NotNull: true, Default: "'0000-00-00'", Comment: "日期 'd'"},
			{Name: "order", Type: "varchar(10)"},
			{Name: "ts", Type: "timestamp"},
		},
		Rows: [][]any{
			{"0000-00-00", "plain", nil},
			{"2021-02-31", long, "2024-01-02 03:04:05"},
			{"2024-00-00", "a'b\\c\n\x00\x1a\"", nil},
			{"1900-01-01", "  blank  ", nil},
		},
	}))
	for query, want := range map[string][]string{
		"SELECT d FROM bureaugraph_dirt.`脏数据`":       {"0000-00-00", "2021-02-31", "2024-00-00", "1900-01-01"},
		"SELECT `order` FROM bureaugraph_dirt.`脏数据`": {"plain", long[:10*3], "a'b\\c\n\x00\x1a\"", "  blank  "},
		"SELECT CONVERT_TZ(ts, @@time_zone, '+08:00') FROM bureaugraph_dirt.`脏数据`": {"NULL", "2024-01-02 03:04:05",
			"NULL", "NULL"},
	} {
		if diff := cmp.Diff(want, column(t, root, query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestSchemaIsAsDescribed(t *testing.T) {
	s := dbtest.MariaDB(t)
	root := mustFill(t, s, database("bureaugraph_schema", "utf8mb4", &legacy.Table{
		Name:    "aj",
		Comment: "案件",
		Engine:  "MyISAM",
		Columns: []legacy.Column{
			{Name: "bh", Type: "varchar(40)", NotNull: true},
			{Name: "ms", Type: "text", Charset: "latin1", Comment: "描述"},
			{Name: "bz", Type: "varchar(500)"},
			{Name: "zt", Type: "enum('a','b')", Default: "'a'"},
		},
		Primary: []string{"bh"},
		Indexes: [][]string{{"zt", "bh"}, {"ms"}, {"bz"}},
	}))
	for query, want := range map[string][]string{
		"SELECT CONCAT_WS(' ', ENGINE, TABLE_COLLATION, TABLE_COMMENT) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'bureaugraph_schema' AND TABLE_NAME = 'aj'": {
			"MyISAM utf8mb4_general_ci 案件",
		},
		"SELECT CONCAT_WS(' ', COLUMN_NAME, COLUMN_TYPE, COLLATION_NAME, IS_NULLABLE, COLUMN_COMMENT) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'bureaugraph_schema' AND TABLE_NAME = 'aj' ORDER BY ORDINAL_POSITION": {
			"bh varchar(40) utf8mb4_general_ci NO ",
			"ms text latin1_swedish_ci YES 描述",
			"bz varchar(500) utf8mb4_general_ci YES ",
			"zt enum('a','b') utf8mb4_general_ci YES ",
		},
		"SELECT CONCAT_WS(' ', INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, SUB_PART) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = 'bureaugraph_schema' AND TABLE_NAME = 'aj' ORDER BY INDEX_NAME, SEQ_IN_INDEX": {
			"bz 1 bz 187",
			"ms 1 ms 750",
			"PRIMARY 1 bh",
			"zt 1 zt",
			"zt 2 bh",
		},
	} {
		if diff := cmp.Diff(want, column(t, root, query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestDropsOnlyItsOwn(t *testing.T) {
	s := dbtest.MariaDB(t)
	table := &legacy.Table{Name: "aj", Columns: []legacy.Column{{Name: "id", Type: "int"}}, Rows: [][]any{{int64(1)}}}
	dbs := database("bureaugraph_own", "utf8", table)
	root := mustFill(t, s, dbs)

	t.Run("again", func(t *testing.T) {
		if err := fill.Fill(t.Context(), s.DSN(""), dbs, nil); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"1"}, column(t, root, "SELECT id FROM bureaugraph_own.aj")); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
	})
	t.Run("foreign table", func(t *testing.T) {
		if _, err := root.Exec("CREATE TABLE bureaugraph_own.theirs (id INT)"); err != nil {
			t.Fatal(err)
		}
		err := fill.Fill(t.Context(), s.DSN(""), dbs, nil)
		want := "fill: the database bureaugraph_own holds the table theirs, which this program did not create; " +
			"it will not drop that database: choose another server, or drop it yourself"
		if err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
		if diff := cmp.Diff([]string{"1"}, column(t, root, "SELECT id FROM bureaugraph_own.aj")); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
	})
	t.Run("foreign database", func(t *testing.T) {
		for _, q := range []string{"CREATE DATABASE bureaugraph_theirs", "CREATE TABLE bureaugraph_theirs.x (id INT)"} {
			if _, err := root.Exec(q); err != nil {
				t.Fatal(err)
			}
		}
		defer root.Exec("DROP DATABASE bureaugraph_theirs")
		err := fill.Fill(t.Context(), s.DSN(""), database("bureaugraph_theirs", "utf8", table), nil)
		if err == nil || !strings.Contains(err.Error(), "holds the table x, which this program did not create") {
			t.Errorf("got %v", err)
		}
	})
}

func TestErrorsQuoteNoValue(t *testing.T) {
	t.Run("duplicate key", func(t *testing.T) {
		s := dbtest.MariaDB(t)
		dbs := database("bureaugraph_twice", "utf8", &legacy.Table{
			Name: "aj", Primary: []string{"id"},
			Columns: []legacy.Column{{Name: "id", Type: "varchar(18)"}},
			Rows:    [][]any{{"330199199001010000"}, {"330199199001010000"}},
		})
		defer s.Open(t, "").Exec("DROP DATABASE bureaugraph_twice")
		err := fill.Fill(t.Context(), s.DSN(""), dbs, nil)
		want := "fill: bureaugraph_twice: table aj: rows 0 to 1: the server refuses with error 1062"
		if err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	})
	t.Run("bad dsn", func(t *testing.T) {
		err := fill.Fill(t.Context(), "root:secret@", nil, nil)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v", err)
		}
	})
}

func TestProgress(t *testing.T) {
	s := dbtest.MariaDB(t)
	const rows = 60_000
	table := &legacy.Table{
		Name: "aj", Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "bigint unsigned"}, {Name: "bh", Type: "varchar(40)"}, {Name: "rq", Type: "date"},
			{Name: "je", Type: "decimal(12,2)"}, {Name: "bl", Type: "double"}, {Name: "ms", Type: "text"},
		},
		Indexes: [][]string{{"bh"}, {"rq"}, {"je", "rq"}},
	}
	for i := range rows {
		table.Rows = append(table.Rows,
			[]any{uint64(i), fmt.Sprintf("浙温法援字第%05d号", i), "2024-01-02", "12.34", 0.5, strings.Repeat("案情", 20)})
	}
	dbs := database("bureaugraph_many", "utf8", table)
	defer s.Open(t, "").Exec("DROP DATABASE bureaugraph_many")
	last, calls := 0, 0
	begin := time.Now()
	err := fill.Fill(t.Context(), s.DSN(""), dbs, func(database, table string, n int) {
		if database != "bureaugraph_many" || table != "aj" || n < last {
			t.Errorf("progress %s.%s %d after %d", database, table, n, last)
		}
		last = n
		calls++
	})
	if err != nil {
		t.Fatal(err)
	}
	if last != rows || calls < 3 {
		t.Errorf("%d calls, the last with %d rows; want %d rows in several calls", calls, last, rows)
	}
	t.Logf("%d rows, 3 indexes: %s", rows, time.Since(begin).Round(time.Millisecond))
	got := column(t, s.Open(t, ""), "SELECT COUNT(*) FROM bureaugraph_many.aj")
	if diff := cmp.Diff([]string{fmt.Sprint(rows)}, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}
