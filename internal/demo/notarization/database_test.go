package notarization

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/notarization"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

func invented(t testing.TB, seed uint64, scale float64) (*world.World, *legacy.Database) {
	t.Helper()
	w, err := world.New(seed, scale)
	if err != nil {
		t.Fatal(err)
	}
	return w, Database(w)
}

func table(t testing.TB, db *legacy.Database, name string) *legacy.Table {
	t.Helper()
	for _, table := range db.Tables {
		if table.Name == name {
			return table
		}
	}
	t.Fatalf("no table %s", name)
	return nil
}

// values gives a column, row by row.
func values(t testing.TB, table *legacy.Table, column string) []any {
	t.Helper()
	at := slices.IndexFunc(table.Columns, func(c legacy.Column) bool { return c.Name == column })
	if at < 0 {
		t.Fatalf("%s has no column %s", table.Name, column)
	}
	list := make([]any, len(table.Rows))
	for i, row := range table.Rows {
		list[i] = row[at]
	}
	return list
}

func TestSameSeedSameRows(t *testing.T) {
	sum := func(seed uint64) uint64 {
		_, db := invented(t, seed, 0.05)
		h := fnv.New64a()
		for _, table := range db.Tables {
			for _, row := range table.Rows {
				fmt.Fprintln(h, table.Name, row)
			}
		}
		fmt.Fprintln(h, db.Ledger)
		return h.Sum64()
	}
	first := sum(1)
	if again := sum(1); again != first {
		t.Errorf("seed 1 gave %x, then %x", first, again)
	}
	if other := sum(2); other == first {
		t.Error("seeds 1 and 2 gave the same rows")
	}
}

func TestFigures(t *testing.T) {
	w, db := invented(t, 1, 1)
	t.Run("matters received in 2023", func(t *testing.T) {
		served := 0
		for _, deleted := range values(t, table(t, db, "notarialCase"), "deleted") {
			if deleted != int64(1) {
				served++
			}
		}
		if want := older + 2*yearly; served != want {
			t.Errorf("%d matters are served, want %d: %d of 2023, as many in the year around it, %d older", served,
				want, yearly, older)
		}
		in2023, undated := 0, 0
		when := values(t, table(t, db, "notarialCase"), "when")
		for i, deleted := range values(t, table(t, db, "notarialCase"), "deleted") {
			switch day := when[i].(string); {
			case deleted == int64(1):
			case strings.HasPrefix(day, "2023-"):
				in2023++
			case strings.HasPrefix(day, "0000-"), strings.HasPrefix(day, "1900-"):
				undated++
			}
		}
		if in2023 > yearly || in2023+undated < yearly {
			t.Errorf("%d matters of 2023 and %d undated ones, want %d", in2023, undated, yearly)
		}
	})
	t.Run("15 Kunpeng enterprises, one service each", func(t *testing.T) {
		services := table(t, db, "kunpeng")
		codes := values(t, services, "creditCode")
		var served []string
		unclear := 0 // of another year perhaps, or of another enterprise
		for i, year := range values(t, services, "year") {
			text, _ := year.(string)
			switch code := codes[i].(string); {
			case code == "", code == "办理中", text == "", strings.HasPrefix(text, "0."):
				unclear++
			case strings.HasPrefix(text, "2023."):
				served = append(served, code)
			}
		}
		if unclear != 6 {
			t.Errorf("%d services without year or credit code, want 6", unclear)
		}
		var want []string
		for _, company := range w.Companies[:15] {
			want = append(want, company.CreditCode)
		}
		if diff := cmp.Diff(want, served); diff != "" {
			t.Errorf("credit codes (-want +got):\n%s", diff)
		}
	})
	t.Run("all listed items are province-wide", func(t *testing.T) {
		items := table(t, db, "serviceItem")
		wide := values(t, items, "provinceWide")
		listed := 0
		for i, flag := range values(t, items, "listed") {
			if flag == "Y" {
				listed++
				if wide[i] != int64(1) {
					t.Errorf("item %v is listed and not province-wide", items.Rows[i])
				}
			}
		}
		if listed < 15 {
			t.Errorf("%d items are listed", listed)
		}
	})
}

func TestKunpengMatters(t *testing.T) {
	_, db := invented(t, 1, 0.05)
	parties := table(t, db, "user")
	company := values(t, parties, "company")
	of := map[any]any{}
	for i, matter := range values(t, parties, "caseId") {
		if company[i] != nil {
			of[matter] = company[i]
		}
	}
	services := table(t, db, "kunpeng")
	matters := values(t, services, "caseId")
	for i, year := range values(t, services, "year") {
		if text, _ := year.(string); !strings.HasPrefix(text, "2023.") ||
			!strings.HasPrefix(services.Rows[i][3].(string), "9") {
			continue
		}
		if got, want := of[matters[i]], services.Rows[i][2]; got != want {
			t.Errorf("matter %v of the service for %v has the applicant %v", matters[i], want, got)
		}
	}
}

// Every value must be one that the declared column type can hold.
func TestRowsFitTheirColumns(t *testing.T) {
	_, db := invented(t, 1, 0.05)
	for _, table := range db.Tables {
		keys := map[any]bool{}
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Fatalf("%s: %d values for %d columns", table.Name, len(row), len(table.Columns))
			}
			for i, column := range table.Columns {
				if why := misfit(column, row[i]); why != "" {
					t.Fatalf("%s.%s: %v %s", table.Name, column.Name, row[i], why)
				}
			}
			if len(table.Primary) == 1 {
				if keys[row[0]] {
					t.Fatalf("%s: key %v twice", table.Name, row[0])
				}
				keys[row[0]] = true
			}
		}
	}
}

func misfit(column legacy.Column, value any) string {
	kind, arguments, _ := strings.Cut(strings.TrimSuffix(column.Type, ")"), "(")
	switch v := value.(type) {
	case nil:
		if column.NotNull {
			return "in a NOT NULL column"
		}
	case int64:
		if !slices.Contains([]string{"int", "bigint", "smallint", "tinyint", "bit"}, kind) {
			return "is an integer in " + column.Type
		}
		if kind == "bit" && v > 1 || kind == "tinyint" && v > 127 || kind == "int" && v > 1<<31-1 {
			return "is too large for " + column.Type
		}
	case string:
		switch kind {
		case "varchar", "char":
			var most int
			fmt.Sscan(arguments, &most)
			if utf8.RuneCountInString(v) > most {
				return "is too long for " + column.Type
			}
		case "enum":
			if !strings.Contains(arguments, "'"+v+"'") {
				return "is not in " + column.Type
			}
		case "text", "date", "datetime", "decimal":
		default:
			return "is text in " + column.Type
		}
	default:
		return fmt.Sprintf("is a %T", v)
	}
	return ""
}

func TestLedgerIsWhatTheGatewayFinds(t *testing.T) {
	for _, scale := range []float64{0.01, 0.05, 1} {
		t.Run(fmt.Sprint("scale ", scale), func(t *testing.T) {
			w, db := invented(t, 7, scale)
			env := cell.Env{Towns: w.Towns, Departments: w.Departments}
			file, err := mapping.Parse(notarization.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()), env)
			if err != nil {
				t.Fatal(err)
			}
			ledger := audit.Sort(slices.Clone(db.Ledger))
			if diff := cmp.Diff(ledger, audit.Findings(db, file, env)); diff != "" {
				t.Errorf("-ledger +found:\n%.4000s", diff)
			}
			if scale < 0.05 {
				return
			}
			planted := map[[3]string]int{}
			for _, d := range ledger {
				planted[[3]string{d.Record, d.Field, d.Rule}]++
			}
			for kind, n := range planted {
				if n < 2 {
					t.Errorf("%v is planted only once", kind)
				}
			}
			if want := 66; len(planted) != want {
				t.Errorf("%d kinds of dirt, want %d", len(planted), want)
			}
		})
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
