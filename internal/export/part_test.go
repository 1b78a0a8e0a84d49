package export

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// TestAPartSaysThatItIsOne: a file of as many records as the query asks for, of a list that
// goes on, says so in its name, its headers, below its rows and in 说明.
func TestAPartSaysThatItIsOne(t *testing.T) {
	url := serve(t, &stub{rows: 45}, Limits{}) // the stub gives 20 records where it is not asked for more
	const query = `{"query":"{ cases { totalCount nodes { number } } }"}`
	const sentence = "cases: the first 20 records of 45, and not all · 只有前 20 条，不是全部，共 45 条"
	ask := func(media, options string) answer {
		return fetch(t, http.MethodPost, url+"/graphql"+options, query, "Content-Type: application/json",
			"Accept: "+media)
	}
	csv, xlsx := ask(mediaCSV, ""), ask(mediaXLSX, "")
	for ending, file := range map[string]answer{"csv": csv, "xlsx": xlsx} {
		disposition := file.header.Get("Content-Disposition")
		if file.status != http.StatusOK || file.header.Get("Report-Cut") != "cases" ||
			file.header.Get("Report-Rows") != "20" ||
			!strings.Contains(disposition, "query-part."+ending) || !strings.Contains(disposition, percent("（部分）")) {
			t.Errorf("%s: status %d, %v: %.300s", ending, file.status, file.header, file.body)
		}
	}
	if lines := strings.Split(strings.TrimSuffix(csv.body, "\r\n"), "\r\n"); len(lines) != 22 ||
		lines[21] != `"`+sentence+`"` {
		t.Errorf("%d lines, the last %s", len(lines), lines[len(lines)-1])
	}
	book := open(t, xlsx.body)
	if rows, _ := book.GetRows("案件"); len(rows) != 22 || rows[21][0] != sentence {
		t.Errorf("%d rows, the last %v", len(rows), rows[len(rows)-1])
	}
	about := sheet(t, book, "说明")
	for _, said := range []string{"但本文件不是全部", "| 20 | 20 | 部分", "注意 | " + sentence} {
		if !strings.Contains(about, said) {
			t.Errorf("说明 does not say %q:\n%s", said, about)
		}
	}
	for _, media := range []string{mediaCSV, mediaXLSX} {
		whole := ask(media, "?pages=all")
		if whole.header.Get("Report-Rows") != "45" || whole.header.Get("Report-Cut") != "" ||
			strings.Contains(whole.header.Get("Content-Disposition"), "part") {
			t.Errorf("all pages: %v", whole.header)
		}
	}
}

// cased is a case whose lawyer has others: three rows for the first, none of its own for
// the second, and so on, with a sum that only counts cases.
func cased(i int) map[string]any {
	others := make([]any, i%4)
	for n := range others {
		others[n] = map[string]any{"number": strconv.Itoa(n), "people": 100}
	}
	return map[string]any{"number": "案" + strconv.Itoa(i), "people": i + 1, "fee": "2.50", "day": "2023-03-15",
		"lawyer": map[string]any{"cases": map[string]any{"nodes": others}}}
}

// TestARecordCountsOnce: the numbers of a record that has several rows stand once in a
// sheet, so that its sums and pivot tables are those of records; texts and days stand on
// each row, by which it is filtered. CSV and JSON are flat, and name the columns.
func TestARecordCountsOnce(t *testing.T) {
	url := serve(t, &stub{rows: 40, row: cased}, Limits{})
	const query = `{"query":"{ cases { nodes { number people fee day lawyer { cases { nodes { number people } } } } } }"}`
	ask := func(media string) answer {
		return fetch(t, http.MethodPost, url+"/graphql?pages=all", query, "Content-Type: application/json",
			"Accept: "+media)
	}
	xlsx := ask(mediaXLSX)
	if got := xlsx.header.Get("Report-Repeats"); got != "number, people, fee, day" {
		t.Errorf("repeats %q", got)
	}
	book := open(t, xlsx.body)
	rows, err := book.GetRows("案件")
	if err != nil {
		t.Fatal(err)
	}
	sums, filled := make([]float64, len(rows[0])), make([]int, len(rows[0]))
	for _, row := range rows[1:] {
		for i, text := range row {
			if text == "" {
				continue
			}
			filled[i]++
			n, _ := strconv.ParseFloat(text, 64)
			sums[i] += n
		}
	}
	// Of 40 records a quarter has no row below it, one, two, three: 70 rows.
	if len(rows) != 71 || sums[1] != 820 || sums[2] != 100 || sums[5] != 6000 {
		t.Errorf("%d rows, sums %v", len(rows), sums)
	}
	if filled[0] != 70 || filled[1] != 40 || filled[2] != 40 || filled[3] != 70 {
		t.Errorf("filled cells %v", filled)
	}
	about := sheet(t, book, "说明")
	if !strings.Contains(about, "重复列 | 案件：案号、人数、费用、日期。") || !strings.Contains(about, "| 40 | 70 | 全部") {
		t.Errorf("%s", about)
	}
	csv := ask(mediaCSV)
	if csv.header.Get("Report-Repeats") != "number, people, fee, day" || strings.Count(csv.body, "\r\n") != 71 ||
		strings.Count(csv.body, "案3,4,2.50,2023-03-15,") != 3 {
		t.Errorf("%v: %.500s", csv.header, csv.body)
	}
}

// TestUndecodable: what is no UTF-8 is refused at every door by its name, also where it
// comes from tools that send GBK. It fitted no record before, and the file was empty.
func TestUndecodable(t *testing.T) {
	url := serve(t, &stub{rows: 3}, Limits{})
	const gbk = "%C1%D9%C6%D6%D5%F2" // 临浦镇
	form, json := "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/json"
	for _, c := range []struct {
		method, path, body string
		header             []string
		want               string
	}{
		{"GET", "/reports/cases.csv?status=" + gbk, "", nil, "status is not valid UTF-8"},
		{"GET", "/reports/cases.csv?var.status=" + gbk, "", nil, "var.status is not valid UTF-8"},
		{"GET", "/reports/cases.csv?filter.state=" + gbk, "", nil, "filter.state is not valid UTF-8"},
		{"GET", "/reports/cases.csv?list=" + gbk, "", nil, "list is not valid UTF-8"},
		{"GET", "/reports/cases.csv?" + gbk + "=1", "", nil, "… is not valid UTF-8"},
		{"GET", "/reports/cases.csv", "", []string{"Report-Variables: status=" + gbk}, "status is not valid UTF-8"},
		{"POST", "/reports/cases.csv", "status=" + gbk, []string{form}, "status is not valid UTF-8"},
		{"POST", "/reports/cases.csv", "{\"status\":\"\xc1\xd9\xc6\xd6\"}", []string{json},
			"status is not valid UTF-8"},
		{"POST", "/reports/cases.csv", "{\"filter\":{\"and\":[{\"state\":\"\xc1\xd9\"}]}}", []string{json},
			"filter.and is not valid UTF-8"},
		{"POST", "/reports/cases.csv", "{\"status\":[\"OPEN\",\"\xc1\xd9\"]}", []string{json},
			"status is not valid UTF-8"},
		{"POST", "/reports/cases.csv", "{\"\xc1\xd9\":\"OPEN\"}", []string{json}, "… is not valid UTF-8"},
		// 宊: its second byte is a backslash
		{"POST", "/reports/cases.csv", "{\"status\":\"\x8c\x5c\"}", []string{json}, "the body is not valid UTF-8"},
		{"POST", "/graphql?labels=" + gbk, `{"query":"{ towns { name } }"}`, []string{json, "Accept: " + mediaCSV},
			"labels is not valid UTF-8"},
		{"POST", "/graphql", "{\"query\":\"{ towns { name } } # \xc1\xd9\"}", []string{json, "Accept: " + mediaCSV},
			"the body is not valid UTF-8"},
		{"GET", "/graphql?operationName=" + gbk + "&query=%7Btowns%7Bname%7D%7D", "", []string{"Accept: " + mediaCSV},
			"operationName is not valid UTF-8"},
		{"GET", "/graphql?query=%7Btowns%7Bname%7D%7D%23" + gbk, "", nil, "query is not valid UTF-8"},
		{"GET", "/graphql?query=%7Btowns%7Bname%7D%7D&variables=%7B%22a%22%3A%22" + gbk + "%22%7D", "", nil,
			"variables is not valid UTF-8"},
	} {
		got := fetch(t, c.method, url+c.path, c.body, c.header...)
		if got.status != http.StatusBadRequest || !strings.Contains(got.body, c.want) ||
			strings.Contains(got.header.Get("Content-Type"), "csv") {
			t.Errorf("%s %s %q: status %d: %s", c.method, c.path, c.body, got.status, got.body)
		}
	}
	if got := fetch(t, http.MethodGet, url+"/reports/cases.csv?status=OPEN", ""); got.status != http.StatusOK {
		t.Errorf("status %d: %s", got.status, got.body)
	}
}
