package dataset_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/demo/dataset"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

func invent(t *testing.T, seed uint64, file string) (*legacy.Database, error) {
	t.Helper()
	w, err := world.New(seed, 0.05)
	if err != nil {
		t.Fatal(err)
	}
	return dataset.Database(w, yamlfile.Source{Name: "f.yaml", Data: []byte(file)}, dataset.Hooks{})
}

const head = "database: d\ncharset: utf8mb4\nseed: s\n"

// TestValues writes what chance has no part in.
func TestValues(t *testing.T) {
	const file = head + `
codes: {sex: {"1": 男, "2": 女}, size: [small, large]}
values:
  onDay: "{day|%s}"
  sized: {by: n|least:10, "true": many, else: few}
  lost: {by: n, "1|2": low, none: nothing}
  pair: "{n}-{other}"
tables:
  t:
    let: {n: 0, other: 0}
    columns: {a: {sql: varchar(200)}}
    rows: [[%s]]
`
	for _, test := range []struct{ name, layout, value, want string }{
		{"text", "2006", `北干街道`, "北干街道"},
		{"NULL", "2006", `null`, "<nil>"},
		{"NULL in a text", "2006", `{use: pair, n: 1, other: null}`, "<nil>"},
		{"a list of one", "2006", `[one]`, "one"},
		{"weights", "2006", `[{3: one}]`, "one"},
		{"layout", "2006年1月2日", `{use: onDay, day: 2023-03-05}`, "2023年3月5日"},
		{"Chinese numerals", "chinese", `{use: onDay, day: 2023-03-15}`, "二〇二三年三月十五日"},
		{"Chinese tens", "chinese", `{use: onDay, day: 2010-10-20}`, "二〇一〇年十月二十日"},
		{"spreadsheet", "excel", `{use: onDay, day: 2023-03-15}`, "45000"},
		{"days later", "days:30|2006-01-02", `{use: onDay, day: 2023-01-31}`, "2023-03-02"},
		{"workday", "workday|2006-01-02", `{use: onDay, day: 2023-03-05}`, "2023-03-06"},
		{"yet to come", "past|2006-01-02", `{use: onDay, day: 2024-07-01}`, "<nil>"},
		{"condition", "2006", `{use: sized, n: 10}`, "many"},
		{"condition else", "2006", `{use: sized, n: 9}`, "few"},
		{"one of two", "2006", `{use: lost, n: 2}`, "low"},
		{"of none", "2006", `{use: lost, n: null}`, "nothing"},
		{"none said", "2006", `{use: lost, n: 3}`, "<nil>"},
		{"names in order", "2006", `{use: pair, n: 1, other: "{n|plus:1}"}`, "1-2"},
		{"label", "2006", `"{2|label:sex}"`, "女"},
		{"label by place", "2006", `"{1|label:size}"`, "small"},
		{"no label", "2006", `"{9|label:sex}"`, ""},
		{"padded", "2006", `"{7|pad:3}"`, "007"},
		{"thousands", "2006", `"{1234567|thousands}"`, "1,234,567"},
		{"full width", "2006", `"{12|wide}"`, "１２"},
		{"range of one", "2006", `"{4..4}"`, "4"},
		{"joined", "2006", `{join: 、, times: 2, item: 甲}`, "甲、甲"},
		{"counted", "2006", `{count: run}`, "1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			db, err := invent(t, 1, fmt.Sprintf(file, test.layout, test.value))
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(db.Tables[0].Rows[0][0]); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

const loans = head + `
latin1: gbk
tables:
  loan:
    primary: [id]
    times: 1000
    let: {person: {of: persons}}
    columns:
      id: {sql: int, is: "{row}"}
      name: {sql: varchar(60) charset latin1, is: "{person.name}"}
      state: {sql: varchar(2), comment: 状态, is: [{90: "1"}, {10: "2"}]}
      gone: {sql: "tinyint(1) not null default 0", is: 0}
    last: [name]
    copies: [{rows: 10, set: {id: "{row}", gone: 1}}]
    record: Loan
    served: {gone: "^0$"}
    dirt:
      - {in: name, field: name, rule: LOST_CHARACTERS, raw: "{old|cut}", share: 1%}
      - {in: state, field: state, rule: UNKNOWN_CODE, raw: "9", share: 5‰}
      - {in: state, field: state, rule: UNKNOWN_CODE, raw: "8", rows: [3]}
  reader:
    primary: [loan]
    with: loan
    columns:
      loan: {sql: bigint, is: "{id}"}
      id: {sql: varchar(18), is: "{person.id}"}
`

// TestDirt finds in the rows what the ledger says, and nothing else.
func TestDirt(t *testing.T) {
	db, err := invent(t, 1, loans)
	if err != nil {
		t.Fatal(err)
	}
	rows := db.Tables[0].Rows
	if len(rows) != 1010 || len(db.Tables[1].Rows) != 1000 {
		t.Errorf("%d loans and %d readers, want 1010 and 1000", len(rows), len(db.Tables[1].Rows))
	}
	want := map[string]bool{}
	for _, d := range db.Ledger {
		want[d.Rule+" "+d.Key] = true
	}
	got := map[string]bool{}
	for _, row := range rows {
		if row[3] == int64(1) {
			continue
		}
		if row[2] == "8" || row[2] == "9" {
			got[fmt.Sprint("UNKNOWN_CODE ", row[0])] = true
		}
		if len([]rune(row[1].(string)))%2 == 1 { // two bytes a character, and one that is cut
			got[fmt.Sprint("LOST_CHARACTERS ", row[0])] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ledger (-) and rows (+):\n%s", diff)
	}
	if len(want) != 16 {
		t.Errorf("%d cells are spoilt, want 10 names, 5 states and that of the third row", len(want))
	}
}

func TestSameSeedSameRows(t *testing.T) {
	first, _ := invent(t, 1, loans)
	again, _ := invent(t, 1, loans)
	other, _ := invent(t, 2, loans)
	if !cmp.Equal(first, again) {
		t.Error("two runs of one seed differ")
	}
	if cmp.Equal(first, other) {
		t.Error("two seeds give the same rows")
	}
}

// TestFindings tells every mistake of a file at once, with its line.
func TestFindings(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"no table", head, "f.yaml:1: the file lacks tables"},
		{"unknown key", head + "tables: {t: {colums: {}}}", `f.yaml:4: unknown key "colums" in the table`},
		{"no such name", head + "tables: {t: {columns: {a: {sql: int, is: \"{rwo}\"}}}}",
			"f.yaml:4: nothing is called rwo"},
		{"no such filter", head + "tables: {t: {columns: {a: {sql: int, is: \"{row|twice}\"}}}}",
			"f.yaml:4: there is no filter twice"},
		{"no such value", head + "tables: {t: {columns: {a: {sql: int, is: {use: b}}}}}",
			"f.yaml:4: there is no value b"},
		{"open brace", head + "tables: {t: {columns: {a: {sql: int, is: \"{row\"}}}}",
			"f.yaml:4: a brace is not closed: {row"},
		{"half weighted", head + "tables: {t: {columns: {a: {sql: int, is: [{3: 1}, 2]}}}}",
			"f.yaml:4: either each item has a weight, as in {30: text}, or none has"},
		{"empty choice", head + "tables: {t: {columns: {a: {sql: int, is: []}}}}",
			"f.yaml:4: a list of which one is taken needs an item"},
		{"map of nothing", head + "tables: {t: {columns: {a: {sql: int, is: {b: 1}}}}}",
			"f.yaml:4: a map that makes a value has one of the keys by, use, of, join, count"},
		{"short row", head + "tables: {t: {columns: {a: {sql: int}}, rows: [[1, 2]]}}",
			"f.yaml:4: the row has 2 cells, the table 1 columns"},
		{"index on nothing", head + "tables: {t: {columns: {a: {sql: int}}, indexes: [[b]]}}",
			"f.yaml:4: t has no column b"},
		{"twice named", head + "values: {a: 1}\ntables: {t: {columns: {a: {sql: int, is: 1}}}}",
			"f.yaml:4: a is the name of a value, and set in rows too: give one another name"},
		{"volume", head + "tables: {t: {times: many, columns: {a: {sql: int}}}}",
			`f.yaml:4: times must be a whole number from 1, or "scaled 500", not "many"`},
		{"dirt of no record", head + "tables: {t: {columns: {a: {sql: int}}, dirt: [{in: a, rule: ZERO_DATE}]}}",
			"f.yaml:4: t has dirt, and no record that shows it"},
		{"share", head + "share: few\ntables: {t: {columns: {a: {sql: int}}}}",
			`f.yaml:4: a share is written as 1% or 5‰, not "few"`},
		{"step", head + "tables: {t: {columns: {a: {sql: int}}}}\nsteps: [fill u]",
			`f.yaml:5: a step is fill, copy, spoil or late and a table, or go and a step of the hooks, not "fill u"`},
		{"two at once", head + "tables:\n  t:\n    columns:\n      a: {sql: int, is: \"{b}\"}\n      c: {is: 1}\n",
			"f.yaml:7: nothing is called b\nf.yaml:8: the column lacks sql"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := invent(t, 1, test.file)
			if err == nil {
				t.Fatal("no finding")
			}
			var got []string
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if !strings.HasPrefix(line, "    ") { // the line of the file
					finding, _, _ := strings.Cut(line, ";") // and what was meant
					got = append(got, finding)
				}
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
