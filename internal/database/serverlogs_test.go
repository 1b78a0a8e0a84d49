package database_test

import (
	"database/sql"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

// TestServerLogs: what docs/privacy.md says of a server's own logs. Values stand in both, prepared or
// not; NoSlowLog keeps them out of the one that a session may leave.
func TestServerLogs(t *testing.T) {
	const account = "bureaugraph_logged"
	root := dbtest.MariaDB(t).Open(t, "")
	exec := func(statement string) {
		t.Helper()
		if _, err := root.Exec(statement); err != nil {
			t.Fatalf("%v: %s", err, statement)
		}
	}
	for _, of := range []struct{ name, value string }{{"log_output", "'TABLE'"}, {"long_query_time", "0"},
		{"log_queries_not_using_indexes", "1"}, {"slow_query_log", "1"}, {"general_log", "1"}} {
		var before string
		if err := root.QueryRow("SELECT QUOTE(@@GLOBAL." + of.name + ")").Scan(&before); err != nil {
			t.Fatal(err)
		}
		if of.value[0] != '\'' {
			before = before[1 : len(before)-1]
		}
		exec("SET GLOBAL " + of.name + " = " + of.value)
		t.Cleanup(func() { exec("SET GLOBAL " + of.name + " = " + before) })
	}
	exec("CREATE OR REPLACE USER " + account + "@'%' IDENTIFIED BY 'pw'") // which may do nothing
	t.Cleanup(func() { exec("DROP USER " + account + "@'%'") })
	cfg, err := mysql.ParseDSN(dbtest.MariaDB(t).DSN(""))
	if err != nil {
		t.Fatal(err)
	}
	cfg.User, cfg.Passwd = account, "pw"

	ask := func(t *testing.T, options database.Options, number string) {
		t.Helper()
		db, err := database.Open("LEGAL_AID", cfg, options)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := texts(t.Context(), db, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME <> ?",
			number); err != nil {
			t.Fatal(err)
		}
	}
	prepare := func(t *testing.T, number string) {
		t.Helper()
		db, err := sql.Open("mysql", cfg.FormatDSN()) // with values apart from the text, by the binary protocol
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var n int
		if err := db.QueryRow("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME <> ?",
			number).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	ask(t, database.Options{}, "110101199003070011")
	ask(t, database.Options{NoSlowLog: true}, "110101199003070022")
	prepare(t, "110101199003070033")

	for number, want := range map[string][2]int{ // how often in the general log, and in the slow log
		"110101199003070011": {1, 1},
		"110101199003070022": {1, 0},
		"110101199003070033": {1, 1}, // Execute; Prepare has no value
	} {
		var got [2]int
		for i, q := range []string{"SELECT COUNT(*) FROM mysql.general_log WHERE argument LIKE ? AND user_host LIKE '" + account + "%'",
			"SELECT COUNT(*) FROM mysql.slow_log WHERE sql_text LIKE ? AND user_host LIKE '" + account + "%'"} {
			if err := root.QueryRow(q, "%"+number+"%").Scan(&got[i]); err != nil {
				t.Fatal(err)
			}
		}
		if got != want {
			t.Errorf("%s stands in the general log and in the slow log %v times, want %v", number, got, want)
		}
	}
}
