package dbtest_test

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestServerIsSharedAndWritable(t *testing.T) {
	s := dbtest.MariaDB(t)
	if again := dbtest.MariaDB(t); again != s {
		t.Error("a second server was started")
	}
	db := s.Open(t, "")
	if _, err := db.Exec("CREATE DATABASE IF NOT EXISTS bureaugraph_dbtest"); err != nil {
		t.Fatal(err)
	}
	defer db.Exec("DROP DATABASE bureaugraph_dbtest")
	var name string
	if err := s.Open(t, "bureaugraph_dbtest").QueryRow("SELECT DATABASE()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	if name != "bureaugraph_dbtest" {
		t.Errorf("connected to %q", name)
	}
}
