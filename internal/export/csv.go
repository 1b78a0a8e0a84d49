package export

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"github.com/bureaugraph/bureaugraph/internal/report"
)

// csvFile is one list as CSV for spreadsheets: CRLF, and an apostrophe before a text that
// a spreadsheet would run as a formula. UTF-8 begins with a byte order mark. GB18030 has
// none, and every character but those of the private use area: the encoder makes others
// of them, so a file with one is refused.
type csvFile struct {
	job     *job
	to      io.Writer
	shut    func() error // of an encoder
	columns []*report.Column
	line    []byte
	lines   int
}

func newCSV(into io.Writer, j *job) *csvFile {
	f := &csvFile{job: j, to: into, shut: func() error { return nil }}
	if j.options.charset == "gb18030" {
		encoder := transform.NewWriter(into, simplifiedchinese.GB18030.NewEncoder())
		f.to, f.shut = encoder, encoder.Close
	} else {
		f.line = append(f.line, "\ufeff"...)
	}
	return f
}

func (f *csvFile) begin(t *report.Table) error {
	f.columns = t.Columns
	for _, head := range heads(t, f.job.options.head) {
		f.cell(head)
	}
	return f.send()
}

func (f *csvFile) row(_ *report.Reader, cells []report.Cell) error {
	for i, cell := range cells {
		f.cell(f.columns[i].Text(cell, f.job.options.labels))
	}
	return f.send()
}

// end says in last lines, of one cell with text and the others empty, what is missing.
func (f *csvFile) end(said []string) error {
	for _, text := range said {
		f.cell(text)
		for range len(f.columns) - 1 {
			f.cell("")
		}
		if err := f.send(); err != nil {
			return err
		}
	}
	return nil
}

func (f *csvFile) close(*summary) error { return f.shut() }

// incomplete is the sentence of a file that is not whole.
func incomplete(s *summary) string { return "数据不完整 · not whole: " + s.partial() }

// runs is what a spreadsheet takes for the beginning of a formula, in either width.
var runs = regexp.MustCompile(`^[=+\-@\t\r＝＋－＠]`)

// number is what may begin with a sign.
var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func (f *csvFile) cell(text string) {
	if runs.MatchString(text) && !number.MatchString(text) {
		text = "'" + text
	}
	if strings.ContainsAny(text, "\",\r\n") {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	f.line = append(f.line, text...)
	f.line = append(f.line, ',')
}

func (f *csvFile) send() error {
	f.lines++
	if f.job.options.charset == "gb18030" &&
		bytes.ContainsFunc(f.line, func(c rune) bool { return c >= 0xe000 && c <= 0xf8ff }) {
		return findings(report.Finding{Parameter: "charset",
			Message: fmt.Sprintf("charset: line %d holds a character of the private use area (造字), which this GB18030 cannot carry; take utf-8", f.lines)})
	}
	f.line[len(f.line)-1] = '\r' // the last comma
	f.line = append(f.line, '\n')
	_, err := f.to.Write(f.line)
	f.line = f.line[:0]
	return err
}

// heads are the headers of a table's columns. Of labels that stand twice each says its
// name too.
func heads(t *report.Table, head string) []string {
	times := map[string]int{}
	for _, c := range t.Columns {
		times[c.Label]++
	}
	texts := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		switch {
		case head == "field":
			texts[i] = c.Name
		case head == "both", times[c.Label] > 1:
			texts[i] = c.Label + " " + c.Name
		default:
			texts[i] = c.Label
		}
	}
	return texts
}
