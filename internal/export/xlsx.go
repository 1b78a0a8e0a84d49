package export

import (
	"fmt"
	"io"
	"math"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/report"
)

// xlsxFile is a workbook: a sheet a list, and 说明, which says what the file is. Rows are
// streamed: excelize keeps them compressed to temporary files from 16 MB a sheet on.
type xlsxFile struct {
	job    *job
	book   *excelize.File
	sheets map[*report.Table]string
	styles styles

	stream  *excelize.StreamWriter
	columns []*report.Column
	line    int // last one written
	cells   []any
	long    int // texts that were cut
}

// The bounds of a sheet.
const (
	mostLines      = 1_048_576
	mostCharacters = 32_767 // UTF-16 units of a cell
	exactDigits    = 15     // significant digits of a number
)

// styles are the numbers of the cell styles.
type styles struct {
	head, wrapped, warning, warned int
	first, repeated                cellStyles
}

// cellStyles are the numbers of the styles of cells by what they hold.
type cellStyles struct{ text, integer, money, date, instant int }

func newXLSX(into io.Writer, j *job, tables []*report.Table) (*xlsxFile, error) {
	f := &xlsxFile{job: j, book: excelize.NewFile(), sheets: map[*report.Table]string{}}
	// The library's own way gathers the whole file in memory.
	f.book.SetZipWriter(zipTo(into))
	taken := map[string]bool{strings.ToLower(aboutSheet): true}
	for i, t := range tables {
		name := sheetName(t.Label, taken)
		f.sheets[t] = name
		var err error
		if i == 0 {
			err = f.book.SetSheetName("Sheet1", name)
		} else {
			_, err = f.book.NewSheet(name)
		}
		if err != nil {
			return nil, fmt.Errorf("export: %w", err)
		}
	}
	if _, err := f.book.NewSheet(aboutSheet); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	if err := f.makeStyles(); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	return f, nil
}

// aboutSheet is the sheet that says what the file is.
const aboutSheet = "说明"

// sheetName makes a name that Excel takes, which no other sheet has.
func sheetName(label string, taken map[string]bool) string {
	clean := strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]`, c) || c < ' ' {
			return '_'
		}
		return c
	}, label)
	clean = strings.Trim(clean, "'")
	if clean == "" {
		clean = "Sheet"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = "(" + strconv.Itoa(n) + ")"
		}
		name := cut(clean, 31-len(suffix)) + suffix
		if key := strings.ToLower(name); !taken[key] {
			taken[key] = true
			return name
		}
	}
}

// cut shortens a text to so many UTF-16 units.
func cut(text string, most int) string {
	units := 0
	for at, c := range text {
		if units += utf16.RuneLen(c); units > most {
			return text[:at]
		}
	}
	return text
}

func (f *xlsxFile) makeStyles() error {
	format := func(text string) *string { return &text }
	grey := &excelize.Font{Color: "A0A7B0"}
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&f.styles.head, excelize.Style{Font: &excelize.Font{Bold: true},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF5"}}, CustomNumFmt: format("@")}},
		{&f.styles.first.text, excelize.Style{CustomNumFmt: format("@")}},
		{&f.styles.first.integer, excelize.Style{CustomNumFmt: format("0")}},
		{&f.styles.first.money, excelize.Style{CustomNumFmt: format("#,##0.00")}},
		{&f.styles.first.date, excelize.Style{CustomNumFmt: format("yyyy-mm-dd")}},
		{&f.styles.first.instant, excelize.Style{CustomNumFmt: format("yyyy-mm-dd hh:mm:ss")}},
		{&f.styles.repeated.text, excelize.Style{Font: grey, CustomNumFmt: format("@")}},
		{&f.styles.repeated.date, excelize.Style{Font: grey, CustomNumFmt: format("yyyy-mm-dd")}},
		{&f.styles.repeated.instant, excelize.Style{Font: grey, CustomNumFmt: format("yyyy-mm-dd hh:mm:ss")}},
		{&f.styles.warned,
			excelize.Style{Font: &excelize.Font{Bold: true, Color: "C00000"}, CustomNumFmt: format("@")}},
		{&f.styles.wrapped,
			excelize.Style{CustomNumFmt: format("@"), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&f.styles.warning, excelize.Style{Font: &excelize.Font{Bold: true, Color: "C00000"}, CustomNumFmt: format("@"),
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		n, err := f.book.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.into = n
	}
	return nil
}

// widths are the widths of columns, in characters, by type.
var widths = map[report.Type]float64{
	report.Integer: 10, report.Decimal: 12, report.Money: 14, report.Date: 12,
	report.PartialDate: 12, report.Instant: 20, report.Flag: 8, report.Enum: 16,
}

func (f *xlsxFile) begin(t *report.Table) error {
	if err := f.finish(); err != nil {
		return err
	}
	var err error
	if f.stream, err = f.book.NewStreamWriter(f.sheets[t]); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	f.columns, f.line, f.cells = t.Columns, 0, make([]any, len(t.Columns))
	for i, c := range t.Columns {
		width := widths[c.Type]
		if width == 0 || c.List {
			width = 24
		}
		if err := f.stream.SetColWidth(i+1, i+1, width); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if err := f.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2",
		ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for i, head := range heads(t, f.job.options.head) {
		f.cells[i] = excelize.Cell{StyleID: f.styles.head, Value: f.text(head)}
	}
	return f.write(f.cells)
}

// row writes a row. What is repeated from the row before is grey, so that each row can be
// filtered and grouped; a number that is repeated is left out, so that sums and pivot
// tables count it once.
func (f *xlsxFile) row(r *report.Reader, cells []report.Cell) error {
	for i, cell := range cells {
		c := f.columns[i]
		switch {
		case !r.Repeated(i):
			f.cells[i] = f.cell(c, cell, &f.styles.first)
		case numeric(c) && !c.List:
			f.cells[i] = nil
		default:
			f.cells[i] = f.cell(c, cell, &f.styles.repeated)
		}
	}
	return f.write(f.cells)
}

// end says in last lines what is missing.
func (f *xlsxFile) end(said []string) error {
	for _, text := range said {
		if err := f.write([]any{excelize.Cell{StyleID: f.styles.warned, Value: f.text(text)}}); err != nil {
			return err
		}
	}
	return nil
}

// write writes one line of the sheet that is open.
func (f *xlsxFile) write(cells []any) error {
	if f.line++; f.line > mostLines {
		return problemOf("LIMIT_EXCEEDED",
			fmt.Sprintf("a sheet holds %d lines at most; ask for less, or for CSV", mostLines))
	}
	if err := f.stream.SetRow("A"+strconv.Itoa(f.line), cells); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// cell types a cell: numbers and days are such, everything else is text, so that a
// number of many digits or with leading zeros stays what it is.
func (f *xlsxFile) cell(c *report.Column, cell report.Cell, styles *cellStyles) any {
	if cell == nil {
		return nil
	}
	if flag, is := cell.(bool); is && !f.job.options.labels {
		return flag
	}
	text := c.Text(cell, f.job.options.labels)
	if !c.List {
		switch c.Type {
		case report.Integer, report.Decimal, report.Money:
			if value, ok := exactly(text); ok {
				style := map[report.Type]int{report.Integer: styles.integer, report.Money: styles.money}[c.Type]
				return excelize.Cell{StyleID: style, Value: value}
			}
		case report.Date:
			if day, err := time.Parse(time.DateOnly, text); err == nil && hasSerial(day) {
				return excelize.Cell{StyleID: styles.date, Value: serial(day)}
			}
		case report.Instant:
			if moment, err := time.Parse(time.RFC3339, text); err == nil && hasSerial(moment) {
				local := model.InShanghai(moment)
				wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(),
					local.Second(), 0, time.UTC)
				return excelize.Cell{StyleID: styles.instant, Value: serial(wall)}
			}
		}
	}
	return excelize.Cell{StyleID: styles.text, Value: f.text(text)}
}

// exactly gives a number that a sheet holds without loss.
func exactly(text string) (float64, bool) {
	digits := strings.Trim(strings.NewReplacer("-", "", ".", "").Replace(text), "0")
	if !number.MatchString(text) || len(digits) > exactDigits {
		return 0, false
	}
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil && !math.IsInf(value, 0)
}

// hasSerial is whether a sheet can hold the day as one: its count of days is right from
// 1900-03-01 on, to the year 9999.
func hasSerial(day time.Time) bool {
	return day.Year() > 1900 || day.Year() == 1900 && day.Month() >= time.March
}

// serial is a moment as sheets count: days since 1899-12-30.
func serial(at time.Time) float64 {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	seconds := at.Unix() - epoch.Unix()
	return float64(seconds) / 86400
}

// text is a text as a cell stores it, cut where it is longer than a cell can be.
func (f *xlsxFile) text(text string) string {
	stored := written(text)
	if utf8.RuneCountInString(stored)*2 <= mostCharacters || cut(stored, mostCharacters) == stored {
		return stored
	}
	f.long++
	runes := []rune(text)
	// The longest beginning that is short enough once it is written.
	n := sort.Search(len(runes), func(n int) bool {
		stored := written(string(runes[:n+1]))
		return cut(stored, mostCharacters-1) != stored
	})
	return written(string(runes[:n])) + "…"
}

// finish ends the sheet that is open.
func (f *xlsxFile) finish() error {
	if f.stream == nil {
		return nil
	}
	if err := f.stream.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	f.stream = nil
	return nil
}

func (f *xlsxFile) close(s *summary) error {
	if err := f.finish(); err != nil {
		return err
	}
	if err := f.about(s); err != nil {
		return err
	}
	if err := f.book.Write(io.Discard); err != nil { // goes to the zip writer set above
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// discard removes what the library keeps in temporary files.
func (f *xlsxFile) discard() { _ = f.book.Close() }
