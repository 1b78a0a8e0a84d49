package main

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/audit"
)

// An invented person, of division 330199.
const somebody = "330199197202290145"

// audited is a directory with an audit of two requests, its key's file, and a configuration
// that names both.
func audited(t *testing.T) (dir, keyFile, config string) {
	t.Helper()
	home := t.TempDir()
	dir, keyFile, config = filepath.Join(home, "audit"), filepath.Join(home, "key"), filepath.Join(home, "gateway.yaml")
	drawn := sha512.Sum512([]byte("audit"))
	key := drawn[:]
	write := func(file, text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(keyFile, base64.StdEncoding.EncodeToString(key)+"\n")
	write(config, "sources: {publicity: {dsn: 'a@tcp(h)/b'}}\naccess: open\naudit: {directory: audit, keyFile: key}\n")
	l, err := audit.Open(audit.Options{Directory: dir, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"4711", "4712"} {
		trail := l.Begin("REQ"+who, "10.1.2.3", "/graphql")
		trail.By(&access.Principal{Via: access.OIDC, Subject: who, Name: "李四"})
		trail.Person(somebody)
		trail.Unmasked("Person.number")
		trail.Reason("核对")
		if err := trail.Settle(t.Context(), 200, nil); err != nil {
			t.Fatal(err)
		}
		trail.End(200, nil)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, keyFile, config
}

// called runs the program.
func called(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, complaints bytes.Buffer
	code = run(t.Context(), append([]string{"audit"}, args...), strings.NewReader(stdin), &out, &complaints)
	if strings.Contains(complaints.String(), somebody) || strings.Contains(out.String(), somebody) {
		t.Errorf("%v shows the number", args)
	}
	return code, out.String(), complaints.String()
}

func TestAuditVerify(t *testing.T) {
	dir, keyFile, config := audited(t)
	noted := regexp.MustCompile(`--noted (3:[0-9a-f]{64})\n`)
	for _, args := range [][]string{{"-config", config}, {"-directory", dir, "-key-file", keyFile}} {
		code, out, complaints := called(t, "", append([]string{"verify"}, args...)...)
		if code != 0 || !strings.HasPrefix(out, "the audit is whole: lines 1 to 3 in files: 1\n") ||
			!noted.MatchString(out) {
			t.Errorf("%v: %d\n%s%s", args, code, out, complaints)
		}
		line := noted.FindStringSubmatch(out)[1]
		if code, _, complaints := called(t, "", append([]string{"verify", "--noted", line}, args...)...); code != 0 {
			t.Errorf("--noted %s: %d %s", line, code, complaints)
		}
		if code, _, _ := called(t, "", append([]string{"verify", "--noted", "2" + line[1:]}, args...)...); code != 1 {
			t.Error("a line is taken for another")
		}
	}
	if code, out, _ := called(t, "", "verify", "-directory", dir); code != 0 ||
		!strings.Contains(out, "seals were not looked at") {
		t.Errorf("without a key: %d\n%s", code, out)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], bytes.Replace(text, []byte("4711"), []byte("4713"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, complaints := called(t, "", "verify", "-config", config)
	if want := filepath.Base(files[0]) + ":2: the line was changed after it was written\n"; code != 1 || out != "" ||
		complaints != want {
		t.Errorf("code %d, %q, %q; want %q", code, out, complaints, want)
	}
	if code, out, complaints := called(t, somebody, "who", "-person", "-config", config); code != 1 ||
		!strings.Contains(out, "OIDC:4712") ||
		!strings.Contains(complaints, "the audit is not whole, and so perhaps not the list: ") {
		t.Errorf("who: %d\n%s%s", code, out, complaints)
	}
}

func TestAuditWho(t *testing.T) {
	_, _, config := audited(t)
	code, out, complaints := called(t, somebody+"\n", "who", "-person", "-json", "-c", config)
	var sights []audit.Sight
	if err := json.Unmarshal([]byte(out), &sights); err != nil || code != 0 || len(sights) != 2 || complaints != "" {
		t.Fatalf("%d, %v\n%s%s", code, err, out, complaints)
	}
	if e := sights[1].Entry; e.Principal != "OIDC:4712" || e.Reason != "核对" || e.Unmasked[0] != "Person.number" {
		t.Errorf("%+v", e)
	}
	code, out, _ = called(t, "33019919900101002X", "who", "-person", "-json", "-c", config)
	if code != 0 || out != "[]\n" {
		t.Errorf("of nobody: %d %s", code, out)
	}
	if code, _, complaints := called(t, "\n", "who", "-person", "-c", config); code != 1 ||
		complaints != "no number was given\n" {
		t.Errorf("%d %q", code, complaints)
	}
	if code, _, complaints := called(t, "", "who", "-c", config); code != 2 ||
		!strings.Contains(complaints, "--person") {
		t.Errorf("%d %q", code, complaints)
	}
}

func TestAuditReport(t *testing.T) {
	dir, keyFile, config := audited(t)
	month := regexp.MustCompile(`-(\d{4}-\d\d)-\d\d\.jsonl`)
	files, _ := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	name := month.FindStringSubmatch(files[0])[1]
	code, out, complaints := called(t, "", "report", "-month", name, "-c", config, "-from", "00:00", "-until", "23:59")
	if code != 0 || !strings.Contains(out, "# "+name+" 访问审计月报") || !strings.Contains(out, "OIDC:4711") {
		t.Errorf("%d\n%s%s", code, out, complaints)
	}
	code, out, _ = called(t, "", "report", "-month", name, "-csv", "unmasked", "-directory", dir, "-key-file", keyFile)
	if code != 0 || strings.Count(out, "\n") != 3 || !strings.HasPrefix(out, "\uFEFF时间,") {
		t.Errorf("%d\n%s", code, out)
	}
	for _, wrong := range [][]string{{"report", "-month", "11", "-c", config}, {"report", "-month", name},
		{"verify"}, {"verify", "-directory", filepath.Join(dir, "none")},
		{"verify", "-directory", dir, "-key-file", config},
		{"verify", "-c", config, "--noted", "x"}, {"verify", "-directory", dir, "-key-file", "nowhere"}} {
		if code, _, complaints := called(t, "", wrong...); code != 1 || complaints == "" {
			t.Errorf("%v: %d %s", wrong, code, complaints)
		}
	}
	for _, wrong := range [][]string{{"report", "-c", config}, {"report", "-month", name, "-from", "8h", "-c", config},
		{"report", "-month", name, "-csv", "nothing", "-c", config}} {
		if code, _, complaints := called(t, "", wrong...); code != 2 || complaints == "" {
			t.Errorf("%v: %d %s", wrong, code, complaints)
		}
	}
}
