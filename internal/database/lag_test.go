package database

import (
	"testing"
	"time"
)

// TestReplyOf: the names that MySQL and MariaDB have had for the same columns; of several servers that are
// replicated the one that is most behind counts.
func TestReplyOf(t *testing.T) {
	row := func(io, sql, behind string) map[string]string {
		return map[string]string{"slave_io_running": io, "slave_sql_running": sql, "seconds_behind_master": behind}
	}
	isNull := row("Yes", "Yes", "")
	delete(isNull, "seconds_behind_master")
	for _, test := range []struct {
		name string
		rows []map[string]string
		want reply
	}{
		{"none", nil, reply{unknown: noReplica}},
		{"MySQL 5.5 and MariaDB", []map[string]string{row("Yes", "Yes", "7")}, reply{true, 7 * time.Second, ""}},
		{"MySQL 8", []map[string]string{{"replica_io_running": "Yes", "replica_sql_running": "Yes",
			"seconds_behind_source": "7"}}, reply{true, 7 * time.Second, ""}},
		{"several", []map[string]string{row("Yes", "Yes", "2"), row("Yes", "Yes", "70")},
			reply{true, 70 * time.Second, ""}},
		{"its main server is gone", []map[string]string{row("Connecting", "Yes", "0")}, reply{}},
		{"it has stopped", []map[string]string{row("Yes", "No", "0")}, reply{}},
		{"it does not know", []map[string]string{isNull}, reply{}},
	} {
		if got := replyOf(test.rows); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

// TestBehind: one that has lost its main server is behind by as long as that has been heard since.
func TestBehind(t *testing.T) {
	db := &DB{opts: Options{MaxLag: 30 * time.Second}, hosts: []*host{{lag: &lag{}}, {lag: &lag{isReplica: true}}}}
	main, replica := db.hosts[0].lag, db.hosts[1]
	now := time.Now()
	at := func(seconds int) time.Time { return now.Add(time.Duration(seconds) * time.Second) }
	for _, step := range []struct {
		name  string
		do    func()
		want  time.Duration // below 0 is nobody knows
		fresh bool
	}{
		{"never asked", func() {}, -1, false},
		{"cut off from the start", func() { replica.lag.take(reply{}, at(0)) }, -1, false},
		{"joined", func() { replica.lag.take(reply{isJoined: true, behind: 3 * time.Second}, at(1)) },
			3 * time.Second, true},
		{"the main one goes on", func() { main.take(reply{}, at(9)) }, 3 * time.Second, true},
		{"has not answered for long", func() { main.take(reply{}, at(18)) }, 20 * time.Second, true},
		{"answers: cut off", func() { replica.lag.take(reply{}, at(19)) }, 20 * time.Second, true},
		{"an hour after the main one", func() { replica.lag.take(reply{}, at(3600)) }, 20 * time.Second, true},
		{"which is back", func() { main.take(reply{}, at(3601)) }, 3603 * time.Second, false},
		{"joined again", func() { replica.lag.take(reply{isJoined: true}, at(3602)) }, 0, true},
		{"too late", func() { replica.lag.take(reply{isJoined: true, behind: 31 * time.Second}, at(3603)) },
			31 * time.Second, false},
		{"may not be asked", func() { replica.lag.take(reply{unknown: noRight}, at(3604)) }, -1, true},
	} {
		step.do()
		got := db.behind(replica)
		if (got == nil) != (step.want < 0) || got != nil && *got != step.want {
			t.Errorf("%s: behind %v, want %s", step.name, got, step.want)
		}
		if fresh := db.isFresh(replica); fresh != step.fresh {
			t.Errorf("%s: fresh is %v", step.name, fresh)
		}
	}
}
