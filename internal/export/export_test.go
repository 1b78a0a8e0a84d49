package export

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// kept compares with a file of testdata.
func kept(t *testing.T, name, got string) {
	t.Helper()
	golden.Check(t, filepath.Join("testdata", name), got, *update)
}

func TestFiles(t *testing.T) {
	url := serve(t, &stub{rows: 3, row: dirty}, Limits{})
	for name, path := range map[string]string{
		"cases.csv":       "/reports/cases.csv",
		"cases-code.csv":  "/reports/cases.csv?head=both&enum=code",
		"cases.json":      "/reports/cases.json",
		"cases-zh.json":   "/reports/cases.json?head=zh&enum=label&size=2",
		"towns-page.json": "/reports/towns.json?page=2&size=2",
		"catalogue.json":  "/reports",
	} {
		t.Run(name, func(t *testing.T) {
			got := fetch(t, http.MethodGet, url+path, "")
			if got.status != http.StatusOK {
				t.Fatalf("status %d: %s", got.status, got.body)
			}
			body := got.body
			if strings.HasSuffix(name, ".json") {
				var indented bytes.Buffer
				if err := json.Indent(&indented, []byte(body), "", "  "); err != nil {
					t.Fatal(err)
				}
				body = indented.String()
			}
			kept(t, name, body)
		})
	}
}

// dirty is a row that asks for trouble, an ordinary one, or nothing.
func dirty(i int) map[string]any {
	switch i {
	case 0:
		return map[string]any{
			"number": "=HYPERLINK(\"x\")", "state": "OPEN", "fee": "-12.00", "people": json.Number("-3"),
			"day": "1899-12-31", "at": "2023-12-31T16:30:00+08:00",
			"urgent": true, "residentId": "330***********0145", "name": "张\n三",
			"rate": json.Number("123456789012345678.9"), "tags": []any{"甲", "=乙"},
		}
	case 1:
		return (&stub{}).node(1)
	}
	return map[string]any{
		"number": nil, "state": nil, "fee": nil, "people": nil, "day": nil, "at": nil, "urgent": nil, "residentId": nil,
		"name": nil, "rate": nil, "tags": nil,
	}
}

func TestCSVIsBytesThatSpreadsheetsRead(t *testing.T) {
	url := serve(t, &stub{rows: 3, row: dirty}, Limits{})
	utf8 := fetch(t, http.MethodGet, url+"/reports/cases.csv", "")
	if utf8.header.Get("Content-Type") != "text/csv; charset=utf-8; header=present" ||
		!strings.HasPrefix(utf8.body, "\ufeff案号,") {
		t.Errorf("type %q, begins %.20q", utf8.header.Get("Content-Type"), utf8.body)
	}
	if strings.Count(utf8.body, "\r\n") != 4 {
		t.Errorf("%q has not four lines", utf8.body)
	}
	gb := fetch(t, http.MethodGet, url+"/reports/cases.csv?charset=gb18030", "")
	text, err := simplifiedchinese.GB18030.NewDecoder().String(gb.body)
	if err != nil || "\ufeff"+text != utf8.body ||
		gb.header.Get("Content-Type") != "text/csv; charset=gb18030; header=present" {
		t.Errorf("error %v, type %q: %q", err, gb.header.Get("Content-Type"), text)
	}
	if got := utf8.header.Get("Content-Disposition"); got != "attachment; filename=cases.csv; filename*=UTF-8''%E6%A1%88%E4%BB%B6.csv" {
		t.Errorf("disposition %q", got)
	}
	if got := utf8.header.Get("Report-Rows"); got != "3" {
		t.Errorf("%s rows", got)
	}
}

// TestGB18030 is why the private use area is refused, and nothing else.
func TestGB18030(t *testing.T) {
	encoder, decoder := simplifiedchinese.GB18030.NewEncoder(), simplifiedchinese.GB18030.NewDecoder()
	for c := rune(0); c <= 0x10ffff; c++ {
		if c >= 0xd800 && c <= 0xdfff || c >= 0xe000 && c <= 0xf8ff {
			continue
		}
		encoded, err := encoder.String(string(c))
		if err != nil {
			t.Fatalf("%U: %v", c, err)
		}
		if back, err := decoder.String(encoded); err != nil || back != string(c) {
			t.Fatalf("%U comes back as %q, error %v", c, back, err)
		}
	}
	private := &stub{rows: 2, row: func(i int) map[string]any {
		return map[string]any{"number": string(rune(0xe000 + i))}
	}}
	url := serve(t, private, Limits{}) + "/reports/cases.csv"
	if got := fetch(t, http.MethodGet, url+"?charset=gb18030", ""); got.status != http.StatusBadRequest ||
		!strings.Contains(got.body, "line 2 holds a character of the private use area") {
		t.Errorf("status %d: %s", got.status, got.body)
	}
	if got := fetch(t, http.MethodGet, url, ""); got.status != http.StatusOK || !strings.Contains(got.body, "\ue000") {
		t.Errorf("status %d: %s", got.status, got.body)
	}
}

func TestXLSX(t *testing.T) {
	url := serve(t, &stub{rows: 3, row: dirty}, Limits{})
	got := fetch(t, http.MethodPost, url+"/reports/cases.xlsx",
		`{"who":"330199199001010145","status":["OPEN"],"filter":{"day":{"from":"2023-01-01"}}}`,
		"Content-Type: application/json")
	if got.status != http.StatusOK {
		t.Fatalf("status %d: %s", got.status, got.body)
	}
	book := open(t, got.body)
	if diff := cmp.Diff([]string{"案件", "说明"}, book.GetSheetList()); diff != "" {
		t.Errorf("sheets: -want +got\n%s", diff)
	}
	for cell, want := range map[string]struct {
		raw, shown string
		kind       excelize.CellType
	}{
		"A1": {"案号", "案号", excelize.CellTypeInlineString},
		"A2": {`=HYPERLINK("x")`, `=HYPERLINK("x")`, excelize.CellTypeInlineString},
		"B2": {"在办", "在办", excelize.CellTypeInlineString},
		"C2": {"-12", "-12.00", excelize.CellTypeUnset},
		"C3": {"1234.5", "1,234.50", excelize.CellTypeUnset},
		"D2": {"-3", "-3", excelize.CellTypeUnset},
		"E2": {"1899-12-31", "1899-12-31", excelize.CellTypeInlineString},
		"E3": {"45000", "2023-03-15", excelize.CellTypeUnset},
		"F3": {"45000.3958333333", "2023-03-15 09:30:00", excelize.CellTypeUnset},
		"F2": {"45291.6875", "2023-12-31 16:30:00", excelize.CellTypeUnset},
		"G2": {"是", "是", excelize.CellTypeInlineString},
		"G3": {"否", "否", excelize.CellTypeInlineString},
		"H2": {"330***********0145", "330***********0145", excelize.CellTypeInlineString},
		"J2": {"123456789012345678.9", "123456789012345678.9", excelize.CellTypeInlineString},
		"J3": {"0.3333", "0.3333", excelize.CellTypeUnset},
		"K2": {"甲；=乙", "甲；=乙", excelize.CellTypeInlineString},
		"A4": {"", "", excelize.CellTypeUnset},
	} {
		raw, err := book.GetCellValue("案件", cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		shown, _ := book.GetCellValue("案件", cell)
		kind, _ := book.GetCellType("案件", cell)
		if raw != want.raw || shown != want.shown || kind != want.kind {
			t.Errorf("%s is %q, shown %q, type %d; want %+v", cell, raw, shown, kind, want)
		}
		if formula, _ := book.GetCellFormula("案件", cell); formula != "" {
			t.Errorf("%s is the formula %s", cell, formula)
		}
	}
	kept(t, "cases-about.txt", sheet(t, book, "说明"))
}

func open(t *testing.T, body string) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func sheet(t *testing.T, book *excelize.File, name string) string {
	t.Helper()
	rows, err := book.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, row := range rows {
		fmt.Fprintln(&text, strings.Join(row, " | "))
	}
	return text.String()
}

func TestOneSheetAList(t *testing.T) {
	s := &stub{rows: 250}
	book := open(t, fetch(t, http.MethodGet, serve(t, s, Limits{})+"/reports/three-lists.xlsx?var.size=5", "").body)
	if diff := cmp.Diff([]string{"案件", "活动", "镇街", "概览", "说明"}, book.GetSheetList()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for name, want := range map[string]int{"案件": 251, "活动": 2, "镇街": 4, "概览": 2} {
		if rows, _ := book.GetRows(name); len(rows) != want {
			t.Errorf("%s has %d lines, want %d", name, len(rows), want)
		}
	}
}

// TestPages reads a list in every way of paging.
func TestPages(t *testing.T) {
	type answered struct {
		First, Last       string
		Count             int
		Page, Size, Total *int
		TotalAtLeast      *int
		Next              *string
	}
	read := func(t *testing.T, url string) answered {
		t.Helper()
		got := fetch(t, http.MethodGet, url, "")
		var body struct {
			answered
			Rows []map[string]any
		}
		if err := json.Unmarshal([]byte(got.body), &body); err != nil || got.status != http.StatusOK {
			t.Fatalf("status %d, error %v: %s", got.status, err, got.body)
		}
		if body.Count != len(body.Rows) {
			t.Errorf("count %d of %d rows", body.Count, len(body.Rows))
		}
		if body.Count > 0 {
			body.First, _ = body.Rows[0]["number"].(string)
			body.Last, _ = body.Rows[body.Count-1]["number"].(string)
		}
		return body.answered
	}
	number := func(n int) string { return fmt.Sprintf("浙萧援民〔2023〕%d号", n) }
	for query, c := range map[string]struct {
		want  answered
		calls string
	}{
		"":         {answered{number(1), number(503), 503, nil, nil, new(503), nil, nil}, " c200 c400"},
		"?size=10": {answered{number(1), number(10), 10, new(1), new(10), new(503), nil, new("c10")}, ""},
		"?page=3&size=250": {answered{number(501), number(503), 3, new(3), new(250), new(503), nil, nil},
			" c200 c400 c500"},
		"?page=2": {answered{number(201), number(400), 200, new(2), new(200), new(503), nil, new("c400")},
			" c200"},
		"?page=9&size=100":   {answered{"", "", 0, new(9), new(100), new(503), nil, nil}, " c200 c400 "},
		"?after=c500&size=2": {answered{number(501), number(502), 2, nil, new(2), new(503), nil, new("c502")}, "c500"},
		"?after=c502":        {answered{number(503), number(503), 1, nil, new(200), new(503), nil, nil}, "c502"},
	} {
		t.Run(query, func(t *testing.T) {
			s := &stub{rows: 503}
			got := read(t, serve(t, s, Limits{})+"/reports/cases.json"+query)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if calls := strings.Join(s.calls, " "); calls != c.calls {
				t.Errorf("asked at %q, want %q", calls, c.calls)
			}
		})
	}
}

// TestASourceThatDies is a system that is gone from page 3 on, after 400 rows.
func TestASourceThatDies(t *testing.T) {
	for _, ending := range []string{"csv", "json", "xlsx"} {
		t.Run(ending, func(t *testing.T) {
			s := &stub{rows: 1000, fails: 3, code: "SOURCE_UNAVAILABLE"}
			url := serve(t, s, Limits{}) + "/reports/cases." + ending
			got := fetch(t, http.MethodGet, url, "")
			if got.status != http.StatusServiceUnavailable ||
				got.header.Get("Content-Type") != "application/problem+json; charset=utf-8" ||
				got.header.Get("Content-Disposition") != "" {
				t.Errorf("status %d, header %v: %.200s", got.status, got.header, got.body)
			}
			var p problem
			if err := json.Unmarshal([]byte(got.body), &p); err != nil || p.Code != "SOURCE_UNAVAILABLE" ||
				len(p.Errors) != 1 || p.Errors[0].System != "LEGAL_AID" {
				t.Errorf("error %v: %s", err, got.body)
			}
			if len(s.calls) != 3 {
				t.Errorf("asked at %q", s.calls)
			}

			partial := fetch(t, http.MethodGet, url+"?partial=allow", "")
			if partial.status != http.StatusOK ||
				partial.header.Get("Report-Partial") != "SOURCE_UNAVAILABLE LEGAL_AID" ||
				partial.header.Get("Report-Rows") != "400" {
				t.Errorf("status %d, header %v: %.200s", partial.status, partial.header, partial.body)
			}
			if !strings.Contains(partial.header.Get("Content-Disposition"), "cases-partial."+ending) {
				t.Errorf("disposition %q", partial.header.Get("Content-Disposition"))
			}
			switch ending {
			case "csv":
				lines := strings.Split(strings.TrimSuffix(partial.body, "\r\n"), "\r\n")
				if len(lines) != 402 || lines[401] != "数据不完整 · not whole: SOURCE_UNAVAILABLE LEGAL_AID,,,,,,,,,," {
					t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
				}
			case "json":
				var body struct {
					Partial bool
					Missing []detail
					Count   int
					Total   *int
				}
				if err := json.Unmarshal([]byte(partial.body), &body); err != nil || !body.Partial ||
					body.Count != 400 || len(body.Missing) != 1 || body.Total == nil || *body.Total != 1000 {
					t.Errorf("error %v: %+v", err, body)
				}
			case "xlsx":
				if about := sheet(t, open(t, partial.body), "说明"); !strings.Contains(about,
					"完整性 | 数据不完整 · not whole: SOURCE_UNAVAILABLE LEGAL_AID") ||
					!strings.Contains(about, "| 400 | 400 | 部分") {
					t.Errorf("说明:\n%s", about)
				}
			}
		})
	}
}

func TestAFieldThatFails(t *testing.T) {
	url := serve(t, &stub{rows: 500, lawyer: "SOURCE_TIMEOUT"}, Limits{})
	if got := fetch(t, http.MethodGet, url+"/reports/with-lawyers.csv", ""); got.status != http.StatusGatewayTimeout {
		t.Errorf("status %d: %.300s", got.status, got.body)
	}
	got := fetch(t, http.MethodGet, url+"/reports/with-lawyers.json?partial=allow", "")
	var body struct {
		Missing []detail
		Count   int
		Total   *int
	}
	if err := json.Unmarshal([]byte(got.body), &body); err != nil || body.Count != 500 || body.Total == nil ||
		*body.Total != 500 {
		t.Errorf("error %v: %.300s", err, got.body)
	}
	if len(body.Missing) != 1 || body.Missing[0].Path != "cases.nodes.lawyer" {
		t.Errorf("missing: %+v", body.Missing)
	}
	// A defect is never part of a file.
	url = serve(t, &stub{rows: 5, lawyer: "INTERNAL"}, Limits{})
	if got := fetch(t, http.MethodGet, url+"/reports/with-lawyers.csv?partial=allow",
		""); got.status != http.StatusInternalServerError {
		t.Errorf("status %d: %.300s", got.status, got.body)
	}
}

func TestLimits(t *testing.T) {
	url := serve(t, &stub{rows: 1000}, Limits{Rows: 300})
	got := fetch(t, http.MethodGet, url+"/reports/cases.csv", "")
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "more than 300 rows") {
		t.Errorf("status %d: %s", got.status, got.body)
	}
	if got := fetch(t, http.MethodGet, url+"/reports/cases.csv?size=300", ""); got.status != http.StatusOK {
		t.Errorf("status %d: %s", got.status, got.body)
	}
}

// TestWrongInput holds every sentence that a wrong request gets.
func TestWrongInput(t *testing.T) {
	url := serve(t, &stub{rows: 3}, Limits{})
	var all strings.Builder
	for _, c := range []struct{ method, path, body, kind string }{
		{"GET", "/reports/nothing.csv", "", ""},
		{"GET", "/reports/cases.pdf", "", ""},
		{"PUT", "/reports/cases.csv", "", ""},
		{"GET", "/reports/cases.csv?%zz", "", ""},
		{"GET", "/reports/cases.csv?list=x&head=x&enum=x&charset=x&partial=x&page=0&size=10001&after=", "", ""},
		{"GET", "/reports/cases.xlsx?charset=gb18030&page=2&after=c2&head=zh&head=field", "", ""},
		{"GET", "/reports/cases.json?page=100000&size=10000", "", ""},
		{"GET", "/reports/cases.json?list=x", "", ""},
		{"GET", "/reports/towns.json?after=x", "", ""},
		{"GET", "/reports/three-lists.csv?var.size=1", "", ""},
		{"GET", "/reports/three-lists.xlsx?size=1", "", ""},
		{"GET", "/reports/broken.csv", "", ""},
		{"GET", "/reports/cases.csv?first=10&staus=OPEN&status=DONE,OPEN&status=&filter.state=X&filter.day.from=yesterday&filter.name=1&filter.day=3", "", ""},
		{"GET", "/reports/cases.csv?filter={&filter.state=OPEN", "", ""},
		{"GET", "/reports/cases.csv?filter={", "", ""},
		{"GET", "/reports/cases.csv?filter.and=1&filter.and.state=OPEN&status.x=1", "", ""},
		{"GET", "/reports/cases.csv?filter.and.state=OPEN", "", ""},
		{"GET", "/reports/cases.csv?who=1", "", ""},
		{"GET", "/reports/cases.csv?var.who=330199199001010145", "", ""},
		{"GET", "/reports/cases.csv?filter.day.from=３３０１９９199001010145&list=13800138000", "", ""},
		{"GET", "/reports/cases.csv?330199199001010145=1", "", ""},
		{"GET", "/reports/three-lists.xlsx?var.size=many&var.size=1", "", ""},
		{"POST", "/reports/cases.csv", "{", "application/json"},
		{"POST", "/reports/cases.csv", "[]", "application/json"},
		{"POST", "/reports/cases.csv", "{} {}", "application/json"},
		{"POST", "/reports/cases.csv", "<x/>", "text/xml"},
		{"POST", "/reports/cases.csv", "who=%zz", "application/x-www-form-urlencoded"},
		{"POST", "/reports/cases.csv", strings.Repeat("x", 1<<17), "application/x-www-form-urlencoded"},
		{"POST", "/reports/cases.csv", `{"status":"OPEN,CLOSED","who":["a","b"],"filter":{"and":[{"state":"SHUT"}]}}`,
			"application/json"},
		{"POST", "/reports/cases.csv", `{"filter":{"and":[{"state":"SHUT"}]}}`, "application/json"},
	} {
		lines := []string{}
		if c.kind != "" {
			lines = append(lines, "Content-Type: "+c.kind)
		}
		got := fetch(t, c.method, url+c.path, c.body, lines...)
		var p problem
		if err := json.Unmarshal([]byte(got.body), &p); err != nil || p.Status != got.status {
			t.Errorf("%s %s: status %d, error %v: %s", c.method, c.path, got.status, err, got.body)
			continue
		}
		body := c.body
		if len(body) > 100 {
			body = "…"
		}
		fmt.Fprintln(&all, strings.TrimSpace(c.method+" "+c.path+" "+body))
		for _, d := range p.Errors {
			fmt.Fprintf(&all, "  %d %s [%s] %s\n", p.Status, d.Code, d.Parameter, d.Message)
		}
		for _, personal := range []string{"330199", "13800138000", "yesterday", "SHUT"} {
			if strings.Contains(got.body, personal) {
				t.Errorf("%s repeats %s", got.body, personal)
			}
		}
	}
	kept(t, "wrong.txt", all.String())
}

func TestVariables(t *testing.T) {
	for name, c := range map[string]struct {
		method, query, body, kind, header string
		want                              map[string]any
	}{
		"address": {"GET",
			"?status=OPEN,CLOSED&status=OPEN&filter.state=OPEN&filter.day.from=2023-01-01&var.filter.day.before=2024-01-01", "", "", "", map[string]any{"status": []any{"OPEN", "CLOSED", "OPEN"}, "filter": map[string]any{"state": "OPEN", "day": map[string]any{"from": "2023-01-01", "before": "2024-01-01"}}}},
		"JSON text": {"GET", `?filter={"state":"OPEN"}`, "", "", "",
			map[string]any{"filter": map[string]any{"state": "OPEN"}}},
		"form": {"POST", "?status=OPEN", "who=330199199001010145", "application/x-www-form-urlencoded", "",
			map[string]any{"status": []any{"OPEN"}, "who": "330199199001010145"}},
		"JSON body": {"POST", "",
			`{"who":"330199199001010145","status":["OPEN"],"filter":{"and":[{"state":"OPEN"}],"day":null}}`,
			"application/json; charset=utf-8", "", map[string]any{"who": "330199199001010145", "status": []any{"OPEN"},
				"filter": map[string]any{"and": []any{map[string]any{"state": "OPEN"}}}}},
		"header": {"GET", "?status=", "", "", "who=330199199001010145&filter.state=OPEN",
			map[string]any{"who": "330199199001010145", "filter": map[string]any{"state": "OPEN"}}},
		"no body": {"POST", "?status=OPEN", "", "", "", map[string]any{"status": []any{"OPEN"}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := &stub{rows: 1}
			lines := []string{}
			if c.kind != "" {
				lines = append(lines, "Content-Type: "+c.kind)
			}
			if c.header != "" {
				lines = append(lines, "Report-Variables: "+c.header)
			}
			got := fetch(t, c.method, serve(t, s, Limits{})+"/reports/cases.csv"+c.query, c.body, lines...)
			if got.status != http.StatusOK {
				t.Fatalf("status %d: %s", got.status, got.body)
			}
			delete(s.seen[0], "reportFirst")
			if diff := cmp.Diff(c.want, s.seen[0]); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestRefuse: what is refused before it reaches the reports is a problem like others.
func TestRefuse(t *testing.T) {
	w := httptest.NewRecorder()
	New(nil, Options{}).Refuse(w, httptest.NewRequest(http.MethodGet, "/reports", nil), &transport.Refusal{
		Status: http.StatusTooManyRequests, Code: fault.LimitExceeded, Message: "wait", Wait: 90 * time.Second,
		Challenges: []string{"Bearer", "Basic"},
	})
	h := w.Result().Header
	if w.Code != http.StatusTooManyRequests || h.Get("Retry-After") != "90" || len(h.Values("WWW-Authenticate")) != 2 ||
		h.Get("Content-Type") != "application/problem+json; charset=utf-8" ||
		!strings.Contains(w.Body.String(), `"code":"LIMIT_EXCEEDED"`) {
		t.Errorf("status %d, %v: %s", w.Code, h, w.Body)
	}
}

func TestNegotiated(t *testing.T) {
	s := &stub{rows: 503}
	url := serve(t, s, Limits{}) + "/graphql"
	const query = `{"query":"query Q { cases(first: 20) { totalCount nodes { number state } } }"}`
	post := func(accept, options, body string) answer {
		t.Helper()
		return fetch(t, http.MethodPost, url+options, body, "Content-Type: application/json", "Accept: "+accept)
	}
	for accept, want := range map[string]string{
		"text/csv":                   "text/csv; charset=utf-8; header=present",
		"text/csv, */*":              "text/csv; charset=utf-8; header=present",
		"text/csv;q=0.5, */*;q=0.1":  "text/csv; charset=utf-8; header=present",
		mediaXLSX:                    mediaXLSX,
		"text/*":                     "application/json; charset=utf-8", // 406, which is GraphQL's
		"application/json, text/csv": "application/json; charset=utf-8",
		"text/csv;q=0, */*":          "application/json; charset=utf-8",
		"*/*":                        "application/json; charset=utf-8",
		"application/graphql-response+json, text/csv;q=0.9": "application/graphql-response+json; charset=utf-8",
	} {
		if got := post(accept, "", query); got.header.Get("Content-Type") != want {
			t.Errorf("%s gives %s: %.200s", accept, got.header.Get("Content-Type"), got.body)
		}
	}
	if got := post("text/csv", "", query); got.header.Get("Report-Rows") != "20" ||
		!strings.HasPrefix(got.body, "\ufeff案号,状态\r\n") {
		t.Errorf("%s rows: %.60q", got.header.Get("Report-Rows"), got.body)
	}
	if got := post("text/csv", "?pages=all&head=field&enum=code", query); got.header.Get("Report-Rows") != "503" ||
		!strings.HasPrefix(got.body, "\ufeffnumber,state\r\n浙萧援民〔2023〕1号,CLOSED\r\n") {
		t.Errorf("%s rows: %.60q", got.header.Get("Report-Rows"), got.body)
	}
	if got := post("text/csv", "?labels=three-lists&head=both", query); !strings.HasPrefix(got.body,
		"\ufeff卷号 number,状态 state\r\n") {
		t.Errorf("with the labels of a saved operation: %.60q", got.body)
	}
	for name, c := range map[string]struct {
		options, body string
		status        int
		has           string
	}{
		"several lists": {"", `{"query":"{ cases { nodes { number } } towns { name } }"}`, 400,
			"name one of cases, towns, or ask for XLSX"},
		"invalid":  {"", `{"query":"{ nothing }"}`, 400, `Cannot query field \"nothing\"`},
		"no query": {"", `{}`, 400, "query is missing"},
		"bad variables": {"", `{"query":"query($n: Int!) { cases(first: $n) { nodes { number } } }"}`, 400,
			"variable $n"},
		"nothing":      {"", `{"query":"{ __typename }"}`, 400, "selects nothing that could stand in a row"},
		"whose labels": {"?labels=nobody", query, 400, "labels: there is no saved operation of this name"},
		"bad option":   {"?pages=some&head=x", query, 400, "pages: must be one of one, all"},
	} {
		t.Run(name, func(t *testing.T) {
			got := post("text/csv", c.options, c.body)
			if got.status != c.status || !strings.Contains(got.body, c.has) ||
				got.header.Get("Content-Type") != "application/problem+json; charset=utf-8" {
				t.Errorf("status %d: %s", got.status, got.body)
			}
		})
	}
}
