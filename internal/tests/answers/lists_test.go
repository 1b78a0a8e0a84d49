package answers

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/internal/sources"
	"github.com/bureaugraph/bureaugraph/internal/transport"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// TestStatementsByLists: the number of statements does not follow the length of any list
// that a client can put into variables: of values, of conditions, of parties, of ids.
func TestStatementsByLists(t *testing.T) {
	w := demotest.World(t, 0.02)
	systems := demo.Systems(w)
	r := demotest.Resolver(t, w, systems, demotest.Embedded(t, systems))
	schema := graph.NewBreadthFirst(graph.Config{Resolvers: r})
	handler := transport.New(schema,
		transport.Options{Prepare: func(ctx context.Context, op *graphql.OperationContext) context.Context {
			return loaders.With(selection.With(ctx, selection.Of(schema.Schema(), op.Operation)), 0)
		}})
	// run counts the statements of an operation; the answer's errors stand beside.
	run := func(query string, variables map[string]any) (statements int, errors string) {
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		log := sources.New(true)
		request := httptest.NewRequest("POST", "/graphql", strings.NewReader(string(body)))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request.WithContext(sources.With(request.Context(), log)))
		var got struct{ Errors json.RawMessage }
		if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		for _, s := range model.AllSystem {
			statements += len(log.SQL(string(s)))
		}
		return statements, string(got.Errors)
	}
	const many = 30
	// texts are lists of values that some argument takes: names, codes and numbers.
	var towns, departments, licences, codes, numbers, documents, years []any
	for i := range many {
		towns = append(towns, r.Reference.Towns.List[i%len(r.Reference.Towns.List)].Code)
		departments = append(departments, r.Reference.Departments.List[i%len(r.Reference.Departments.List)].Code)
		licences = append(licences, w.Lawyers[i%len(w.Lawyers)].Licence)
		codes = append(codes, w.Companies[i%len(w.Companies)].CreditCode)
		numbers = append(numbers, strconv.Itoa(i+1))
		documents = append(documents, fmt.Sprintf("萧政发〔2021〕%d号", i+1))
		years = append(years, 2000+i)
	}
	texts := [][]any{numbers, towns, departments, licences, codes, documents}
	// lists gives the lists that a type of list can be filled with.
	lists := func(t *ast.Type) [][]any {
		definition := schema.Schema().Types[t.Name()]
		switch {
		case definition.Kind == ast.Enum:
			var list []any
			for i := range many {
				list = append(list, definition.EnumValues[i%len(definition.EnumValues)].Name)
			}
			return [][]any{list}
		case t.Name() == "String" || t.Name() == "ID":
			return texts
		case t.Name() == "Int":
			return [][]any{years}
		}
		return nil
	}
	compared := 0
	// compare runs an operation whose variable $v is a list with its first item, and with all.
	compare := func(name, query string, list []any) bool {
		one, errors := run(query, map[string]any{"v": list[:1]})
		if errors != "" {
			return false
		}
		all, errors := run(query, map[string]any{"v": list})
		if errors != "" {
			return false
		}
		if one != all {
			t.Errorf("%s: %d statements with one item, %d with %d", name, one, all, len(list))
		}
		compared++
		return true
	}
	for _, field := range schema.Schema().Query.Fields {
		filter := field.Arguments.ForName("filter")
		required := slices.ContainsFunc(field.Arguments, func(a *ast.ArgumentDefinition) bool {
			return a.Type.NonNull && a.DefaultValue == nil
		})
		if filter == nil || required || !strings.HasSuffix(filter.Type.Name(), "Filter") {
			continue
		}
		t.Run(field.Name, func(t *testing.T) {
			definition := schema.Schema().Types[filter.Type.Name()]
			kind := filter.Type.Name()
			query := func(declared, condition string) string {
				return fmt.Sprintf("query($v: %s) { %s(filter: %s) { nodes { id } } }", declared, field.Name, condition)
			}
			for _, f := range definition.Fields {
				switch {
				case f.Name == "and" || f.Name == "or":
				case f.Type.Elem != nil:
					filled := slices.ContainsFunc(lists(f.Type), func(list []any) bool {
						return compare(field.Name+"."+f.Name, query(f.Type.String(), "{"+f.Name+": $v}"), list)
					})
					if !filled {
						t.Errorf("%s: no list fits", f.Name)
					}
				case f.Type.Name() == "PartyFilter":
					recorded := 0
					for _, by := range []string{"name", "creditCode"} {
						var parties []any
						for i := range many {
							value := any(w.Companies[i%len(w.Companies)].Name)
							if by == "creditCode" {
								value = w.Companies[i%len(w.Companies)].CreditCode
							}
							parties = append(parties, map[string]any{"party": map[string]any{by: value}})
						}
						if compare(field.Name+".or.party."+by, query("["+kind+"!]", "{or: $v}"), parties) {
							recorded++
						}
					}
					if recorded == 0 && field.Name != "dutyLawyerHelps" { // whose parties have resident numbers only
						t.Error("parties: refused")
					}
				case f.Type.Name() == "TextFilter":
					var conditions []any
					for i := range many {
						conditions = append(conditions,
							map[string]any{f.Name: map[string]any{"prefix": strconv.Itoa(i)}})
					}
					compare(field.Name+".or."+f.Name, query("["+kind+"!]", "{or: $v}"), conditions)
				case f.Type.Name() == "Boolean":
					var conditions []any
					for i := range 4 { // the demo's engine takes long over many
						conditions = append(conditions, map[string]any{f.Name: i%2 == 0})
					}
					compare(field.Name+".and.or."+f.Name, query("["+kind+"!]", "{or: $v}"), conditions)
				}
			}
		})
	}
	if compared < 100 {
		t.Errorf("only %d lists are compared", compared)
	}
	for _, record := range slices.Sorted(maps.Keys(map[string]bool{"LegalAidCase": true, "NotarialMatter": true,
		"Organization": true})) {
		var ids []any
		for i := range many {
			key := strconv.Itoa(i + 1)
			if record == "Organization" {
				key = w.Companies[i%len(w.Companies)].CreditCode[8:17]
			}
			ids = append(ids, model.EncodeID(record, key))
		}
		if !compare("nodes of "+record, "query($v: [ID!]!) { nodes(ids: $v) { id } }", ids) {
			t.Errorf("nodes of %s: refused", record)
		}
	}
}
