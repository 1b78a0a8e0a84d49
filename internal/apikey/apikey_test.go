package apikey

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/watched"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

const someHash = `"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"`

// TestFindings has one bad file per rule with its exact message.
func TestFindings(t *testing.T) {
	key := func(changes string) string {
		return "keys:\n  - {name: excel, prefix: bg-7KQ2M4XA, hash: " + someHash + ", created: 2026-11-30" + changes +
			"}\n"
	}
	for _, test := range []struct{ name, file, want string }{
		{"empty", "", "k.yaml: the file is empty: it needs keys; gateway key new makes one"},
		{"no keys", "key: []",
			"k.yaml:1: unknown key \"key\" in the key file; did you mean keys? Known: keys\nk.yaml:1: the key file lacks keys; gateway key new makes one"},
		{"none", "keys: []", ""},
		{"whole", key(", expires: 2027-11-30, revoked: 2026-12-01, note: 报表, claims: {groups: [a, b]}"), ""},
		{"unknown", key(", expire: 2027-11-30"),
			"k.yaml:2: unknown key \"expire\" in a key; did you mean expires? Known: name, prefix, hash, created, expires, revoked, claims, note, key"},
		{"lacks all", "keys:\n  - {note: a}",
			"k.yaml:2: a key lacks name\nk.yaml:2: a key lacks prefix\nk.yaml:2: a key lacks hash\nk.yaml:2: a key lacks created"},
		{"the key itself", key(", key: bg-7KQ2M4XA-AAAAAAAAAAAAAAAAAAAAAAAAAA"),
			"k.yaml:2: a key itself is not written here: gateway key new writes its prefix and hash"},
		{"name", strings.Replace(key(""), "excel", "Excel", 1),
			"k.yaml:2: name must be up to 32 small letters, digits and hyphens, beginning with a letter or digit"},
		{"prefix", strings.Replace(key(""), "bg-7KQ2M4XA", "bg-1", 1),
			"k.yaml:2: prefix must be that of a key, as in bg-7KQ2M4XA: gateway key new makes one"},
		{"hash", strings.Replace(key(""), "sha256:2c", "md5:2c", 1),
			`k.yaml:2: hash is not "sha256:" and 64 hexadecimal digits: gateway key new makes one`},
		{"day", key(", expires: 2027-02-30"), `k.yaml:2: expires must be a day, as in 2027-11-30, not "2027-02-30"`},
		{"claims", key(", claims: {groups: a}"), "k.yaml:2: claim groups must be a list, as in [a, b], not text"},
		{"twice", key("") + key("")[len("keys:\n"):],
			"k.yaml:3: there are two keys with the prefix bg-7KQ2M4XA: remove one"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var r yamlfile.Reader
			Parse(&r, yamlfile.Source{Name: "k.yaml", Data: []byte(test.file)})
			got := ""
			if err := r.Err(); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestNew(t *testing.T) {
	text, k := New()
	if !Looks(text) || PrefixOf(text) != k.Prefix || !k.opens(text) || k.opens(text+" ") || k.opens(k.Hash) ||
		k.opens("") {
		t.Errorf("%s: %+v", text, k)
	}
	if again, other := New(); again == text || other.Prefix == k.Prefix {
		t.Error("the same key twice")
	}
}

func TestLastDay(t *testing.T) {
	last, err := LastDay("2026-11-30")
	if err != nil {
		t.Fatal(err)
	}
	k := Key{Expires: last}
	for at, want := range map[string]string{"2026-11-30T23:59:59+08:00": "valid",
		"2026-12-01T00:00:00+08:00": "expired", "2026-11-30T16:00:00Z": "expired"} {
		moment, _ := time.Parse(time.RFC3339, at)
		if got := k.State(moment); got != want {
			t.Errorf("at %s: %s", at, got)
		}
	}
	if k.Expiry() != "2026-11-30" {
		t.Error(k.Expiry())
	}
}

// TestEdit: what a person has written into the file stays, and what would not be read as meant is not
// written.
func TestEdit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys.yaml")
	day := time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC)
	add := func(name, note string) (string, Key) {
		t.Helper()
		text, k := New()
		k.Name, k.Note, k.Created, k.Expires = name, note, day,
			day.AddDate(1, 0, 0).Truncate(24*time.Hour).Add(16*time.Hour)
		k.Claims = map[string][]string{"town": {"330109109"}, "groups": {"a: b", "c"}}
		if err := Add(file, k); err != nil {
			t.Fatal(err)
		}
		return text, k
	}
	_, first := add("excel", "# 报表: \"x\"")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	commented := strings.Replace(string(text), "  - name: excel",
		"  # the office on the second floor\n  - name: excel", 1)
	if err := os.WriteFile(file, []byte(commented), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	_, second := add("excel", "")
	add("grafana", "")
	if n, err := Revoke(file, "excel", day.AddDate(0, 1, 0)); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if n, err := Revoke(file, first.Prefix, day); n != 0 || err != nil {
		t.Fatal("revoked again", n, err)
	}
	all, err := Read(file)
	if err != nil || len(all) != 3 || all[0].Prefix != first.Prefix || all[1].Prefix != second.Prefix ||
		Day(all[0].Revoked) != "2026-12-30" || Day(all[1].Revoked) != "2026-12-30" || !all[2].Revoked.IsZero() ||
		all[0].Note != first.Note || all[0].ClaimsText() != "groups=a: b,c town=330109109" {
		t.Errorf("%v %+v", err, all)
	}
	text, _ = os.ReadFile(file)
	if info, _ := os.Stat(file); !strings.Contains(string(text), "the office on the second floor") ||
		info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v:\n%s", info.Mode(), text)
	}
	flow := "keys: [{name: excel, prefix: bg-7KQ2M4XA, hash: " + someHash + ", created: 2026-11-30}]\n"
	if err := os.WriteFile(file, []byte(flow), 0o640); err != nil {
		t.Fatal(err)
	}
	_, k := New()
	k.Name, k.Created = "x", day
	if err := Add(file, k); err == nil {
		t.Error("wrote into a list in brackets")
	}
	if _, err := Revoke(file, "excel", day); err == nil {
		t.Error("wrote into a map in braces")
	}
	if text, _ := os.ReadFile(file); string(text) != flow {
		t.Errorf("the file is changed:\n%s", text)
	}
	if rest, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".keys-*")); len(rest) > 0 {
		t.Errorf("left behind: %v", rest)
	}
}

// TestBook: a file that becomes wrong changes nothing and is told once; one that is right again is read.
func TestBook(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys.yaml")
	key, k := New()
	k.Name, k.Created = "excel", time.Now()
	if err := Add(file, k); err != nil {
		t.Fatal(err)
	}
	right, _ := os.ReadFile(file)
	var log bytes.Buffer
	b, err := Open(file, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	b.now = func() time.Time { now = now.Add(watched.Every); return now }
	opens := func(want bool, when string) {
		t.Helper()
		if _, reason := b.Find(key); (reason == "") != want {
			t.Errorf("%s: %q", when, reason)
		}
	}
	write := func(text []byte) {
		t.Helper()
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opens(true, "at first")
	write([]byte("keys: [x]"))
	opens(true, "a wrong file")
	opens(true, "a wrong file, still")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	opens(true, "no file")
	write([]byte("keys: []"))
	opens(false, "a file without the key")
	write(right)
	opens(true, "the file of before")
	if got := strings.Count(log.String(), "level=ERROR"); got != 2 {
		t.Errorf("%d complaints:\n%s", got, &log)
	}
}

// FuzzParse: no file crashes the reader, and no finding repeats what could be a key.
func FuzzParse(f *testing.F) {
	f.Add("keys:\n  - {name: excel, prefix: bg-7KQ2M4XA, hash: " + someHash + ", created: 2026-11-30}\n")
	f.Add("keys: [{key: x}]")
	f.Fuzz(func(t *testing.T, text string) {
		var r yamlfile.Reader
		Parse(&r, yamlfile.Source{Name: "k.yaml", Data: []byte(text)})
	})
}
