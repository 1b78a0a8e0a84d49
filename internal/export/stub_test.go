package export

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

const schemaText = `
type Query {
  "Cases. 案件。" cases(first: Int = 20, after: String, status: [State!], filter: Filter,
	who: ResidentNumber): CaseConnection
  "Events. 活动。" events(first: Int, after: String): EventConnection
  "Towns. 镇街。" towns: [Town!]!
}
type CaseConnection { "Count. 总数。" totalCount: Int totalCountAtLeast: Int nodes: [Case!]! pageInfo: PageInfo! }
type EventConnection { nodes: [Town!]! pageInfo: PageInfo! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Case {
  "Number. 案号。" number: String "State. 状态。" state: State "Fee. 费用。" fee: Money "Count. 人数。" people: Int
  "Day. 日期。" day: Date "Moment. 时间。" at: DateTime "Urgent. 是否紧急。" urgent: Boolean "ID number. 证件号。" residentId: ResidentNumber
  "Name. 姓名。" name: PersonName "Rate. 比率。" rate: Decimal "Tags. 标签。" tags: [String!] "Lawyer. 律师。" lawyer: Lawyer
}
type Lawyer { "Name. 姓名。" name: PersonName "Cases. 案件。" cases(first: Int): CaseConnection }
type Town { "Name. 名称。" name: String "Number. 案号。" number: String }
input Filter { "State. 状态。" state: State day: Range and: [Filter!] }
input Range { from: Date before: Date }
enum State { "Open · 在办" OPEN "Closed · 已结" CLOSED }
enum System { "Legal aid · 法律援助" LEGAL_AID }
scalar Date scalar DateTime scalar Money scalar Decimal scalar ResidentNumber scalar PersonName
`

// stub answers the operations of this package without a graph behind: a list of cases, of
// so many rows, which fails from one page on, if at all.
type stub struct {
	rows   int
	fails  int    // page of cases that fails, from 1; 0 for none
	code   string // of the failure
	lawyer string // code with which every page's lawyers fail; "" for not at all
	row    func(i int) map[string]any
	calls  []string // the cursors asked for
	seen   []map[string]any
	quiet  bool // keeps neither calls nor variables
}

func (s *stub) executable(t testing.TB) graphql.ExecutableSchema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "stub", Input: schemaText})
	if err != nil {
		t.Fatal(err)
	}
	return &graphql.ExecutableSchemaMock{
		SchemaFunc:     func() *ast.Schema { return schema },
		ComplexityFunc: func(context.Context, string, string, int, map[string]any) (int, bool) { return 0, false },
		ExecFunc: func(ctx context.Context) graphql.ResponseHandler {
			op := graphql.GetOperationContext(ctx)
			return func(context.Context) *graphql.Response { return s.answer(op) }
		},
	}
}

func (s *stub) answer(op *graphql.OperationContext) *graphql.Response {
	after, _ := op.Variables["reportAfter"].(string)
	if !s.quiet {
		s.seen = append(s.seen, op.Variables)
		s.calls = append(s.calls, after)
	}
	start, _ := strconv.Atoi(strings.TrimPrefix(after, "c"))
	first := 20
	switch n := op.Variables["reportFirst"].(type) {
	case int64:
		first = int(n)
	case int:
		first = n
	}
	response := &graphql.Response{}
	data := map[string]any{"towns": []any{map[string]any{"name": "临浦镇", "number": "1"}, map[string]any{"name": "河上镇"},
		map[string]any{"name": "=1+1"}}}
	fail := func(path ast.Path, code string) {
		response.Errors = append(response.Errors, &gqlerror.Error{
			Message: "legal aid cannot be reached", Path: path,
			Extensions: map[string]any{"code": fault.Code(code), "system": "LEGAL_AID"},
		})
	}
	if s.fails > 0 && start/200+1 >= s.fails {
		fail(ast.Path{ast.PathName("cases")}, s.code)
		data["cases"] = nil
	} else {
		nodes := []any{}
		for i := start; i < min(start+first, s.rows); i++ {
			node := s.node(i)
			if s.lawyer != "" {
				node["lawyer"] = nil
				fail(ast.Path{ast.PathName("cases"), ast.PathName("nodes"), ast.PathIndex(i - start),
					ast.PathName("lawyer")}, s.lawyer)
			}
			nodes = append(nodes, node)
		}
		page := map[string]any{"hasNextPage": start+first < s.rows, "endCursor": nil}
		if len(nodes) > 0 {
			page["endCursor"] = fmt.Sprintf("c%d", start+len(nodes))
		}
		data["cases"] = map[string]any{"nodes": nodes, "reportPage": page, "reportTotal": s.rows, "totalCount": s.rows}
	}
	data["other"] = map[string]any{"totalCount": s.rows}
	data["events"] = map[string]any{"nodes": []any{map[string]any{"name": "宣讲"}},
		"reportPage": map[string]any{"hasNextPage": false, "endCursor": "e"}}
	response.Data, _ = json.Marshal(data)
	return response
}

func (s *stub) node(i int) map[string]any {
	if s.row != nil {
		return s.row(i)
	}
	return map[string]any{
		"number": fmt.Sprintf("浙萧援民〔2023〕%d号", i+1), "state": "CLOSED", "fee": "1234.50", "people": i % 7,
		"day": "2023-03-15",
		"at":  "2023-03-15T09:30:00+08:00", "urgent": i%2 == 0, "residentId": "330***********0145", "name": "张*",
		"rate": json.Number("0.3333"),
		"tags": []any{"甲", "乙"}, "lawyer": map[string]any{"name": "李*"},
	}
}

// at is when the files of these tests are made.
var at = time.Date(2024, 7, 1, 1, 30, 0, 0, time.UTC)

// serve serves the stub with reports as they are served, and gives the address.
func serve(t testing.TB, s *stub, limits Limits) string {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	handler := transport.New(s.executable(t), transport.Options{Logger: log})
	e := New(handler, Options{Limits: limits, BodyBytes: 1 << 16, Logger: log, Now: func() time.Time { return at }})
	saved, err := library.Open(os.DirFS("testdata/library"), "", false)
	if err != nil {
		t.Fatal(err)
	}
	reports := e.Reports(saved)
	mux := http.NewServeMux()
	mux.Handle("/graphql", reports.Negotiated(handler))
	mux.HandleFunc("GET /reports", reports.List)
	mux.HandleFunc("/reports/{file}", reports.Run)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// answer is what a client sees.
type answer struct {
	status int
	header http.Header
	body   string
}

// fetch sends a request; lines are headers.
func fetch(t testing.TB, method, url, body string, lines ...string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(data)}
}
