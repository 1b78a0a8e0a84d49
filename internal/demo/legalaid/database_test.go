package legalaid_test

import (
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	mapped "github.com/bureaugraph/bureaugraph/adapters/legalaid"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/legalaid"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

func district(t testing.TB, seed uint64, scale float64) *world.World {
	t.Helper()
	w, err := world.New(seed, scale)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func parsed(t *testing.T, w *world.World) (*mapping.File, cell.Env) {
	t.Helper()
	env := cell.Env{Towns: w.Towns, Departments: w.Departments}
	file, err := mapping.Parse(mapped.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()), env)
	if err != nil {
		t.Fatal(err)
	}
	return file, env
}

func hash(db *legacy.Database) uint64 {
	h := fnv.New64a()
	for _, table := range db.Tables {
		for _, row := range table.Rows {
			_, _ = fmt.Fprintln(h, row...)
		}
	}
	_, _ = fmt.Fprintln(h, db.Ledger)
	return h.Sum64()
}

func table(t *testing.T, db *legacy.Database, name string) *legacy.Table {
	t.Helper()
	for _, table := range db.Tables {
		if table.Name == name {
			return table
		}
	}
	t.Fatalf("no table %s", name)
	return nil
}

// served gives the cells of some columns for the rows that are not deleted.
func served(t *testing.T, db *legacy.Database, name string, columns ...string) [][]any {
	t.Helper()
	table := table(t, db, name)
	at := map[string]int{}
	for i, c := range table.Columns {
		at[c.Name] = i
	}
	deleted, flagged := at["sc_bz"]
	var rows [][]any
	for _, row := range table.Rows {
		if flagged && row[deleted] == "1" {
			continue
		}
		cells := make([]any, len(columns))
		for i, c := range columns {
			cells[i] = row[at[c]]
		}
		rows = append(rows, cells)
	}
	return rows
}

func TestSameSeedSameDatabase(t *testing.T) {
	first, second := hash(legalaid.Database(district(t, 7, 0.1))), hash(legalaid.Database(district(t, 7, 0.1)))
	if first != second {
		t.Error("two databases of one seed differ")
	}
	if first == hash(legalaid.Database(district(t, 8, 0.1))) {
		t.Error("two seeds give one database")
	}
}

func TestVolumesOf2023(t *testing.T) {
	db := legalaid.Database(district(t, 1, 1))
	for _, want := range []struct {
		table, column string
		rows          int
	}{
		{"flyz_ajxx", "cjsj", 2000},
		{"flyz_zx", "zxsj", 20000},
		{"flyz_zbls", "cjsj", 800},
	} {
		got := 0
		for _, row := range served(t, db, want.table, want.column) {
			if moment, _ := row[0].(string); strings.HasPrefix(moment, "2023") {
				got++
			}
		}
		if lost := want.rows - got; lost < 0 || lost > want.rows/200 { // dirty dates
			t.Errorf("%s has %d rows in 2023, want %d", want.table, got, want.rows)
		}
	}
}

// The figures of the 2023 report that this system owns.
func TestFiguresOfTheReport(t *testing.T) {
	for _, scale := range []float64{0.01, 0.05, 1} {
		db := legalaid.Database(district(t, 1, scale))
		teams, corps, venues := map[string]bool{}, map[string]bool{}, map[string]bool{}
		selected, pool, unclear := 0, 0, 0
		for _, row := range served(t, db, "flyz_ls", "bbt", "yyfwt", "yycg", "sfrck") {
			for _, team := range strings.Split(row[0].(string), "|") {
				if strings.ContainsAny(team, "789") {
					unclear++
					continue
				}
				teams[team] = true
			}
			switch code := row[1].(string); code {
			case "", "0":
			case "9":
				unclear++
			default:
				selected++
				corps[code] = true
			}
			if venue, _ := row[2].(string); venue != "" {
				venues[venue] = true
			}
			if row[3] == "1" {
				pool++
			}
		}
		delete(teams, "")
		got := map[string]int{"teams": len(teams), "lawyers": selected, "corps": len(corps), "venues": len(venues),
			"pool": pool, "unclear": unclear}
		want := map[string]int{"teams": 6, "lawyers": 114, "corps": 6, "venues": 5, "pool": 55, "unclear": 4}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("scale %v (-want +got):\n%s", scale, diff)
		}
	}
}

func TestLedgerIsWhatTheGatewayMustReport(t *testing.T) {
	for _, scale := range []float64{0.01, 0.05, 1} {
		w := district(t, 1, scale)
		file, env := parsed(t, w)
		db := legalaid.Database(w)
		want := audit.Sort(append(legacy.Ledger(nil), db.Ledger...))
		got := audit.Findings(db, file, env)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("scale %v: ledger (-) and findings (+) differ:\n%.4000s", scale, diff)
		}
	}
}

func TestEveryKindOfDirtStandsTwice(t *testing.T) {
	for _, scale := range []float64{0.05, 1} {
		w := district(t, 1, scale)
		seen := map[string]int{}
		for _, d := range legalaid.Database(w).Ledger {
			seen[d.Record+"."+d.Field+" "+d.Rule]++
		}
		full := map[string]int{}
		for _, d := range legalaid.Database(district(t, 1, 1)).Ledger {
			full[d.Record+"."+d.Field+" "+d.Rule]++
		}
		for kind := range full {
			if seen[kind] < 2 {
				t.Errorf("scale %v: %s stands %d times", scale, kind, seen[kind])
			}
		}
	}
}

func TestKeysAreUnique(t *testing.T) {
	for _, table := range legalaid.Database(district(t, 1, 0.1)).Tables {
		if len(table.Primary) == 0 {
			continue
		}
		at := 0
		for table.Columns[at].Name != table.Primary[0] {
			at++
		}
		seen := map[any]bool{}
		for _, row := range table.Rows {
			if seen[row[at]] {
				t.Errorf("%s has two rows with key %v", table.Name, row[at])
			}
			seen[row[at]] = true
		}
	}
}

// Every value fits its column: as long as its type says, and never NULL where the column
// is not.
func TestRowsFitTheirColumns(t *testing.T) {
	for _, table := range legalaid.Database(district(t, 1, 0.2)).Tables {
		for i, column := range table.Columns {
			most := 0
			_, _ = fmt.Sscanf(column.Type, "varchar(%d)", &most)
			for _, row := range table.Rows {
				if row[i] == nil && column.NotNull {
					t.Fatalf("%s.%s is NOT NULL and holds NULL", table.Name, column.Name)
				}
				if text, ok := row[i].(string); ok && most > 0 && len([]rune(text)) > most {
					t.Fatalf("%s.%s is %s and holds %d characters", table.Name, column.Name, column.Type,
						len([]rune(text)))
				}
			}
		}
	}
}

// A lookup by case number finds a served case under every way of writing its number.
func TestNumbersAreAmongTheSpellings(t *testing.T) {
	w := district(t, 1, 0.3)
	db := legalaid.Database(w)
	codec, err := cell.New(cell.Spec{Kind: "caseNumber", Charset: "gbk-in-latin1"}, cell.Env{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range served(t, db, "flyz_ajxx", "ajbh") {
		raw := row[0].(string)
		number, _ := codec.Decode([]byte(raw))
		if number == nil {
			continue
		}
		spellings, _ := codec.Spell(*number.(*string))
		found := false
		for _, s := range spellings {
			found = found || s == raw
		}
		if !found {
			t.Errorf("%s is stored in a way that no lookup tries: %q", *number.(*string), raw)
		}
	}
}

func BenchmarkDatabase(b *testing.B) {
	w := district(b, 1, 1)
	b.ReportAllocs()
	for b.Loop() {
		legalaid.Database(w)
	}
}
