package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/report"
)

// format is a kind of file.
type format string

// The formats, by the ending of their files.
const (
	asJSON format = "json"
	asCSV  format = "csv"
	asXLSX format = "xlsx"
)

// Media types of the files.
const (
	mediaCSV  = "text/csv"
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func (f format) contentType(o options) string {
	switch f {
	case asCSV:
		return mediaCSV + "; charset=" + o.charset + "; header=present"
	case asXLSX:
		return mediaXLSX
	}
	return "application/json; charset=utf-8"
}

// options say what a file holds and how it is written.
type options struct {
	list    string // name of one list; "" for the only one, or all
	head    string // zh, field, both
	labels  bool   // of enum values and flags, instead of codes
	charset string // utf-8, gb18030
	partial bool   // a file also when a system fails
	whole   bool   // lists to their end, instead of as far as the query's first goes
	page    int    // from 1; 0 for none
	size    int    // records a page; 0 for all
	after   string // cursor to go on from; "" for the beginning
	saved   string // the saved operation whose labels head the columns; "" for none
}

// bounds of paging by page number: what lies before the page is passed over, page by page.
const (
	mostSize    = 10_000
	mostSkipped = 100_000
	defaultSize = 200
)

// optionNames are the names that a report's variables can only have with "var.".
var optionNames = []string{"list", "head", "enum", "charset", "partial", "page", "size", "after"}

// readOptions takes the options out of what was given; rest are variables. Those of
// paging are a report's, pages is a query's.
func readOptions(f format, given report.Given, isReport bool) (o options, rest report.Given, found []report.Finding) {
	r := optionReader{given: given}
	o = options{head: "zh", charset: "utf-8", labels: f != asJSON, whole: isReport}
	if f == asJSON {
		o.head = "field"
	}
	o.list = r.text("list")
	o.head = r.word("head", o.head, "zh", "field", "both")
	o.labels = r.word("enum", map[bool]string{true: "label", false: "code"}[o.labels], "label", "code") == "label"
	o.charset = r.word("charset", o.charset, "utf-8", "gb18030")
	if o.charset != "utf-8" && f != asCSV {
		r.find("charset", "goes with CSV only; %s is what it is", strings.ToUpper(string(f)))
	}
	o.partial = r.word("partial", "refuse", "refuse", "allow") == "allow"
	names := optionNames
	if isReport {
		o.page = r.number("page", 1, mostSkipped)
		o.size = r.number("size", 1, mostSize)
		o.after = r.text("after")
		if o.page > 0 && o.after != "" {
			r.find("after", "goes in place of page: leave one out")
		}
		if o.size == 0 && (o.page > 0 || o.after != "") {
			o.size = defaultSize
		}
		if o.size > 0 && o.page == 0 {
			o.page = 1
		}
		if (o.page-1)*o.size > mostSkipped {
			r.find("page",
				"lies more than %d records into the list; go on with after, by the next of the page before, or take the whole list", mostSkipped)
		}
		if o.after != "" {
			o.page = 0
		}
	} else {
		o.whole = r.word("pages", "one", "one", "all") == "all"
		o.saved = r.text("labels")
		names = append(slices.Clone(names[:5]), "pages", "labels")
	}
	rest = report.Given{}
	for name, texts := range given {
		if !slices.Contains(names, name) {
			rest[name] = texts
		}
	}
	return o, rest, r.found
}

// optionReader reads options and gathers findings.
type optionReader struct {
	given report.Given
	found []report.Finding
}

func (r *optionReader) find(name, format string, args ...any) {
	r.found = append(r.found, report.Finding{Parameter: name, Message: name + ": " + fmt.Sprintf(format, args...)})
}

// text reads an option; "" when it is not given, or empty.
func (r *optionReader) text(name string) string {
	texts := slices.DeleteFunc(slices.Clone(r.given[name]), func(text string) bool { return text == "" })
	if len(texts) == 0 {
		return ""
	}
	if len(texts) > 1 {
		r.find(name, "is given %d times and takes one value", len(texts))
	}
	return texts[0]
}

func (r *optionReader) word(name, absent string, known ...string) string {
	text := r.text(name)
	switch {
	case text == "":
		return absent
	case !slices.Contains(known, text):
		r.find(name, "must be one of %s", strings.Join(known, ", "))
		return absent
	}
	return text
}

func (r *optionReader) number(name string, least, most int) int {
	text := r.text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		r.find(name, "must be a whole number from %d to %d", least, most)
		return 0
	}
	return n
}
