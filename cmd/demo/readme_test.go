package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"
)

var update = flag.Bool("update", false, "rewrite the answers in the README")

// example is a query in the README and the answer that stands behind it.
var example = regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```")

// TestReadme keeps the README's promise that its answers are those of the demo.
func TestReadme(t *testing.T) {
	url := start(t, "-listen", "127.0.0.1:0")
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	got := example.ReplaceAllStringFunc(string(readme), func(text string) string {
		examples++
		parts := example.FindStringSubmatch(text)
		return "```graphql\n" + parts[1] + "```\n\n```json\n" + data(t, url, parts[1]) + "```"
	})
	if examples != 5 {
		t.Errorf("the README has %d examples, not 5", examples)
	}
	golden.Check(t, "../../README.md", got, *update)
}

// TestWelcome runs the queries that the demo suggests.
func TestWelcome(t *testing.T) {
	url := start(t, "-listen", "127.0.0.1:0", "-scale", "0.05")
	for _, q := range queries {
		t.Run(q.title, func(t *testing.T) { data(t, url, q.text) })
	}
}

func TestFlags(t *testing.T) {
	for args, want := range map[string]string{
		"-scale 0":           "--scale 0 is outside 0.01..100",
		"-load-only":         "--load-only goes with --dsn: without it there is no server to fill",
		"-documents-only":    "--documents-only goes with --documents: without it there is nothing to allow",
		"-documents nowhere": "--documents: open nowhere: no such file or directory",
		"-executor fast":     `--executor must be one of "breadth-first","stock" but got "fast"`,
		"serve":              "unexpected argument serve",
		"-dsn nonsense":      "--dsn is no address of a server",
		"-today yesterday":   "--today: \"yesterday\" is not a day of the form 2023-03-15",
		"-listen nowhere":    "listen",
	} {
		t.Run(args, func(t *testing.T) {
			err := run(t.Context(), append(strings.Fields(args), "-seed", "1"), io.Discard, io.Discard)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("error %v, want %q", err, want)
			}
		})
	}
}

// TestTidy: the audit that nobody asked for goes with the demo; the one that was asked for stays.
func TestTidy(t *testing.T) {
	for _, kept := range []string{"", filepath.Join(t.TempDir(), "audit")} {
		a, tidy, err := audited(options{Audit: kept})
		if err != nil {
			t.Fatal(err)
		}
		tidy()
		if _, err := os.Stat(a.Directory); os.IsNotExist(err) == (kept != "") {
			t.Errorf("the audit of --audit %q: %v", kept, err)
		}
	}
}

// start runs the demo for the test's length and gives its address.
func start(t *testing.T, args ...string) (url string) {
	t.Helper()
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(t.Context(), args, write, io.Discard)
		_ = write.CloseWithError(io.EOF)
		ended <- err
	}()
	t.Cleanup(func() {
		_ = read.Close()
		if err := <-ended; err != nil {
			t.Errorf("the demo ended with %v", err)
		}
	})
	address := regexp.MustCompile(`http://[^/ ]+/graphql`)
	var told []byte
	buffer := make([]byte, 4096)
	for {
		n, err := read.Read(buffer)
		told = append(told, buffer[:n]...)
		if found := address.Find(told); found != nil {
			go func() { _, _ = io.Copy(io.Discard, read) }()
			return string(found)
		}
		if err != nil {
			t.Fatalf("the demo said %q and no address", told)
		}
	}
}

// data asks one query and gives the indented data of its answer, which must be without
// errors.
func data(t *testing.T, url, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if answer.Errors != nil {
		t.Fatalf("errors: %s", answer.Errors)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, answer.Data, "", "  "); err != nil {
		t.Fatal(err)
	}
	return out.String() + "\n"
}
