package adapters_test

import (
	"fmt"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// TestStrays: whatever a cell looks like, what a list reads of it is what a filter finds,
// what statistics count, and what the filter of their group lists.
func TestStrays(t *testing.T) {
	data := tinyDatabase(0)
	matters := data.Tables[0]
	for i := range matters.Columns {
		if name := matters.Columns[i].Name; name == "zt" || name == "sfjj" {
			matters.Columns[i].Type = "varchar(20)"
		}
	}
	id := int64(1000)
	for _, code := range []string{"10", "20", "77"} {
		for _, town := range []string{"330109105", "临浦镇"} {
			for _, f := range []func(string) string{
				func(s string) string { return s }, func(s string) string { return " " + s },
				func(s string) string { return s + "\t" },
				func(s string) string { return "\u3000" + s }, func(s string) string { return s + ".0" },
				func(s string) string { return s + ".00" },
				func(s string) string { return s[:len(s)-3*(len(s)/9)] + " " + s[len(s)-3*(len(s)/9):] },
				func(s string) string { return s + "\u200b" }, func(s string) string { return s + "  " },
			} {
				id++
				matters.Rows = append(matters.Rows,
					[]any{id, "C", f(code), "", "01", "2023-05-01", f(town), "张三", "王一", f("1"), nil, nil, "0", "x"})
			}
		}
	}
	check := func(t *testing.T, dsn string, learns bool) {
		cfg, err := mysql.ParseDSN(dsn)
		if err != nil {
			t.Fatal(err)
		}
		db, err := database.Open("TINY", cfg, database.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		f := tinyOn(t, db)
		if learns {
			f.matters.LearnTypes()
		}
		rows, err := f.matters.All(t.Context(), filter.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for axis, read := range map[string]func(*Matter) *string{
			"STATUS": func(m *Matter) *string { return m.Status },
			"TOWN":   func(m *Matter) *string { return m.TownRef },
		} {
			listed := map[string]int{}
			for _, row := range rows {
				if v := read(row); v != nil {
					listed[*v]++
				}
			}
			a, err := f.matters.Statistics().Axis(axis)
			if err != nil {
				t.Fatal(err)
			}
			tally, err := f.matters.Statistics().Tally(t.Context(), adapters.Question{Axes: []adapters.Axis{a}})
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range tally.Buckets {
				if b.Key[0] == nil {
					continue
				}
				value := *b.Key[0]
				found, err := f.matters.All(t.Context(), filter.Filter{Field: a.Field, Any: []string{value}})
				if err != nil {
					t.Fatal(err)
				}
				if listed[value] != b.Rows || listed[value] != len(found) {
					t.Errorf("%s %s: lists say %d, statistics %d, the filter finds %d", axis, value, listed[value],
						b.Rows, len(found))
				}
				delete(listed, value)
			}
			if len(listed) > 0 {
				t.Errorf("%s: no statistics of %v", axis, listed)
			}
		}
	}
	t.Run("embedded", func(t *testing.T) {
		server, err := engine.Start(t.Context(), "127.0.0.1:0", []*legacy.Database{data})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = server.Close() })
		check(t, "root@tcp("+server.Addr()+")/tiny", false)
	})
	t.Run("MariaDB", func(t *testing.T) {
		server := dbtest.MariaDB(t)
		data.Name = "bureaugraph_strays"
		if err := fill.Fill(t.Context(), server.DSN(""), []*legacy.Database{data}, nil); err != nil {
			t.Fatal(err)
		}
		own := server.Open(t, data.Name)
		if _, err := own.Exec("ALTER TABLE biz_matter DROP INDEX szxz"); err != nil { // no index of a whole BLOB
			t.Fatal(err)
		}
		for _, typ := range []string{
			"varchar(80)", "text", "varchar(80) CHARACTER SET ucs2",
			"varchar(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
			"varbinary(160)", "blob", "mediumblob", "longtext", "varchar(80) CHARACTER SET utf32", "binary(120)",
		} {
			for _, column := range []string{"zt", "szxz", "sfjj"} {
				if _, err := own.Exec("ALTER TABLE biz_matter MODIFY " + column + " " + typ); err != nil {
					t.Fatal(err)
				}
			}
			for _, learns := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s, known %v", typ, learns),
					func(t *testing.T) { check(t, server.DSN(data.Name), learns) })
			}
		}
	})
}
