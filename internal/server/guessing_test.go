package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/identity"
)

// clue is what the gateway tells of a person beside the masked number.
type clue struct {
	ResidentID string
	BirthYear  *int
	Sex        model.Sex
	IsMinor    bool
}

// candidates are the numbers of the area that fit a clue: born within a hundred years, or
// in the year that is told; with the digits that the mask shows, and the right check digit.
func candidates(area string, c clue, today time.Time) (list []string) {
	first, last := today.AddDate(-100, 0, 0), today.AddDate(-18, 0, 0)
	if c.IsMinor {
		first, last = last, today
	}
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		if c.BirthYear != nil && day.Year() != *c.BirthYear {
			continue
		}
		for sequence := range 1000 {
			digits := strconv.Itoa(1000 + sequence)[1:]
			if !strings.HasSuffix(c.ResidentID, "*") && digits != c.ResidentID[14:17] {
				continue
			}
			if isMale := sequence%2 == 1; isMale != (c.Sex == model.SexMale) {
				continue
			}
			body := area + day.Format("20060102") + digits
			number := body + string(identity.ResidentCheck(body))
			if strings.HasSuffix(c.ResidentID, "*") || number[17] == c.ResidentID[17] {
				list = append(list, number)
			}
		}
	}
	return list
}

// TestGuessing: what the gateway shows of a person leaves so many numbers that asking which
// one exists takes longer than two days for one person, at the rate that a client may ask;
// the birth year would have made it an hour. One request asks for one person, and the
// client who goes on is told to wait.
func TestGuessing(t *testing.T) {
	c := reachable(t)
	c.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} // so that clients can be told apart
	s, _ := start(t, c)
	post := func(from, query string, variables map[string]any) (*http.Response, string) {
		t.Helper()
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+"/graphql",
			bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept", "application/graphql-response+json")
		request.Header.Set("X-Forwarded-For", from)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var text bytes.Buffer
		if _, err := text.ReadFrom(response.Body); err != nil {
			t.Fatal(err)
		}
		return response, text.String()
	}
	today := time.Now()
	adults, minors := 0, 0
	const attacker = "203.0.113.7"
	for i, p := range demotest.World(t, 0.02).Persons {
		if adults > 0 && minors > 0 {
			break
		}
		minor := p.Birth.AddDate(18, 0, 0).After(today)
		if minor && minors > 0 || !minor && adults > 0 {
			continue
		}
		_, text := post(fmt.Sprint("198.51.100.", i%250),
			`query($id: ResidentNumber!) { person(residentId: $id) { residentId birthYear sex isMinor } }`,
			map[string]any{"id": p.ID})
		var answer struct{ Data struct{ Person *clue } }
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Data.Person == nil {
			continue // no system knows this one
		}
		list := candidates(p.ID[:6], *answer.Data.Person, today)
		if hours := len(list) / 30; hours < 48 {
			t.Errorf("%s leaves %d candidates, which take %d hours", answer.Data.Person.ResidentID, len(list), hours)
		}
		known := *answer.Data.Person
		known.BirthYear = new(p.Birth.Year())
		if n := len(candidates(p.ID[:6], known, today)); !minor && n > 60 {
			t.Errorf("with the year of birth %d candidates are left: the test no longer shows why it is not told", n)
		}
		if minor {
			minors++
			continue
		}
		adults++
		refused, found := 0, 0
		for _, number := range list[:40] {
			response, text := post(attacker, `query($id: ResidentNumber!) { person(residentId: $id) { id } }`,
				map[string]any{"id": number})
			switch {
			case response.StatusCode == http.StatusTooManyRequests && response.Header.Get("Retry-After") != "" &&
				strings.Contains(text, "LIMIT_EXCEEDED"):
				refused++
			case number == p.ID && strings.Contains(text, `"id":"`):
				found++
			}
		}
		if refused < 10 || found > 0 {
			t.Errorf("of 40 candidates %d are refused, and the person is found %d times", refused, found)
		}
	}
	if adults == 0 {
		t.Error("nobody was looked for")
	}
	two := map[string]any{"a": "330199199001010010", "b": "330199199001010029"}
	if _, text := post(attacker,
		`query($a: ResidentNumber!, $b: ResidentNumber!) { a: person(residentId: $a) { id } b: person(residentId: $b) { id } }`, two); !strings.Contains(text, "more than one resident number") {
		t.Errorf("two persons by aliases: %s", text)
	}
	party := []any{map[string]any{"party": map[string]any{"residentId": two["a"]}},
		map[string]any{"party": map[string]any{"residentId": two["b"]}}}
	for _, or := range [][]any{party, party[:1]} {
		_, text := post(attacker, `query($f: LegalAidCaseFilter) { legalAidCases(filter: $f) { totalCount } }`,
			map[string]any{"f": map[string]any{"or": or}})
		if !strings.Contains(text, "BAD_INPUT") && !strings.Contains(text, "LIMIT_EXCEEDED") {
			t.Errorf("%d persons in or: %s", len(or), text)
		}
	}
	if _, text := post(attacker, `{ legalAidCases(filter: {applicantAge: {from: 43, before: 44}}) { totalCount } }`,
		nil); !strings.Contains(text, "BAD_INPUT") {
		t.Errorf("an age by the year: %s", text)
	}
}

// TestClient: who asks is told by the connection, and by X-Forwarded-For as far as the
// deployment's own proxies wrote it.
func TestClient(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.7:1234", "", "192.0.2.7"},
		{"192.0.2.7:1234", "198.51.100.1", "192.0.2.7"},
		{"10.1.2.3:1234", "198.51.100.1", "198.51.100.1"},
		{"10.1.2.3:1234", "203.0.113.9, 198.51.100.1", "198.51.100.1"},
		{"10.1.2.3:1234", "203.0.113.9, 198.51.100.1, 10.1.9.9", "198.51.100.1"},
		{"10.1.2.3:1234", "", "10.1.2.3"},
		{"10.1.2.3:1234", "unknown", "10.1.2.3"},
		{"[::ffff:10.1.2.3]:1234", "198.51.100.1", "198.51.100.1"},
		{"[2001:db8:1:2:3:4:5:6]:1234", "", "2001:db8:1:2::/64"},
		{"[fd00::1]:1234", "2001:db8:1:2::9", "2001:db8:1:2::/64"},
	} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := client(r, proxies); got != c.want {
			t.Errorf("%s for %q is %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}
