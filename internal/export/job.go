package export

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/internal/report"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// job is one file to make.
type job struct {
	name        string // of the file and the report: letters and hyphens
	title       string // Chinese; the name where there is none
	description string
	owner       string
	query       string // the document that was asked for
	operation   *ast.OperationDefinition
	variables   map[string]any
	titles      map[string]string // of variables
	plan        *report.Plan
	format      format
	options     options
	at          time.Time
	disclosure  *access.Disclosure // of the request; nil where there is no policy
}

// summary is what a file says of itself.
type summary struct {
	Lists   []listSummary
	Missing []detail // what a system that failed keeps out of the file
	Notices []notice
	Sources []sources.Entry

	rows    int    // of all lists
	next    string // cursor behind the page; "" at the end
	total   *int
	atLeast *int
}

// listSummary is what a file says of one list.
type listSummary struct {
	table         *report.Table
	records, rows int
	whole         bool // the file has it from its beginning to its end
	withheld      int  // groups and figures that are not shown because few persons stand behind them
	notices       []notice
}

// sentences are what the end of the list's rows says of them, in both languages: what is
// missing, and what goes on.
func (s *summary) sentences(l listSummary) (texts []string) {
	var of summary
	for _, m := range s.Missing {
		if m.Path == "" || l.table.Name == report.Overview ||
			strings.Split(m.Path, ".")[0] == strings.Split(l.table.Name, ".")[0] {
			of.Missing = append(of.Missing, m)
		}
	}
	if len(of.Missing) > 0 {
		texts = append(texts, incomplete(&of))
	}
	for _, n := range l.notices {
		texts = append(texts, n.Message)
	}
	return texts
}

// notice says what a reader of the rows should know.
type notice struct {
	Code    string `json:"code"` // PART: the list goes on behind the rows; CUT: so do lists inside its records
	List    string `json:"list"` // its name, or theirs in the record, dotted
	Count   int    `json:"count"`
	Message string `json:"message"`
}

func (s *summary) partial() string {
	var words []string
	for _, m := range s.Missing {
		if word := strings.TrimSpace(string(m.Code) + " " + m.System); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

// codes are those of what is missing, each once.
func (s *summary) codes() (list []string) {
	for _, m := range s.Missing {
		if !slices.Contains(list, string(m.Code)) {
			list = append(list, string(m.Code))
		}
	}
	return list
}

// cut names the lists that go on behind what the file has of them; "" for none.
func (s *summary) cut() string {
	var names []string
	for _, n := range s.Notices {
		if !slices.Contains(names, n.List) {
			names = append(names, n.List)
		}
	}
	return strings.Join(names, ", ")
}

// repeats names the columns whose values stand on several rows and count once; "" for none.
func (s *summary) repeats() string {
	var names []string
	for _, l := range s.Lists {
		for _, c := range l.table.Columns {
			if c.Repeats && l.rows > l.records && !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	return strings.Join(names, ", ")
}

// disposition names the file for whoever saves it.
func (j *job) disposition(s *summary) string {
	ascii, title := j.name, j.title
	switch {
	case len(s.Missing) > 0:
		ascii, title = ascii+"-partial", title+"（不完整）"
	case len(s.Notices) > 0:
		ascii, title = ascii+"-part", title+"（部分）"
	}
	title = strings.Map(func(c rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, c) || c < ' ' {
			return '_'
		}
		return c
	}, title)
	ending := "." + string(j.format)
	return mime.FormatMediaType("attachment", map[string]string{"filename": ascii + ending}) + "; filename*=UTF-8''" +
		percent(title+ending)
}

// percent encodes a text for a header (RFC 8187).
func percent(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// tables are the lists that the file holds.
func (j *job) tables() ([]*report.Table, *problem) {
	lists := j.plan.Lists()
	if len(j.plan.Tables) == 0 {
		return nil, findings(report.Finding{Message: "the query selects nothing that could stand in a row"})
	}
	if j.options.list != "" {
		at := slices.IndexFunc(j.plan.Tables, func(t *report.Table) bool { return t.Name == j.options.list })
		if at < 0 {
			var names []string
			for _, t := range j.plan.Tables {
				names = append(names, t.Name)
			}
			return nil, findings(report.Finding{Parameter: "list",
				Message: "list: there is no such list; the lists are " + strings.Join(names, ", ")})
		}
		return j.plan.Tables[at : at+1], nil
	}
	if j.format == asXLSX && j.options.size == 0 {
		return j.plan.Tables, nil
	}
	if len(lists) > 1 {
		return nil, candidates(lists)
	}
	return lists, nil
}

// file is a file in the making.
type file interface {
	// begin begins the rows of a list.
	begin(t *report.Table) error
	// row writes one row, as it stands in the reader.
	row(r *report.Reader, cells []report.Cell) error
	// end ends the rows of a list, with what is to say of them.
	end(said []string) error
	// close writes what stands behind all rows.
	close(s *summary) error
}

// write makes the file.
func (j *job) write(ctx context.Context, e *Exporter, into *spool) (*summary, error) {
	tables, refused := j.tables()
	if refused != nil {
		return nil, refused
	}
	log := sources.New(false)
	w := &writing{job: j, exporter: e, ctx: sources.With(ctx, log), summary: &summary{}}
	switch j.format {
	case asCSV:
		w.file = newCSV(into, j)
	case asXLSX:
		x, err := newXLSX(into, j, tables)
		if err != nil {
			return nil, err
		}
		defer x.discard()
		w.file = x
	default:
		w.file = newJSON(into, j)
	}
	for _, run := range j.plan.Runs {
		wanted := slices.DeleteFunc(slices.Clone(run.Tables),
			func(t *report.Table) bool { return !slices.Contains(tables, t) })
		if len(wanted) == 0 {
			continue
		}
		var err error
		if run.First != "" {
			err = w.pages(run)
		} else {
			err = w.once(run, wanted)
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(w.summary.Lists, func(a, b listSummary) int {
		return slices.Index(tables, a.table) - slices.Index(tables, b.table)
	})
	w.summary.Sources = log.Entries()
	return w.summary, w.file.close(w.summary)
}

// writing is a file being written.
type writing struct {
	*job
	exporter *Exporter
	ctx      context.Context
	file     file
	summary  *summary
}

// ask runs one operation and gives its data; nil where it has none, with partial files
// only.
func (w *writing) ask(query string, names []string, more map[string]any) (map[string]any, error) {
	variables := map[string]any{}
	for _, name := range names {
		if value, given := w.variables[name]; given {
			variables[name] = value
		}
	}
	maps.Copy(variables, more)
	response, release := w.exporter.graph.Run(w.ctx,
		&graphql.RawParams{Query: query, OperationName: w.operation.Name, Variables: variables})
	defer release()
	if err := w.ctx.Err(); err != nil {
		return nil, err
	}
	if len(response.Errors) > 0 {
		errors := details(response.Errors)
		bearable := !slices.ContainsFunc(errors, func(d detail) bool {
			return !d.Code.IsOfSource()
		})
		if !w.options.partial || !bearable {
			return nil, problemWith(errors)
		}
		w.missing(errors)
	}
	if response.Data == nil {
		return nil, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(response.Data))
	decoder.UseNumber()
	var data map[string]any
	if err := decoder.Decode(&data); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	return data, nil
}

// missing notes errors of a partial file, each kind of place once.
func (w *writing) missing(errors []detail) {
	for _, d := range errors {
		d.Path = withoutIndexes(d.Path)
		if !slices.Contains(w.summary.Missing, d) {
			w.summary.Missing = append(w.summary.Missing, d)
		}
	}
}

// withoutIndexes takes the places in lists out of a path: cases.nodes[3].lawyer is
// cases.nodes.lawyer.
func withoutIndexes(path string) string {
	for {
		open := strings.IndexByte(path, '[')
		if open < 0 {
			return path
		}
		shut := strings.IndexByte(path[open:], ']')
		if shut < 0 {
			return path
		}
		path = path[:open] + path[open+shut+1:]
	}
}

// emit writes one row of a reader, within the limit.
func (w *writing) emit(reader *report.Reader, row []report.Cell) error {
	w.summary.rows++
	if most := w.exporter.options.Limits.Rows; w.summary.rows > most {
		return problemOf(fault.LimitExceeded,
			fmt.Sprintf("the file would have more than %d rows; ask for less, or for pages", most))
	}
	return w.file.row(reader, row)
}

// once writes tables that one answer has whole.
func (w *writing) once(run *report.Run, tables []*report.Table) error {
	data, err := w.ask(run.Query, run.Variables, nil)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := w.file.begin(t); err != nil {
			return err
		}
		reader := t.Reader()
		from, to := 0, -1
		if w.options.size > 0 {
			if w.options.after != "" {
				return findings(report.Finding{Parameter: "after",
					Message: "after: this list has no cursors; take it by page and size"})
			}
			from, to = (w.options.page-1)*w.options.size, w.options.page*w.options.size
		}
		rows := w.summary.rows
		err := reader.Read(data, func(row []report.Cell) error {
			if reader.Records <= from || to >= 0 && reader.Records > to {
				return nil // a page is one of records, which may have several rows
			}
			return w.emit(reader, row)
		})
		if err != nil {
			return err
		}
		w.summary.total = &reader.Records
		if reader.Total != nil {
			w.summary.total = reader.Total
		}
		records := reader.Records
		if to >= 0 {
			records = min(records, to) - min(records, from)
		}
		if err := w.done(reader, listSummary{table: t, records: records, rows: w.summary.rows - rows,
			whole: to < 0 && !reader.More}); err != nil {
			return err
		}
	}
	return nil
}

// pages writes a table page by page.
func (w *writing) pages(run *report.Run) error {
	t, o := run.Tables[0], w.options
	if err := w.file.begin(t); err != nil {
		return err
	}
	after, more, err := w.skip(run)
	if err != nil {
		return err
	}
	if o.size > 0 && !more { // the page lies behind the end
		data, err := w.ask(run.Counting, run.Variables, position(run, 1, ""))
		if err != nil {
			return err
		}
		stands := run.Page(data)
		w.summary.total, w.summary.atLeast = stands.Total, stands.AtLeast
	}
	reader := t.Reader()
	start := w.summary.rows
	records, query, broken := 0, run.Counting, false
	var began report.Page // what the list counted when the file was begun
	for more && (o.size == 0 || records < o.size) {
		n := page.MaxSize
		if o.size > 0 {
			n = min(n, o.size-records)
		}
		data, err := w.ask(query, run.Variables, position(run, n, after))
		if err != nil {
			return err
		}
		if err := reader.Read(data, func(row []report.Cell) error { return w.emit(reader, row) }); err != nil {
			return err
		}
		stands := run.Page(data)
		if stands.Null && len(w.summary.Missing) > 0 {
			broken = true
			break
		}
		if query == run.Counting {
			w.summary.total, w.summary.atLeast, query = stands.Total, stands.AtLeast, run.Query
			began = stands
		}
		if stands.More && (stands.Cursor == "" || stands.Cursor == after) {
			return fmt.Errorf("export: a list says that it goes on, and not from where")
		}
		records += stands.Records
		after, more = stands.Cursor, stands.More
	}
	if !more && !broken && o.after == "" && (records > 0 || o.page <= 1) {
		// The end was seen, so the count is exact, however long the list is.
		total := records
		if o.page > 1 {
			total += (o.page - 1) * o.size
		}
		w.summary.total, w.summary.atLeast = &total, nil
		broken = w.differs(t, began, total)
	}
	if more && !broken {
		w.summary.next = after
	}
	return w.done(reader,
		listSummary{table: t, records: records, rows: w.summary.rows - start, whole: o.size == 0 && !broken})
}

// differs tells, and says in the file, that a list had another number of records than were
// read: some came or went meanwhile, or the system gave them in no order that holds.
func (w *writing) differs(t *report.Table, began report.Page, read int) bool {
	counted := began.Total
	if counted == nil {
		counted = began.AtLeast
	}
	if counted == nil || *counted == read || began.Total == nil && *counted < read {
		return false
	}
	w.summary.Missing = append(w.summary.Missing, detail{Code: countDiffers, Path: t.Name, Message: fmt.Sprintf(
		"%s had %d records when the file was begun, and %d were read · 开始导出时有 %d 条，实际读到 %d 条", t.Name, *counted, read,
		*counted, read)})
	return true
}

// countDiffers is the code of a file that does not hold as many records as were counted.
const countDiffers fault.Code = "COUNT_DIFFERS"

// skip passes over what stands before the wanted page; more is whether anything stands
// behind it.
func (w *writing) skip(run *report.Run) (after string, more bool, err error) {
	after, more = w.options.after, true
	for left := (w.options.page - 1) * w.options.size; left > 0 && more; {
		n := min(left, page.MaxSize)
		data, err := w.ask(run.Skipping, run.SkippingVariables, position(run, n, after))
		if err != nil {
			return "", false, err
		}
		stands := run.Page(data)
		after, more, left = stands.Cursor, stands.More, left-n
	}
	return after, more, nil
}

func position(run *report.Run, first int, after string) map[string]any {
	p := map[string]any{run.First: first}
	if after != "" {
		p[run.After] = after
	}
	return p
}

// done notes what became of a list, and ends its rows with what they lack.
func (w *writing) done(reader *report.Reader, l listSummary) error {
	if reader.More {
		of, all := "", ""
		if reader.Total != nil {
			of, all = fmt.Sprintf(" of %d", *reader.Total), fmt.Sprintf("，共 %d 条", *reader.Total)
		}
		l.notices = append(l.notices, notice{Code: "PART", List: l.table.Name, Count: l.records, Message: fmt.Sprintf(
			"%s: the first %d records%s, and not all · 只有前 %d 条，不是全部%s", l.table.Name, l.records, of, l.records, all)})
	}
	for _, list := range slices.Sorted(maps.Keys(reader.Cut)) {
		n := reader.Cut[list]
		l.notices = append(l.notices, notice{Code: "CUT", List: list, Count: n, Message: fmt.Sprintf(
			"%s: %d lists go on behind what the query's first lets through · 其中 %d 个列表因查询的 first 限制未列全", list, n, n)})
	}
	l.withheld = reader.Withheld
	w.summary.Lists = append(w.summary.Lists, l)
	w.summary.Notices = append(w.summary.Notices, l.notices...)
	return w.file.end(w.summary.sentences(l))
}
