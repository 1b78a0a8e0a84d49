package legalityreview

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

func invented(t testing.TB, scale float64) (*world.World, *legacy.Database) {
	t.Helper()
	w, err := world.New(1, scale)
	if err != nil {
		t.Fatal(err)
	}
	return w, Database(w)
}

func sheetOf(t *testing.T, db *legacy.Database, name string) *sheet {
	t.Helper()
	for _, table := range db.Tables {
		if table.Name == name {
			return newSheet(table)
		}
	}
	t.Fatalf("no table %s", name)
	return nil
}

func servedMatters(s *sheet) []line {
	var lines []line
	for i := range s.table.Rows {
		l := s.row(i)
		if (l.get("del_flag") == nil || l.text("del_flag") == "0") && l.text("create_by") != "test01" {
			lines = append(lines, l)
		}
	}
	return lines
}

func hashOf(db *legacy.Database) uint64 {
	h := fnv.New64a()
	for _, table := range db.Tables {
		for _, row := range table.Rows {
			fmt.Fprintln(h, row...)
		}
	}
	fmt.Fprintln(h, db.Ledger)
	return h.Sum64()
}

func TestSameSeedSameRows(t *testing.T) {
	_, a := invented(t, 0.1)
	_, b := invented(t, 0.1)
	if hashOf(a) != hashOf(b) {
		t.Error("two runs with one seed differ")
	}
}

func TestTables(t *testing.T) {
	_, db := invented(t, 0.05)
	for _, table := range db.Tables {
		t.Run(table.Name, func(t *testing.T) {
			s := newSheet(table)
			keys := map[string]bool{}
			for _, row := range table.Rows {
				if len(row) != len(table.Columns) {
					t.Fatalf("a row of %d cells, %d columns", len(row), len(table.Columns))
				}
				for i, c := range table.Columns {
					checkCell(t, c, row[i])
				}
				for _, key := range table.Primary {
					k := fmt.Sprint(row[s.place(key)])
					if keys[k] {
						t.Errorf("key %s twice", k)
					}
					keys[k] = true
				}
			}
			for _, index := range table.Indexes {
				for _, column := range index {
					s.place(column)
				}
			}
		})
	}
}

func checkCell(t *testing.T, c legacy.Column, value any) {
	t.Helper()
	ok := false
	switch value := value.(type) {
	case nil:
		ok = !c.NotNull
	case int64:
		ok = c.Type == "bigint" || c.Type == "int" || c.Type == "tinyint(1)"
	case float64:
		ok = c.Type == "double"
	case string:
		ok = strings.Contains(c.Type, "char") || c.Type == "text" || strings.HasPrefix(c.Type, "da") ||
			strings.HasPrefix(c.Type, "decimal")
		var width int
		if _, err := fmt.Sscanf(c.Type, "varchar(%d)", &width); err == nil && len([]rune(value)) > width {
			t.Errorf("%s: %q is longer than %s", c.Name, value, c.Type)
		}
	}
	if !ok {
		t.Errorf("%s %s: a cell holds %#v", c.Name, c.Type, value)
	}
}

func TestVolumes(t *testing.T) {
	for _, scale := range []float64{0.05, 1} {
		t.Run(fmt.Sprint(scale), func(t *testing.T) {
			w, db := invented(t, scale)
			years := map[string]int{}
			towns := map[string]bool{}
			for _, l := range servedMatters(sheetOf(t, db, "biz_review_matter")) {
				received := l.text("receive_time")
				if received >= "2024-07-01" {
					t.Errorf("received %s, after the demo's end", received)
				}
				years[received[:4]]++
				if code, ok := w.Towns.Find(l.text("draft_town_name")); ok && received[:4] == "2023" {
					towns[code] = true
				}
			}
			if years["2023"] != w.N(5000) || years["2024"] != w.N(2500) {
				t.Errorf("matters by year: %v", years)
			}
			if len(towns) != 22 {
				t.Errorf("%d towns sent matters in 2023, want 22", len(towns))
			}
		})
	}
}

func TestPublishedDocuments(t *testing.T) {
	w, db := invented(t, 0.05)
	opinions := map[string]string{}
	var annexes, respelled int
	for _, l := range servedMatters(sheetOf(t, db, "biz_review_matter")) {
		raw := l.text("doc_no")
		if !strings.HasPrefix(raw, "萧政发") && !strings.HasPrefix(raw, "萧政办发") || raw == "萧政发12号" {
			continue
		}
		number := canonical(raw)
		if number != raw {
			respelled++
		}
		if strings.HasPrefix(l.text("matter_title"), "附件") {
			annexes++
		} else if opinions[number] != "" {
			t.Errorf("%s is the document of two matters", number)
		} else {
			opinions[number] = l.text("review_opinion")
		}
	}
	for _, d := range w.Documents {
		want := afterChanges
		if d.Lawful {
			want = lawful
		}
		if opinions[d.Number] != want {
			t.Errorf("%s: opinion %q, want %q", d.Number, opinions[d.Number], want)
		}
	}
	if len(opinions) != len(w.Documents) || annexes < 2 || respelled < 5 {
		t.Errorf("%d documents, %d annexes, %d respelled", len(opinions), annexes, respelled)
	}
}

// canonical undoes fileNumber.
func canonical(raw string) string {
	s := strings.NewReplacer("[", "〔", "]", "〕", "（", "〔", "）", "〕", "(", "〔", ")", "〕", "【", "〔", "】", "〕", "［", "〔",
		"］", "〕", "第", "").Replace(raw)
	prefix, year, serial := splitNumber(s)
	return fmt.Sprintf("%s〔%d〕%d号", prefix, year, serial)
}

func TestOnTime(t *testing.T) {
	_, db := invented(t, 1)
	s := sheetOf(t, db, "biz_review_matter")
	cal := newCalendar()
	var all, good int
	for _, l := range servedMatters(s) {
		from, to := l.text("material_time"), l.text("opinion_date")
		if l.text("matter_type") != document || from < "2011" || to < "2011" || to > "2100" {
			continue
		}
		start, end := dayOf(t, from), dayOf(t, to)
		all++
		if !cal.after(start, 5).After(end) && !end.After(cal.after(start, 15)) {
			good++
		}
	}
	if all == 0 || good*100 < all*85 || good == all {
		t.Errorf("%d of %d normative documents reviewed in 5 to 15 working days", good, all)
	}
}

func TestLedger(t *testing.T) {
	for _, scale := range []float64{0.05, 1} {
		t.Run(fmt.Sprint(scale), func(t *testing.T) {
			_, db := invented(t, scale)
			served := map[string]bool{}
			for _, l := range servedMatters(sheetOf(t, db, "biz_review_matter")) {
				served["LegalityReview "+text(l.get("matter_id"))] = true
			}
			rounds := sheetOf(t, db, "biz_review_round")
			for i := range rounds.table.Rows {
				if l := rounds.row(i); l.text("del_flag") == "0" {
					served["LegalityReviewRound "+text(l.get("round_id"))] = true
				}
			}
			planted := map[string]int{}
			seen := map[legacy.Dirt]bool{}
			for _, d := range db.Ledger {
				if !served[d.Record+" "+d.Key] {
					t.Errorf("%v: the row is not served", d)
				}
				if seen[d] {
					t.Errorf("%v is listed twice", d)
				}
				seen[d] = true
				planted[d.Record+"."+d.Field+" "+d.Rule]++
			}
			want := []string{"LegalityReviewRound.review ORPHAN_LINK"}
			for _, d := range matterDirt() {
				want = append(want, "LegalityReview."+d.field+" "+d.rule)
			}
			for _, d := range roundDirt() {
				want = append(want, "LegalityReviewRound."+d.field+" "+d.rule)
			}
			slices.Sort(want)
			var got []string
			for kind, n := range planted {
				got = append(got, kind)
				if n < 2 {
					t.Errorf("%s planted %d times", kind, n)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("kinds of dirt (-want +got):\n%s", diff)
			}
		})
	}
}

func BenchmarkDatabase(b *testing.B) {
	w, err := world.New(1, 1)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Database(w)
	}
}
