// Package publicity invents the database of the law publicity system (普法宣传), in the
// full-pinyin style: code columns in _types explained by one dictionary, varchar dates in
// the layout of whoever typed them, HTML left by an editor, one latin1 column with UTF-8
// bytes, and a sheet of honours imported whole. adapters/publicity maps it.
package publicity

import (
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Yearly volumes at scale 1. The talks are the "eight entries" talks on rule-of-law
// thought that the 2023 report counts; the half-years around 2023 get half of it.
const (
	eventsAYear    = 1200
	talksIn2023    = 312
	olderEvents    = 90
	deletedEvents  = 36
	backupEvents   = 150
	trainingsAYear = 140
)

// Database invents the district's publicity system. The same world gives the same rows.
func Database(w *world.World) *legacy.Database {
	s := &scribe{w: w, r: w.Rand("publicity"), units: map[int][]string{}}
	plan, items := s.planItems()
	huodong, events := s.events(items)
	tables := []*legacy.Table{
		dictionaryTable(),
		huodong,
		backupOf(huodong, "huodong_bak", w.N(backupEvents)),
		backupOf(huodong, "huodong_copy1", 0),
		s.materials(events),
		plan,
		s.trainings(events),
		s.honours(),
	}
	s.afterthoughts(huodong, plan, tables[len(tables)-1])
	tables = append(tables, s.housekeeping()...)
	return &legacy.Database{Name: "pufa", Charset: "utf8", Tables: tables, Ledger: s.ledger}
}

// scribe writes the tables and enters the dirt into the ledger.
type scribe struct {
	w      *world.World
	r      *rand.Rand
	ledger legacy.Ledger
	units  map[int][]string // departments that existed at the middle of a year
}

// chance is true in so many of a hundred cases.
func (s *scribe) chance(percent int) bool { return s.r.IntN(100) < percent }

// between takes a number in [from, to].
func (s *scribe) between(from, to int) int { return from + s.r.IntN(to-from+1) }

// person takes somebody of the district, now and then one of those whom every system
// knows.
func (s *scribe) person() *world.Person {
	n := len(s.w.Persons)
	if s.chance(15) {
		n = min(n, 300)
	}
	return &s.w.Persons[s.r.IntN(n)]
}

// department takes the code of a unit of that year: the justice bureau in about a third
// of all cases.
func (s *scribe) department(year int) string {
	if s.chance(35) {
		return "justice"
	}
	return world.Pick(s.r, s.unitsOf(year))
}

func (s *scribe) unitsOf(year int) []string {
	if s.units[year] == nil {
		s.units[year] = s.w.ActiveDepartments(world.Day(year, 7, 1))
	}
	return s.units[year]
}

// backupOf is an old copy of a table that nobody dropped: the gateway must not serve it.
func backupOf(t *legacy.Table, name string, rows int) *legacy.Table {
	return &legacy.Table{
		Name: name, Comment: t.Comment, Engine: "MyISAM", Columns: t.Columns,
		Rows: t.Rows[:min(rows, len(t.Rows))],
	}
}

// housekeeping is what the code generator put into every database: accounts and sessions,
// which are nobody's business, and the pictures of the home page.
func (s *scribe) housekeeping() []*legacy.Table {
	users := &legacy.Table{
		Name: "users", Comment: "用户表", Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "bigint", NotNull: true},
			{Name: "username", Type: "varchar(100)", Comment: "用户名"},
			{Name: "password", Type: "varchar(100)", Comment: "密码"},
			{Name: "role", Type: "varchar(100)", Default: "'管理员'", Comment: "角色"},
			{Name: "addtime", Type: "timestamp", Comment: "新增时间"},
		},
	}
	for i, name := range []string{"admin", "pufaban", "linpu", "guali"} {
		users.Rows = append(users.Rows, []any{int64(i + 1), name, "e10adc3949ba59abbe56e057f20f883e", "管理员", "2019-03-04 10:00:00"})
	}
	token := &legacy.Table{
		Name: "token", Comment: "token表", Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "bigint", NotNull: true},
			{Name: "userid", Type: "bigint", NotNull: true, Comment: "用户id"},
			{Name: "token", Type: "varchar(200)", Comment: "密码"}, // the comment was copied
			{Name: "expiratedtime", Type: "timestamp", Comment: "过期时间"},
		},
		Rows: [][]any{{int64(1), int64(1), "0v2m9qk3x1", "2024-06-30 18:00:00"}},
	}
	config := &legacy.Table{
		Name: "config", Comment: "配置文件", Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "bigint", NotNull: true},
			{Name: "name", Type: "varchar(100)", Comment: "配置参数名称"},
			{Name: "value", Type: "varchar(100)", Comment: "配置参数值"},
		},
		Rows: [][]any{{int64(1), "轮播图1", "upload/config1.jpg"}, {int64(2), "轮播图2", "upload/config2.jpg"}},
	}
	return []*legacy.Table{users, token, config}
}

// stamp writes a DATETIME of office hours.
func (s *scribe) stamp(day time.Time) string {
	return day.Format(time.DateOnly) + " " + pad2(s.between(8, 17)) + ":" + pad2(s.r.IntN(60)) + ":" + pad2(s.r.IntN(60))
}

func pad2(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func pad4(n int) string {
	text := strconv.Itoa(n)
	return "0000"[min(len(text), 4):] + text
}
