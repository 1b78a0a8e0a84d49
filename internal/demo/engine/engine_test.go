package engine_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

func TestWritesAreRefused(t *testing.T) {
	s := serve(t, sample())
	for _, user := range []string{"root", engine.ReadOnlyUser} {
		db := open(t, s, user, "bureaugraph_sample")
		for _, statement := range []string{
			"INSERT INTO `kinds` (`id`) VALUES (99)",
			"REPLACE INTO `kinds` (`id`) VALUES (99)",
			"UPDATE `kinds` SET `v` = 'y'",
			"DELETE FROM `kinds`",
			"TRUNCATE TABLE `kinds`",
			"DROP TABLE `kinds`",
			"ALTER TABLE `kinds` ADD COLUMN `z` INT",
			"CREATE INDEX `z` ON `kinds` (`v`)",
			"CREATE TABLE `z` (`a` INT)",
			"CREATE TEMPORARY TABLE `z` (`a` INT)",
			"CREATE VIEW `z` AS SELECT 1",
			"CREATE DATABASE `z`",
			"DROP DATABASE `bureaugraph_sample`",
			"CREATE USER `z`",
		} {
			if _, err := db.Exec(statement); err == nil {
				t.Errorf("%s: %s succeeded", user, statement)
			}
		}
		got, err := read(db, "SELECT COUNT(*), COUNT(DISTINCT `c`) FROM `kinds`")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]string{{"8", "7"}}, got); diff != "" {
			t.Errorf("%s: rows afterwards (-want +got):\n%s", user, diff)
		}
	}
}

func TestSessionStatements(t *testing.T) {
	db := open(t, serve(t, sample()), engine.ReadOnlyUser, "bureaugraph_sample")
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, statement := range []string{
		"SET NAMES utf8mb4",
		"SET SESSION TRANSACTION READ ONLY",
		"SET SESSION sql_mode = ''",
		"SET time_zone = '+08:00'",
		"SET SESSION max_execution_time = 5000",
		"START TRANSACTION READ ONLY",
		"COMMIT",
		"START TRANSACTION WITH CONSISTENT SNAPSHOT",
		"ROLLBACK",
		"USE `bureaugraph_other`",
		"SHOW INDEX FROM `bureaugraph_sample`.`kinds`",
		"SHOW CREATE TABLE `bureaugraph_sample`.`kinds`",
		"SHOW FULL COLUMNS FROM `bureaugraph_sample`.`kinds`",
		"SHOW TABLES",
		"SHOW DATABASES",
	} {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	got, err := read(db, "SELECT VERSION(), CONNECTION_ID() > 0, CURRENT_USER()")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"8.0.31-bureaugraph-demo", "1", "bureaugraph@localhost"}}, got); diff != "" {
		t.Errorf("server (-want +got):\n%s", diff)
	}
	got, err = read(db, "SHOW GRANTS")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"GRANT SELECT ON *.* TO `bureaugraph`@`localhost`"}}, got); diff != "" {
		t.Errorf("grants (-want +got):\n%s", diff)
	}
}

func TestPreparedStatement(t *testing.T) {
	s := serve(t, sample())
	db, err := sql.Open("mysql", engine.ReadOnlyUser+"@tcp("+s.Addr()+")/bureaugraph_sample")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	got, err := read(db, "SELECT `id`, `d`, `f`, `m` FROM `kinds` WHERE `v` = ? AND `d` >= ? ORDER BY `id`", "ABD",
		"2023-01-01")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"6", "2023-06-15", "1e-06", "1.00"}}, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestKillQuery(t *testing.T) {
	s := serve(t, sample())
	for statement, kill := range map[string]string{
		"SELECT SLEEP(600)": "KILL QUERY %d",
		"SELECT COUNT(*) FROM `案件` a, `案件` b, `案件` c, `案件` d WHERE a.`je` + b.`je` + c.`je` + d.`je` < 0": "KILL QUERY %d",
		"SELECT SLEEP(601)": "KILL CONNECTION %d",
	} {
		t.Run(statement, func(t *testing.T) {
			db := open(t, s, engine.ReadOnlyUser, "bureaugraph_sample")
			victim, err := db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer victim.Close()
			var id int
			if err := victim.QueryRowContext(t.Context(), "SELECT CONNECTION_ID()").Scan(&id); err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() {
				var n int
				done <- victim.QueryRowContext(t.Context(), statement).Scan(&n)
			}()
			for { // the statement may not have begun yet
				if _, err := db.Exec(fmt.Sprintf(kill, id)); err != nil {
					t.Fatal(err)
				}
				select {
				case err := <-done:
					if err == nil {
						t.Error("the statement ended well")
					}
					return
				default:
				}
			}
		})
	}
	t.Run("not another account's", func(t *testing.T) {
		conn, err := open(t, s, "root", "").Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		var id int
		if err := conn.QueryRowContext(t.Context(), "SELECT CONNECTION_ID()").Scan(&id); err != nil {
			t.Fatal(err)
		}
		if _, err := open(t, s, engine.ReadOnlyUser, "").Exec(fmt.Sprintf("KILL QUERY %d", id)); err == nil {
			t.Error("killed root's connection")
		}
	})
}

// TestReadsByIndex keeps the way the gateway's statements are answered: EXPLAIN names
// the index, and a Sort or TopN node would show.
func TestReadsByIndex(t *testing.T) {
	db := open(t, serve(t, sample()), engine.ReadOnlyUser, "bureaugraph_sample")
	tests := []struct{ name, query, want string }{
		{"equality", "SELECT * FROM `案件` WHERE `ajbh` = '(2024)浙温法援字第0007号'", "ajbh: 1 spans, 1 rows"},
		{"list", "SELECT * FROM `案件` WHERE `ajbh` IN ('(2024)浙温法援字第0007号', '(2024)浙温法援字第0014号', 'x')",
			"ajbh: 2 spans, 2 rows"},
		{"primary key", "SELECT * FROM `案件` WHERE `aj_id` IN (999, 1000)", "PRIMARY: 1 spans, 2 rows"},
		{"prefix", "SELECT * FROM `案件` WHERE `ajbh` LIKE '(2024)浙温法援字第000%'", "ajbh: 1 spans, 10 rows"},
		{"pattern", "SELECT * FROM `案件` WHERE `ajbh` LIKE '(2024)浙温法援字第000_号'", "ajbh: 1 spans, 10 rows"},
		{"two columns", "SELECT * FROM `案件` WHERE `town` = '330199001' AND `slrq` > '2023-12-01'",
			"town: 1 spans, 12 rows"},
		{"two columns in order",
			"SELECT * FROM `案件` WHERE `town` = '330199001' ORDER BY `slrq` DESC, `aj_id` DESC LIMIT 3",
			"town: 1 spans, 100 rows, filtered, backwards"},
		{"keyset",
			"SELECT * FROM `案件` WHERE `sc_bz` = '0' AND `slrq` <= '2020-01-01' AND (`slrq` < '2020-01-01' OR `aj_id` < 900) ORDER BY `slrq` DESC, `aj_id` DESC LIMIT 3", "slrq: 1 spans, 123 rows, filtered, backwards"},
		{"alias", "SELECT a.`aj_id` AS `x` FROM `案件` AS a WHERE a.`zt` = '20' ORDER BY `x` LIMIT 2",
			"zt: 1 spans, 80 rows, filtered"},
		{"no filter", "SELECT * FROM `案件` ORDER BY `slrq` LIMIT 3", "slrq: 1 spans, 400 rows"},
		{"table without key", "SELECT * FROM `日志` WHERE `n` = 1 ORDER BY `ajbh` LIMIT 3",
			"n: 1 spans, 10 rows, filtered"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, err := read(db, "EXPLAIN FORMAT=TREE "+test.query)
			if err != nil {
				t.Fatal(err)
			}
			var plan strings.Builder
			for _, r := range rows {
				plan.WriteString(r[0] + "\n")
			}
			got := plan.String()
			if !strings.Contains(got, test.want) || strings.Contains(got, "Sort") || strings.Contains(got, "TopN") {
				t.Errorf("want %q and no sort in\n%s", test.want, got)
			}
		})
	}
}

func TestStartRefuses(t *testing.T) {
	tests := []struct {
		name  string
		table legacy.Table
		want  string
	}{
		{
			"unknown type",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "geometry"}}},
			`engine: d.t: column a: no type "geometry" in the demo engine`,
		},
		{
			"partial date",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "date"}},
				Rows: [][]any{{"2024-01-01"}, {"2024-00-00"}}},
			"engine: d.t: row 1, column a: not a date or time the demo engine can hold; plant it with -dsn only",
		},
		{
			"impossible date",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "datetime"}},
				Rows: [][]any{{"2021-02-31 00:00:00"}}},
			"engine: d.t: row 0, column a: not a date or time the demo engine can hold; plant it with -dsn only",
		},
		{
			"timestamp before 1970",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "timestamp"}},
				Rows: [][]any{{"1969-01-01 00:00:00"}}},
			"engine: d.t: row 0, column a: not a date or time the demo engine can hold; plant it with -dsn only",
		},
		{
			"number out of range",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "tinyint"}}, Rows: [][]any{{int64(128)}}},
			"engine: d.t: row 0, column a: out of the column's range",
		},
		{
			"decimal out of range",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "decimal(4,2)"}}, Rows: [][]any{{"100"}}},
			"engine: d.t: row 0, column a: out of the column's range",
		},
		{
			"not a number",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "decimal(4,2)"}}, Rows: [][]any{{"3,000元"}}},
			"engine: d.t: row 0, column a: not a decimal number",
		},
		{
			"not a member",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "enum('x')"}}, Rows: [][]any{{"y"}}},
			"engine: d.t: row 0, column a: not a member of the enum",
		},
		{
			"wrong Go type",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "varchar(5)"}}, Rows: [][]any{{int64(1)}}},
			"engine: d.t: row 0, column a: not the Go type its column asks for",
		},
		{
			"bytes that are no text",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "text"}}, Rows: [][]any{{"\xff"}}},
			"engine: d.t: row 0, column a: not valid UTF-8",
		},
		{
			"NULL in a key",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "int"}}, Primary: []string{"a"},
				Rows: [][]any{{nil}}},
			"engine: d.t: row 0, column a: NULL where none may be",
		},
		{
			"double key but for case and blanks",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "varchar(5)"}}, Primary: []string{"a"},
				Rows: [][]any{{"ab"}, {"c"}, {"AB "}}},
			"engine: d.t: two rows share a primary key (place 1 in key order)",
		},
		{
			"short row",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "int"}, {Name: "b", Type: "int"}},
				Rows: [][]any{{int64(1)}}},
			"engine: d.t: row 0: 1 values for 2 columns",
		},
		{
			"key on no column",
			legacy.Table{Columns: []legacy.Column{{Name: "a", Type: "int"}}, Indexes: [][]string{{"b"}}},
			"engine: d.t: a key names the column b, which is not there",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.table.Name = "t"
			s, err := engine.Start(t.Context(), "127.0.0.1:0",
				[]*legacy.Database{{Name: "d", Charset: "utf8", Tables: []*legacy.Table{&test.table}}})
			if err == nil {
				s.Close()
				t.Fatal("started")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("address taken", func(t *testing.T) {
		s := serve(t, nil)
		if _, err := engine.Start(t.Context(), s.Addr(), nil); err == nil {
			t.Error("started twice at one address")
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := engine.Start(ctx, "127.0.0.1:0", sample()); err == nil {
			t.Error("started")
		}
	})
}

// inside marks the process that TestIsSilent watches.
const inside = "BUREAUGRAPH_TEST_SILENT"

// TestIsSilent runs good and bad statements in a process of its own and wants nothing on
// standard error: the library under the engine would write statements, with their
// values, to it.
func TestIsSilent(t *testing.T) {
	if os.Getenv(inside) == "" {
		var stderr bytes.Buffer
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestIsSilent$")
		child.Env = append(os.Environ(), inside+"=1")
		child.Stderr = &stderr
		if out, err := child.Output(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if stderr.Len() > 0 {
			t.Errorf("standard error:\n%s", stderr.String())
		}
		return
	}
	s := serve(t, sample())
	db := open(t, s, engine.ReadOnlyUser, "bureaugraph_sample")
	for _, query := range []string{"SELECT 1", "SELECT nonsense", "SELEC 1", "SELECT * FROM `kinds`",
		"DROP TABLE `kinds`"} {
		_, _ = read(db, query) // errors are wanted
	}
	if _, err := open(t, s, "nobody", "").Exec("SELECT 1"); err == nil {
		t.Error("an unknown user was let in")
	}
}

func TestGroupsByFullCells(t *testing.T) {
	databases := sample()
	for i, c := range databases[0].Tables[0].Columns {
		if c.Name == "l" {
			databases[0].Tables[0].Columns[i].Type = "varchar(12)" // as long as a cell, in letters
		}
	}
	db := open(t, serve(t, databases), engine.ReadOnlyUser, "bureaugraph_sample")
	for _, statement := range []string{
		"SELECT `l`, COUNT(*) FROM `kinds` GROUP BY `l`",
		"SELECT `l` COLLATE latin1_bin AS `text`, NULL AS `read` FROM `kinds` GROUP BY `text`, `read` LIMIT 2000",
		"SELECT `_d0`, COUNT(*) FROM (SELECT `l` COLLATE latin1_bin AS `_d0` FROM `kinds`) AS `k` GROUP BY `_d0`",
	} {
		if got, err := read(db, statement); err != nil || len(got) < 2 {
			t.Errorf("%s: %v %v", statement, got, err)
		}
	}
}
