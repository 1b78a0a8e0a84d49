package engine_test

import (
	"database/sql"
	"fmt"
	"testing"

	_ "github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// sample is a database with every column type and every habit of the legacy systems that
// the engine can hold.
func sample() []*legacy.Database {
	kinds := &legacy.Table{
		Name:    "kinds",
		Comment: "every type",
		Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "int", NotNull: true},
			{Name: "v", Type: "varchar(20)", Default: "'x'", Comment: "变长"},
			{Name: "c", Type: "char(6)"},
			{Name: "t", Type: "text"},
			{Name: "lt", Type: "longtext"},
			{Name: "e", Type: "enum('a','待审','it''s')"},
			{Name: "s", Type: "smallint"},
			{Name: "ti", Type: "tinyint"},
			{Name: "flag", Type: "tinyint(1)"},
			{Name: "b", Type: "bit(1)"},
			{Name: "bi", Type: "bigint"},
			{Name: "ub", Type: "bigint unsigned"},
			{Name: "f", Type: "double"},
			{Name: "m", Type: "decimal(20,2)"},
			{Name: "wide", Type: "decimal(65,30)"},
			{Name: "d", Type: "date"},
			{Name: "dn", Type: "date", NotNull: true, Default: "'0000-00-00'"},
			{Name: "dt", Type: "datetime"},
			{Name: "ts", Type: "timestamp"},
			{Name: "l", Type: "varchar(40)", Charset: "latin1"},
			{Name: "u", Type: "varchar(20)", Charset: "utf8mb4"},
			{Name: "order", Type: "int"},
			{Name: "申请人", Type: "varchar(20)"},
		},
		Indexes: [][]string{{"v"}, {"e", "d"}, {"d"}, {"dt"}, {"m"}, {"f"}, {"ub"}, {"l"}, {"b"}, {"ts"}, {"申请人"}},
		Rows: [][]any{
			{int64(3), "Abc", "10  ", "text", "long", "a", int64(-5), int64(127), int64(1), int64(1), int64(-1 << 63),
				uint64(1<<64 - 1), 1.5, "12.30", "1.5", "2024-02-29", "2024-02-29", "2024-02-29 23:59:59",
				"2024-02-29 12:00:00", legacy.Mojibake("法律援助", "gbk"), "𠮷😀", int64(1), "张三"},
			{int64(1), "abc", "", "", "", "待审", int64(0), int64(0), int64(0), int64(0), int64(0), uint64(0), 0.0, "0",
				"0", "0000-00-00", "0000-00-00", "0000-00-00 00:00:00", "0000-00-00 00:00:00",
				legacy.Mojibake("法律援助", "utf8"), "", int64(0), "李四"},
			{int64(2), nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, "1900-01-01", nil,
				nil, nil, nil, nil, nil},
			{int64(7), "abc ", "x", "两\n行", "it's \\ \"q\"\t\x00", "it's", int64(32767), int64(-128), int64(7),
				int64(1), int64(1<<63 - 1), uint64(1 << 63), -12345678.9, "-0.005",
				"-99999999999999999999999999999999999.123456789012345678901234567891", "9999-12-31", "2024-12-31",
				"9999-12-31 23:59:59", "2038-01-01 00:00:00", legacy.Latin1([]byte{0x80, 0x81, 0x9f, 0xff, 'A'}), "ÄÖ",
				int64(-1), "Wang"},
			{int64(5), "很长很长很长很长很长很长很长很长很长很长很长", "abcdefgh", "x", "x", "", int64(1), int64(1), int64(1), int64(0),
				int64(5), uint64(5), 1e15, "123456789012345678.999", "0.000000000000000000000000000001", "1582-10-15",
				"2000-01-01", "2000-01-01 00:00:00", "2000-01-01 00:00:00", "caf\u00e9", "x", int64(2), "wang"},
			{int64(6), "ABD", "X", "Y", "Z", "a", int64(1), int64(1), int64(1), int64(1), int64(6), uint64(6), 0.000001,
				"1", "1", "2023-06-15", "2023-06-15", "2023-06-15 08:30:00", "2023-06-15 08:30:00", "CAFE", "X",
				int64(3), "张三丰"},
			{int64(9), "10%", "_", "a_b", "|", "待审", int64(9), int64(9), int64(0), int64(1), int64(9), uint64(9), 1e300,
				"3.14", "3.14", "2021-01-01", "2021-01-01", "2021-01-01 00:00:00", "2021-01-01 00:00:00", "x", "x",
				int64(4), "张"},
			{int64(8), "12abc", "3", "3,000元", "", "a", int64(8), int64(8), int64(0), int64(0), int64(8), uint64(8),
				100000.0, "99.99", "2", "2023-06-15", "2023-06-15", "2023-06-15 08:30:01", "2023-06-15 08:30:01", "X",
				"y", int64(5), nil},
		},
	}

	cases := &legacy.Table{
		Name:    "案件",
		Primary: []string{"aj_id"},
		Columns: []legacy.Column{
			{Name: "aj_id", Type: "int", NotNull: true},
			{Name: "ajbh", Type: "varchar(40)", NotNull: true},
			{Name: "town", Type: "varchar(12)"},
			{Name: "slrq", Type: "date"},
			{Name: "rq", Type: "varchar(20)"},
			{Name: "zt", Type: "char(2)"},
			{Name: "sc_bz", Type: "char(1)"},
			{Name: "je", Type: "decimal(12,2)"},
			{Name: "days", Type: "int"},
		},
		Indexes: [][]string{{"ajbh"}, {"town", "slrq"}, {"slrq"}, {"zt"}},
	}
	for i := range 400 {
		var day any = fmt.Sprintf("20%02d-%02d-%02d", 18+i%7, 1+i%12, 1+i%28)
		switch {
		case i%17 == 0:
			day = nil
		case i%19 == 0:
			day = "0000-00-00"
		}
		cases.Rows = append(cases.Rows, []any{
			int64(1000 - i),
			fmt.Sprintf("(2024)浙温法援字第%04d号", i*7%400),
			[]any{"330199001", "330199002", "330199003", nil}[i%4],
			day,
			[]any{"20240229", "2024-3-1", "2024年3月2日", "20240231", "", nil, "不详", "202403"}[i%8],
			[]any{"10", "20", "30", "99", nil}[i%5],
			[]any{"0", nil, "1", "0", "0"}[i%5],
			fmt.Sprintf("%d.%02d", i*13, i%100),
			int64(i % 50),
		})
	}

	keyless := &legacy.Table{
		Name:    "日志",
		Columns: []legacy.Column{{Name: "ajbh", Type: "varchar(40)"}, {Name: "n", Type: "int"}},
		Indexes: [][]string{{"n", "ajbh"}},
	}
	for i := range 30 {
		keyless.Rows = append(keyless.Rows, []any{fmt.Sprintf("(2024)浙温法援字第%04d号", i), int64(i % 3)})
	}

	links := &legacy.Table{
		Name:    "link",
		Primary: []string{"town", "seq"},
		Columns: []legacy.Column{
			{Name: "town", Type: "varchar(12)", NotNull: true},
			{Name: "seq", Type: "int", NotNull: true},
			{Name: "name", Type: "varchar(20)"},
		},
	}
	for i := range 12 {
		links.Rows = append(links.Rows, []any{fmt.Sprintf("33019900%d", 1+i%3), int64(12 - i), fmt.Sprintf("村%d", i)})
	}
	return []*legacy.Database{
		{Name: "bureaugraph_sample", Charset: "utf8", Tables: []*legacy.Table{kinds, cases, keyless, links}},
		{Name: "bureaugraph_other", Charset: "utf8mb4", Tables: []*legacy.Table{{
			Name: "empty", Columns: []legacy.Column{{Name: "id", Type: "int", NotNull: true}}, Primary: []string{"id"},
		}}},
	}
}

// serve starts an engine and stops it after the test.
func serve(t testing.TB, dbs []*legacy.Database) *engine.Server {
	t.Helper()
	s, err := engine.Start(t.Context(), "127.0.0.1:0", dbs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// open connects to one of the engine's databases as the gateway does.
func open(t testing.TB, s *engine.Server, user, database string) *sql.DB {
	t.Helper()
	db, err := sql.Open("mysql", user+"@tcp("+s.Addr()+")/"+database+"?interpolateParams=true&charset=utf8mb4")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// read runs a query and gives its cells as they come over the wire; NULL is "NULL".
func read(db *sql.DB, query string, args ...any) ([][]string, error) {
	rows, err := db.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var all [][]string
	for rows.Next() {
		cells := make([]sql.RawBytes, len(columns))
		targets := make([]any, len(columns))
		for i := range cells {
			targets[i] = &cells[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		row := make([]string, len(columns))
		for i, c := range cells {
			row[i] = string(c)
			if c == nil {
				row[i] = "NULL"
			}
		}
		all = append(all, row)
	}
	return all, rows.Err()
}
