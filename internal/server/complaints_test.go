package server

import (
	"bytes"
	"cmp"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/signin"
)

// complaints is the file in which the playground's tests find what the gateway says when
// something is wrong: each sentence about a question must be worded in Chinese there, and no
// wording may be without a sentence. What the transport says of requests that the page
// never sends, such as a body that is no JSON, is not in it.
const complaints = "../../playground/src/complaints.json"

// sentence is one error as the page gets it.
type sentence struct {
	Code     string `json:"code"`
	Argument string `json:"argument,omitempty"`
	System   string `json:"system,omitempty"`
	Message  string `json:"message"`
}

// TestComplaints compares the file with the sentences of all faults in the source and with
// those of real refusals, which come from libraries and other packages as well.
func TestComplaints(t *testing.T) {
	all := map[sentence]bool{}
	for _, s := range slices.Concat(constructed(t), refusedQueries(t), refusedFiles(t), brokenSources(t),
		strangers(t)) {
		all[s] = true
	}
	var errors []sentence
	for s := range all {
		errors = append(errors, s)
	}
	slices.SortFunc(errors, func(a, b sentence) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Argument, b.Argument), cmp.Compare(a.System, b.System))
	})
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(map[string]any{"errors": errors, "refusals": refusedSaving(t)}); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, complaints, text.String(), *update)
	if t.Failed() {
		t.Log("after -update word what is new in complaints.ts")
	}
}

// verb is a verb of a format.
var verb = regexp.MustCompile(`%(\[\d+\])?([a-z])`)

// constructed gives the sentence of every fault that the source makes, with 7 for its
// numbers and X for its texts.
func constructed(t *testing.T) (list []sentence) {
	codes := map[string]fault.Code{
		"BadInput": fault.BadInput, "LimitExceeded": fault.LimitExceeded, "SourceUnavailable": fault.SourceUnavailable,
		"SourceTimeout": fault.SourceTimeout, "SourceError": fault.SourceError,
		"Internal": fault.Internal, "Overloaded": fault.Overloaded, "Forbidden": fault.Forbidden,
		"Unauthenticated": fault.Unauthenticated, "AuditUnavailable": fault.AuditUnavailable,
	}
	for _, dir := range []string{"resolvers", "adapters", "loaders", "internal"} {
		err := filepath.WalkDir(filepath.Join("../..", dir), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				strings.HasSuffix(filepath.Dir(path), "fault") {
				return err
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				constructor, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || !isNamed(constructor.X, "fault") {
					return true
				}
				s := sentence{Code: string(fault.BadInput)}
				own := "" // the sentence without the place that stands before it
				switch constructor.Sel.Name {
				case "Input":
					s.Argument = cmp.Or(literal(call.Args[0]), "filter.field")
					own = literal(call.Args[1])
					s.Message = s.Argument + ": " + own
				case "Probe":
					f := fault.Probe(cmp.Or(literal(call.Args[0]), "filter.field"))
					s.Argument, s.Message, own = f.Argument, f.Message, f.Message
				case "Limit":
					s.Code, s.Argument = string(fault.LimitExceeded), cmp.Or(literal(call.Args[1]), "filter")
					if !isLiteral(call.Args[0], `""`) {
						s.System = string(model.SystemLegalAid)
					}
					own = literal(call.Args[2])
					s.Message = s.Argument + ": " + own
				case "Source":
					if !isLiteral(call.Args[1], `""`) {
						s.System = string(model.SystemLegalAid)
					}
					code, isNamed := call.Args[0].(*ast.SelectorExpr)
					if !isNamed {
						t.Errorf("%s: the code is no constant", fset.Position(call.Pos()))
						return true
					}
					own = literal(call.Args[2])
					s.Code, s.Message = string(codes[code.Sel.Name]), own
				default:
					return true
				}
				if strings.Trim(own, `" X`) == "" || s.Code == "" {
					t.Errorf("%s: write the sentence of the fault here, so that it can be found",
						fset.Position(call.Pos()))
				}
				if s.Code != string(fault.Internal) { // of these the client gets the request's id
					list = append(list, s)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func isNamed(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func isLiteral(e ast.Expr, value string) bool {
	l, ok := e.(*ast.BasicLit)
	return ok && l.Value == value
}

// literal is the text of a constant format with its verbs filled in; what else it is joined
// with is the name of a system. It is "" for an expression without constant text.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return verb.ReplaceAllStringFunc(text, func(v string) string {
			switch v[len(v)-1] {
			case 'd':
				return "7"
			case 'q':
				return `"X"`
			}
			return "X"
		})
	case *ast.BinaryExpr:
		left, right := literal(e.X), literal(e.Y)
		if left == "" && right != "" {
			left = string(model.SystemLegalAid)
		}
		return left + right
	case *ast.CallExpr: // fmt.Sprintf
		if len(e.Args) > 0 {
			if _, isText := e.Args[0].(*ast.BasicLit); isText {
				return literal(e.Args[0])
			}
		}
	}
	return ""
}

// refused posts a body to /graphql and gives the errors of the answer. Files tell theirs
// in another form, as the page takes it.
func refused(t *testing.T, s *Server, address, accept string, body any) (list []sentence) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+address, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code, System, Argument string }
			Code       string
			System     string
			Parameter  string
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Errors) == 0 {
		t.Errorf("%s %s is not refused", address, text)
	}
	for _, e := range answer.Errors {
		if e.Extensions.Code != string(fault.Internal) {
			list = append(list, sentence{
				Code: cmp.Or(e.Extensions.Code, e.Code), Argument: cmp.Or(e.Extensions.Argument, e.Parameter),
				System: cmp.Or(e.Extensions.System, e.System), Message: e.Message,
			})
		}
	}
	return list
}

// refusedQueries are errors of syntax, validation and values.
func refusedQueries(t *testing.T) (list []sentence) {
	s, _ := district(t)
	for _, q := range []struct {
		query     string
		variables map[string]any
	}{
		{query: `{ legalAidCases(first: 500) { totalCount } }`},
		{query: `{ annualReport(year: 1900) { year } }`},
		{query: `{ legalAidCases(filter: { acceptedOn: { from: "2024-01-01", before: "2023-01-01" } }) { totalCount } }`},
		{query: `{ legalAidCases(filter: { acceptedOn: { from: "15 March" } }) { totalCount } }`},
		{query: `{ reconsiderationCases(filter: { fine: { from: "lots" } }) { totalCount } }`},
		{query: `{ legalAidCases(filter: { town: ["火星"] }) { totalCount } }`},
		{query: `{ legalAidCases(filter: { status: [LOST_AND_FOUND] }) { totalCount } }`},
		{query: `{ legalAidCases(filter: { status: [AAPPLIED] }) { totalCount } }`},
		{query: `{ legalAidCases(first: "two") { totalCount } }`},
		{query: `{ legalAidCases(first: 1.5) { totalCount } }`},
		{query: `{ legalAidCases(first: 3000000000) { totalCount } }`},
		{query: `{ town(code: 330109105) { name } }`},
		{query: `{ town(code: "\uD842") { name } }`},
		{query: `{ nodes(ids: ["x"]) { id } }`},
		{query: `{ legalAidCases { nodes { numbr } } }`},
		{query: `{ legalAidCases { nodes { zzzzzz } } }`},
		{query: `{ legalAidCases(frist: 3) { totalCount } }`},
		{query: `{ legalAidCases(filter: { zzz: 1 }) { totalCount } }`},
		{query: `{ legalAidCases { nodes } }`},
		{query: `{ legalAidCases { nodes { number { text } } } }`},
		{query: `{ town { name } }`},
		{query: `{ town(code: null) { name } }`},
		{query: `{ town(code: $code) { name } }`},
		{query: `query ($code: String) { towns { name } }`},
		{query: `query ($code: String) { town(code: $code) { name } }`, variables: map[string]any{"code": "330109105"}},
		{query: `query ($code: Strin!) { town(code: $code) { name } }`, variables: map[string]any{"code": "330109105"}},
		{query: `query ($code: String!) { town(code: $code) { name } }`},
		{query: `query ($code: String!) { town(code: $code) { name } }`, variables: map[string]any{"code": nil}},
		{query: `query ($n: Int) { legalAidCases(first: $n) { totalCount } }`, variables: map[string]any{"n": "two"}},
		{query: `query ($n: Int) { legalAidCases(first: $n) { totalCount } }`, variables: map[string]any{"n": "2"}},
		{query: `query ($s: [LegalAidStatus!]) { legalAidCases(filter: { status: $s }) { totalCount } }`,
			variables: map[string]any{"s": []string{"LOST"}}},
		{query: `query ($s: [LegalAidStatus!]) { legalAidCases(filter: { status: $s }) { totalCount } }`,
			variables: map[string]any{"s": []any{3}}},
		{query: `query ($f: LegalAidCaseFilter) { legalAidCases(filter: $f) { totalCount } }`,
			variables: map[string]any{"f": map[string]any{"zzz": 1}}},
		{query: `query ($f: LegalAidCaseFilter) { legalAidCases(filter: $f) { totalCount } }`,
			variables: map[string]any{"f": "open"}},
		{query: `query ($d: Date) { legalAidCases(filter: { acceptedOn: { from: $d } }) { totalCount } }`,
			variables: map[string]any{"d": "15 March"}},
		{query: `{ towns { name }`},
		{query: `{ towns { name } } }`},
		{query: `{ towns(first: ) { name } }`},
		{query: `{ town(code: "3301) { name } }`},
		{query: `{ towns { name ; } }`},
		{query: `towns { name }`},
		{query: ``},
		{query: `mutation { towns { name } }`},
		{query: `subscription { towns { name } }`},
		{query: `query A { towns { name } } query B { towns { name } }`},
		{query: `query A { towns { name } } query A { towns { code } }`},
		{query: `{ towns { ...part } }`},
		{query: `fragment part on Town { name } { towns { name } }`},
		{query: `{ towns { ... on LegalAidCase { number } } }`},
		{query: `{ towns { ... on Twon { name } } }`},
		{query: `{ towns { name @include } }`},
		{query: `{ towns { name @later } }`},
		{query: `{ a: towns { name } a: systems { name } }`},
		{query: `{ town(code: "1", code: "2") { name } }`},
		{query: `{ towns @defer { name } }`},
		{query: deep()},
		{query: wide()},
		{query: long()},
	} {
		body := map[string]any{"query": q.query}
		if q.variables != nil {
			body["variables"] = q.variables
		}
		list = append(list, refused(t, s, "/graphql", "application/json", body)...)
	}
	named := map[string]any{"query": "query A { towns { name } }", "operationName": "B"}
	return append(list, refused(t, s, "/graphql", "application/json", named)...)
}

// deep nests fields deeper than is allowed, wide selects more of them, and long has more
// words.
func deep() string {
	const levels = 30
	return `{ department(name: "司法局")` + strings.Repeat(" { successor", levels) + " { name }" +
		strings.Repeat(" }", levels) + " }"
}

func wide() string {
	return `{ a: towns { ...many } b: towns { ...many } c: towns { ...many } } fragment many on Town {` +
		aliases(1000) + ` }`
}

func long() string { return `{ towns {` + aliases(6000) + ` } }` }

func aliases(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" n" + strconv.Itoa(i) + ": name")
	}
	return b.String()
}

// refusedFiles are errors of files that the page asks for.
func refusedFiles(t *testing.T) (list []sentence) {
	c := reachable(t)
	c.Reports.Rows = 10
	s, _ := start(t, c)
	const two = `{ towns { name } departments { name } }`
	for _, q := range []struct{ options, query string }{
		{"", two},
		{"?list=villages", two},
		{"", `{ towns { name } }`},
		{"", `{ __typename }`},
		{"?labels=%C1%D9%C6%D6", two},
		{"?list=towns&head=latin&enum=both&charset=ebcdic&pages=none&labels=nobody&town=临浦镇", two},
	} {
		list = append(list, refused(t, s, "/graphql"+q.options, "text/csv", map[string]any{"query": q.query})...)
	}
	return list
}

// brokenSources are errors of systems: one that is not there, one that nobody answers for,
// one that is full and one that refuses the account. The gateway looks without an index at
// none of their rows.
func brokenSources(t *testing.T) (list []sentence) {
	c := reachable(t)
	delete(c.Sources, model.SystemReconsideration)
	broken := func(system model.System, address string) { // asked until the time is up
		source := at(address, "broken")
		source.Timeout = time.Second
		source.Breaker.Failures = -1 // else it depends on who is faster what is told
		c.Sources[system] = source
	}
	broken(model.SystemPublicity, closedPort(t))
	broken(model.SystemLegalityReview, refusing(t, 1040, "Too many connections"))
	broken(model.SystemNotarization, refusing(t, 1045, "Access denied"))
	c.ScanRows = 1
	s, _ := start(t, c)
	for _, query := range []string{
		`{ reconsiderationCases(first: 1) { nodes { number } } }`,
		`{ publicityEvents(first: 1) { nodes { number } } }`,
		`{ legalityReviews(first: 1) { nodes { number } } }`,
		`{ notarialMatters(first: 1) { nodes { number } } }`,
		`{ legalAidCases(first: 1, filter: { kind: [CIVIL] }) { nodes { number } } }`,
	} {
		list = append(list, refused(t, s, "/graphql", "application/json", map[string]any{"query": query})...)
	}
	return list
}

// refusing is the address of a server that turns every client away with an error of MySQL.
func refusing(t *testing.T, number int, message string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	packet := append([]byte{byte(3 + len(message)), 0, 0, 0, 0xff, byte(number), byte(number >> 8)}, message...)
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = client.Write(packet)
			_ = client.Close()
		}
	}()
	return listener.Addr().String()
}

// strangers gives what those are told who are not let in, one for each reason.
func strangers(t *testing.T) (list []sentence) {
	t.Helper()
	c, key := closed(t)
	c.Access.OIDC = &signin.OIDC{Issuer: "http://" + closedPort(t), Audiences: []string{"graph"}}
	c.Access.Demo = &signin.Demo{Identities: []signin.DemoIdentity{{Name: "clerk"}}}
	c.Origins = []string{"https://portal.example.cn"}
	s, _ := start(t, c)
	told := func(method string, lines ...string) {
		t.Helper()
		_, body := send(t, method, s.URL()+"/graphql", "", lines...)
		var answer struct {
			Errors []struct {
				Message    string
				Extensions struct{ Code string }
			}
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil || len(answer.Errors) != 1 {
			t.Fatalf("%v: %s", err, body)
		}
		list = append(list, sentence{Code: answer.Errors[0].Extensions.Code, Message: answer.Errors[0].Message})
	}
	told(http.MethodGet)
	told(http.MethodGet, "Authorization: Bearer a.b.c")
	told(http.MethodPost, "Sec-Fetch-Site: cross-site")
	told(http.MethodPost, "Cookie: bureaugraph-demo=clerk", "Origin: "+c.Origins[0])
	for range 10 { // five are free
		told(http.MethodGet, "X-API-Key: "+key[:len(key)-4]+"AAAA")
	}
	s.now.Load().entrance.admits = func(*access.Principal) bool { return false }
	told(http.MethodGet, "Cookie: bureaugraph-demo=clerk")
	kinds := map[sentence]bool{}
	for _, one := range list {
		kinds[one] = true
	}
	if len(kinds) != 7 {
		t.Errorf("%d sentences: %v", len(kinds), kinds)
	}
	return list
}

// refusedSaving are the sentences with which an operation is not saved.
func refusedSaving(t *testing.T) (list []string) {
	off, _ := start(t, config.Config{})
	on, _ := start(t, config.Config{Library: config.Library{Directory: t.TempDir(), Save: true}})
	gone, _ := start(t, config.Config{Library: config.Library{Directory: filepath.Join(t.TempDir(), "gone"),
		Save: true}})
	for _, attempt := range []struct {
		server     *Server
		name, body string
		header     []string
	}{
		{off, "towns", `{"title":"镇街","query":"{ towns { name } }"}`, nil},
		{gone, "towns", `{"title":"镇街","query":"{ towns { name } }"}`, nil},
		{on, "Towns", `{"title":"镇街","query":"{ towns { name } }"}`, nil},
		{on, "towns", `{"title":"镇街","query":"{ towns { name } }"}`, []string{"Content-Type", "text/plain"}},
		{on, "towns", `{`, nil},
		{on, "towns", `{"query":"{ towns { name } }"}`, nil},
		{on, "towns", `{"title":"镇街","query":"{ towns { name }"}`, nil},
		{on, "towns", `{"title":"镇街","query":"query A { towns { name } } query B { systems { system } }"}`, nil},
		{on, "towns", `{"title":"镇街","query":"{ towns { name } }","variables":[{"name":"from","title":"起始日"}]}`, nil},
		{on, "towns", `{"title":"镇街","query":"{ towns { name } }","labels":{"villages":"村社"}}`, nil},
		{on, "towns", `{"title":"镇街","query":"{ towns { name } }","labels":{"towns":" "}}`, nil},
		{on, "towns", `{"title":"x","query":"{ node(id: \"330199199001010012\") { id } }"}`, nil},
	} {
		status, text := put(t, attempt.server.URL()+"/playground/queries/"+attempt.name, attempt.body,
			attempt.header...)
		if status < 400 {
			t.Errorf("%s %s is saved", attempt.name, attempt.body)
			continue
		}
		list = append(list, text)
	}
	return list
}
