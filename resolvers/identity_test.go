package resolvers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/personid"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/internal/sources"
	"github.com/bureaugraph/bureaugraph/internal/suite"
	"github.com/bureaugraph/bureaugraph/loaders"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

const scale = 0.05

// nobody is a valid number that the demo gives to nobody.
const nobody = "330199190001010010"

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestIdentity(t *testing.T) {
	w := demotest.World(t, scale)
	systems := demo.Systems(w)
	testIdentity(t, w, systems, demotest.Embedded(t, systems))
}

func TestIdentityOnMariaDB(t *testing.T) {
	server := dbtest.MariaDB(t)
	w := demotest.World(t, scale)
	systems := demo.Systems(w)
	if err := fill.Fill(t.Context(), server.DSN(""), demo.Databases(systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	testIdentity(t, w, systems, server.DSN(""))
	t.Run("rows that come in move nothing", func(t *testing.T) { testInserts(t, w, systems, server) })
}

// gateway answers operations breadth first, as the server does.
type gateway struct {
	*resolvers.Resolver
	run *executor.Executor
}

func newGateway(r *resolvers.Resolver) gateway {
	g := gateway{r, executor.New(graph.NewBreadthFirst(graph.Config{Resolvers: r}))}
	g.run.SetErrorPresenter(func(ctx context.Context, err error) *gqlerror.Error {
		out := graphql.DefaultErrorPresenter(ctx, err)
		if f := fault.Of(err); f != nil {
			out.Extensions = map[string]any{"code": string(f.Code), "system": f.System}
		}
		return out
	})
	return g
}

// answer is one operation's: data is what the tests decode it into.
type answer[D any] struct {
	data       D
	errors     gqlerror.List
	statements map[string]int
}

func ask[D any](t *testing.T, g gateway, query string, variables map[string]any) answer[D] {
	t.Helper()
	text, err := json.Marshal(variables)
	if err != nil {
		t.Fatal(err)
	}
	variables = nil
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&variables); err != nil {
		t.Fatal(err)
	}
	log := sources.New(false)
	ctx := sources.With(graphql.StartOperationTrace(t.Context()), log)
	op, errs := g.run.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if errs != nil {
		t.Fatalf("%v in %s", errs, query)
	}
	ctx = graphql.WithOperationContext(ctx, op)
	ctx = selection.With(ctx, selection.Of(graph.Schema(), op.Operation))
	ctx = loaders.With(ctx, 0)
	respond, ctx := g.run.DispatchOperation(ctx, op)
	response := respond(ctx)
	a := answer[D]{errors: response.Errors, statements: map[string]int{}}
	if err := json.Unmarshal(response.Data, &a.data); err != nil {
		t.Fatalf("%v in %.300s", err, response.Data)
	}
	for _, e := range log.Entries() {
		a.statements[e.System] = e.Statements
	}
	return a
}

// records is a page of a timeline as JSON has it.
type records struct {
	Nodes []struct {
		ID         string
		System     model.System
		ReceivedOn *string
	}
	PageInfo struct {
		HasNextPage bool
		EndCursor   *string
	}
	MissingSystems []model.System
}

const recordsFields = `{ nodes { id system receivedOn } pageInfo { hasNextPage endCursor } missingSystems }`

// lines shows the page, "2023-03-05 LEGAL_AID LegalAidCase:12" a record.
func (r records) lines() []string {
	lines := []string{}
	for _, n := range r.Nodes {
		day := ""
		if n.ReceivedOn != nil {
			day = *n.ReceivedOn
		}
		record, key, _ := model.DecodeID(n.ID)
		lines = append(lines, day+" "+string(n.System)+" "+record+":"+key)
	}
	return lines
}

func testIdentity(t *testing.T, w *world.World, systems []demo.System, dsn string) {
	r := demotest.Resolver(t, w, systems, dsn)
	g := newGateway(r)
	raw := readRaw(w, systems)

	t.Run("persons", func(t *testing.T) {
		for _, p := range raw.shared(40) {
			want := raw.timelineOf(p)
			var got []string
			var after *string
			for {
				a := ask[struct {
					Person *struct {
						Name, Sex string
						BirthYear *int
						Records   records
					}
				}](t, g,
					`query($id: ResidentNumber!, $after: String) { person(residentId: $id) { name birthYear sex records(first: 3, after: $after) `+recordsFields+` } }`,
					map[string]any{"id": p.ID, "after": after})
				if a.errors != nil || a.data.Person == nil {
					t.Fatalf("%v, %v", a.data, a.errors)
				}
				if got, want := fmt.Sprintf("%s %v %s", a.data.Person.Name, a.data.Person.BirthYear, a.data.Person.Sex),
					fmt.Sprintf("%s <nil> %s", model.PersonName(p.Name).Masked(),
						map[bool]string{true: "MALE", false: "FEMALE"}[p.Male]); got != want {
					t.Errorf("person %s, want %s", got, want)
				}
				got = append(got, a.data.Person.Records.lines()...)
				if !a.data.Person.Records.PageInfo.HasNextPage {
					break
				}
				after = a.data.Person.Records.PageInfo.EndCursor
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-rows +records\n%s", diff)
			}
		}
	})

	t.Run("spellings of one number", func(t *testing.T) {
		old := raw.shared(1)[0]
		for _, p := range raw.shared(100) {
			if p.ID[6:8] == "19" {
				old = p
			}
		}
		type person struct {
			Person *struct{ ID, ResidentID string }
		}
		seen := map[string]bool{}
		for _, spelling := range []string{old.ID, strings.ToLower(old.ID), old.ID[:6] + old.ID[8:17], wide(old.ID),
			" '" + old.ID[:6] + " " + old.ID[6:]} {
			a := ask[person](t, g, `query($id: ResidentNumber!) { person(residentId: $id) { id residentId } }`,
				map[string]any{"id": spelling})
			if a.errors != nil || a.data.Person == nil {
				t.Fatalf("%v", a.errors)
			}
			if strings.Contains(a.data.Person.ID+a.data.Person.ResidentID, old.ID[6:14]) {
				t.Error("the answer shows the number")
			}
			seen[a.data.Person.ID] = true
		}
		if len(seen) != 1 {
			t.Errorf("%d ids for one person", len(seen))
		}
	})

	t.Run("bad and unknown numbers", func(t *testing.T) {
		type person struct{ Person *struct{ ID string } }
		valid := raw.shared(1)[0].ID
		bad := valid[:17] + map[bool]string{true: "1", false: "0"}[valid[17] == '0']
		for name, c := range map[string]struct {
			query, value, code string
		}{
			"wrong check digit": {`query($id: ResidentNumber!) { person(residentId: $id) { id } }`, bad, "BAD_INPUT"},
			"a passport":        {`query($id: ResidentNumber!) { person(residentId: $id) { id } }`, "E12345678", "BAD_INPUT"},
			"of nobody":         {`query($id: ResidentNumber!) { person(residentId: $id) { id } }`, nobody, ""},
		} {
			t.Run(name, func(t *testing.T) {
				variables := map[string]any{}
				if c.value != "" {
					variables["id"] = c.value
				}
				a := ask[person](t, g, c.query, variables)
				code := ""
				if len(a.errors) > 0 {
					code, _ = a.errors[0].Extensions["code"].(string)
				}
				if a.data.Person != nil || code != c.code {
					t.Errorf("%v, code %q, want %q: %v", a.data.Person, code, c.code, a.errors)
				}
				if text := a.errors.Error(); c.value != "" && strings.Contains(text, c.value) ||
					strings.Contains(text, valid) {
					t.Error("the error repeats the number")
				}
			})
		}
	})

	t.Run("node", func(t *testing.T) {
		p := raw.shared(1)[0]
		other, err := personid.New(personid.RandomKey(), suite.International)
		if err != nil {
			t.Fatal(err)
		}
		company, _ := raw.company()
		ids := []string{
			model.EncodeID("Person", r.Persons.Encode(p.ID)),
			model.EncodeID("Organization", company[8:17]),
			model.EncodeID("Person", other.Encode(p.ID)),
			model.EncodeID("Person", r.Persons.Encode(nobody)),
			model.EncodeID("Organization", "MB1D00012"),
		}
		a := ask[struct {
			Nodes []*struct {
				ID         string
				ResidentID string
				CreditCode string
			}
		}](t, g,
			`query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Person { residentId } ... on Organization { creditCode } } }`, map[string]any{"ids": ids})
		n := a.data.Nodes
		if a.errors != nil || len(n) != 5 || n[0] == nil || n[0].ID != ids[0] ||
			n[0].ResidentID != model.ResidentNumber(p.ID).Masked() || n[1] == nil || n[1].CreditCode != company ||
			n[2] != nil || n[3] != nil || n[4] != nil {
			t.Errorf("nodes %v, %v", n, a.errors)
		}
	})

	t.Run("links say what they rest on", func(t *testing.T) { testMatches(t, r, raw) })
	t.Run("organisations", func(t *testing.T) { testOrganizations(t, g, raw) })
	t.Run("lawyer", func(t *testing.T) { testLawyer(t, g, raw) })
	t.Run("lawyers", func(t *testing.T) { testLawyers(t, g, raw) })
	t.Run("law firms", func(t *testing.T) { testLawFirms(t, g, raw) })
	t.Run("matches of lawyers", func(t *testing.T) { testLawyerMatches(t, g) })
	t.Run("candidates", func(t *testing.T) { testCandidates(t, g, raw) })
	t.Run("timelines of towns", func(t *testing.T) { testTowns(t, g, raw) })
	t.Run("timelines of departments", func(t *testing.T) { testDepartments(t, g) })
	t.Run("statements do not grow with rows", func(t *testing.T) { testStatements(t, g) })
	t.Run("a system is down", func(t *testing.T) { testDown(t, demotest.Resolver(t, w, systems, dsn), raw) })
}

func testMatches(t *testing.T, r *resolvers.Resolver, raw *rawData) {
	rows, err := r.Set.LegalAidApplicants.All(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, row := range rows {
		want := raw.ruleOf["LegalAidApplicant:"+row.Key()]
		got := ""
		if m := row.NumberMatch(); m != nil {
			got = string(m.Rule) + " " + string(m.Confidence)
		}
		if got != want {
			t.Errorf("row %s: %q, want %q", row.Key(), got, want)
		}
		seen[got]++
	}
	if len(seen) != 3 {
		t.Errorf("the demo leaves a rule untested: %v", seen)
	}
	applicants, err := r.Set.ReconsiderationApplicants.All(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range applicants {
		got := ""
		if m := row.NumberMatch(); m != nil {
			got = string(m.Rule) + " " + string(m.Confidence)
		}
		if want := raw.ruleOf["ReconsiderationApplicant:"+row.Key()]; got != want {
			t.Errorf("row %s: %q, want %q", row.Key(), got, want)
		}
	}
}

func testOrganizations(t *testing.T, g gateway, raw *rawData) {
	type nodes []struct{ ID string }
	type organization struct {
		Organization *struct {
			ID, CreditCode, OrganizationCode,
			Name string
			LegalityReviews, ReconsiderationApplicants, ReconsiderationThirdParties, LegalAidCasesAsOpponent,
			NotarialApplicants, KunpengServices nodes
			Records records
		}
	}
	query := `query($code: String!) { organization(creditCode: $code) { id creditCode organizationCode name
		legalityReviews { id } reconsiderationApplicants { id } reconsiderationThirdParties { id } legalAidCasesAsOpponent { id } notarialApplicants { id } kunpengServices { id }
		records(first: 200) ` + recordsFields + ` } }`
	for code, want := range raw.organizations {
		if len(want) < 3 {
			continue
		}
		var before *organization
		for _, spelling := range []string{code, code[8:17], code[8:16] + "-" + code[16:17],
			wide(strings.ToLower(code))} {
			a := ask[organization](t, g, query, map[string]any{"code": spelling})
			o := a.data.Organization
			if a.errors != nil || o == nil {
				t.Fatalf("%s: %v", spelling, a.errors)
			}
			var got []string
			for _, list := range []nodes{o.LegalityReviews, o.ReconsiderationApplicants, o.ReconsiderationThirdParties,
				o.LegalAidCasesAsOpponent, o.NotarialApplicants, o.KunpengServices} {
				for _, n := range list {
					record, key, _ := model.DecodeID(n.ID)
					got = append(got, record+":"+key)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: -rows +found\n%s", spelling, diff)
			}
			if o.CreditCode != code || o.OrganizationCode != code[8:17] || o.Name == "" {
				t.Errorf("%s is %s %s %q", spelling, o.CreditCode, o.OrganizationCode, o.Name)
			}
			if diff := cmp.Diff(raw.recordsOf[code], o.Records.lines()); diff != "" {
				t.Errorf("%s: -rows +records\n%s", spelling, diff)
			}
			if before != nil {
				if diff := cmp.Diff(*before, a.data); diff != "" {
					t.Errorf("%s: another answer\n%s", spelling, diff)
				}
			}
			before = &a.data
		}
	}
	a := ask[organization](t, g, query, map[string]any{"code": "91330199MA2X00035X"})
	if len(a.errors) != 1 || a.errors[0].Extensions["code"] != "BAD_INPUT" {
		t.Errorf("a wrong check character gives %v", a.errors)
	}
}

func testCandidates(t *testing.T, g gateway, raw *rawData) {
	type page struct {
		LegalAidCases struct {
			Nodes []struct {
				ID               string
				Lawyer           *struct{ ID string }
				LawyerName       *string
				LawyerCandidates []struct {
					Rule   string
					Lawyer struct{ Licence string }
				}
			}
			PageInfo struct {
				HasNextPage bool
				EndCursor   *string
			}
		}
	}
	checked, withFirm := 0, 0
	var after *string
	for {
		a := ask[page](t, g,
			`query($after: String) { legalAidCases(first: 100, after: $after) { nodes { id lawyer { id } lawyerName lawyerCandidates { rule confidence lawyer { licence } } } pageInfo { hasNextPage endCursor } } }`, map[string]any{"after": after})
		if a.errors != nil {
			t.Fatal(a.errors)
		}
		if n := a.statements["LEGAL_AID"]; n > 3 {
			t.Errorf("%d statements", n)
		}
		for _, c := range a.data.LegalAidCases.Nodes {
			_, key, _ := model.DecodeID(c.ID)
			var got []string
			for _, candidate := range c.LawyerCandidates {
				got = append(got, candidate.Lawyer.Licence)
				if candidate.Rule == "NAME_AND_FIRM" {
					withFirm++
				}
			}
			slices.Sort(got)
			want := raw.namesakes[key]
			if c.Lawyer != nil || c.LawyerName == nil {
				want = nil
			} else {
				checked += len(want)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("case %s: -rows +candidates\n%s", key, diff)
			}
		}
		if !a.data.LegalAidCases.PageInfo.HasNextPage {
			break
		}
		after = a.data.LegalAidCases.PageInfo.EndCursor
	}
	if checked == 0 || withFirm == 0 {
		t.Errorf("the demo leaves candidates untested: %d, %d", checked, withFirm)
	}
}

func testTowns(t *testing.T, g gateway, raw *rawData) {
	type towns struct {
		Towns []struct {
			Code    string
			Records records
		}
	}
	// reads the dictionaries
	ask[map[string]any](t, g,
		`{ publicityEvents(first: 1) { nodes { id } } legalityReviews(first: 1) { nodes { id } } reconsiderationCases(first: 1) { nodes { id } } }`, nil)
	a := ask[towns](t, g, `{ towns { code records(first: 200) `+recordsFields+` } }`, nil)
	if a.errors != nil {
		t.Fatal(a.errors)
	}
	for system, n := range a.statements {
		if n != 1 {
			t.Errorf("%d statements to %s for 22 towns", n, system)
		}
	}
	for _, town := range a.data.Towns {
		want := raw.towns[town.Code]
		if diff := cmp.Diff(unkeyed(want[:min(200, len(want))]), unkeyed(town.Records.lines())); diff != "" {
			t.Errorf("%s: -rows +records\n%.2000s", town.Code, diff)
		}
	}
	town, all := "", []string(nil)
	for c, lines := range raw.towns {
		if strings.HasPrefix(lines[len(lines)-1], " ") &&
			(len(lines) > len(all) || len(lines) == len(all) && c < town) {
			town, all = c, lines
		}
	}
	if town == "" {
		t.Fatal("the demo leaves undated records untested")
	}
	walk := func(t *testing.T, filter string, want []string) {
		t.Helper()
		var got []string
		var after *string
		for {
			a := ask[struct{ Town struct{ Records records } }](t, g,
				`query($town: String!, $after: String) { town(code: $town) { records(first: 23, after: $after`+filter+`) `+recordsFields+` } }`, map[string]any{"town": town, "after": after})
			if a.errors != nil {
				t.Fatal(a.errors)
			}
			got = append(got, a.data.Town.Records.lines()...)
			if !a.data.Town.Records.PageInfo.HasNextPage {
				break
			}
			after = a.data.Town.Records.PageInfo.EndCursor
		}
		if diff := cmp.Diff(unkeyed(want), unkeyed(got)); diff != "" {
			t.Errorf("-rows +records\n%.2000s", diff)
		}
		if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))); diff != "" {
			t.Errorf("-rows +records\n%.2000s", diff)
		}
	}
	t.Run("whole", func(t *testing.T) { walk(t, "", all) })
	t.Run("by system and period", func(t *testing.T) {
		var want []string
		for _, line := range all {
			if line >= "2023-03-01" && line < "2023-09-01" &&
				(strings.Contains(line, " PUBLICITY ") || strings.Contains(line, " LEGAL_AID ")) {
				want = append(want, line)
			}
		}
		walk(t, `, filter: { systems: [PUBLICITY, LEGAL_AID], period: { from: "2023-03-01", before: "2023-09-01" } }`,
			want)
	})
	t.Run("bad input", func(t *testing.T) {
		for _, arguments := range []string{`first: 0`, `first: 201`, `after: "x"`,
			`filter: { period: { from: "2023-03-01", before: "2023-03-01" } }`} {
			a := ask[map[string]any](t, g, `{ town(code: "330109105") { records(`+arguments+`) { nodes { id } } } }`,
				nil)
			if len(a.errors) != 1 || a.errors[0].Extensions["code"] != "BAD_INPUT" {
				t.Errorf("%s: %v", arguments, a.errors)
			}
		}
	})
}

// unkeyed leaves the keys out of lines: on one day a system brings its records in its
// own order of keys.
func unkeyed(lines []string) []string {
	short := make([]string, len(lines))
	for i, l := range lines {
		short[i] = l[:strings.LastIndex(l, " ")]
	}
	return short
}

func testDepartments(t *testing.T, g gateway) {
	var want []string
	const code = "market-regulation"
	is := func(ref *string) bool { return ref != nil && *ref == code }
	reviews, err1 := g.Set.LegalityReviews.All(t.Context(), filter.Filter{})
	cases, err2 := g.Set.ReconsiderationCases.All(t.Context(), filter.Filter{})
	events, err3 := g.Set.PublicityEvents.All(t.Context(), filter.Filter{})
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	add := func(day *model.Date, row *model.Row) {
		text := ""
		if day != nil {
			text = day.String()
		}
		want = append(want, text+" "+string(row.System())+" "+row.Kind().Record+":"+row.Key())
	}
	for _, o := range reviews {
		if is(o.DraftingUnitRef) {
			add(o.ReceivedOn, &o.Row)
		}
	}
	for _, o := range cases {
		if is(o.RespondentRef) {
			add(o.ReceivedOn, &o.Row)
		}
	}
	for _, o := range events {
		if is(o.OrganiserRef) {
			add(o.ReceivedOn, &o.Row)
		}
	}
	if len(want) < 20 {
		t.Fatalf("only %d records: take another department", len(want))
	}
	var got []string
	var after *string
	for {
		a := ask[struct{ Department struct{ Records records } }](t, g,
			`query($after: String) { department(name: "`+code+`") { records(first: 7, after: $after) `+recordsFields+` } }`, map[string]any{"after": after})
		if a.errors != nil {
			t.Fatal(a.errors)
		}
		got = append(got, a.data.Department.Records.lines()...)
		if !a.data.Department.Records.PageInfo.HasNextPage {
			break
		}
		after = a.data.Department.Records.PageInfo.EndCursor
	}
	if !slices.IsSortedFunc(got, func(a, b string) int { return strings.Compare(b[:10], a[:10]) }) {
		t.Error("not newest first")
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-all +records\n%s", diff)
	}
}

func testStatements(t *testing.T, g gateway) {
	for name, query := range map[string]string{
		"persons of cases":       `query($n: Int!) { legalAidCases(first: $n) { nodes { applicant { person { name records(first: 3) { nodes { id receivedOn } } } } } } }`,
		"organisations of cases": `query($n: Int!) { reconsiderationCases(first: $n) { nodes { applicants { organization { name records(first: 3) { nodes { id } } } } thirdParties { organization { creditCode } } } } }`,
		"towns of matters":       `query($n: Int!) { notarialMatters(first: $n) { nodes { town { records(first: 2) { nodes { id } } } } } }`,
		"lawyers":                `query($n: Int!) { legalAidCases(first: $n) { nodes { lawyerMatch { rule } lawyer { legalAidChangesFrom { id } legalAidChangesTo { id } reconsiderationClients { agentLawyerMatch { rule } } } } } }`,
		"candidates":             `query($n: Int!) { legalityReviews(first: $n) { nodes { adviserCandidates { rule lawyer { name } } } } legalAidCases(first: $n) { nodes { lawyerCandidates { confidence } } } }`,
	} {
		t.Run(name, func(t *testing.T) {
			ask[map[string]any](t, g, query, map[string]any{"n": 1}) // reads the dictionaries
			few := ask[map[string]any](t, g, query, map[string]any{"n": 100})
			many := ask[map[string]any](t, g, query, map[string]any{"n": 200})
			if few.errors != nil || many.errors != nil {
				t.Fatal(few.errors, many.errors)
			}
			if diff := cmp.Diff(few.statements, many.statements); diff != "" {
				t.Errorf("-100 +200 rows\n%s", diff)
			}
			t.Log(many.statements)
		})
	}
}

func testDown(t *testing.T, r *resolvers.Resolver, raw *rawData) {
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the database logs the causes
	defer slog.SetDefault(before)
	if err := r.Systems[model.SystemLegalAid].Close(); err != nil {
		t.Fatal(err)
	}
	g := newGateway(r)
	missing := []model.System{model.SystemLegalAid}
	others := func(lines []string) []string {
		return slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return strings.Contains(l, " LEGAL_AID ") })
	}
	onlyLegalAid := func(t *testing.T, errs gqlerror.List, path string) {
		t.Helper()
		if len(errs) != 1 || errs[0].Extensions["system"] != "LEGAL_AID" || errs[0].Path.String() != path {
			t.Errorf("errors %v", errs)
		}
	}
	t.Run("towns", func(t *testing.T) {
		a := ask[struct {
			Towns []struct {
				Code    string
				Records records
			}
		}](t, g, `{ towns { code records(first: 50) `+recordsFields+` } }`, nil)
		onlyLegalAid(t, a.errors, "towns.records")
		for _, town := range a.data.Towns {
			want := others(raw.towns[town.Code])
			if diff := cmp.Diff(unkeyed(want[:min(50, len(want))]), unkeyed(town.Records.lines())); diff != "" {
				t.Errorf("%s: -rows +records\n%.1000s", town.Code, diff)
			}
			if diff := cmp.Diff(missing, town.Records.MissingSystems); diff != "" {
				t.Error(diff)
			}
		}
	})
	t.Run("not asked", func(t *testing.T) {
		a := ask[struct{ Town struct{ Records records } }](t, g,
			`{ town(code: "330109105") { records(filter: { systems: [NOTARIZATION] }) `+recordsFields+` } }`, nil)
		if a.errors != nil || len(a.data.Town.Records.MissingSystems) != 0 || len(a.data.Town.Records.Nodes) == 0 {
			t.Errorf("%v, %v", a.data, a.errors)
		}
	})
	t.Run("a person others know", func(t *testing.T) {
		p := raw.shared(1)[0]
		a := ask[struct{ Person *struct{ Records records } }](t, g,
			`query($id: ResidentNumber!) { person(residentId: $id) { records(first: 100) `+recordsFields+` } }`,
			map[string]any{"id": p.ID})
		onlyLegalAid(t, a.errors, "person.records")
		if a.data.Person == nil {
			t.Fatal("null")
		}
		if diff := cmp.Diff(others(raw.timelineOf(p)), a.data.Person.Records.lines()); diff != "" {
			t.Errorf("-rows +records\n%s", diff)
		}
		if diff := cmp.Diff(missing, a.data.Person.Records.MissingSystems); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a person nobody else knows", func(t *testing.T) {
		a := ask[struct{ Person *struct{ ID string } }](t, g,
			`query($id: ResidentNumber!) { person(residentId: $id) { id } }`, map[string]any{"id": nobody})
		onlyLegalAid(t, a.errors, "person")
	})
}

// testInserts adds rows to a real server between two pages.
func testInserts(t *testing.T, w *world.World, systems []demo.System, server *dbtest.Server) {
	g := newGateway(demotest.Resolver(t, w, systems, server.DSN("")))
	const query = `query($after: String) { town(code: "330109105") { records(first: 30, after: $after) ` +
		recordsFields + ` } }`
	type town struct{ Town struct{ Records records } }
	first := ask[town](t, g, query, nil)
	after := map[string]any{"after": first.data.Town.Records.PageInfo.EndCursor}
	want := ask[town](t, g, query, after)

	var name string
	for _, s := range systems {
		if s.System == model.SystemNotarization {
			name = s.Database.Name
		}
	}
	conn, err := server.Open(t, name).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	key := ""
	for _, n := range first.data.Town.Records.Nodes {
		if n.System == model.SystemNotarization {
			_, key, _ = model.DecodeID(n.ID)
		}
	}
	for _, statement := range []string{
		"CREATE TEMPORARY TABLE more AS SELECT * FROM notarialCase WHERE id = " + key,
		"UPDATE more SET id = id + 100000000, `when` = '2024-06-30 10:00:00'",
		"INSERT INTO notarialCase SELECT * FROM more",
	} {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	got := ask[town](t, g, query, after)
	if diff := cmp.Diff(want.data.Town.Records.lines(), got.data.Town.Records.lines()); diff != "" ||
		want.errors != nil || got.errors != nil {
		t.Errorf("-before +after the insert\n%s", diff)
	}
	again := ask[town](t, g, query, nil)
	if cmp.Equal(first.data, again.data) {
		t.Error("the new row does not show on the first page")
	}
}
