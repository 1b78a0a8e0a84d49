package questions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/library"
)

// transcribed are the questions whose whole conversation with the gateway is a page.
var transcribed = []string{"question-01-overturned-although-reviewed", "question-09-the-22-offices"}

func TestTranscripts(t *testing.T) {
	d := newDistrict(t, scale)
	transcribe(t, d, demotest.Embedded(t, d.systems), *update)
}

// TestTranscriptsOnMariaDB expects the very same pages of a real server.
func TestTranscriptsOnMariaDB(t *testing.T) {
	database := dbtest.MariaDB(t)
	d := newDistrict(t, scale)
	if err := fill.Fill(t.Context(), database.DSN(""), demo.Databases(d.systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	transcribe(t, d, database.DSN(""), false)
}

// transcribe compares what each transcribed question is asked and answered, by a gateway
// that has answered nothing before, with its page.
func transcribe(t *testing.T, d *district, dsn string, update bool) {
	for _, operation := range questions(t) {
		if !slices.Contains(transcribed, operation.Name) {
			continue
		}
		t.Run(operation.Name, func(t *testing.T) {
			url := gateway(t, d.systems, dsn)
			variables := filledIn(t, operation, computation{})
			first := conversed(t, url, operation, variables)
			again := conversed(t, url, operation, variables)
			if !bytes.Equal(first.Data, again.Data) {
				t.Error("asked again, it answers otherwise")
			}
			page := transcript(operation, variables, first, again)
			file := filepath.Join("../../../docs/questions", strings.TrimPrefix(operation.Name, questionPrefix)+".md")
			golden.Check(t, file, page, update)
		})
	}
}

// conversation is an answer as it came, its fields in their order.
type conversation struct {
	Data       json.RawMessage
	Errors     json.RawMessage
	Extensions struct {
		Sources []struct {
			System           string
			Statements, Rows int
		}
	}
}

func conversed(t *testing.T, url string, operation library.Operation, variables []byte) conversation {
	t.Helper()
	var c conversation
	if err := json.Unmarshal(sent(t, url, []byte(operation.Query), variables), &c); err != nil || c.Errors != nil ||
		len(c.Extensions.Sources) == 0 {
		t.Fatalf("%v, errors %s, sources %v", err, c.Errors, c.Extensions.Sources)
	}
	return c
}

func transcript(operation library.Operation, variables []byte, first, again conversation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s。%s\n\n", operation.English, operation.Title, operation.Description)
	fmt.Fprintf(&b,
		"A transcript from the demo's data (`go run ./cmd/demo -scale 0.05`). `go test ./internal/tests/questions` holds it against the embedded\nengine and against MariaDB, which give this same page.\n\n")
	fmt.Fprintf(&b, "```graphql\n%s\n```\n\nVariables `%s`.\n\n", strings.TrimSpace(operation.Query), variables)
	fmt.Fprintf(&b, "```json\n%s\n```\n\n", folded(first.Data, ""))
	b.WriteString("The first answer also reads the code tables it needs:\n\n| System | Statements | Asked again | Rows |\n|---|---|---|---|\n")
	total, totalAgain := 0, 0
	for i, s := range first.Extensions.Sources {
		a := again.Extensions.Sources[i]
		fmt.Fprintf(&b, "| `%s` | %d | %d | %d |\n", s.System, s.Statements, a.Statements, a.Rows)
		total += s.Statements
		totalAgain += a.Statements
	}
	fmt.Fprintf(&b, "| together | %d | %d | |\n", total, totalAgain)
	return b.String()
}

// lineWidth is how many characters of JSON stand on one line.
const lineWidth = 150

// folded writes JSON with one line for whatever fits on one.
func folded(value json.RawMessage, indent string) string {
	var line bytes.Buffer
	if err := json.Compact(&line, value); err != nil {
		return err.Error()
	}
	text := line.String()
	if len([]rune(text)) <= lineWidth-len(indent) || text[0] != '{' && text[0] != '[' {
		return text
	}
	d := json.NewDecoder(&line)
	_, _ = d.Token()
	inner := indent + "  "
	var parts []string
	for d.More() {
		part := inner
		if text[0] == '{' {
			name, _ := d.Token()
			part += fmt.Sprintf("%q: ", name)
		}
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			return err.Error()
		}
		parts = append(parts, part+folded(v, inner))
	}
	return text[:1] + "\n" + strings.Join(parts, ",\n") + "\n" + indent + text[len(text)-1:]
}

// TestStatements expects of the 22 offices no statement more for thrice the rows.
func TestStatements(t *testing.T) {
	statements := func(d *district) map[string]int {
		url := gateway(t, d.systems, demotest.Embedded(t, d.systems))
		counts := map[string]int{}
		for _, operation := range questions(t) {
			if operation.Name == "question-09-the-22-offices" {
				for _, s := range conversed(t, url, operation,
					filledIn(t, operation, computation{})).Extensions.Sources {
					counts[s.System] = s.Statements
				}
			}
		}
		return counts
	}
	few, many := statements(newDistrict(t, scale)), statements(newDistrict(t, 3*scale))
	if diff := cmp.Diff(few, many); diff != "" || len(few) != 5 {
		t.Errorf("-few +many rows\n%s", diff)
	}
}

// TestTable keeps the table of docs/questions.md true to the library and to the answers.
func TestTable(t *testing.T) {
	const file, begin, end = "../../../docs/questions.md",
		"<!-- The table is written by go test ./internal/tests/questions -update -->\n", "<!-- End of the table -->\n"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, hasBegin := strings.Cut(string(page), begin)
	_, after, hasEnd := strings.Cut(rest, end)
	if !hasBegin || !hasEnd {
		t.Fatal("docs/questions.md lacks the marks of the table")
	}
	var table strings.Builder
	table.WriteString("| | Question | Systems | Statements |\n|---|---|---|---|\n")
	for _, operation := range questions(t) {
		name := strings.TrimPrefix(operation.Name, questionPrefix)
		text, err := os.ReadFile(filepath.Join("../../../docs/questions", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var answer conversation
		if err := json.Unmarshal(text, &answer); err != nil {
			t.Fatal(err)
		}
		var systems []string
		statements := 0
		for _, s := range answer.Extensions.Sources {
			systems = append(systems, strings.ReplaceAll(strings.ToLower(s.System), "_", " "))
			statements += s.Statements
		}
		_, title, _ := strings.Cut(operation.English, ": ")
		fmt.Fprintf(&table, "| [%s](../playground/queries/%s.graphql) | %s | %s | [%d](questions/%s.json) |\n",
			name[:2], operation.Name, title, strings.Join(systems, ", "), statements, name)
	}
	golden.Check(t, file, before+begin+table.String()+end+after, *update)
}
