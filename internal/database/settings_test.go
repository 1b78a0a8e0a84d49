package database_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

// wrong are the variables on which answers depend, each as no gateway wants it.
func wrong() []struct{ name, value string } {
	return []struct{ name, value string }{
		{"time_zone", "'-05:00'"},
		{"sql_mode",
			"'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE,PIPES_AS_CONCAT,IGNORE_SPACE," +
				"ERROR_FOR_DIVISION_BY_ZERO,STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ALLOW_INVALID_DATES,EMPTY_STRING_IS_NULL'"},
		{"sql_select_limit", "1"},
		{"sql_big_selects", "0"},
		{"max_join_size", "1"},
		{"autocommit", "0"},
		{"sql_auto_is_null", "1"},
		{"group_concat_max_len", "4"},
		{"div_precision_increment", "0"},
		{"max_sort_length", "8"},
		{"default_week_format", "3"},
		{"lc_time_names", "'zh_CN'"},
		{"collation_connection", "'utf8mb4_bin'"},
		{"character_set_results", "'gbk'"},
		{"default_regex_flags", "'EXTENDED,UNGREEDY'"},
	}
}

// dependent are questions whose answers such variables change.
func dependent() []string {
	return []string{
		"SELECT c, id FROM bureaugraph_settings.t ORDER BY id",
		"SELECT COUNT(*) FROM bureaugraph_settings.t a, bureaugraph_settings.t b, bureaugraph_settings.t c",
		"SELECT FROM_UNIXTIME(0), '' IS NULL, \"a\", 'a\\'b', 'a' || 'b', NOT 1 BETWEEN -5 AND 5",
		"SELECT DATE('2021-02-31'), 1 / 0, CAST('0000-00-00' AS DATE), 10 / 3, FLOOR(1678809599999 / 1000)",
		"SELECT GROUP_CONCAT(id), WEEK('2023-01-01'), DATE_FORMAT('2023-01-02', '%W %M') FROM bureaugraph_settings.t",
		"SELECT CAST('A' AS CHAR) = 'a', 'a b' REGEXP '^a b$', REGEXP_SUBSTR('aaa', 'a+'), '张'",
		"SELECT s FROM bureaugraph_settings.t ORDER BY s",
		"SELECT id FROM bureaugraph_settings.t WHERE id IS NULL",
		"SELECT @@autocommit",
	}
}

// TestSettings: what a server's configuration, and what it makes every session begin with,
// say of the variables changes no answer.
func TestSettings(t *testing.T) {
	root := dbtest.MariaDB(t).Open(t, "")
	exec := func(statement string) {
		t.Helper()
		if _, err := root.Exec(statement); err != nil {
			t.Fatalf("%v: %s", err, statement)
		}
	}
	exec("CREATE DATABASE IF NOT EXISTS bureaugraph_settings")
	t.Cleanup(func() { exec("DROP DATABASE bureaugraph_settings") })
	exec("CREATE OR REPLACE TABLE bureaugraph_settings.t (id INT PRIMARY KEY, c CHAR(5), s TEXT, m TIMESTAMP NULL)")
	exec("INSERT INTO bureaugraph_settings.t VALUES (1, 'a', REPEAT('x', 30), NOW()), (2, 'b', CONCAT(REPEAT('x', 29), 'a'), NOW()), (3, 'c', '', NOW())")
	exec("CREATE OR REPLACE USER bureaugraph_reader@'%' IDENTIFIED BY 'pw'")
	t.Cleanup(func() { exec("DROP USER bureaugraph_reader@'%'") })
	exec("GRANT SELECT ON *.* TO bureaugraph_reader@'%'")

	answers := func(t *testing.T) (all [][][]string) {
		t.Helper()
		cfg, err := mysql.ParseDSN(dbtest.MariaDB(t).DSN(""))
		if err != nil {
			t.Fatal(err)
		}
		cfg.User, cfg.Passwd = "bureaugraph_reader", "pw"
		db, err := database.Open("LEGAL_AID", cfg, database.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, question := range dependent() {
			rows, err := texts(t.Context(), db, question)
			if err != nil {
				t.Fatalf("%v: %s", err, question)
			}
			all = append(all, rows)
		}
		return all
	}
	want := answers(t)
	if got := want[2][0][0]; got != "1970-01-01 08:00:00" {
		t.Errorf("the zone is not that of Beijing: %s", got)
	}
	var init []string
	for _, w := range wrong() {
		init = append(init, w.name+" = "+w.value)
	}
	t.Run("of new sessions", func(t *testing.T) {
		exec(`SET GLOBAL init_connect = "SET ` + strings.Join(init, ", ") + `"`)
		defer exec("SET GLOBAL init_connect = ''")
		if diff := cmp.Diff(want, answers(t)); diff != "" {
			t.Error(diff)
		}
	})
	for _, w := range wrong() {
		if slices.Contains([]string{"collation_connection", "character_set_results"}, w.name) {
			continue // which a session says itself when it begins
		}
		t.Run(w.name, func(t *testing.T) {
			var before string
			if err := root.QueryRow("SELECT QUOTE(@@GLOBAL." + w.name + ")").Scan(&before); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(w.value, "'") {
				before = strings.Trim(before, "'")
			}
			exec("SET GLOBAL " + w.name + " = " + w.value)
			defer exec("SET GLOBAL " + w.name + " = " + before)
			if diff := cmp.Diff(want, answers(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
