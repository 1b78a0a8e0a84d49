package export

import (
	"bytes"
	"encoding/json"
	"io"
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/report"
)

// jsonFile is one list as JSON rows.
type jsonFile struct {
	job     *job
	to      io.Writer
	columns []*report.Column
	keys    [][]byte // `"name":`, with the comma before it
	line    bytes.Buffer
	encoder *json.Encoder // into line
	begun   bool
}

func newJSON(into io.Writer, j *job) *jsonFile {
	f := &jsonFile{job: j, to: into}
	f.encoder = json.NewEncoder(&f.line)
	f.encoder.SetEscapeHTML(false)
	return f
}

// jsonColumn describes a column to a tool.
type jsonColumn struct {
	Name     string      `json:"name"` // key in rows, unless head says otherwise
	Label    string      `json:"label"`
	Type     report.Type `json:"type"`
	List     bool        `json:"list"`     // several values in a cell, as text
	Personal bool        `json:"personal"` // masked unless a role may see it
	Repeats  bool        `json:"repeats"`  // of a record with lists of its own: on each of their rows, and counts once
}

func columnsOf(t *report.Table) []jsonColumn {
	list := make([]jsonColumn, len(t.Columns))
	for i, c := range t.Columns {
		list[i] = jsonColumn{Name: c.Name, Label: c.Label, Type: c.Type, List: c.List, Personal: c.Personal,
			Repeats: c.Repeats}
	}
	return list
}

func (f *jsonFile) begin(t *report.Table) error {
	f.columns = t.Columns
	f.line.WriteByte('{')
	f.entry("report", f.job.name)
	f.entry("title", f.job.title)
	f.entry("list", t.Name)
	f.entry("generatedAt", model.InShanghai(f.job.at).Format(time.RFC3339))
	f.entry("columns", columnsOf(t))
	f.line.WriteString(`"rows":[`)
	for i, head := range heads(t, f.job.options.head) {
		key, err := json.Marshal(head)
		if err != nil {
			return err
		}
		if i > 0 {
			key = append([]byte{','}, key...)
		}
		f.keys = append(f.keys, append(key, ':'))
	}
	return f.flush()
}

// entry writes one entry of the top object and the comma behind it.
func (f *jsonFile) entry(name string, value any) {
	f.value(name)
	f.line.WriteByte(':')
	f.value(value)
	f.line.WriteByte(',')
}

// value writes a value that JSON has.
func (f *jsonFile) value(value any) {
	_ = f.encoder.Encode(value)       // into memory, of types that cannot fail
	f.line.Truncate(f.line.Len() - 1) // the encoder's line end
}

func (f *jsonFile) row(_ *report.Reader, cells []report.Cell) error {
	if f.begun {
		f.line.WriteByte(',')
	}
	f.begun = true
	f.line.WriteString("\n{")
	for i, cell := range cells {
		f.line.Write(f.keys[i])
		c := f.columns[i]
		switch cell := cell.(type) {
		case nil:
			f.line.WriteString("null")
		case json.Number:
			f.line.WriteString(cell.String())
		case bool:
			if f.job.options.labels {
				f.value(c.Text(cell, true))
			} else {
				f.value(cell)
			}
		default:
			text := c.Text(cell, f.job.options.labels)
			if numeric(c) && !c.List && number.MatchString(text) && json.Valid([]byte(text)) {
				f.line.WriteString(text) // exact: a text of digits is a number as it stands
			} else {
				f.value(text)
			}
		}
	}
	f.line.WriteByte('}')
	return f.flush()
}

// numeric is whether a column's cells are numbers, or texts that are.
func numeric(c *report.Column) bool {
	return c.Type == report.Integer || c.Type == report.Decimal || c.Type == report.Money
}

func (f *jsonFile) flush() error {
	if f.line.Len() < 16<<10 && f.begun {
		return nil
	}
	_, err := f.line.WriteTo(f.to)
	return err
}

func (f *jsonFile) end([]string) error { return nil } // close says it for programs

func (f *jsonFile) close(s *summary) error {
	o := f.job.options
	f.line.WriteString("\n],")
	f.entry("count", s.rows)
	f.entry("records", s.Lists[0].records)
	f.entry("page", nullable(o.page))
	f.entry("size", nullable(o.size))
	f.entry("total", s.total)
	f.entry("totalAtLeast", s.atLeast)
	if s.next == "" {
		f.entry("next", nil)
	} else {
		f.entry("next", s.next)
	}
	f.entry("partial", len(s.Missing) > 0)
	f.entry("missing", orEmpty(s.Missing))
	f.entry("notices", orEmpty(s.Notices))
	f.entry("sources", orEmpty(s.Sources))
	f.line.Truncate(f.line.Len() - 1)
	f.line.WriteString("}\n")
	_, err := f.line.WriteTo(f.to)
	return err
}

// nullable is a number that 0 stands in for nothing of.
func nullable(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// orEmpty makes a list that JSON writes as [].
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
