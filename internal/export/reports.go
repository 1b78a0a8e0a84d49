package export

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/internal/report"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// Reports serves a library's operations as reports, and other queries as files under its
// labels.
type Reports struct {
	*Exporter
	library *library.Store
}

// Reports makes the handler of a library's operations.
func (e *Exporter) Reports(saved *library.Store) *Reports {
	return &Reports{Exporter: e, library: saved}
}

// entry is one report of the catalogue.
type entry struct {
	Name        string         `json:"name"`
	Title       string         `json:"title"`
	English     string         `json:"english"`
	Description string         `json:"description"`
	Tags        []string       `json:"tags"`
	Owner       string         `json:"owner"`
	URL         string         `json:"url"`               // without the ending
	Parameters  map[string]any `json:"parameters"`        // JSON Schema; nil with a problem
	Lists       []list         `json:"lists"`             // what list can name, the overview last
	Problem     string         `json:"problem,omitempty"` // why it does not run: it does not fit the schema
}

// list is one list of a report.
type list struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	Columns []jsonColumn   `json:"columns"`
	Schema  map[string]any `json:"schema"` // JSON Schema of a row
}

// List answers GET /reports.
func (h *Reports) List(w http.ResponseWriter, r *http.Request) {
	defer h.guard(w, r)
	prepare(w, r)
	entries := []entry{}
	for _, o := range h.operations(r) {
		entries = append(entries, h.entry(o))
	}
	h.answer(w, map[string]any{"reports": entries})
}

// operations are those of the library; what is wrong in its directory is logged.
func (h *Reports) operations(r *http.Request) []library.Operation {
	operations, err := h.library.List()
	if err != nil {
		h.log().WarnContext(r.Context(), "some saved queries cannot be read and are no reports", "findings",
			err.Error())
	}
	return operations
}

func (h *Reports) answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // fails when the client has left
}

func (h *Reports) entry(o library.Operation) entry {
	one := entry{Name: o.Name, Title: o.Title, English: o.English, Description: o.Description, Tags: o.Tags,
		Owner: o.Owner, URL: "/reports/" + o.Name, Lists: []list{}}
	schema := h.graph.Schema()
	document, errs := gqlparser.LoadQueryWithRules(schema, o.Query, nil)
	if len(errs) > 0 {
		one.Problem = errs[0].Message
		return one
	}
	operation := document.Operations[0]
	plan := report.New(schema, document, operation, defaults(o), o.Labels, report.WholeList)
	one.Parameters = plan.Parameters(operation, hints(o)).Schema()
	for _, t := range plan.Tables {
		one.Lists = append(one.Lists, list{Name: t.Name, Title: t.Label, Columns: columnsOf(t), Schema: t.Schema()})
	}
	return one
}

// hints are what the library knows of an operation's variables.
func hints(o library.Operation) map[string]report.Hint {
	known := map[string]report.Hint{}
	for _, v := range o.Variables {
		known[v.Name] = report.Hint{Title: v.Title, Default: v.Default}
	}
	return known
}

func defaults(o library.Operation) map[string]any {
	values := map[string]any{}
	for _, v := range o.Variables {
		if v.Default != nil {
			values[v.Name] = v.Default
		}
	}
	return values
}

// Run answers /reports/{file}: a report with the ending of its format, or without one its
// entry in the catalogue.
func (h *Reports) Run(w http.ResponseWriter, r *http.Request) {
	defer h.guard(w, r)
	prepare(w, r)
	if r.Method != http.MethodGet && r.Method != http.MethodPost && r.Method != http.MethodHead {
		p := problemOf(fault.BadInput, "use GET, or POST to send parameters in the body")
		p.Status, p.refusal.Allow = http.StatusMethodNotAllowed, "GET, POST"
		h.refuse(w, r, p)
		return
	}
	name, ending, hasEnding := strings.Cut(r.PathValue("file"), ".")
	operations := h.operations(r)
	at := slices.IndexFunc(operations, func(o library.Operation) bool { return o.Name == name })
	if at < 0 {
		h.refuse(w, r, notFound("there is no such report; GET /reports lists them"))
		return
	}
	if !hasEnding {
		h.answer(w, h.entry(operations[at]))
		return
	}
	f := format(ending)
	if f != asJSON && f != asCSV && f != asXLSX {
		h.refuse(w, r, notFound("a report ends in .json, .csv or .xlsx"))
		return
	}
	j, p := h.job(w, r, operations[at], f)
	if p != nil {
		h.refuse(w, r, p)
		return
	}
	h.send(w, r, j)
}

// prepare sets what every answer has.
func prepare(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	if id := requestID(r.Context()); id != "" {
		header.Set("X-Request-Id", id)
	}
}

func notFound(message string) *problem {
	p := problemOf(fault.BadInput, message)
	p.Status = http.StatusNotFound
	return p
}

// job checks a request for a report. All that is wrong with it is one problem.
func (h *Reports) job(w http.ResponseWriter, r *http.Request, o library.Operation, f format) (*job, *problem) {
	given, address, p := h.given(w, r)
	if p != nil {
		return nil, p
	}
	if found := given.Undecodable(); len(found) > 0 {
		return nil, findings(found...)
	}
	schema := h.graph.Schema()
	document, errs := gqlparser.LoadQueryWithRules(schema, o.Query, nil)
	if len(errs) > 0 {
		p := problemOf(fault.Internal, "the saved operation does not fit the schema: "+errs[0].Message)
		return nil, p
	}
	operation := document.Operations[0]
	options, rest, found := readOptions(f, given, true)
	parameters := report.New(schema, document, operation, nil, nil, report.WholeList).Parameters(operation, hints(o))
	found = append(found, parameters.InAddress(address)...)
	variables, wrong := parameters.Decode(rest)
	found = append(found, wrong...)
	if len(found) > 0 {
		return nil, findings(found...)
	}
	j := &job{
		name: o.Name, title: o.Title, description: o.Description, owner: o.Owner, query: o.Query,
		operation: operation, variables: variables, titles: titles(o), format: f, options: options, at: h.options.Now(),
	}
	j.plan = report.New(schema, document, operation, variables, o.Labels, report.WholeList)
	_, p = j.tables()
	return j, p
}

func titles(o library.Operation) map[string]string {
	known := map[string]string{}
	for _, v := range o.Variables {
		known[v.Name] = v.Title
	}
	return known
}

// given reads parameters from the address, the header Report-Variables and the body;
// address are those of the address.
func (h *Reports) given(w http.ResponseWriter, r *http.Request) (all, address report.Given, _ *problem) {
	inAddress, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, nil, findings(report.Finding{Message: "the parameters of the address are not URL-encoded"})
	}
	all, address = report.Given{}, report.Given(inAddress)
	add := func(more map[string][]string) {
		for name, texts := range more {
			all[name] = append(all[name], texts...)
		}
	}
	add(inAddress)
	for _, line := range r.Header.Values("Report-Variables") {
		values, err := url.ParseQuery(line)
		if err != nil {
			return nil, nil,
				findings(report.Finding{Message: "the header Report-Variables is not written like a form, name=value&name=value, URL-encoded"})
		}
		add(values)
	}
	if r.Method != http.MethodPost {
		return all, address, nil
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.ContentLength == 0 && kind == "" {
		return all, address, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.options.BodyBytes))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		p := problemOf(fault.LimitExceeded, "the body is larger than this gateway takes")
		p.Status = http.StatusRequestEntityTooLarge
		return nil, nil, p
	}
	if err != nil {
		return nil, nil, findings(report.Finding{Message: "the body could not be read to its end"})
	}
	var values report.Given
	switch kind {
	case "application/x-www-form-urlencoded":
		var form url.Values
		if form, err = url.ParseQuery(string(body)); err != nil {
			return nil, nil, findings(report.Finding{Message: "the body is no URL-encoded form"})
		}
		values = report.Given(form)
	case "application/json":
		if values, err = report.FromJSON(body); err != nil {
			return nil, nil, findings(report.Finding{Message: err.Error()})
		}
	default:
		p := problemOf(fault.BadInput, "send the parameters as application/x-www-form-urlencoded or application/json")
		p.Status = http.StatusUnsupportedMediaType
		return nil, nil, p
	}
	add(values)
	return all, address, nil
}

// Negotiated answers GraphQL requests that ask for a file by Accept, and leaves the others
// to next.
func (h *Reports) Negotiated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		wanted := transport.Prefers(r.Header.Values("Accept"), mediaXLSX, mediaCSV)
		if wanted == "" {
			next.ServeHTTP(w, r)
			return
		}
		defer h.guard(w, r)
		prepare(w, r)
		w.Header().Add("Vary", "Accept")
		f := asCSV
		if wanted == mediaXLSX {
			f = asXLSX
		}
		j, p := h.queried(w, r, f)
		if p != nil {
			h.refuse(w, r, p)
			return
		}
		h.send(w, r, j)
	})
}

// queried checks a GraphQL request for a file.
func (h *Reports) queried(w http.ResponseWriter, r *http.Request, f format) (*job, *problem) {
	address, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, findings(report.Finding{Message: "the parameters of the address are not URL-encoded"})
	}
	if found := report.Given(address).Undecodable(); len(found) > 0 {
		return nil, findings(found...)
	}
	params, refused := h.graph.Read(w, r)
	if refused != nil {
		return nil, refusal(refused)
	}
	options, _, found := readOptions(f, report.Given(address), false)
	labels, known := h.labels(r, options.saved)
	if !known {
		found = append(found, report.Finding{Parameter: "labels",
			Message: "labels: there is no saved operation of this name; GET /reports lists them"})
	}
	if len(found) > 0 {
		return nil, findings(found...)
	}
	op, errs := h.graph.Check(r.Context(), params)
	if len(errs) > 0 {
		return nil, problemWith(details(errs))
	}
	j := &job{
		name: "query", title: "查询结果", query: params.Query, operation: op.Operation,
		variables: op.Variables, format: f, options: options, at: h.options.Now(),
	}
	if op.Operation.Name != "" {
		j.name, j.title = op.Operation.Name, op.Operation.Name
	}
	mode := report.AsAsked
	if options.whole {
		mode = report.WholeList
	}
	j.plan = report.New(h.graph.Schema(), op.Doc, op.Operation, op.Variables, labels, mode)
	_, p := j.tables()
	return j, p
}

// labels are those of the saved operation of a name, none for "".
func (h *Reports) labels(r *http.Request, name string) (labels report.Labels, known bool) {
	if name == "" {
		return nil, true
	}
	for _, o := range h.operations(r) {
		if o.Name == name {
			return o.Labels, true
		}
	}
	return nil, false
}
