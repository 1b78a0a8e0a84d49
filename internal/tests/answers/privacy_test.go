package answers

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// TestNobodyStandsInClear crawls every record of the demo, in which a person stands in every
// column of free text and in cells of codes, numbers, days and places. Neither that person
// nor the number of any other leaves, in whatever form, nor does the log hold one; and every
// answer is valid UTF-8.
func TestNobodyStandsInClear(t *testing.T) {
	systems := demo.Systems(demotest.World(t, 0.02))
	var log bytes.Buffer
	address := gatewayWith(t, systems, demotest.Embedded(t, systems),
		slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	c := crawler{schema: graph.Schema()}
	t.Run("lists", func(t *testing.T) {
		for _, f := range c.schema.Query.Fields {
			if !strings.HasSuffix(f.Type.Name(), "Connection") || f.Arguments.ForName("first") == nil ||
				slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool {
					return a.Type.NonNull && a.DefaultValue == nil
				}) {
				continue
			}
			record := c.schema.Types[f.Type.Name()].Fields.ForName("nodes").Type.Name()
			page := func(after string) string {
				return fmt.Sprintf("{ %s(first: 200%s) { pageInfo { hasNextPage endCursor } nodes { %s } } }", f.Name,
					after, c.fields(record, 1))
			}
			for after, more := "", true; more; {
				body := ask(t, address, page(after))
				inClear(t, f.Name, body)
				var answer struct {
					Data map[string]struct {
						PageInfo struct {
							HasNextPage bool
							EndCursor   string
						}
					}
				}
				if err := json.Unmarshal(body, &answer); err != nil || strings.Contains(string(body), `"errors"`) {
					t.Fatalf("%s: %v in %.500s", f.Name, err, body)
				}
				info := answer.Data[f.Name].PageInfo
				after, more = fmt.Sprintf(", after: %q", info.EndCursor), info.HasNextPage
			}
			for _, form := range []string{"text/csv", "application/json",
				"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
				inClear(t, f.Name+" as "+form, unzipped(t,
					file(t, address, form, fmt.Sprintf("{ %s(first: 200) { nodes { %s } } }", f.Name,
						c.fields(record, 0)))))
			}
		}
	})
	t.Run("planted", func(t *testing.T) {
		planted := 0
		for _, s := range systems {
			for _, stray := range s.Strays {
				planted++
				body := ask(t, address, fmt.Sprintf("{ node(id: %q) { __typename ... on %s { %s } } }",
					model.EncodeID(stray.Record, stray.Key), stray.Record, c.fields(stray.Record, 0)))
				inClear(t, fmt.Sprint(stray), body)
				if !strings.Contains(string(body), `"__typename":"`+stray.Record+`"`) {
					t.Errorf("%v is not served: %.300s", stray, body)
				}
			}
		}
		if planted < 60 {
			t.Errorf("a person stands in %d cells only", planted)
		}
	})
	t.Run("statistics", func(t *testing.T) {
		for _, kind := range []string{"legalityReview", "reconsiderationCase", "legalAidCase", "notarialMatter",
			"publicityEvent"} {
			field := c.schema.Query.Fields.ForName(kind + "Stats")
			if field == nil {
				t.Fatalf("no %sStats", kind)
			}
			by := c.schema.Types[field.Arguments.ForName("groupBy").Type.Name()]
			for _, dimension := range by.EnumValues {
				inClear(t, kind+" by "+dimension.Name,
					ask(t, address, fmt.Sprintf("{ %sStats(groupBy: [%s]) { groups { key { value label } count } } }",
						kind, dimension.Name)))
			}
		}
	})
	t.Run("search and errors", func(t *testing.T) {
		for _, query := range []string{
			`{ search(text: "联系人", first: 50) { nodes { __typename } } }`,
			`{ dataQuality { rule count } }`,
			`{ legalAidCases(filter: {town: ["13899990001"]}) { nodes { number } } }`,
			`{ legalAidCases(filter: {number: {equals: ["330199199001010011"]}}) { nodes { number } } }`,
			`{ reconsiderationCase(number: "330199199001010011") { number } }`,
			`{ legalAidCases(orderBy: {by: X13899990001}) { nodes { number } } }`,
			`{ a13899990001: nothing }`,
			`{ department(name: "13899990001") { name } legalityReviews(first: 13899990001) { nodes { number } } }`,
		} {
			inClear(t, query, without(ask(t, address, query), "a13899990001"))
		}
	})
	t.Run("log", func(t *testing.T) { inClear(t, "log", log.Bytes()) })
}

// TestMaskedDigitsAreNotFound: a text filter finds nothing by a number that is masked, and
// says so where it is asked for a part of one.
func TestMaskedDigitsAreNotFound(t *testing.T) {
	systems := demo.Systems(demotest.World(t, 0.02))
	address := gateway(t, systems, demotest.Embedded(t, systems))
	for _, probe := range []struct{ list, field string }{
		{"legalAidCases", "title"}, {"reconsiderationCases", "title"}, {"notarialMatters", "title"},
		{"publicityEvents", "title"}, {"legalityReviews", "title"},
	} {
		for n := 1; n <= len(demo.StrayNumber); n++ {
			for _, needle := range []string{demo.StrayNumber[:n], demo.StrayNumber[len(demo.StrayNumber)-n:],
				demo.StrayName + demo.StrayNumber[:n], "身份证" + demo.StrayNumber[:n],
				"联系人：" + demo.StrayName + demo.StrayNumber[:n]} {
				body := string(ask(t, address,
					fmt.Sprintf(`{ %s(first: 200, filter: {%s: {contains: %q}}) { nodes { id %s } } }`, probe.list,
						probe.field, needle, probe.field)))
				switch refused := strings.Contains(body, `"code":"BAD_INPUT"`); {
				case n >= 6 && !refused:
					t.Errorf("%s: %d digits are looked for: %.200s", probe.list, n, body)
				case n < 6 && refused:
					t.Errorf("%s: %d digits are refused: %.200s", probe.list, n, body)
				case strings.Contains(body, "********"):
					t.Errorf("%s finds %q: %.300s", probe.list, needle, body)
				}
			}
		}
		body := string(ask(t, address, fmt.Sprintf(`{ %s(filter: {%s: {contains: "108"}}) { nodes { %s } } }`,
			probe.list, probe.field, probe.field)))
		if strings.Contains(body, "心北路") {
			t.Errorf("%s finds a house number: %.300s", probe.list, body)
		}
	}
	for _, text := range []string{demo.StrayNumber, demo.StrayNumber[:15], demo.StrayPhone, "330199 19900101",
		"３３０１９９１９９００１"} {
		if body := string(ask(t, address, fmt.Sprintf(`{ search(text: %q) { nodes { __typename } } }`,
			text))); !strings.Contains(body, `"code":"BAD_INPUT"`) {
			t.Errorf("search for a number of a person: %.200s", body)
		}
	}
}

// TestNumbersInAddressesAreRefused: they are logged and kept on the way.
func TestNumbersInAddressesAreRefused(t *testing.T) {
	systems := demo.Systems(demotest.World(t, 0.02))
	var log bytes.Buffer
	address := gatewayWith(t, systems, demotest.Embedded(t, systems), slog.New(slog.NewJSONHandler(&log, nil)))
	for _, given := range []url.Values{
		{"query": {`query($id: ResidentNumber!) { person(residentId: $id) { birthYear } }`},
			"variables": {`{"id": "` + demo.StrayNumber + `"}`}},
		{"query": {`query($id: ResidentNumber!) { person(residentId: $id) { birthYear } }`},
			"variables": {`{"id": "\u0033` + demo.StrayNumber[1:] + `"}`}},
		{"query": {`{ legalAidCases(filter: {title: {contains: "` + demo.StrayPhone + `"}}) { nodes { number } } }`}},
		{"query": {`{ legalAidCases(filter: {title: {contains: "\u{31}` + demo.StrayPhone[1:] +
			`"}}) { nodes { number } } }`}},
		{"query": {`{ towns { name } }`}, "extensions": {`{"who": "` + demo.StrayPhone + `"}`}},
		{"query": {`{ towns { name } }`}, "operationName": {"a" + demo.StrayPhone}},
		{"documentId": {demo.StrayNumber}},
		{"query": {`{ towns { name } }`}, "who": {"330199 19900101 0011"}},
	} {
		response, err := http.Get(address + "/graphql?" + given.Encode())
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), `"code":"BAD_INPUT"`) ||
			!strings.Contains(string(body), "address") {
			t.Errorf("%v: %s %s", given, response.Status, body)
		}
		inClear(t, "refusal", body)
	}
	inClear(t, "log", log.Bytes())
}

// crawler writes operations that ask for everything.
type crawler struct{ schema *ast.Schema }

// fields are all leaves of a type, and those of the objects below it so many levels deep.
func (c crawler) fields(name string, depth int) string {
	var all []string
	for _, f := range c.schema.Types[name].Fields {
		if strings.HasPrefix(f.Name, "__") || slices.ContainsFunc(f.Arguments,
			func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }) {
			continue
		}
		of := c.schema.Types[f.Type.Name()]
		switch {
		case of.IsLeafType():
			all = append(all, f.Name)
		case f.Name == "dataIssues":
			all = append(all, "dataIssues { field rule raw }")
		case depth > 0 && of.Kind == ast.Object && !strings.HasSuffix(of.Name, "Connection") && of.Name != "Person" &&
			of.Name != "Organization":
			if below := c.fields(of.Name, 0); below != "" {
				all = append(all, f.Name+" { "+below+" }")
			}
		}
	}
	return strings.Join(all, " ")
}

var (
	residents = regexp.MustCompile(`(?:^|[^0-9A-Za-z])330199(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{5}[0-9X]`)
	mobiles   = regexp.MustCompile(`(?:^|[^0-9A-Za-z_-])1[3-9][0-9]{9}(?:[^0-9A-Za-z_-]|$)`)
	ids       = regexp.MustCompile(`"(?:id|endCursor)":"([^"]+)"`)
)

// inClear fails when somebody stands in a text in clear, or it is no UTF-8.
func inClear(t *testing.T, where string, body []byte) {
	t.Helper()
	if !utf8.Valid(body) {
		t.Errorf("%s is no UTF-8", where)
	}
	text := string(body)
	for _, secret := range []string{demo.StrayName, demo.StrayNumber, demo.StrayPhone, demo.StrayLine, "路1088", "幢1302",
		demo.StrayNumber[:12]} {
		if at := strings.Index(text, secret); at >= 0 {
			t.Errorf("%s shows %s: …%s", where, secret, around(text, at))
		}
	}
	for _, number := range []*regexp.Regexp{residents, mobiles} {
		if at := number.FindStringIndex(text); at != nil {
			t.Errorf("%s shows a number of somebody: …%s", where, around(text, at[0]))
		}
	}
	for _, id := range ids.FindAllStringSubmatch(text, -1) {
		if plain, err := base64.RawURLEncoding.DecodeString(id[1]); err == nil && utf8.Valid(plain) &&
			mask.Holds(string(plain)) {
			t.Errorf("%s has an id that is somebody's number: %s", where, plain)
		}
	}
}

// around is the text round a place.
func around(text string, at int) string {
	return strings.ToValidUTF8(text[max(0, at-160):min(len(text), at+60)], "?")
}

// without takes the name of a client's own out of an answer.
func without(body []byte, name string) []byte {
	return bytes.ReplaceAll(body, []byte(name), nil)
}

// file asks for an operation's rows in another form.
func file(t *testing.T, address, form, query string) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/graphql?pages=all",
		bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", form)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %.300s", form, response.Status, err, answer)
	}
	return answer
}

// unzipped is the text of a workbook, and any other text as it is.
func unzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	if !bytes.HasPrefix(data, []byte("PK")) {
		return data
	}
	book, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, entry := range book.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return all.Bytes()
}
