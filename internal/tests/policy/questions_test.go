package policy

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// question is one request.
type question struct {
	method, path string // POST /graphql without them
	query        string
	variables    map[string]any
	accept       string // media type of the answer; "" for JSON
	isFirst      bool   // asks by a path of its own, which other questions do not
}

// material is what somebody knows who tries to learn more: it is filled from all there is.
type material struct {
	ids, cursors map[string][]string // by kind
	numbers      []string            // resident numbers
	codes        []string            // credit codes
	licences     []string
	documents    []string // numbers of cases and documents
	titles       []string
}

// Shapes of texts in records by which something can be asked for.
var (
	residentShape = regexp.MustCompile(`^[1-9]\d{16}[\dX]$`)
	codeShape     = regexp.MustCompile(`^[19235][12349][0-9A-Z]{16}$`)
	licenceShape  = regexp.MustCompile(`^1\d{16}$`)
	documentShape = regexp.MustCompile(`^\D+〔\d{4}〕\d+号$`)
)

// learnAll gathers, as somebody who sees all, what could be asked for.
func (d *desk) learnAll() *material {
	d.Helper()
	m := &material{ids: map[string][]string{}, cursors: map[string][]string{}}
	schema := d.schemaOf("administrator")
	texts := map[string]bool{}
	for _, kind := range kinds() {
		records := d.records(schema, "administrator", kind, true)
		for _, id := range slices.Sorted(maps.Keys(records)) {
			m.ids[kind] = append(m.ids[kind], id)
			for name, value := range records[id] {
				text, _ := value.(string)
				switch {
				case text == "" || texts[text]:
				case residentShape.MatchString(text):
					m.numbers = append(m.numbers, text)
				case codeShape.MatchString(text):
					m.codes = append(m.codes, text)
				case licenceShape.MatchString(text):
					m.licences = append(m.licences, text)
				case documentShape.MatchString(text):
					m.documents = append(m.documents, text)
				case name == "title":
					m.titles = append(m.titles, text)
				}
				texts[text] = true
			}
		}
		if list := listOf(schema, kind); list != nil {
			a := d.ask("administrator", fmt.Sprintf(`{ list: %s(first: 60) { edges { cursor } } }`, list.Name), nil, false)
			for _, edge := range a.Data["list"].(map[string]any)["edges"].([]any) {
				m.cursors[kind] = append(m.cursors[kind], edge.(map[string]any)["cursor"].(string))
			}
		}
	}
	for _, list := range []*[]string{&m.numbers, &m.codes, &m.licences, &m.documents, &m.titles} {
		slices.Sort(*list)
	}
	return m
}

// spread takes n of a list, from all over it.
func spread(list []string, n int) []string {
	if len(list) <= n {
		return list
	}
	var taken []string
	for i := range n {
		taken = append(taken, list[i*len(list)/n])
	}
	return taken
}

// questioner makes the questions of a schema.
type questioner struct {
	schema *ast.Schema
	m      *material
	deep   bool // selects also of results, and not only of records, all they hold
}

func (q questioner) def(t *ast.Type) *ast.Definition { return q.schema.Types[t.Name()] }

func isLeaf(def *ast.Definition) bool { return def.Kind == ast.Scalar || def.Kind == ast.Enum }

// needs tells whether a field has an argument without which it cannot be asked.
func needs(f *ast.FieldDefinition) bool {
	return slices.ContainsFunc(f.Arguments,
		func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil })
}

// selection selects all of a type so many levels deep: fields, records it leads to, and of
// every list the first, with how many there are.
func (q questioner) selection(typ string, depth int) string {
	def := q.schema.Types[typ]
	b := strings.Builder{}
	b.WriteString("__typename")
	if def.Kind == ast.Interface || def.Kind == ast.Union {
		for _, p := range q.schema.PossibleTypes[typ] {
			fmt.Fprintf(&b, " ... on %s { %s }", p.Name, aliased(p.Name, q.selection(p.Name, 0)))
		}
		return b.String()
	}
	for _, f := range def.Fields {
		of := q.def(f.Type)
		switch {
		case strings.HasPrefix(f.Name, "__") || needs(f):
		case isLeaf(of):
			fmt.Fprintf(&b, " %s", f.Name)
		case f.Arguments.ForName("first") != nil && of.Fields.ForName("nodes") != nil:
			if depth > 0 {
				fmt.Fprintf(&b, " %s(first: 2) { %s }", f.Name, q.page(of, depth-1))
			}
		case depth > 0 || of.Fields.ForName("id") == nil && !strings.Contains(of.Name, "Connection"):
			fmt.Fprintf(&b, " %s { %s }", f.Name, q.selection(of.Name, max(depth-1, 0)))
		}
	}
	return b.String()
}

// aliased names the plain fields of one kind's selection by the kind: fields of several kinds in
// one selection may have types that do not go together.
func aliased(kind, selection string) string {
	words, depth := strings.Fields(selection), 0
	for i, word := range words {
		if depth == 0 && word != "{" && word != "}" && !strings.HasPrefix(word, "__") && !strings.Contains(word, "(") {
			words[i] = kind + "_" + word + ": " + word
		}
		depth += strings.Count(word, "{") - strings.Count(word, "}")
	}
	return strings.Join(words, " ")
}

// page selects of a page all it tells, and its records.
func (q questioner) page(def *ast.Definition, depth int) string {
	var b strings.Builder
	for _, f := range def.Fields {
		of := q.def(f.Type)
		switch {
		case f.Name == "nodes":
			fmt.Fprintf(&b, " nodes { %s }", q.selection(of.Name, depth))
		case f.Name == "pageInfo":
			b.WriteString(" pageInfo { hasNextPage hasPreviousPage startCursor endCursor }")
		case isLeaf(of):
			fmt.Fprintf(&b, " %s", f.Name)
		}
	}
	return b.String()
}

// values are literals of a type for an argument or an input of a name.
func (q questioner) values(name string, t *ast.Type, depth int) (list []string) {
	if t.Elem != nil {
		for _, v := range q.values(name, t.Elem, depth) {
			list = append(list, "["+v+"]")
		}
		return list
	}
	quoted := func(texts []string) {
		for _, text := range texts {
			list = append(list, fmt.Sprintf("%q", text))
		}
	}
	switch def := q.def(t); {
	case t.NamedType == "Boolean":
		return []string{"true", "false"}
	case t.NamedType == "Int" && name == "year":
		return []string{"2022", "2023"}
	case t.NamedType == "ResidentNumber":
		return []string{"$number"}
	case t.NamedType == "Date":
		return []string{`"2023-01-01"`}
	case t.NamedType == "DateRange":
		return []string{`{from: "2023-01-01", before: "2024-01-01"}`, `{isUnreadable: true}`}
	case t.NamedType == "TextFilter":
		return []string{`{contains: "萧"}`, `{prefix: "关于"}`, fmt.Sprintf(`{equals: [%q]}`, q.m.titles[0])}
	case t.NamedType == "MoneyRange":
		return []string{`{from: "1000"}`}
	case t.NamedType == "IntRange":
		return []string{`{from: 1}`}
	case t.NamedType == "String":
		switch {
		case name == "enum":
			quoted([]string{"System", "LegalAidStatus", "NotarialStatus"})
		case name == "text":
			quoted([]string{"萧山", "纠纷", "2023"})
			quoted(spread(q.m.documents, 6))
		case name == "number" || name == "documentNumber":
			quoted(spread(q.m.documents, 6))
		case name == "creditCode" || name == "code" && t.NonNull && depth > 0:
			quoted(spread(q.m.codes, 4))
		case name == "lawyer" || name == "licence" || name == "adviser":
			quoted(spread(q.m.licences, 4))
		case name == "name":
			quoted([]string{"杭州", "市场监管局"})
		default:
			quoted([]string{"330109105", "临浦镇", "330109106", "justice"})
		}
		return list
	case t.NamedType == "ID":
		for _, kind := range kinds() {
			quoted(spread(q.m.ids[kind], 3))
		}
		return list
	case def.Kind == ast.Enum:
		for _, v := range def.EnumValues {
			list = append(list, v.Name)
		}
		if isDimension := strings.HasSuffix(def.Name, "Dimension"); !isDimension {
			list = list[:min(len(list), 2)]
		}
		return list
	case def.Kind == ast.InputObject && depth > 0:
		for _, f := range def.Fields {
			if q.def(f.Type) == def { // and, or, not
				continue
			}
			for _, v := range q.values(f.Name, f.Type, depth-1) {
				list = append(list, fmt.Sprintf("{%s: %s}", f.Name, v))
			}
		}
	}
	return list
}

// arguments are lists of arguments for a field: the plain one, then each argument with each
// value of its own.
func (q questioner) arguments(f *ast.FieldDefinition) (lists []string) {
	required := ""
	for _, a := range f.Arguments {
		if !a.Type.NonNull || a.DefaultValue != nil {
			continue
		}
		if values := q.values(a.Name, a.Type, 2); len(values) > 0 && a.Name != "groupBy" {
			required += fmt.Sprintf("%s: %s ", a.Name, values[0])
		} else {
			required += fmt.Sprintf("%s: [] ", a.Name)
		}
	}
	lists = append(lists, required)
	for _, a := range f.Arguments {
		switch a.Name {
		case "first", "last", "after", "before", "fillEmpty", "top":
			continue
		}
		others := ""
		for _, o := range f.Arguments {
			if o.Name != a.Name && o.Type.NonNull && o.DefaultValue == nil {
				others += fmt.Sprintf("%s: %s ", o.Name, append(q.values(o.Name, o.Type, 2), "[]")[0])
			}
		}
		for _, v := range q.values(a.Name, a.Type, 2) {
			lists = append(lists, others+a.Name+": "+v)
		}
	}
	return lists
}

// few are what is asked of many variants of one field: enough to see that they differ.
func (q questioner) few(f *ast.FieldDefinition) string {
	def := q.def(f.Type)
	switch {
	case isLeaf(def):
		return ""
	case def.Fields.ForName("nodes") != nil:
		text := "{ pageInfo { hasNextPage endCursor }"
		if def.Fields.ForName("totalCount") != nil {
			text += " totalCount"
		}
		if of := q.def(def.Fields.ForName("nodes").Type); of.Fields.ForName("id") != nil {
			return text + " nodes { id } }"
		}
		of := q.def(def.Fields.ForName("nodes").Type)
		if q.deep {
			return text + " nodes { " + q.selection(of.Name, 1) + " } }"
		}
		text += " nodes { " + q.selection(of.Name, 0)
		for _, f := range of.Fields { // the record of a result
			if q.def(f.Type).Kind == ast.Interface {
				text += " " + f.Name + " { id }"
			}
		}
		return text + " } }"
	}
	if groups := def.Fields.ForName("groups"); groups != nil {
		return "{ groups { key { value label } count } total { count } excluded { reason of count } }"
	}
	return "{ " + q.selection(def.Name, 1) + " }"
}

// all are the questions of the schema, by what they are about.
func (q questioner) all() []question {
	var list []question
	if town := q.schema.Types["Town"]; town != nil && town.Fields.ForName("records") != nil {
		records := "records(first: 20) { pageInfo { endCursor } nodes { id } }"
		list = append(list, question{query: `{ town(code: "330109105") { ` + records + ` } departments { ` +
			strings.Replace(records, "20", "5", 1) + ` } }`, isFirst: true})
	}
	ask := func(query string) {
		one := question{query: query, isFirst: strings.Contains(query, "(last: 3)") || asksAlone(query)}
		if strings.Contains(query, "$number") {
			for _, number := range spread(q.m.numbers, 3) {
				list = append(list, question{query: "query($number: ResidentNumber!) " + query,
					variables: map[string]any{"number": number}})
			}
			return
		}
		list = append(list, one)
	}
	for _, f := range q.schema.Query.Fields {
		if strings.HasPrefix(f.Name, "__") || f.Name == "systems" {
			continue
		}
		def := q.def(f.Type)
		if f.Arguments.ForName("after") != nil && def.Fields.ForName("nodes") != nil && !needs(f) {
			of := q.def(def.Fields.ForName("nodes").Type)
			for _, depth := range []int{0, 2} {
				ask(fmt.Sprintf("{ %s(first: %d) { %s } }", f.Name, []int{200, 3, 3}[depth], q.page(def, depth)))
			}
			ask(fmt.Sprintf("{ %s(last: 3) { %s } }", f.Name, q.page(def, 0)))
			batch := []string{}
			for _, cursor := range spread(q.m.cursors[of.Name], 8) {
				batch = append(batch, fmt.Sprintf("%s(first: 2, after: %q) %s", f.Name, cursor, q.few(f)))
			}
			list = append(list, batched(batch, 8)...)
		}
		if def.Fields.ForName("groups") != nil { // figures: all of them once
			ask(fmt.Sprintf("{ %s(groupBy: []) { %s } }", f.Name, q.selection(def.Name, 0)))
		}
		batch := []string{}
		for _, arguments := range q.arguments(f) {
			call := f.Name
			if f.Arguments.ForName("first") != nil {
				arguments += " first: 3"
			}
			if arguments != "" {
				call += "(" + arguments + ")"
			}
			call += " " + q.few(f)
			if strings.Contains(call, "$number") {
				ask("{ " + call + " }")
				continue
			}
			batch = append(batch, call)
		}
		questions := batched(batch, 8)
		for i := range questions {
			questions[i].isFirst = f.Name == "search" || f.Name == "annualReport" ||
				f.Name == "dataQuality" && i == 0 ||
				asksAlone(questions[i].query)
		}
		list = append(list, questions...)
	}
	for _, kind := range kinds() {
		if q.schema.Types["Node"] == nil {
			break
		}
		for chunk := range slices.Chunk(spread(q.m.ids[kind], 160), 160) {
			fields := ""
			if q.schema.Types[kind] != nil {
				fields = fmt.Sprintf("... on %s { %s }", kind, q.selection(kind, 0))
			}
			list = append(list, question{query: "query($ids: [ID!]!) { nodes(ids: $ids) { id " + fields + " } }",
				variables: map[string]any{"ids": chunk}})
		}
		if list1 := listOf(q.schema, kind); list1 != nil {
			for _, accept := range []string{"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
				list = append(list, question{accept: accept,
					query: fmt.Sprintf("{ %s(first: 200) { nodes { %s } } }", list1.Name, leaves(q.schema, kind))})
			}
		}
	}
	for _, path := range []string{"/schema.graphql", "/reports", "/playground/queries", "/whoami"} {
		list = append(list, question{method: http.MethodGet, path: path})
	}
	return list
}

// batched puts calls into questions, so many into one, each under a name of its own.
func batched(calls []string, size int) (list []question) {
	for chunk := range slices.Chunk(calls, size) {
		var b strings.Builder
		for i, call := range chunk {
			fmt.Fprintf(&b, " q%d: %s", i, call)
		}
		list = append(list, question{query: "{" + b.String() + " }"})
	}
	return list
}

// put sends a question as a role, for a reason.
func (d *desk) put(role string, q question) (status int, header http.Header, text string) {
	d.Helper()
	return d.putFor(role, q, true)
}

// putFor sends a question with a reason, or without one.
func (d *desk) putFor(role string, q question, why bool) (status int, header http.Header, text string) {
	d.Helper()
	body := ""
	if q.path == "" {
		q.method, q.path = http.MethodPost, "/graphql"
		encoded, err := json.Marshal(map[string]any{"query": q.query, "variables": q.variables})
		if err != nil {
			d.Fatal(err)
		}
		body = string(encoded)
	}
	return d.exchange(role, q.method, q.path, body, why, q.accept)
}

func (q question) String() string {
	if q.path != "" {
		return q.path
	}
	return fmt.Sprintf("%.600s %v", q.query, q.accept)
}

// asksAlone is whether a question looks for rows by ways of their own: findings of other rows that a row
// names, and parties.
func asksAlone(query string) bool {
	return strings.Contains(query, "(first: 200)") && strings.Contains(query, "dataIssues") ||
		strings.Contains(query, "party:")
}
