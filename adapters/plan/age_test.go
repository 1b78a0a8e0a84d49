package plan

import (
	"database/sql"
	"fmt"
	"strconv"
	"testing"

	"github.com/go-sql-driver/mysql"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/identity"
)

func TestAgesOnTheEmbeddedEngine(t *testing.T) {
	server, err := engine.Start(t.Context(), "127.0.0.1:0", []*legacy.Database{ageDatabase()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	ages(t, "root@tcp("+server.Addr()+")/"+schemaName)
}

func TestAgesOnMariaDB(t *testing.T) {
	server := dbtest.MariaDB(t)
	if err := fill.Fill(t.Context(), server.DSN(""), []*legacy.Database{ageDatabase()},
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	ages(t, server.DSN(schemaName))
}

// residents are numbers of people born on every day and many that are none, written well
// and badly.
func residents() []string {
	var list []string
	born := func(year, month, day int) string { // the day need not exist
		number := fmt.Sprintf("330199%04d%02d%02d%03d", year, month, day, (month*31+day*7)%1000)
		return number + string(identity.ResidentCheck(number))
	}
	for _, year := range []int{1849, 1850, 1900, 1904, 1996, 1999, 2000, 2099, 2100} {
		for month := range 14 {
			for day := range 33 {
				list = append(list, born(year, month, day))
			}
		}
	}
	for year := range 100 { // leap years
		list = append(list, born(1800+year, 2, 29), born(1900+year, 2, 29), born(2000+year, 2, 29),
			fmt.Sprintf("330199%02d0229017", year))
	}
	for _, number := range []string{born(1972, 2, 29), born(1990, 1, 1), born(2012, 6, 15)} {
		for _, wrong := range "0123456789X" {
			list = append(list, number[:17]+string(wrong))
		}
		list = append(list, " "+number, number+"  ", "'"+number, number[:6]+" "+number[6:14]+" "+number[14:],
			widen(number), number+"\t", number[:17], number+"1")
	}
	return append(list, "33019919900101002x", "33019919900101002Ｘ", "'33019919900101002x", "330199640815017",
		"３３０１９９６４０８１５０１７", "330199 640815 017",
		"330199641315017", "111111111111111", "111111111111111111", "330199900101", "G12345678", "无", "不详", "0", "",
		"33019919900101OO2X")
}

// ageDatabase has a visit of every resident on some day.
func ageDatabase() *legacy.Database {
	person := &legacy.Table{
		Name: "person", Primary: []string{"id"},
		Columns: []legacy.Column{{Name: "id", Type: "int", NotNull: true},
			{Name: "sfzh", Type: "varchar(60)", Charset: "latin1"}},
	}
	visit := &legacy.Table{
		Name: "visit", Primary: []string{"id"},
		Columns: []legacy.Column{{Name: "id", Type: "int", NotNull: true}, {Name: "ry", Type: "int"},
			{Name: "rq", Type: "varchar(30)"}},
	}
	days := []any{"2023-2-28", "2023-3-1", "2024-2-29", "2024-3-1", "2023-06-15", "2024-06-16", "1990-01-01"}
	for i, number := range mojibake(texts(residents()...), "gbk") {
		person.Rows = append(person.Rows, []any{int64(i), number})
		visit.Rows = append(visit.Rows, []any{int64(i), int64(i), days[i%len(days)]})
	}
	// of nobody
	visit.Rows = append(visit.Rows, []any{int64(-1), int64(-1), "2024-06-16"}, []any{int64(-2), nil, "2024-06-16"},
		[]any{int64(-3), int64(0), "待定"}, []any{int64(-4), int64(0), nil}) // on no day
	return &legacy.Database{Name: schemaName, Charset: "utf8mb4", Tables: []*legacy.Table{person, visit}}
}

// ages compares the ages that SQL finds with those by the decoded cells, as a dimension
// and as a filter.
func ages(t *testing.T, dsn string) {
	table := func(name string, fields ...*mapping.Field) *Table {
		list := &Table{Mapping: &mapping.Table{Record: name, Name: name, Key: []string{"id"}, Fields: fields},
			Codecs: map[string]cell.Codec{}}
		for _, f := range fields {
			codec, err := cell.New(f.Spec, env)
			if err != nil {
				t.Fatal(err)
			}
			list.Codecs[f.Name] = codec
		}
		return list
	}
	person := table("person", &mapping.Field{Name: "residentId", Column: "sfzh",
		Spec: cell.Spec{Kind: "residentId", Charset: "gbk-in-latin1"}})
	visit := table("visit",
		&mapping.Field{Name: "id", Column: "id", Spec: cell.Spec{Kind: "key"}},
		&mapping.Field{Name: "person", Column: "ry", Spec: cell.Spec{Kind: "key"}},
		&mapping.Field{Name: "on", Column: "rq", Spec: cell.Spec{Kind: "day", Layouts: []string{"2006-1-2"}}})
	visit.LinkAge(&mapping.Field{Name: "age", Spec: cell.Spec{Kind: "int", From: "0", Before: "200"}},
		visit.Field("person"), person, "residentId", visit.Field("on"))

	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	cfg.InterpolateParams = true
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	t.Cleanup(func() { _ = db.Close() })
	s := &subject{T: t, db: db}

	numbers := map[string]string{} // canonical, by key
	every := func(string) bool { return true }
	for _, row := range s.query(person.List(List{Project: Project(person, every), Limit: 100000})) {
		if v, _ := person.Codecs["residentId"].Decode(row[1]); v != nil {
			numbers[string(row[0])] = string(*v.(*model.ResidentNumber))
		}
	}
	want, in := map[string]string{}, map[string]string{} // by visit; those of 18 to 34
	for _, row := range s.query(visit.List(List{Project: Project(visit, every), Limit: 100000})) {
		v, _ := visit.Codecs["on"].Decode(row[2])
		day, _ := v.(*model.Date)
		number := numbers[string(row[1])]
		if born, err := strconv.Atoi(number[min(6, len(number)):min(14, len(number))]); day != nil && err == nil &&
			len(number) == 18 {
			if lived := int(day.Year)*10000 + int(day.Month)*100 + int(day.Day) - born - 1; lived >= 0 {
				want[string(row[0])] = strconv.Itoa(lived / 10000)
				if lived >= 180000 && lived < 350000 {
					in[string(row[0])] = want[string(row[0])]
				}
			}
		}
	}
	if len(want) < 1000 || len(in) < 100 {
		t.Fatalf("only %d visitors have an age, %d one of 18 to 34", len(want), len(in))
	}

	of := func(where []Predicate) map[string]string {
		got := map[string]string{}
		for _, row := range s.query(visit.Tally(Tally{Where: where,
			Dimensions: []Dimension{{Field: visit.Field("id")}, {Field: visit.Field("age")}}})) {
			if n, err := strconv.Atoi(string(row[1])); err == nil && n >= 0 { // as the codec reads it
				got[string(row[0])] = strconv.Itoa(n)
			}
		}
		return got
	}
	if diff := gocmp.Diff(want, of(nil)); diff != "" {
		t.Errorf("ages: -go +sql\n%s", diff)
	}
	from, before := 18, 35
	for name, tt := range map[string]struct {
		ages filter.Whole
		want map[string]string
	}{"any age": {filter.Whole{}, want}, "18 to 34": {filter.Whole{From: &from, Before: &before}, in}} {
		p, err := visit.Compile("filter", filter.Filter{Field: "age", Whole: &tt.ages}, env)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(tt.want, of([]Predicate{p})); diff != "" {
			t.Errorf("%s: -go +sql\n%s", name, diff)
		}
	}
}
