package database_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

// TestEveryType: of a column of any type the gateway reads what the server's own text of
// the cell is, which is what SQL compares and what a clerk sees; with arguments, and with
// question marks in the statement's own text.
func TestEveryType(t *testing.T) {
	root := dbtest.MariaDB(t).Open(t, "")
	exec := func(statement string) {
		t.Helper()
		if _, err := root.Exec(statement); err != nil {
			t.Fatalf("%v: %s", err, statement)
		}
	}
	exec("CREATE DATABASE IF NOT EXISTS bureaugraph_types")
	t.Cleanup(func() { exec("DROP DATABASE bureaugraph_types") })
	db, _ := open(t, database.Options{})
	numbers := []string{"0", "1", "-7", "42", "1000000", "1234567.5", "20230315", "0.1", "0.000012"}
	vast := append(numbers, "999999999999999", "1e15", "123456789012345678", "-1e300", "1e-20", "2.5e-7",
		"330199900101002")
	for _, c := range []struct {
		typ    string
		values []string // nil: the numbers that fit
	}{
		{"DOUBLE", vast}, {"DOUBLE(14,2)", numbers}, {"FLOAT", vast[:len(vast)-4]}, {"FLOAT(9,3)", numbers[:6]},
		{"REAL", vast},
		{"DOUBLE ZEROFILL", []string{"42", "1000000", "1.5"}}, {"DOUBLE(12,2) ZEROFILL", []string{"42", "1000000"}},
		{"DECIMAL(65,30)", numbers}, {"DECIMAL(10,0)", numbers}, {"DECIMAL(12,3) ZEROFILL", []string{"42", "0"}},
		{"TINYINT", []string{"-7", "0", "127"}}, {"SMALLINT(5) ZEROFILL", []string{"7"}},
		{"MEDIUMINT UNSIGNED", []string{"16777215"}}, {"INT(5) ZEROFILL", []string{"42", "1234567"}},
		{"BIGINT", []string{"-9223372036854775808", "9007199254740993"}},
		{"BIGINT UNSIGNED", []string{"18446744073709551615"}}, {"BIGINT(20) ZEROFILL", []string{"42"}},
		{"YEAR", []string{"2023", "0"}}, {"BIT(1)", []string{"0", "1"}}, {"BIT(8)", []string{"0", "49", "255"}},
		{"BIT(64)", []string{"18446744073709551615"}},
		{"DATE", []string{"'2023-03-15'", "'0000-00-00'"}}, {"DATETIME", []string{"'2023-03-15 01:02:03'"}},
		{"DATETIME(6)", []string{"'2023-03-15 01:02:03.5'"}},
		{"TIMESTAMP NULL", []string{"'2023-03-15 01:02:03'"}},
		{"TIMESTAMP(3) NULL", []string{"'2023-03-15 01:02:03.25'"}},
		{"TIME", []string{"'-12:03:04'", "'838:59:59'"}}, {"TIME(2)", []string{"'12:03:04.5'"}},
		{"CHAR(5)", []string{"'ab'", "''"}}, {"VARCHAR(9)", []string{"'１０ '"}}, {"TEXT", []string{"' x'"}},
		{"VARBINARY(9)", []string{"'a\\0b'"}}, {"BINARY(3)", []string{"'a'"}}, {"BLOB", []string{"'x'"}},
		{"ENUM('有','无')", []string{"'无'"}}, {"SET('a','b')", []string{"'a,b'"}},
	} {
		t.Run(c.typ, func(t *testing.T) {
			exec("SET STATEMENT sql_mode = '' FOR DROP TABLE IF EXISTS bureaugraph_types.t")
			exec("CREATE TABLE bureaugraph_types.t (id INT PRIMARY KEY AUTO_INCREMENT, c " + c.typ + ")")
			exec("INSERT IGNORE INTO bureaugraph_types.t (c) VALUES (" + strings.Join(c.values, "), (") + "), (NULL)")
			text := "CONCAT(c)"
			if strings.HasPrefix(c.typ, "BIT") {
				text = "CONCAT(c + 0)"
			}
			for _, form := range []string{"SELECT c, %s FROM bureaugraph_types.t ORDER BY id",
				"SELECT c, %s FROM bureaugraph_types.t WHERE id <> ? ORDER BY id",
				"SELECT c, %s FROM bureaugraph_types.t WHERE id <> ? AND '?' <> '' ORDER BY id"} {
				var args []any
				if strings.Contains(form, "<> ?") {
					args = []any{int64(0)}
				}
				rows, err := texts(t.Context(), db, fmt.Sprintf(form, text), args...)
				if err != nil {
					t.Fatal(err)
				}
				if len(rows) != len(c.values)+1 {
					t.Fatalf("%d rows", len(rows))
				}
				for _, row := range rows {
					if diff := cmp.Diff(row[1], row[0]); diff != "" {
						t.Errorf("%s (-server +gateway)\n%s", form, diff)
					}
				}
			}
		})
	}
}
