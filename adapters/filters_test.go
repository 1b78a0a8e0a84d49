package adapters_test

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// TestFiltersMeanWhatTheyShow asks, for every mapped field of every kind of record of the
// demo, for each of the values it shows, and compares with the records that show it.
func TestFiltersMeanWhatTheyShow(t *testing.T) {
	w := demotest.World(t, 0.01)
	systems := demo.Systems(w)
	set := demotest.Resolver(t, w, systems, demotest.Embedded(t, systems)).Set
	schema := mapping.SchemaOf(graph.NewExecutableSchema(graph.Config{}).Schema())
	tables := map[string]*mapping.Table{}
	for _, source := range demotest.Mappings() {
		file, err := mapping.Parse(source, nil, schema, cell.Env{Towns: w.Towns, Departments: w.Departments})
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(tables, file.Records)
	}
	compare(t, tables, set.LegalityReviews)
	compare(t, tables, set.LegalityReviewRounds)
	compare(t, tables, set.ReconsiderationCases)
	compare(t, tables, set.ReconsiderationApplicants)
	compare(t, tables, set.ReconsiderationThirdParties)
	compare(t, tables, set.ReconsiderationHearings)
	compare(t, tables, set.ReconsiderationLawsuits)
	compare(t, tables, set.ReconsiderationOpinionLetters)
	compare(t, tables, set.ReconsiderationFacilities)
	compare(t, tables, set.LegalAidCases)
	compare(t, tables, set.LegalAidApplicants)
	compare(t, tables, set.LegalAidObjections)
	compare(t, tables, set.LegalAidLawyerChanges)
	compare(t, tables, set.LegalAidConsultations)
	compare(t, tables, set.DutyLawyerHelps)
	compare(t, tables, set.Lawyers)
	compare(t, tables, set.LawFirms)
	compare(t, tables, set.NotarialMatters)
	compare(t, tables, set.NotarialApplicants)
	compare(t, tables, set.NotarialFees)
	compare(t, tables, set.NotarialCertificates)
	compare(t, tables, set.NotarialReexaminations)
	compare(t, tables, set.NotarialExtras)
	compare(t, tables, set.Notaries)
	compare(t, tables, set.NotaryOffices)
	compare(t, tables, set.NotarialServiceItems)
	compare(t, tables, set.KunpengServices)
	compare(t, tables, set.PublicityEvents)
	compare(t, tables, set.PublicityMaterials)
	compare(t, tables, set.PublicityPlanItems)
	compare(t, tables, set.PublicityHonours)
	compare(t, tables, set.PublicityTrainings)
}

// tried is how many values of one field are asked for.
const tried = 8

func compare[T any](t *testing.T, tables map[string]*mapping.Table, source *adapters.Source[T]) {
	table := tables[source.Kind().Record]
	t.Run(table.Record, func(t *testing.T) {
		rows, err := source.All(t.Context(), plan.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range table.Fields {
			shown := map[string][]string{} // value -> keys of the rows that show it
			for _, row := range rows {
				for _, v := range shows(reflect.ValueOf(row).Elem(), f) {
					shown[v] = append(shown[v], keyOf(row))
				}
			}
			values := slices.Sorted(maps.Keys(shown))
			if len(values) > tried {
				slices.SortFunc(values, func(a, b string) int { // the commonest, then by name
					return cmp.Or(cmp.Compare(len(shown[b]), len(shown[a])), strings.Compare(a, b))
				})
				values = values[:tried]
			}
			for _, v := range values {
				got, err := source.All(t.Context(), asking(t, f, v))
				if err != nil {
					t.Fatalf("%s %q: %v", f.Name, v, err)
				}
				keys := make([]string, len(got))
				for i, row := range got {
					keys[i] = keyOf(row)
				}
				slices.Sort(keys)
				want := slices.Sorted(slices.Values(shown[v]))
				if diff := gocmp.Diff(want, keys); diff != "" {
					t.Errorf("%s %q (-shown +filtered):\n%.600s", f.Name, v, diff)
				}
			}
		}
	})
}

func keyOf(row any) string { return row.(interface{ Key() string }).Key() }

// asking is the filter for one value of a field.
func asking(t *testing.T, f *mapping.Field, value string) plan.Filter {
	t.Helper()
	switch f.Spec.Kind {
	case "day", "instant", "partialDay":
		from := day(t, value[:10])
		next := from.Time().AddDate(0, 0, 1).Format("2006-01-02")
		return plan.Filter{Field: f.Name, Days: &plan.Days{From: from, Before: day(t, next)}}
	case "bool":
		return plan.Filter{Field: f.Name, Flag: new(value == "true")}
	case "text":
		return plan.Filter{Field: f.Name, Text: &plan.TextMatch{Equals: []string{value}}}
	}
	return plan.Filter{Field: f.Name, Any: []string{value}}
}

// shows gives the values of a record's field as a filter names them; days without time.
func shows(record reflect.Value, f *mapping.Field) []string {
	switch f.Spec.Kind {
	case "money", "decimal", "personName", "address": // nobody filters by them
		return nil
	}
	if f.Spec.Markup {
		return nil
	}
	names := strings.Split(f.Name, ".")
	if f.Refers != "" {
		names[len(names)-1] += "Ref"
	}
	v := record
	for _, name := range names {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return nil
			}
			v = v.Elem()
		}
		v = v.FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, name) })
	}
	if v.IsZero() {
		return nil
	}
	switch x := v.Interface().(type) {
	case *model.Date:
		return []string{x.String()}
	case *model.Instant:
		return []string{x.Time().Format("2006-01-02")}
	case *model.PartialDate:
		d, _ := model.NewDate(int(x.Year), max(int(x.Month), 1), max(int(x.Day), 1))
		return []string{d.String()}
	}
	if v.Kind() == reflect.Slice {
		var items []string
		for i := range v.Len() {
			if item := v.Index(i).String(); !slices.Contains(items, item) {
				items = append(items, item)
			}
		}
		return items
	}
	if v.Elem().Kind() == reflect.String { // not its String method, which masks names
		return []string{v.Elem().String()}
	}
	return []string{fmt.Sprint(v.Elem().Interface())}
}
