package adversity

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/playground"
)

// everyRemoval is set, in CI, where every field and record is removed, on a real server: the
// embedded engine would take a quarter of an hour. Elsewhere it is some of the rounds, and
// the fields that others depend on most, on the embedded engine.
const everyRemoval = "BUREAUGRAPH_EVERY_REMOVAL"

// removalsOf names a system, LENDING, of which alone fields and records are removed, all of them.
const removalsOf = "BUREAUGRAPH_REMOVALS_OF"

// dependedOn are fields that searches, feeds, relations and checks read, and a record.
var dependedOn = [][]string{
	{"PublicityEvent.receivedOn", "LegalAidCase.opponentCreditCode", "NotarialApplicant.name", "Lawyer.licence",
		"ReconsiderationFacility"},
	{"LegalAidCase.receivedOn"},
	{"LegalAidCase.kind"},
}

// removal is what a site does not record: names as systems { unrecorded } tells them.
type removal struct {
	system model.System
	name   string // "LegalAidCase.receivedOn" or "LegalAidCase"
}

// TestUnrecorded removes every mapped field of every record, and every record, starts and
// checks as a site would, and asks all that the project knows to ask: root fields, golden
// operations, the library. Nothing crashes, nothing is INTERNAL, and nobody is told that
// something is not recorded who has not asked for it.
func TestUnrecorded(t *testing.T) {
	systems := demo.Systems(demotest.World(t, scale))
	every := os.Getenv(everyRemoval) != ""
	var dsn string
	if every {
		genuine := dbtest.MariaDB(t)
		dsn = genuine.DSN("")
		if err := fill.Fill(t.Context(), dsn, demo.Databases(systems), nil); err != nil {
			t.Fatal(err)
		}
	} else {
		dsn = demotest.Embedded(t, systems)
	}
	whole, err := open(t, systems, dsn, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	operations := everyOperation(t, whole)
	expected := map[string][]string{}
	for _, o := range operations {
		for _, e := range whole.ask(t.Context(), t, o).Errors {
			if e.Extensions.Code == "INTERNAL" {
				t.Errorf("%s, nothing removed: %s\n%.2000s", o.name, e.Message, whole.log.taken())
			}
			expected[o.name] = append(expected[o.name], e.Message)
		}
	}
	for _, round := range rounds(t, every) {
		t.Run(title(round), func(t *testing.T) {
			g, err := open(t, systems, dsn, overlays(round))
			if err != nil {
				t.Fatalf("does not start:\n%v", err)
			}
			defer g.Close()
			check(t, g, round)
			for _, o := range operations {
				for _, e := range g.ask(t.Context(), t, o).Errors {
					if !slices.Contains(expected[o.name], e.Message) && !isAskedFor(o, e, round) {
						t.Errorf("%s at %v: %s: %s\n%.3000s", o.name, e.Path, e.Extensions.Code, e.Message,
							g.log.taken())
					}
				}
			}
		})
	}
}

// check does what `gateway check` does, and sees that what is removed is said.
func check(t *testing.T, g *gateway, round []removal) {
	t.Helper()
	for _, s := range g.Systems(t.Context()) {
		if s.State != "OK" {
			t.Errorf("%s: %s", s.System, s.Message)
		}
	}
	g.Orders(t.Context())
	g.Undue()
	told := g.ask(t.Context(), t, operation{name: "systems", query: "{ systems { unrecorded } }"})
	var names []string
	list, _ := told.Data["systems"].([]any)
	for _, s := range list {
		for _, name := range s.(map[string]any)["unrecorded"].([]any) {
			names = append(names, name.(string))
		}
	}
	for _, r := range round {
		if !slices.Contains(names, r.name) {
			t.Errorf("systems { unrecorded } does not tell of %s", r.name)
		}
	}
	if len(names) != len(round) {
		t.Errorf("%d are told to be unrecorded, %d are: %v", len(names), len(round), names)
	}
}

var parentheses = regexp.MustCompile(`(?s)\([^()]*\)`)

// isAskedFor tells whether an error says that something removed is not recorded, and the
// operation asks for it by its arguments.
func isAskedFor(o operation, e problem, round []removal) bool {
	if e.Extensions.Code != "BAD_INPUT" {
		return false
	}
	variables, _ := json.Marshal(o.variables)
	arguments := strings.Join(parentheses.FindAllString(o.query, -1), " ") + string(variables)
	for _, r := range round {
		record, field, _ := strings.Cut(r.name, ".")
		if field == "" {
			if strings.Contains(e.Message, record) || strings.Contains(e.Message, "does not record") ||
				strings.Contains(e.Message, "records nothing") {
				return true // whatever was asked of the record
			}
			continue
		}
		field, _ = strings.CutSuffix(field, "Key")
		screaming := screaming(field)
		isNamed := strings.Contains(e.Message, field) || strings.Contains(e.Message, screaming)
		isAsked := strings.Contains(arguments, field) ||
			strings.Contains(arguments, strings.TrimSuffix(screaming, "ON")) ||
			strings.Contains(arguments, "OnTime") || strings.Contains(arguments, "overdue") ||
			strings.Contains(arguments, "applicant")
		if isNamed && isAsked {
			return true
		}
	}
	return false
}

// screaming is a field's name as dimensions and orders have it: RECEIVED_ON.
func screaming(field string) string {
	var b strings.Builder
	for _, r := range field {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// everyOperation is all that the project knows to ask.
func everyOperation(t *testing.T, g *gateway) []operation {
	t.Helper()
	list := rootOperations(t, g)
	files, err := filepath.Glob("../answers/testdata/*.graphql")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d golden operations, %v", len(files), err)
	}
	for _, file := range files {
		query, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, operation{name: filepath.Base(file), query: string(query)})
	}
	saved, err := library.Read(playground.Queries())
	if err != nil || len(saved) < 20 {
		t.Fatalf("%d saved operations, %v", len(saved), err)
	}
	for _, s := range saved {
		o := operation{name: s.Name, query: s.Query, variables: map[string]any{}}
		for _, v := range s.Variables {
			if v.Default != nil {
				o.variables[v.Name] = v.Default
			}
		}
		list = append(list, o)
	}
	return append(list,
		operation{name: "timelines",
			query: "{ towns { records(first: 3) { missingSystems nodes { __typename number title } } } departments { records(first: 2) { nodes { number } } } }"},
		operation{name: "organizations", query: "{ lawFirms { organization { name } } }"},
	)
}

// rounds are what is removed together: the n-th fields of all records, and each record.
func rounds(t *testing.T, every bool) (list [][]removal) {
	t.Helper()
	w := demotest.World(t, scale)
	schema := mapping.SchemaOf(graph.Schema())
	var fields [][]removal // by place in the file
	var records []removal
	for _, system := range model.AllSystem {
		if only := os.Getenv(removalsOf); only != "" && only != string(system) {
			continue
		}
		file, err := mapping.Parse(adapters.Systems().Mappings()[system], nil, schema,
			cell.Env{Towns: w.Towns, Departments: w.Departments})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range slices.Sorted(maps.Keys(file.Records)) {
			records = append(records, removal{system, name})
			for i, f := range file.Records[name].Fields {
				if i == len(fields) {
					fields = append(fields, nil)
				}
				fields[i] = append(fields[i], removal{system, name + "." + f.Name})
			}
		}
	}
	const crowded = 24 // from here on only the largest records have a field
	for i := 0; i < len(fields); i++ {
		if i >= crowded && i+1 < len(fields) {
			list = append(list, slices.Concat(fields[i], fields[i+1]))
			i++
		} else {
			list = append(list, fields[i])
		}
	}
	for len(records) > 0 { // one of each system
		var round, rest []removal
		for _, r := range records {
			if slices.ContainsFunc(round, func(o removal) bool { return o.system == r.system }) {
				rest = append(rest, r)
			} else {
				round = append(round, r)
			}
		}
		list, records = append(list, round), rest
	}
	if every || os.Getenv(removalsOf) != "" {
		return list
	}
	systems := map[string]model.System{}
	for _, round := range list {
		for _, r := range round {
			systems[r.name] = r.system
		}
	}
	var some [][]removal
	for _, names := range dependedOn {
		var round []removal
		for _, name := range names {
			round = append(round, removal{systems[name], name})
		}
		some = append(some, round)
	}
	for i := 10; i < len(list); i += 30 {
		some = append(some, list[i])
	}
	return some
}

// overlays removes by mapping files, as a site does.
func overlays(round []removal) map[model.System]mapping.Source {
	fields, texts := map[removal][]string{}, map[model.System]string{}
	for _, r := range round {
		record, field, _ := strings.Cut(r.name, ".")
		if field == "" {
			texts[r.system] += fmt.Sprintf("  %s: ~\n", record)
			continue
		}
		of := removal{r.system, record}
		fields[of] = append(fields[of], field+": ~")
	}
	for of, removed := range fields {
		texts[of.system] += fmt.Sprintf("  %s: {fields: {%s}}\n", of.name, strings.Join(removed, ", "))
	}
	list := map[model.System]mapping.Source{}
	for system, text := range texts {
		list[system] = mapping.Source{Name: string(system) + ".yaml", Data: []byte("records:\n" + text)}
	}
	return list
}

func title(round []removal) string {
	if len(round) == 1 {
		return round[0].name
	}
	return fmt.Sprintf("%s and %d more", round[0].name, len(round)-1)
}
