package questions

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/internal/mask"
	"github.com/bureaugraph/bureaugraph/internal/tests/serve"
	"github.com/bureaugraph/bureaugraph/playground"
)

var update = flag.Bool("update", false, "rewrite the golden answers of docs/questions")

// scale of the golden answers.
const scale = 0.05

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestQuestions(t *testing.T) {
	d := newDistrict(t, scale)
	askAll(t, d, gateway(t, d.systems, demotest.Embedded(t, d.systems)), *update)
}

// TestQuestionsOnMariaDB expects the very same answers, statement counts included, of a
// real server.
func TestQuestionsOnMariaDB(t *testing.T) {
	database := dbtest.MariaDB(t)
	d := newDistrict(t, scale)
	if err := fill.Fill(t.Context(), database.DSN(""), demo.Databases(d.systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	askAll(t, d, gateway(t, d.systems, database.DSN("")), false)
}

// questionPrefix begins the names of the questions in the playground's library.
const questionPrefix = "question-"

// askAll asks every question of the library twice: the first answer also reads the code
// tables.
func askAll(t *testing.T, d *district, url string, update bool) {
	computations := computations()
	asked := map[string]bool{} // golden files
	for _, operation := range questions(t) {
		name := strings.TrimPrefix(operation.Name, questionPrefix)
		golden := filepath.Join("../../../docs/questions", name+".json")
		asked[golden] = true
		t.Run(name, func(t *testing.T) {
			question, known := computations[name[:2]]
			if !known {
				t.Fatal("no independent computation")
			}
			variables := filledIn(t, operation, question)
			query := []byte(operation.Query)
			ask(t, url, query, variables)
			answer := ask(t, url, query, variables)
			if update {
				if err := os.WriteFile(golden, indented(t, answer), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(indented(t, answer))); diff != "" {
				t.Errorf("golden answer: -want +got\n%.4000s", diff)
			}
			computed, answered := question.computed(d), question.answered(node{answer["data"]})
			for i, line := range computed {
				computed[i] = mask.Free(line) // persons are planted in the rows' texts
			}
			slices.Sort(computed)
			slices.Sort(answered)
			if diff := cmp.Diff(computed, answered); diff != "" {
				t.Errorf("-computed from the rows +answered\n%.4000s", diff)
			}
			if len(computed) == 0 {
				t.Error("nothing computed: the question tests nothing")
			}
		})
	}
	if len(asked) != len(computations) {
		t.Errorf("%d questions, %d computations", len(asked), len(computations))
	}
	answers, err := filepath.Glob("../../../docs/questions/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range answers {
		if !asked[file] {
			t.Errorf("%s answers no question of the library", file)
		}
	}
}

// questions are the library's operations that ask one, in the order of their numbers.
func questions(t *testing.T) []library.Operation {
	t.Helper()
	operations, err := library.Read(playground.Queries())
	if err != nil {
		t.Fatal(err)
	}
	operations = slices.DeleteFunc(operations, func(o library.Operation) bool {
		return !strings.HasPrefix(o.Name, questionPrefix)
	})
	slices.SortFunc(operations, func(a, b library.Operation) int { return strings.Compare(a.Name, b.Name) })
	return operations
}

// filledIn gives the variables of a question: the defaults of the library, and what only
// whoever asks can give.
func filledIn(t *testing.T, operation library.Operation, question computation) []byte {
	t.Helper()
	given := maps.Clone(question.given)
	if given == nil {
		given = map[string]any{}
	}
	for _, v := range operation.Variables {
		if v.Default != nil {
			given[v.Name] = v.Default
		}
	}
	variables, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	return variables
}

// gateway starts a gateway over the systems' databases on one server.
func gateway(t testing.TB, systems []demo.System, dsn string) (url string) {
	t.Helper()
	c := serve.Config(t, systems, dsn)
	return serve.Gateway(t, c, nil).URL()
}

// ask sends one operation and gives the answer without what differs from run to run.
// Errors fail the test.
func ask(t testing.TB, url string, query, variables []byte) map[string]any {
	t.Helper()
	answer := post(t, url, query, variables)
	if answer["errors"] != nil {
		t.Fatalf("errors: %.1000s", fmt.Sprint(answer["errors"]))
	}
	return answer
}

// post is ask for answers that may have errors.
func post(t testing.TB, url string, query, variables []byte) map[string]any {
	t.Helper()
	text := sent(t, url, query, variables)
	var answer map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&answer); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	extensions, _ := answer["extensions"].(map[string]any)
	sources, _ := extensions["sources"].([]any)
	for _, s := range sources {
		delete(s.(map[string]any), "milliseconds")
	}
	return answer
}

// sent gives the text of an answer.
func sent(t testing.TB, url string, query, variables []byte) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": string(query), "variables": json.RawMessage(variables)})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func indented(t *testing.T, answer any) []byte {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(answer); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// node is a value of an answer.
type node struct{ value any }

// at goes down by field names.
func (n node) at(path ...string) node {
	for _, name := range path {
		fields, _ := n.value.(map[string]any)
		n.value = fields[name]
	}
	return n
}

// text is a scalar in words, "" for null.
func (n node) text(path ...string) string {
	if v := n.at(path...).value; v != nil {
		return fmt.Sprint(v)
	}
	return ""
}

// word is the scalar itself in words.
func (n node) word() string { return n.text() }

// list gives the elements of a list.
func (n node) list(path ...string) []node {
	values, _ := n.at(path...).value.([]any)
	list := make([]node, len(values))
	for i, v := range values {
		list[i] = node{v}
	}
	return list
}
