package publicity

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/publicity"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Where columns stand that the tests look at.
const (
	idAt, venueAt, formAt, themeAt, statusAt, createdAt, heldAt, eventDeleteAt = 0, 5, 6, 7, 8, 20, 22, 34
	planYearAt, planKindAt, planPercentAt, planDoneAt                          = 3, 5, 11, 12
	honourNumberAt, honourYearAt, honourLevelAt, honourKindAt, honourNewAt     = 0, 1, 3, 4, 10
)

func honourKey(row []any) string {
	return row[honourYearAt].(string) + "|" + row[honourNumberAt].(string)
}

func database(t testing.TB, scale float64) (*world.World, *legacy.Database) {
	t.Helper()
	w, err := world.New(1, scale)
	if err != nil {
		t.Fatal(err)
	}
	return w, Database(w)
}

func table(t testing.TB, db *legacy.Database, name string) *legacy.Table {
	t.Helper()
	i := slices.IndexFunc(db.Tables, func(table *legacy.Table) bool { return table.Name == name })
	if i < 0 {
		t.Fatalf("no table %s", name)
	}
	return db.Tables[i]
}

// TestFigures counts what the 2023 report says, over the rows as the mapping reads them.
func TestFigures(t *testing.T) {
	_, db := database(t, 1)
	heldOn := codec(t, "PublicityEvent", "heldOn")
	events, talks, deletedTalks, cancelledTalks := 0, 0, 0, 0
	venues := map[int64]bool{}
	for _, row := range table(t, db, "huodong").Rows {
		alive := row[eventDeleteAt] == int64(1)
		if alive && strings.HasPrefix(row[createdAt].(string), "2023-") {
			events++
		}
		talk := row[formAt] == int64(lecture) && row[themeAt] == int64(xiThought)
		done := slices.Contains([]any{int64(held), int64(reported), int64(verified), int64(counted)}, row[statusAt])
		in2023 := false
		if text, ok := row[heldAt].(string); ok {
			if day, _ := heldOn.Decode([]byte(text)); day != nil {
				in2023 = day.(*model.Date).Year == 2023
			}
		}
		switch {
		case alive && talk && done && in2023:
			talks++
			venues[row[venueAt].(int64)] = true
			if row[venueAt].(int64) > eightEntries {
				t.Errorf("talk %v at venue %v, which is none of the eight", row[idAt], row[venueAt])
			}
		case !alive && talk && in2023:
			deletedTalks++
		case alive && talk && row[statusAt] == int64(cancelled):
			cancelledTalks++
		}
	}
	if events != 1200 || talks != 312 || len(venues) != 8 {
		t.Errorf("%d events of 2023, %d talks at %d kinds of venue; want 1200, 312, 8", events, talks, len(venues))
	}
	if deletedTalks == 0 || cancelledTalks == 0 {
		t.Errorf("%d deleted and %d cancelled talks: nothing to tell them from the counted ones", deletedTalks,
			cancelledTalks)
	}

	honours := map[string]int{}
	unclear := 0 // perhaps of another year, level or kind, or not new
	for _, row := range table(t, db, "荣誉").Rows {
		isNew, _ := codec(t, "PublicityHonour", "isNew").Decode(text(row[honourNewAt]))
		if year := row[honourYearAt]; year == "" || year == "无" || year == "2023" &&
			(isNew == nil || row[honourLevelAt] == "市级以上") {
			unclear++
			continue
		} else if year != "2023" {
			continue
		}
		level, _ := codec(t, "PublicityHonour", "level").Decode([]byte(row[honourLevelAt].(string)))
		kind, _ := codec(t, "PublicityHonour", "kind").Decode([]byte(row[honourKindAt].(string)))
		honours[*level.(*string)+" "+*kind.(*string)]++
	}
	want := map[string]int{
		"PROVINCIAL EDUCATION_BASE": 1, "PROVINCIAL LITERACY_OBSERVATION_POINT": 1, "PROVINCIAL DEMOCRATIC_VILLAGE": 11,
		"MUNICIPAL EDUCATION_BASE": 5, "DISTRICT EDUCATION_BASE": 3, "DISTRICT DEMOCRATIC_VILLAGE": 6,
	}
	if diff := cmp.Diff(want, honours); diff != "" {
		t.Errorf("honours of 2023 (-want +got):\n%s", diff)
	}
	if unclear != 4 {
		t.Errorf("%d honours perhaps of 2023, want 4", unclear)
	}

	parts := 0
	unclear = 0
	for _, row := range table(t, db, "jihua").Rows {
		if row[planKindAt] != int64(midtermEvaluation) || row[len(row)-1] != int64(1) {
			continue
		}
		if row[planYearAt] == nil || row[planYearAt] == int64(0) || row[planDoneAt] == "基本" {
			unclear++
			continue
		}
		parts++
		if row[planYearAt] != int64(2023) || row[planPercentAt] != "100" {
			t.Errorf("mid-term evaluation item %v of %v is %v percent done", row[0], row[planYearAt],
				row[planPercentAt])
		}
	}
	if parts != 34 || unclear != 3 {
		t.Errorf("%d parts of the mid-term evaluation, want 34: 22 towns, 8 departments, 4 steps; %d unclear, want 3",
			parts, unclear)
	}
}

func TestLedgerIsWhatTheCodecsFind(t *testing.T) {
	for name, scale := range map[string]float64{"full": 1, "small": 0.05, "tiny": 0.01} {
		t.Run(name, func(t *testing.T) {
			w, db := database(t, scale)
			env := cell.Env{Towns: w.Towns, Departments: w.Departments}
			want := audit.Sort(slices.Clone(db.Ledger))
			if diff := cmp.Diff(want, audit.Findings(db, mapped(t), env), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("ledger (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryKindOfDirtIsThere(t *testing.T) {
	for name, scale := range map[string]float64{"full": 1, "small": 0.05} {
		t.Run(name, func(t *testing.T) {
			_, db := database(t, scale)
			count := map[string]int{}
			for _, d := range db.Ledger {
				count[d.Rule]++
			}
			for _, rule := range []string{
				"LOST_CHARACTERS", "NOT_A_NUMBER", "NUMBER_OUT_OF_RANGE", "UNREADABLE_DATE", "IMPOSSIBLE_DATE",
				"ZERO_DATE", "DATE_OUT_OF_RANGE", "UNKNOWN_CODE", "NOT_A_FLAG", "NOT_AN_IDENTIFIER", "UNKNOWN_TOWN",
				"UNKNOWN_DEPARTMENT", "UNREADABLE_NUMBER", "MARKUP_REMOVED", "ORPHAN_LINK",
			} {
				if count[rule] < 2 {
					t.Errorf("%s planted %d times", rule, count[rule])
				}
			}
		})
	}
}

func TestSameSeedSameRows(t *testing.T) {
	_, first := database(t, 0.2)
	_, second := database(t, 0.2)
	if hash(t, first) != hash(t, second) {
		t.Error("two runs differ")
	}
}

func hash(t *testing.T, db *legacy.Database) [32]byte {
	t.Helper()
	text, err := json.Marshal(db)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(text)
}

func TestTablesAreWellFormed(t *testing.T) {
	_, db := database(t, 1)
	for _, table := range db.Tables {
		at := map[string]int{}
		for i, c := range table.Columns {
			at[c.Name] = i
		}
		for _, index := range append(table.Indexes, table.Primary) {
			for _, column := range index {
				if _, ok := at[column]; !ok {
					t.Errorf("%s has an index on %s, which is no column", table.Name, column)
				}
			}
		}
		keys := map[any]bool{}
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Fatalf("%s: a row has %d cells, the table %d columns", table.Name, len(row), len(table.Columns))
			}
			for i, c := range table.Columns {
				if !fits(c, row[i]) {
					t.Errorf("%s.%s %s holds %T %v", table.Name, c.Name, c.Type, row[i], row[i])
				}
			}
			if len(table.Primary) == 1 {
				if key := row[at[table.Primary[0]]]; keys[key] {
					t.Errorf("%s: key %v twice", table.Name, key)
				} else {
					keys[key] = true
				}
			}
		}
	}
}

// fits tells whether a value is what legacy.Column says the column's type holds, and no
// longer than the column is wide.
func fits(c legacy.Column, value any) bool {
	switch v := value.(type) {
	case nil:
		return !c.NotNull
	case int64:
		return strings.HasSuffix(c.Type, "int")
	case string:
		width := map[string]int{"varchar(4)": 4, "varchar(8)": 8, "varchar(10)": 10, "varchar(20)": 20,
			"varchar(30)": 30, "varchar(50)": 50, "varchar(60)": 60, "varchar(200)": 200}[c.Type]
		return !strings.HasSuffix(c.Type, "int") && (width == 0 || len([]rune(v)) <= width)
	}
	return false
}

func TestHonourKeysAreUnique(t *testing.T) {
	_, db := database(t, 1)
	seen := map[string]bool{}
	for _, row := range table(t, db, "荣誉").Rows {
		if row[honourYearAt] == nil || row[honourYearAt] == "年份" {
			continue
		}
		if key := honourKey(row); seen[key] {
			t.Errorf("key %s twice", key)
		} else {
			seen[key] = true
		}
	}
}

func TestStepsFollowEachOther(t *testing.T) {
	w, _ := database(t, 0.5)
	s := &scribe{w: w}
	_ = s.database()
	for _, e := range s.events {
		steps := slices.DeleteFunc([]int64{e.created.Unix(), e.approved.Unix(), e.held.Unix(), e.reported.Unix(),
			e.verified.Unix(), e.finished.Unix()},
			func(at int64) bool { return at < 0 })
		if !slices.IsSorted(steps) || steps[len(steps)-1] >= world.End.Unix() {
			t.Fatalf("steps out of order: %+v", e)
		}
		if !e.held.IsZero() && e.created.Year() != e.held.Year() {
			t.Fatalf("registered in %d, held in %d", e.created.Year(), e.held.Year())
		}
	}
}

func BenchmarkDatabase(b *testing.B) {
	w, err := world.New(1, 1)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		Database(w)
	}
}

// text is a cell of a text column as the server sends it.
func text(cell any) []byte {
	if cell == nil {
		return nil
	}
	return []byte(cell.(string))
}

// codec is the codec of a mapped field that reads no dictionary.
func codec(t *testing.T, record, field string) cell.Codec {
	t.Helper()
	fields := mapped(t).Records[record].Fields
	i := slices.IndexFunc(fields, func(f *mapping.Field) bool { return f.Name == field })
	c, err := cell.New(fields[i].Spec, cell.Env{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// mapped is the system's mapping, checked against the whole graph.
func mapped(t testing.TB) *mapping.File {
	t.Helper()
	w, err := world.New(1, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(publicity.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()),
		cell.Env{Towns: w.Towns, Departments: w.Departments})
	if err != nil {
		t.Fatal(err)
	}
	return file
}
