package figures

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/personid"
	"github.com/bureaugraph/bureaugraph/internal/suite"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// The embedded engine takes its time with conditions on days: there each dimension is
// asked for one measure, in turn, and each day by one unit of time. On MariaDB all pairs
// are asked for.
func TestStatistics(t *testing.T) { everyDimension(t, embedded(t), 1) }

func TestStatisticsOnMariaDB(t *testing.T) { everyDimension(t, onMariaDB(t), 6) }

// root is the statistics field of a record.
func root(record string) string { return strings.ToLower(record[:1]) + record[1:] + "Stats" }

// units end the name of a dimension of days.
var units = []string{"DAY", "WEEK", "MONTH", "QUARTER", "YEAR"}

// everyDimension compares the groups of each dimension with groups made in Go, at most so
// many measures included, and with the list by each group's filter.
func everyDimension(t *testing.T, s *site, most int) {
	book, err := metrics.Parse(s.schema, yamlfile.Layers{Shipped: adapters.Systems().Figures()})
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range slices.Sorted(maps.Keys(book.Records)) {
		dimensions := s.schema.Types[record+"Dimension"].EnumValues
		var names [][]string
		days := 0
		for _, d := range dimensions {
			if at := slices.Index(units, d.Name[strings.LastIndex(d.Name, "_")+1:]); at >= 0 &&
				strings.Contains(d.Name, "_") {
				if days++; most < 6 && at != ((days-1)/len(units)+len(record))%len(units) {
					continue
				}
			}
			names = append(names, []string{d.Name})
		}
		names = append(names, []string{dimensions[0].Name, dimensions[len(dimensions)-1].Name},
			[]string{dimensions[1].Name, dimensions[0].Name, dimensions[len(dimensions)-3].Name})
		all := book.Records[record].Measures
		for i, by := range names {
			asked := *book.Records[record]
			if most < len(all) {
				asked.Measures = slices.Concat(all, all)[i*most%len(all):][:most]
			}
			t.Run(record+" "+strings.Join(by, " "), func(t *testing.T) {
				t.Parallel()
				s.compare(t, &asked, by)
			})
		}
		counted := *book.Records[record]
		counted.Measures = nil
		alone := [][]string{names[len(names)-1]}
		if at := slices.IndexFunc(dimensions, func(d *ast.EnumValueDefinition) bool {
			return s.isOfAnother(record, d.Name)
		}); at >= 0 {
			alone = append(alone, []string{dimensions[at].Name})
		}
		for _, by := range alone {
			t.Run(record+" "+strings.Join(by, " ")+", counts alone", func(t *testing.T) {
				t.Parallel()
				s.compare(t, &counted, by)
			})
		}
	}
}

// graphField is the field of the record that a dimension is named after; nil for one of another
// record, for a unit of time and for a band.
func (s *site) graphField(record, dimension string) *ast.FieldDefinition {
	name := strings.ReplaceAll(dimension, "_", "")
	for _, f := range s.schema.Types[record].Fields {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// isOfAnother tells whether a dimension is a field of another record, without a unit or a band.
func (s *site) isOfAnother(record, dimension string) bool {
	last := dimension[strings.LastIndex(dimension, "_")+1:]
	return s.graphField(record, dimension) == nil && last != "BAND" && !slices.Contains(units, last) &&
		fieldOf(reflect.New(s.rows[record][0].Type()).Elem(), strings.ReplaceAll(dimension, "_", "")).IsValid()
}

// isOfPersons tells whether a dimension is a person's name, for which no filter asks.
func (s *site) isOfPersons(record, dimension string) bool {
	f := s.graphField(record, dimension)
	return f != nil && f.Type.Name() == "PersonName"
}

// measured is what a group came to, in Go.
type measured struct {
	count int
	rows  []reflect.Value
}

func (s *site) compare(t *testing.T, record *metrics.Record, by []string) {
	data := s.must(t, "{ stats: "+root(record.Name)+"(groupBy: ["+strings.Join(by,
		", ")+"]) { groups { key { dimension value } count filter"+
		selected(record)+" } total { count"+selected(record)+" } excluded { reason of count } } }")
	stats := data["stats"].(map[string]any)

	groups := map[string]*measured{}
	for _, row := range s.rows[record.Name] {
		for _, id := range s.combinations(record.Name, row, by) {
			if groups[id] == nil {
				groups[id] = &measured{}
			}
			groups[id].count++
			groups[id].rows = append(groups[id].rows, row)
		}
	}
	seen := map[string]bool{}
	var lists strings.Builder
	var counts []json.Number
	for i, g := range stats["groups"].([]any) {
		got := g.(map[string]any)
		var values []string
		for _, k := range got["key"].([]any) {
			values = append(values, fmt.Sprint(k.(map[string]any)["value"]))
		}
		id := strings.Join(values, " | ")
		if seen[id] {
			t.Errorf("%s comes twice", id)
		}
		seen[id] = true
		if groups[id] == nil {
			t.Errorf("%s: no record is there", id)
			continue
		}
		want := s.figures(record, groups[id].rows)
		want["key"], want["filter"] = got["key"], got["filter"]
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -computed +answered\n%.1500s", id, diff)
		}
		if got["filter"] == nil {
			if !slices.ContainsFunc(by, func(d string) bool { return s.isOfPersons(record.Name, d) }) {
				t.Errorf("%s has no filter", id)
			}
			continue
		}
		if i%max(1, len(stats["groups"].([]any))/4) == 0 { // each list costs a statement
			fmt.Fprintf(&lists, "g%d: %s(first: 1, filter: %s) { totalCount } ", i, record.List, got["filter"])
			counts = append(counts, got["count"].(json.Number))
		}
	}
	for id, g := range groups {
		if !seen[id] {
			t.Errorf("%s: missing, %d records", id, g.count)
		}
	}
	total := s.figures(record, s.rows[record.Name])
	if diff := cmp.Diff(total, stats["total"]); diff != "" {
		t.Errorf("total: -computed +answered\n%s", diff)
	}
	left := map[string]int{}
	for _, e := range stats["excluded"].([]any) {
		n, _ := e.(map[string]any)["count"].(json.Number).Int64()
		left[fmt.Sprint(e.(map[string]any)["of"])] += int(n)
	}
	for _, name := range by {
		unnamed := 0
		for _, row := range s.rows[record.Name] {
			if len(s.valuesOf(record.Name, row, name)) == 0 {
				unnamed++
			}
		}
		if left[name] != unnamed {
			t.Errorf("%s: %d rows have no named bucket, %d are excluded", name, unnamed, left[name])
		}
	}
	if counts == nil {
		return
	}
	answered := s.must(t, "{ "+lists.String()+"}")
	at := 0
	for i := range stats["groups"].([]any) {
		list, asked := answered[fmt.Sprint("g", i)]
		if !asked {
			continue
		}
		if n := list.(map[string]any)["totalCount"]; n != counts[at] {
			t.Errorf("group %d: its filter lists %v rows, its count is %v: %v", i, n, counts[at],
				stats["groups"].([]any)[i].(map[string]any)["filter"])
		}
		at++
	}
}

func selected(record *metrics.Record) string {
	text := ""
	for _, m := range record.Measures {
		switch {
		case m.Rate != nil:
			text += " " + m.Name + " { value numerator denominator }"
		case m.Sum != "":
			text += " " + m.Name + " { sum counted }"
		default:
			text += " " + m.Name + " { average p90 counted }"
		}
	}
	return text
}

// figures computes the measures of some records as the answer writes them.
func (s *site) figures(record *metrics.Record, rows []reflect.Value) map[string]any {
	number := func(n int) json.Number { return json.Number(fmt.Sprint(n)) }
	out := map[string]any{"count": number(len(rows))}
	for _, m := range record.Measures {
		switch {
		case m.Rate != nil:
			part, of := 0, 0
			for _, row := range rows {
				if s.holds(row, m.Rate.Of.Filter(model.DateRange{})) {
					of++
				}
				if s.holds(row, m.Rate.Filter.Filter(model.DateRange{})) {
					part++
				}
			}
			var value any
			if of > 0 {
				value = json.Number(big.NewRat(int64(part), int64(of)).FloatString(4))
			}
			out[m.Name] = map[string]any{"value": value, "numerator": number(part), "denominator": number(of)}
		case m.Sum != "":
			sum, counted, money := int64(0), 0, false
			for _, row := range rows {
				if _, ok := fieldOf(row, m.Sum).Interface().(*model.Money); ok {
					money = true
				}
				if n, ok := numberOf(row, m.Sum); ok {
					sum += n
					counted++
				}
			}
			out[m.Name] = map[string]any{"sum": json.Number(fmt.Sprint(sum)), "counted": number(counted)}
			if money {
				out[m.Name].(map[string]any)["sum"] = model.Money(sum).String()
			}
		default:
			var days []int
			sum := 0
			between := append(m.Days, m.Workdays...)
			for _, row := range rows {
				from, to := dayOf(row, between[0]), dayOf(row, between[1])
				if from == nil || to == nil || to.Compare(*from) < 0 {
					continue
				}
				n := int(to.Time().Sub(from.Time()) / (24 * time.Hour))
				if m.Workdays != nil {
					n = s.working.Workdays(*from, *to)
				}
				days = append(days, n)
				sum += n
			}
			d := map[string]any{"average": nil, "p90": nil, "counted": number(len(days))}
			if len(days) > 0 {
				slices.Sort(days)
				d["average"] = json.Number(big.NewRat(int64(sum), int64(len(days))).FloatString(2))
				d["p90"] = number(days[(len(days)*9+9)/10-1])
			}
			out[m.Name] = d
		}
	}
	return out
}

// combinations are the groups a record belongs to, as text.
func (s *site) combinations(record string, row reflect.Value, by []string) []string {
	ids := []string{""}
	for i, name := range by {
		values := s.valuesOf(record, row, name)
		if len(values) == 0 {
			values = []string{"<nil>"}
		}
		var longer []string
		for _, id := range ids {
			for _, v := range values {
				if i > 0 {
					v = id + " | " + v
				}
				longer = append(longer, v)
			}
		}
		ids = longer
	}
	return ids
}

// bandOf names the band of a number, by where bands begin: 1-3, 0, 101+; "" for one below all.
func bandOf(from []int, n int) string {
	for i, first := range from {
		switch {
		case n < first:
			return ""
		case i == len(from)-1:
			return fmt.Sprint(first, "+")
		case n >= from[i+1]:
		case from[i+1] == first+1:
			return fmt.Sprint(first)
		default:
			return fmt.Sprint(first, "-", from[i+1]-1)
		}
	}
	return ""
}

// valuesOf are the values of a row of a record on a dimension.
func (s *site) valuesOf(record string, row reflect.Value, dimension string) []string {
	words := strings.Split(dimension, "_")
	last := words[len(words)-1]
	field := strings.Join(words, "")
	switch last {
	case "DAY", "WEEK", "MONTH", "QUARTER", "YEAR":
		if len(words) == 1 {
			break
		}
		d := dayOf(row, strings.Join(words[:len(words)-1], "")+"on")
		if d == nil {
			return nil
		}
		iso, at := d.String(), d.Time()
		year, week := at.ISOWeek()
		return []string{map[string]string{
			"DAY": iso, "MONTH": iso[:7], "YEAR": iso[:4],
			"WEEK":    fmt.Sprintf("%d-W%02d", year, week),
			"QUARTER": fmt.Sprintf("%s-Q%d", iso[:4], (at.Month()+2)/3),
		}[last]}
	case "BAND":
		n, ok := numberOf(row, strings.Join(words[:len(words)-1], ""))
		if !ok {
			return nil
		}
		band := bandOf(s.bands[record][strings.ToLower(strings.Join(words[:len(words)-1], ""))], int(n))
		if band == "" {
			return nil
		}
		return []string{band}
	}
	if name, ok := fieldOf(row, field).Interface().(*model.PersonName); ok {
		if name == nil {
			return nil
		}
		persons, err := personid.New(demo.PersonKey(), suite.International)
		if err != nil {
			panic(err)
		}
		return []string{persons.EncodeName(string(*name))}
	}
	return textsOf(row, field)
}
