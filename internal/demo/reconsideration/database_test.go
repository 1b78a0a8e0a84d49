package reconsideration_test

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	adapter "github.com/bureaugraph/bureaugraph/adapters/reconsideration"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/reconsideration"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// TestLedger reads every mapped cell: the codecs report what was planted, nothing else.
func TestLedger(t *testing.T) {
	for seed, scale := range []float64{1, 1, 0.5, 0.05, 0.05, 0.01} {
		t.Run(fmt.Sprintf("seed %d scale %v", seed, scale), func(t *testing.T) {
			w := district(t, uint64(seed), scale)
			db := reconsideration.Database(w)
			env := cell.Env{Towns: w.Towns, Departments: w.Departments}
			file, err := mapping.Parse(adapter.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()), env)
			if err != nil {
				t.Fatal(err)
			}
			want := audit.Sort(slices.Clone(db.Ledger))
			if diff := cmp.Diff(want, audit.Findings(db, file, env)); diff != "" {
				t.Errorf("findings (-planted +found):\n%s", diff)
			}
		})
	}
}

// TestEveryKind demands that each kind of dirt is planted twice even in a small district.
func TestEveryKind(t *testing.T) {
	planted := map[string]int{}
	for _, d := range reconsideration.Database(district(t, 1, 0.05)).Ledger {
		planted[d.Rule]++
	}
	for _, rule := range []cell.Rule{
		cell.UndecodableText, cell.LostCharacters, cell.NotANumber, cell.NumberOutOfRange, cell.UnreadableDate,
		cell.ImpossibleDate, cell.ZeroDate, cell.DateOutOfRange, cell.UnknownCode, cell.NotAFlag, cell.BadChecksum,
		cell.NotAnIdentifier, cell.OtherDocument, cell.UnknownTown, cell.UnknownDepartment, cell.UnreadableNumber,
		cell.MarkupRemoved, "ORPHAN_LINK",
	} {
		if planted[string(rule)] < 2 {
			t.Errorf("%s is planted %d times, want at least 2", rule, planted[string(rule)])
		}
	}
}

// TestSameWorldSameRows compares two runs and two seeds.
func TestSameWorldSameRows(t *testing.T) {
	one, again, other := sum(t, 7), sum(t, 7), sum(t, 8)
	if one != again {
		t.Error("the same seed gives different rows")
	}
	if one == other {
		t.Error("different seeds give the same rows")
	}
}

func sum(t *testing.T, seed uint64) uint64 {
	t.Helper()
	db := reconsideration.Database(district(t, seed, 0.1))
	h := fnv.New64a()
	for _, table := range db.Tables {
		fmt.Fprintln(h, table.Name, table.Rows)
	}
	fmt.Fprintln(h, db.Ledger)
	return h.Sum64()
}

// TestFigures counts what the report of 2023 says about reconsideration.
func TestFigures(t *testing.T) {
	w := district(t, 1, 1)
	db := reconsideration.Database(w)
	cases := rows(t, db, "T_FY_AJ")
	facilities := rows(t, db, "T_FY_ZDHD")
	count := func(all []map[string]any, holds func(map[string]any) bool) (n int) {
		for _, row := range all {
			if holds(row) {
				n++
			}
		}
		return n
	}
	in2023 := func(kind string) func(map[string]any) bool {
		return func(row map[string]any) bool {
			opened, err := time.Parse(time.DateOnly, row["QYRQ"].(string))
			return row["LX"] == legacy.Mojibake(kind, "utf8") && err == nil && opened.Year() == 2023
		}
	}
	received := func(period string) func(map[string]any) bool {
		return func(row map[string]any) bool {
			day := row["SDRQ"].(string)
			return row["SFSC"] != "1" && day >= period && day < period+"~"
		}
	}
	for _, figure := range []struct {
		name      string
		got, want int
	}{
		{"committees founded", count(facilities, in2023("复议委员会")), 1},
		{"stations opened", count(facilities, in2023("服务站")), 1},
		{"contests held", count(facilities, in2023("知识竞赛")), 1},
		{"cases received in 2023", count(cases, received("2023")), 1000},
		{"cases received in 2024", count(cases, received("2024")), 700},
	} {
		if figure.got != figure.want {
			t.Errorf("%s = %d, want %d", figure.name, figure.got, figure.want)
		}
	}
}

// TestKeys demands that keys are unique.
func TestKeys(t *testing.T) {
	db := reconsideration.Database(district(t, 1, 1))
	for _, table := range db.Tables {
		if table.Primary == nil && len(table.Indexes) == 0 {
			continue
		}
		seen := map[any]bool{}
		for _, row := range table.Rows {
			if seen[row[0]] {
				t.Errorf("%s has two rows with key %v", table.Name, row[0])
			}
			seen[row[0]] = true
		}
	}
}

// TestOverturned demands cases for the question which acts of 2023 were overturned
// although the document they rest on had passed review, whatever the scale.
func TestOverturned(t *testing.T) {
	for _, scale := range []float64{1, 0.05} {
		w := district(t, 1, scale)
		lawful := map[string]bool{}
		for _, d := range w.Documents {
			lawful[d.Number] = d.Lawful
		}
		reviewed, never := 0, 0
		for _, row := range rows(t, reconsideration.Database(w), "T_FY_AJ") {
			raw, _ := row["FDSCWH"].(string)
			codec, err := cell.New(cell.Spec{Kind: "caseNumber", Charset: "utf8-in-latin1"}, cell.Env{})
			if err != nil {
				t.Fatal(err)
			}
			number, _ := codec.Decode([]byte(raw))
			outcome, _ := row["JAFS"].(string)
			if number == nil || row["BSQRBM"] == nil || outcome < "02" || outcome > "07" ||
				!strings.HasPrefix(row["SDRQ"].(string), "2023") {
				continue
			}
			if is, known := lawful[*number.(*string)]; is {
				reviewed++
			} else if !known {
				never++
			}
		}
		if reviewed == 0 {
			t.Errorf("scale %v: no act was overturned although its document had passed review", scale)
		}
		if scale == 1 && never == 0 {
			t.Error("no act was overturned whose document was never reviewed")
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
		reconsideration.Database(w)
	}
}

func district(t *testing.T, seed uint64, scale float64) *world.World {
	t.Helper()
	w, err := world.New(seed, scale)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// rows gives a table's rows by column name.
func rows(t *testing.T, db *legacy.Database, name string) []map[string]any {
	t.Helper()
	i := slices.IndexFunc(db.Tables, func(table *legacy.Table) bool { return table.Name == name })
	if i < 0 {
		t.Fatalf("no table %s", name)
	}
	var all []map[string]any
	for _, cells := range db.Tables[i].Rows {
		row := map[string]any{}
		for j, c := range db.Tables[i].Columns {
			row[c.Name] = cells[j]
		}
		all = append(all, row)
	}
	return all
}

// TestWidths demands that every text fits its column: a real server would cut it, at a
// byte of these latin1 columns.
func TestWidths(t *testing.T) {
	db := reconsideration.Database(district(t, 1, 1))
	for _, table := range db.Tables {
		for i, column := range table.Columns {
			var width int
			if n, _ := fmt.Sscanf(column.Type, "varchar(%d)", &width); n == 0 {
				continue
			}
			longest := 0
			for _, row := range table.Rows {
				text, _ := row[i].(string)
				longest = max(longest, utf8.RuneCountInString(text))
			}
			if longest > width {
				t.Errorf("%s.%s is %s, but a row needs %d", table.Name, column.Name, column.Type, longest)
			}
		}
	}
}
