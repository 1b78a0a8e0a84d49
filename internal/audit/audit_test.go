package audit

import (
	"bytes"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/sources"
	"github.com/bureaugraph/bureaugraph/internal/suite"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Invented people, of division 330199.
const (
	zhang = "330199197202290145"
	wang  = "33019919900101002X"
	old   = "330199640815017"
)

var testKey = bytes.Repeat([]byte{7}, 64)

// watch is a clock that tests set.
type watch struct {
	mu sync.Mutex
	at time.Time
}

func newWatch() *watch { return &watch{at: time.Date(2026, 11, 30, 10, 0, 0, 0, china)} }

func (w *watch) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *watch) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

// set puts the clock to a minute in China.
func (w *watch) set(t *testing.T, minute string) {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", minute, china)
	if err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = at
}

// opened begins an audit in the directory.
func opened(t testing.TB, dir string, change ...func(*Options)) *Log {
	t.Helper()
	o := Options{Directory: dir, Key: testKey, Logger: slog.New(slog.DiscardHandler)}
	for _, c := range change {
		c(&o)
	}
	l, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func closed(t testing.TB, l *Log) {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// ask records a request that looked at the persons.
func ask(l *Log, id string, persons ...string) {
	trail := l.Begin(id, "10.1.2.3", "/graphql")
	for _, p := range persons {
		trail.Person(p)
	}
	trail.End(200, nil)
}

// whole verifies an audit that must be as it was written.
func whole(t testing.TB, dir string) Summary {
	t.Helper()
	s, err := Verify(dir, testKey)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// content reads the files of an audit, by name.
func content(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, e := range entries {
		if e.Name() == "audit.lock" {
			continue
		}
		if all[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// restore writes files into a new directory.
func restore(t testing.TB, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestLine: what a request was stands in its line, and nobody's data but the principal's name.
func TestLine(t *testing.T) {
	for _, of := range []suite.Hash{suite.SHA256, suite.SM3} {
		t.Run(string(of), func(t *testing.T) {
			dir, clock := t.TempDir(), newWatch()
			l := opened(t, dir, func(o *Options) { o.Now, o.Hash = clock.now, of })
			trail := l.Begin("REQ1", "10.1.2.3", "/graphql")
			trail.By(&access.Principal{Subject: "4711", Name: "李四", Via: access.OIDC})
			trail.Roles("clerk", "unmask")
			trail.Reason("核对 " + zhang + " 的援助申请")
			trail.Operation("Cases", `query Cases { person(residentId: "`+zhang+`") { name } }`)
			trail.Sources([]sources.Entry{{System: "LEGAL_AID", Status: sources.OK, Statements: 2, Rows: 7}})
			trail.Records(5)
			trail.Records(2)
			trail.Person(wang)
			trail.Person(wang)
			trail.Person(zhang)
			trail.Lookup(zhang)
			trail.Unmasked("LegalAidApplicant.residentId")
			trail.Exported(2, []byte{0xab, 0xcd})
			clock.pass(12345 * time.Microsecond)
			if err := trail.Settle(t.Context(), 200, nil); err != nil {
				t.Fatal(err)
			}
			trail.End(200, nil) // is the same request
			closed(t, l)
			whole(t, dir)
			sights, err := Who(dir, testKey, zhang)
			if err != nil || len(sights) != 1 {
				t.Fatalf("%d sights, %v", len(sights), err)
			}
			got := sights[0].Entry
			token := func(number string) string { return newSigner(of, testKey).token(number) }
			persons := []string{token(wang), token(zhang)}
			if persons[0] > persons[1] {
				persons[0], persons[1] = persons[1], persons[0]
			}
			want := Entry{
				Time: time.Date(2026, 11, 30, 10, 0, 0, 0, china), Request: "REQ1", Principal: "OIDC:4711", Name: "李四",
				Roles: []string{"clerk", "unmask"}, Address: "10.1.2.3", Route: "/graphql", Operation: "Cases",
				Text:    NewDigests(of).Of(`query Cases{person(residentId:"x"){name}}`),
				Systems: []System{{"LEGAL_AID", sources.OK, 2, 7}}, Records: 7, Persons: persons,
				Lookups: []string{token(zhang)}, Unmasked: []string{"LegalAidApplicant.residentId"},
				Reason: "核对 ****************** 的援助申请", Export: &Export{2, string(of) + ":abcd"}, Outcome: OK,
				Milliseconds: 12.345,
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(time.Time.Equal)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			for name, data := range content(t, dir) {
				if bytes.Contains(data, []byte(zhang)) || bytes.Contains(data, []byte(wang)) {
					t.Errorf("%s holds a number", name)
				}
			}
		})
	}
}

func TestOutcomes(t *testing.T) {
	for _, tt := range []struct {
		status int
		codes  []string
		want   Outcome
	}{
		{200, nil, OK},
		{200, []string{"SOURCE_TIMEOUT"}, Partial},
		{200, []string{"BAD_INPUT", "SOURCE_ERROR"}, Partial},
		{401, []string{"UNAUTHENTICATED"}, Refused},
		{503, []string{"OVERLOADED"}, Refused},
		{200, []string{""}, Refused},
		{404, nil, Refused},
		{200, []string{"SOURCE_ERROR", "INTERNAL"}, Failed},
		{StatusGone, []string{"INTERNAL"}, Abandoned},
	} {
		if got := OutcomeOf(tt.status, tt.codes); got != tt.want {
			t.Errorf("%d %v: %s, want %s", tt.status, tt.codes, got, tt.want)
		}
	}
}

// TestNormalise: neither layout nor values are in the hash, and whatever else is.
func TestNormalise(t *testing.T) {
	const text = `query A($n: Int = 3) { town(code: "临浦镇") { a: name(first: -1.5) ...on Town @skip(if: true) { code } } }`
	const laidOut = "# 张三\nquery A($n:Int=4){town(code:\"\"\"\n义桥镇\"\"\"){a:name(first:2.0)...on Town@skip(if:true){code}}}"
	want := `query A ( $ n : Int = 0 ) { town ( code : "" ) { a : name ( first : 0 ) ... on Town @ skip ( if : true ) { code } } }`
	if got := normalise(text); got != want {
		t.Errorf("%s", got)
	}
	if got := normalise(laidOut); got != want {
		t.Errorf("laid out: %s", got)
	}
	if normalise(strings.Replace(text, "true", "false", 1)) == want {
		t.Error("true and false are the same")
	}
}

// TestNil: without an audit everything goes on, and nothing may be shown unmasked.
func TestNil(t *testing.T) {
	var l *Log
	trail := l.Begin("R", "a", "/graphql")
	trail.By(nil)
	trail.Roles("x")
	trail.Reason("x")
	trail.Operation("A", "{ a }")
	trail.Sources(nil)
	trail.Records(1)
	trail.Person(zhang)
	trail.Lookup(zhang)
	trail.Unmasked("A.b")
	trail.Exported(1, nil)
	trail.End(200, nil)
	if err := trail.Settle(t.Context(), 200, nil); err != nil || trail.Writable() || l.Writable() ||
		l.State() != (State{}) || l.Close() != nil || From(t.Context()) != nil {
		t.Error("a gateway without an audit has one")
	}
	if ctx := With(t.Context(), trail); From(ctx) != trail {
		t.Error("the trail is not in its context")
	}
}

// TestManyPersons: a line names so many, and counts the others; who must ask further is told.
func TestManyPersons(t *testing.T) {
	dir := t.TempDir()
	l := opened(t, dir)
	trail := l.Begin("R", "a", "/graphql")
	for i := range mostPersons + 3 {
		trail.Person(fmt.Sprintf("330199%012d", i))
	}
	for i := range mostUnmasked + 2 {
		trail.Unmasked(fmt.Sprintf("T.f%03d", i))
	}
	trail.Reason(strings.Repeat("因", mostReason+9))
	trail.End(200, nil)
	ask(l, "S", old)
	closed(t, l)
	whole(t, dir)
	sights, err := Who(dir, testKey, zhang)
	if err != nil || len(sights) != 1 || !sights[0].Perhaps || sights[0].Answered {
		t.Fatalf("%+v, %v", sights, err)
	}
	e := sights[0].Entry
	if len(e.Persons) != mostPersons || e.MorePersons != 3 || len(e.Unmasked) != mostUnmasked || e.MoreUnmasked != 2 ||
		len([]rune(e.Reason)) != mostReason {
		t.Errorf("%d persons and %d more, %d fields and %d more", len(e.Persons), e.MorePersons, len(e.Unmasked),
			e.MoreUnmasked)
	}
	for _, data := range content(t, dir) {
		for line := range bytes.Lines(data) {
			if len(line) > 60_000 {
				t.Errorf("a line has %d bytes: no datagram holds it", len(line))
			}
		}
	}
	wide := "330199196408150178"
	for _, spelt := range []string{old, wide, " 330199 19640815 0178 "} {
		sights, err := Who(dir, testKey, spelt)
		if err != nil || len(sights) != 2 || !sights[1].Answered {
			t.Errorf("%q: %+v, %v", spelt, sights, err)
		}
	}
}

func TestTwoGatewaysOneDirectory(t *testing.T) {
	dir := t.TempDir()
	l := opened(t, dir)
	_, err := Open(Options{Directory: dir, Key: testKey})
	if err == nil || !strings.Contains(err.Error(), "another gateway writes in "+dir) {
		t.Errorf("the error is %v", err)
	}
	closed(t, l)
	closed(t, opened(t, dir))
	if _, err := Open(Options{Directory: dir, Key: bytes.Repeat([]byte{8}, 64)}); err == nil ||
		!strings.Contains(err.Error(), "under another key") {
		t.Errorf("with another key the error is %v", err)
	}
	closed(t, opened(t, dir)) // the lock was given free
	whole(t, dir)
}

// TestHashChanges: an audit goes on under another hash.
func TestHashChanges(t *testing.T) {
	dir := t.TempDir()
	for i, of := range []suite.Hash{suite.SHA256, suite.SM3, suite.SM3, suite.SHA256} {
		l := opened(t, dir, func(o *Options) { o.Hash = of })
		ask(l, fmt.Sprint("R", i), zhang)
		closed(t, l)
		whole(t, dir)
	}
	if sights, err := Who(dir, testKey, zhang); err != nil || len(sights) != 4 {
		t.Errorf("%d sights, %v", len(sights), err)
	}
}

func TestRotationAndRetention(t *testing.T) {
	dir, clock := t.TempDir(), newWatch()
	l := opened(t, dir, func(o *Options) { o.Now, o.Rotate = clock.now, 4096 })
	for day := range 190 {
		for i := range 3 {
			trail := l.Begin(fmt.Sprint("R", day, i), "a", "/graphql")
			trail.Person(zhang)
			trail.Unmasked("A.b")
			if err := trail.Settle(t.Context(), 200, nil); err != nil {
				t.Fatal(err)
			}
		}
		clock.pass(24 * time.Hour)
	}
	first := func() string {
		list, err := files(dir)
		if err != nil {
			t.Fatal(err)
		}
		return list[0].name
	}
	if got, want := first(), "audit-00000006-2026-12-05.jsonl"; got != want {
		t.Errorf("the oldest file is %s, want %s", got, want)
	}
	closed(t, l)
	s := whole(t, dir)
	if s.First == 1 || s.Files != 185 {
		t.Errorf("%+v", s)
	}
	sights, err := Who(dir, testKey, zhang)
	if err != nil || len(sights) != 3*185 {
		t.Errorf("%d sights, %v", len(sights), err)
	}

	t.Run("what was left over is removed", func(t *testing.T) {
		l := opened(t, dir, func(o *Options) { o.Now = clock.now })
		closed(t, l)
		whole(t, dir)
	})
	t.Run("by size", func(t *testing.T) {
		dir := t.TempDir()
		l := opened(t, dir, func(o *Options) { o.Now, o.Rotate = clock.now, 4096 })
		for i := range 100 {
			ask(l, fmt.Sprint("R", i))
		}
		closed(t, l)
		if s := whole(t, dir); s.Files < 5 || s.Lines != 100+s.Files {
			t.Errorf("%+v", s)
		}
		for name, data := range content(t, dir) {
			if len(data) > 4096+1024 {
				t.Errorf("%s has %d bytes", name, len(data))
			}
		}
	})
	t.Run("the oldest file was removed by somebody else", func(t *testing.T) {
		if err := os.Remove(filepath.Join(dir, first())); err != nil {
			t.Fatal(err)
		}
		_, err := Verify(dir, testKey)
		if err == nil || !strings.Contains(err.Error(), first()+":1: lines ") {
			t.Errorf("the error is %v", err)
		}
	})
}

// TestCrash cuts the files at every byte behind what the head knows, as a gateway that broke
// off may leave them: nothing is wrong, and the next gateway goes on.
func TestCrash(t *testing.T) {
	dir := t.TempDir()
	l := opened(t, dir)
	ask(l, "R1", zhang)
	closed(t, l)
	l = opened(t, dir)
	trail := l.Begin("R2", "a", "/graphql")
	trail.Unmasked("A.b")
	if err := trail.Settle(t.Context(), 200, nil); err != nil {
		t.Fatal(err)
	}
	before := content(t, dir)
	ask(l, "R3", wang)
	ask(l, "R4", zhang)
	closed(t, l)
	after := content(t, dir)
	name := "audit-00000002-" + time.Now().In(china).Format(time.DateOnly) + ".jsonl"
	known := len(before[name])
	if len(after[name]) <= known {
		t.Fatal("nothing was written behind the head")
	}
	for size := known; size <= len(after[name]); size++ {
		files := map[string][]byte{}
		for n, data := range after {
			files[n] = data
		}
		files[headName] = before[headName]
		files[name] = after[name][:size]
		crashed := restore(t, files)
		s, err := Verify(crashed, testKey)
		if err != nil || s.Unfinished != (after[name][size-1] != '\n') {
			t.Fatalf("cut at %d of %d: %+v, %v", size, len(after[name]), s, err)
		}
		l := opened(t, crashed)
		ask(l, "R5", zhang)
		closed(t, l)
		again := whole(t, crashed)
		if again.Lines != s.Lines+2 || again.Last != s.Last+2 {
			t.Fatalf("cut at %d: %+v, then %+v", size, s, again)
		}
	}
	t.Run("before the head", func(t *testing.T) {
		for size := 0; size < known; size += 7 {
			files := map[string][]byte{}
			for n, data := range after {
				files[n] = data
			}
			files[headName], files[name] = before[headName], after[name][:size]
			cut := restore(t, files)
			_, err := Verify(cut, testKey)
			if err == nil || !strings.HasPrefix(err.Error(), name+":") && !strings.HasPrefix(err.Error(), headName) {
				t.Fatalf("cut at %d of %d: %v", size, known, err)
			}
			l := opened(t, cut) // serves all the same, and says so for ever
			ask(l, "R5", zhang)
			closed(t, l)
			if _, again := Verify(cut, testKey); again == nil {
				t.Fatalf("cut at %d of %d: forgotten when the gateway began again", size, known)
			}
		}
	})
}

// TestHalfWrittenHead: a head that is half written leaves the one before it.
func TestHalfWrittenHead(t *testing.T) {
	dir := t.TempDir()
	l := opened(t, dir)
	ask(l, "R1", zhang)
	closed(t, l)
	good := content(t, dir)
	data := good[headName]
	h, err := readHead(dir, testKey)
	if err != nil {
		t.Fatal(err)
	}
	for size := range placeSize {
		torn := bytes.Clone(data)
		copy(torn[h.at:h.at+placeSize], bytes.Repeat([]byte{0}, placeSize)[size:])
		good[headName] = torn
		if _, err := Verify(restore(t, good), testKey); err != nil {
			t.Fatalf("torn at %d: %v", size, err)
		}
	}
}
