package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// november is a month of a small bureau.
func november(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	clock := &watch{at: time.Date(2026, 10, 31, 23, 59, 0, 0, china)}
	l := opened(t, dir, func(o *Options) { o.Now, o.Logger = clock.now, slog.New(slog.DiscardHandler) })
	clerk := &access.Principal{Via: access.OIDC, Subject: "4711", Name: "李四"}
	tool := &access.Principal{Via: access.Key, Subject: "finereport"}
	n := 0
	one := func(at string, who *access.Principal, roles []string, fill func(*Trail), status int, codes ...string) {
		n++
		clock.set(t, at)
		trail := l.Begin(fmt.Sprint("REQ", n), "10.1.2.3", "/graphql")
		trail.By(who)
		trail.Roles(roles...)
		if fill != nil {
			fill(trail)
		}
		clock.pass(20 * time.Millisecond)
		if err := trail.Settle(t.Context(), status, codes); err != nil {
			t.Fatal(err)
		}
		written := l.State().Lines
		trail.End(status, codes)
		eventually(t, "the line is written", func() bool {
			return l.State().Lines > written || len(trail.unmasked) > 0 || trail.entry.Export != nil
		})
	}
	cases := func(t *Trail) {
		t.Operation("Cases", "{ cases { name } }")
		t.Sources([]sources.Entry{{System: "LEGAL_AID", Status: sources.OK, Statements: 1, Rows: 2}})
		t.Records(2)
		t.Person(zhang)
		t.Person(wang)
	}
	staff := []string{"clerk"}
	one("2026-10-31 23:59", clerk, staff, cases, 200) // of another month
	one("2026-11-02 09:00", clerk, staff, cases, 200)
	one("2026-11-02 09:10", clerk, staff, func(t *Trail) {
		cases(t)
		t.Lookup(zhang)
		t.Unmasked("LegalAidApplicant.residentId")
		t.Unmasked("LegalAidApplicant.phone")
		t.Reason("核对申请人 | 第一次\n<b>")
	}, 200)
	one("2026-11-03 09:10", clerk, []string{"clerk", "auditor"}, func(t *Trail) {
		t.Lookup(old)
		t.Unmasked("Person.number")
	}, 200)
	one("2026-11-03 22:00", tool, []string{"reports"}, func(t *Trail) {
		t.Operation("Export", "{ cases { name } }")
		t.Exported(1200, bytes.Repeat([]byte{0xab}, 32))
		for i := range mostPersons + 5 {
			t.Person(fmt.Sprintf("330199%012d", i))
		}
	}, 200)
	one("2026-11-07 10:00", nil, nil, nil, 401, "UNAUTHENTICATED")
	one("2026-11-09 10:00", clerk, staff, nil, 200, "SOURCE_UNAVAILABLE")
	one("2026-11-09 10:01", clerk, staff, nil, 200, "INTERNAL")
	one("2026-11-09 10:02", clerk, staff, nil, 429, "LIMIT_EXCEEDED")
	closed(t, l)
	return dir
}

var office = Habits{From: 8*time.Hour + 30*time.Minute, Until: 17*time.Hour + 30*time.Minute, Many: 100,
	IsWorkday: func(day time.Time) bool { return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday }}

// kept compares with a file of testdata.
func kept(t *testing.T, name, got string) {
	t.Helper()
	golden.Check(t, filepath.Join("testdata", name), got, *update)
}

func TestReport(t *testing.T) {
	dir := november(t)
	r, err := NewReport(dir, testKey, "2026-11", office)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := r.Markdown(&text); err != nil {
		t.Fatal(err)
	}
	kept(t, "november.md", text.String())
	for _, table := range TableNames {
		text.Reset()
		if err := r.CSV(&text, table); err != nil {
			t.Fatal(err)
		}
		kept(t, table+".csv", text.String())
	}
	if err := r.CSV(&text, "nothing"); err == nil {
		t.Error("there is a table of nothing")
	}
	for _, name := range []string{"2026-13", "11", "", "2026-11-01"} {
		if _, err := NewReport(dir, testKey, name, office); err == nil {
			t.Errorf("%q is a month", name)
		}
	}
	t.Run("of an audit that is not whole", func(t *testing.T) {
		files := content(t, dir)
		for name, data := range files {
			files[name] = bytes.Replace(data, []byte("10.1.2.3"), []byte("10.1.2.4"), 1)
		}
		r, err := NewReport(restore(t, files), testKey, "2026-11", office)
		if err != nil || !strings.Contains(r.Broken.Error(), ":2: the line was changed") {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestWho(t *testing.T) {
	dir := november(t)
	sights, err := Who(dir, testKey, zhang)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(sights, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	if err := Sighted(sights).Markdown(&table); err != nil {
		t.Fatal(err)
	}
	kept(t, "who.md", table.String())
	list := regexp.MustCompile(`(?s)"persons": \[[^]]{200,}\]`) // a thousand tokens
	kept(t, "who.json", list.ReplaceAllString(string(text), `"persons": […]`)+"\n")
}
