package conformance

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// Names of persons that clerks entered among the organisations are not found, whatever
// the row says it is; and a name that too many parties have is told.
func TestPersonsAreNotSearched(t *testing.T) {
	w := demotest.World(t, 0.02)
	systems := demo.Systems(w)
	tables := map[string]*legacy.Table{}
	for _, s := range systems {
		for _, table := range s.Database.Tables {
			tables[table.Name] = table
		}
	}
	plant := func(table string, each func(get func(column string) any, set func(column string, value any))) {
		t.Helper()
		rows := tables[table]
		at := func(column string) int {
			i := slices.IndexFunc(rows.Columns, func(c legacy.Column) bool { return c.Name == column })
			if i < 0 {
				t.Fatalf("%s has no column %s", table, column)
			}
			return i
		}
		for i, row := range rows.Rows {
			rows.Rows[i] = slices.Clone(row)
			each(func(column string) any { return row[at(column)] },
				func(column string, value any) { rows.Rows[i][at(column)] = value })
		}
	}
	// what the tables call an organisation, as they store it
	var organization any
	var company any
	plant("T_FY_SQR", func(get func(string) any, set func(string, any)) {
		if company == nil && get("DWMC") != nil && get("DWMC") != "" {
			organization, company = get("SQRLX"), get("DWMC")
		}
	})
	planted := 0
	plant("T_FY_SQR", func(get func(string) any, set func(string, any)) {
		if name := get("XM"); name != nil && name != "" {
			planted++
			set("SQRLX", organization)
			set("DWMC", name)
		}
	})
	plant("T_FY_DSR", func(get func(string) any, set func(string, any)) {
		if name := get("XM"); name != nil && name != "" {
			planted++
			set("DSRLX", "2")
			set("DWMC", name)
		}
	})
	plant("user", func(get func(string) any, set func(string, any)) {
		if name := get("name"); get("type") == "P" && name != nil {
			planted++
			set("type", "E")
			set("company", name)
			if planted%2 == 0 { // a sole trader, by the name
				set("company", name.(string)+"餐饮服务部")
			}
		}
	})
	if planted < 100 {
		t.Fatalf("%d names planted", planted)
	}
	third := tables["T_FY_DSR"]
	id := slices.IndexFunc(third.Columns, func(c legacy.Column) bool { return c.Name == "DSR_ID" })
	kind := slices.IndexFunc(third.Columns, func(c legacy.Column) bool { return c.Name == "DSRLX" })
	name := slices.IndexFunc(third.Columns, func(c legacy.Column) bool { return c.Name == "DWMC" })
	for i := range 1001 {
		row := slices.Clone(third.Rows[0])
		row[id], row[kind], row[name] = float64(100000+i), "2", company
		third.Rows = append(third.Rows, row)
	}

	r := demotest.Resolver(t, w, systems, demotest.Embedded(t, systems))
	names := map[string]bool{}
	each(t, r.Set.ReconsiderationApplicants.All, func(o *model.ReconsiderationApplicant) {
		if o.Name != nil {
			names[string(*o.Name)] = true
		}
	})
	each(t, r.Set.ReconsiderationThirdParties.All, func(o *model.ReconsiderationThirdParty) {
		if o.Name != nil {
			names[string(*o.Name)] = true
		}
	})
	each(t, r.Set.NotarialApplicants.All, func(o *model.NotarialApplicant) {
		if o.Name != nil && strings.ContainsFunc(string(*o.Name), func(r rune) bool { return r > 0x3000 }) {
			names[string(*o.Name)] = true
		}
	})
	tried := 0
	first := 200
	for name := range names {
		if tried++; tried > 60 {
			break
		}
		page, err := r.Query().Search(t.Context(), name, nil, &first, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, result := range page.Nodes {
			if strings.Contains(result.Field, ".") {
				t.Fatalf("a person was found by %s", result.Field)
			}
		}
	}
	if tried < 50 {
		t.Errorf("%d names tried", tried)
	}

	var text string
	each(t, r.Set.ReconsiderationThirdParties.All, func(o *model.ReconsiderationThirdParty) {
		if o.Key() == "100000" {
			text = *o.OrganizationName
		}
	})
	page, err := r.Query().Search(t.Context(), text, nil, &first, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]model.System{model.SystemReconsideration}, page.CutSystems); diff != "" {
		t.Errorf("cut systems -want +got\n%s", diff)
	}
}
