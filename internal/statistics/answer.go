package statistics

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/selection"
)

// Limits of one statistic.
const (
	mostFilled = 10000 // groups, empty ones included
	mostTop    = 1000
)

// Arguments are those of a statistics field; D is the kind's own type of dimension.
type Arguments[D ~string] struct {
	GroupBy   []D
	Filter    any   // *XFilter or nil
	FillEmpty *bool // groups without rows as well; nil is false
	Top       *int  // most groups, the largest; nil is all
}

// Answer answers a statistics field; G is the kind's own type of group. Errors are faults; all
// that is wrong with the arguments comes joined.
func Answer[G any, P interface {
	*G
	Set(model.Group)
}, D ~string](ctx context.Context, svc *Service, source *adapters.Statistics, s Arguments[D]) (*model.Statistics[G],
	error) {
	wrap := func(g model.Group) *G {
		own := new(G)
		P(own).Set(g)
		return own
	}
	names := make([]string, len(s.GroupBy))
	for i, d := range s.GroupBy {
		names[i] = string(d)
	}
	axes, faults := svc.axesOf(source, names)
	if s.Top != nil && (*s.Top < 1 || *s.Top > mostTop) {
		faults = append(faults, fault.Input("top", "must be 1 to %d, not %d", mostTop, *s.Top))
	}
	asked := filter.Of(s.Filter)
	faults = append(faults, source.FilterFaults(ctx, "filter", asked)...)
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	record := svc.Book.Records[source.Kind().Record]
	measures, unknown := recordedOf(source, wanted(ctx, record))
	f := &figures{axes: axes, measures: measures, unknown: unknown,
		listed: selection.From(ctx).On(record.Name + "Group").Wanted("filter")}
	q := adapters.Question{Filter: asked, Axes: bare(axes), Measures: questions(f.measures)}
	f.asked = len(q.Measures)
	isAsked := selection.From(ctx).On(record.Name + "Stats").Wanted("excluded")
	if isAsked {
		q.Measures = append(q.Measures, f.gaps()...)
	}
	tally, err := source.Tally(ctx, q)
	if err != nil {
		return nil, err
	}
	if isAsked {
		if f.ages, err = withoutAges(ctx, source, q, tally); err != nil {
			return nil, err
		}
	}
	f.base = filter.Text(s.Filter)
	f.below = svc.below(record)
	f.total, f.withheld = tally.Total, withhold(tally, f.measures, f.below)
	for i := range axes {
		axes[i].found = valuesOn(tally.Buckets, i)
	}
	answer := &model.Statistics[G]{Groups: []*G{}, Total: wrap(f.group(tally.Total, true)), Excluded: f.excluded(tally),
		Definitions: definitionsOf(record)}
	buckets := tally.Buckets
	if len(axes) == 0 {
		buckets = nil
	}
	if s.FillEmpty != nil && *s.FillEmpty {
		if buckets, err = f.filled(q, tally, buckets); err != nil {
			return nil, err
		}
	}
	f.sort(buckets, s.Top != nil)
	if s.Top != nil && len(buckets) > *s.Top {
		rest := tally.NewBucket(nil)
		for _, b := range buckets[*s.Top:] {
			rest.Add(b)
		}
		buckets = buckets[:*s.Top]
		answer.Rest = wrap(f.rest(rest))
	}
	for _, b := range buckets {
		answer.Groups = append(answer.Groups, wrap(f.group(b, true)))
	}
	return answer, nil
}

// valuesOn are the values of the buckets on the axis of an index, sorted.
func valuesOn(buckets []*adapters.Bucket, i int) []string {
	values := map[string]bool{}
	for _, b := range buckets {
		if v := b.Key[i]; v != nil {
			values[*v] = true
		}
	}
	return slices.Sorted(maps.Keys(values))
}

// wanted are the measures that the operation asks for.
func wanted(ctx context.Context, record *metrics.Record) []metrics.Measure {
	fields := selection.From(ctx).On(record.Name + "Group")
	var list []metrics.Measure
	for _, m := range record.Measures {
		if fields.Wanted(m.Name) {
			list = append(list, m)
		}
	}
	return list
}

// recordedOf divides measures into those for which the site records what they need, and
// the others, which are null.
func recordedOf(source *adapters.Statistics, measures []metrics.Measure) (recorded, unknown []metrics.Measure) {
	for _, m := range measures {
		var filters []filter.Filter
		var fields []string
		switch {
		case m.Rate != nil:
			filters = []filter.Filter{m.Rate.Of.Filter(model.DateRange{}), m.Rate.Filter.Filter(model.DateRange{})}
		case m.Sum != "":
			fields = []string{m.Sum}
		default:
			fields = slices.Concat(m.Days, m.Workdays)
		}
		if source.Lacks(filters, fields...) == nil {
			recorded = append(recorded, m)
		} else {
			unknown = append(unknown, m)
		}
	}
	return recorded, unknown
}

// questions puts measures to a source: a rate is two counts.
func questions(measures []metrics.Measure) []adapters.Measure {
	var list []adapters.Measure
	for _, m := range measures {
		switch {
		case m.Rate != nil:
			of, part := m.Rate.Of.Filter(model.DateRange{}), m.Rate.Filter.Filter(model.DateRange{})
			list = append(list, adapters.Measure{Name: m.Name, Holds: &of},
				adapters.Measure{Name: m.Name, Holds: &part})
		case m.Sum != "":
			list = append(list, adapters.Measure{Name: m.Name, Sum: m.Sum})
		case m.Workdays != nil:
			list = append(list, adapters.Measure{Name: m.Name, From: m.Workdays[0], To: m.Workdays[1], Workdays: true})
		default:
			list = append(list, adapters.Measure{Name: m.Name, From: m.Days[0], To: m.Days[1]})
		}
	}
	return list
}

// figures turns buckets into groups.
type figures struct {
	axes     []axis
	measures []metrics.Measure
	unknown  []metrics.Measure             // for which the site lacks what they need
	base     string                        // the filter of all rows; "" for none
	listed   bool                          // the filters of groups are wanted
	sides    []map[string]side             // by axis and value: made once, for values repeat
	asked    int                           // how many of a bucket's figures are of measures; gaps follow
	ages     map[string][]*model.Exclusion // why rows stand in no band, by the field of an age
	below    int                           // how many rows must stand behind a figure; 0 for any
	total    *adapters.Bucket
	withheld *withheld
}

// gaps are further counts, of what the figures leave out and why, in the order of excluded:
// rows whose day cannot be read, of each axis and measure of days, and the doubts of each
// rate.
func (f *figures) gaps() []adapters.Measure {
	var list []adapters.Measure
	count := func(f filter.Filter) { list = append(list, adapters.Measure{Holds: &f}) }
	for _, a := range f.axes {
		if a.Unit != adapters.NoUnit {
			count(unreadable(a.Field))
		}
	}
	for _, m := range f.measures {
		switch {
		case m.Rate != nil:
			for _, d := range m.Rate.Doubts(model.DateRange{}) {
				count(d.Filter)
			}
		case m.Sum == "":
			count(unreadable(slices.Concat(m.Days, m.Workdays)...))
		}
	}
	return list
}

// unreadable holds for records of which one of the fields holds something that says
// nothing.
func unreadable(fields ...string) filter.Filter {
	var f filter.Filter
	for _, name := range fields {
		f.Or = append(f.Or, filter.Filter{Field: name, Standing: filter.Unreadable})
	}
	return f
}

// side is what a group says of one of its values.
type side struct {
	key       *model.GroupKey
	condition string
}

// side gives what groups say of a value on an axis.
func (f *figures) side(axis int, value *string) side {
	if f.sides == nil {
		f.sides = make([]map[string]side, len(f.axes))
	}
	id := ""
	if value != nil {
		id = "v" + *value
	}
	s, made := f.sides[axis][id]
	if !made {
		s.key = f.axes[axis].key(value)
		if f.listed {
			s.condition = f.axes[axis].condition(value)
		}
		if f.sides[axis] == nil {
			f.sides[axis] = map[string]side{}
		}
		f.sides[axis][id] = s
	}
	return s
}

// group is a bucket as the client sees it; without a filter where none lists its rows.
func (f *figures) group(b *adapters.Bucket, listed bool) model.Group {
	g := model.Group{Key: make([]*model.GroupKey, 0, len(b.Key)), Rows: b.Rows,
		Suppressed: f.withheld.groups[b] || b == f.total && f.withheld.total}
	if len(f.measures) > 0 {
		g.Rates, g.Days, g.Sums = map[string]*model.Rate{}, map[string]*model.DayStatistics{}, map[string]model.Sum{}
	}
	var conditions []string
	if f.base != "" {
		conditions = append(conditions, f.base)
	}
	for i, value := range b.Key {
		s := f.side(i, value)
		g.Key = append(g.Key, s.key)
		conditions = append(conditions, s.condition)
	}
	if listed && f.listed && !g.Suppressed && !slices.ContainsFunc(f.axes[:len(b.Key)], axis.isOfPersons) {
		g.Filter = new(filter.AllOf(conditions))
	}
	if g.Suppressed {
		return g
	}
	at := 0
	for i, m := range f.measures {
		figure := b.Figures[at]
		at++
		of := f.withheld.measures[i]
		isWithheld := of.groups[b] || b == f.total && of.total
		switch {
		case isWithheld && m.Rate != nil:
			at++
		case isWithheld:
		case m.Rate != nil:
			g.Rates[m.Name] = rate(b.Figures[at].Rows, figure.Rows)
			at++
		case m.Sum != "":
			g.Sums[m.Name] = model.Sum{Value: figure.Sum, Rows: figure.Rows}
		default:
			g.Days[m.Name] = &model.DayStatistics{Average: ratio(figure.Sum, int64(figure.Rows), 2),
				P90: figure.Percentile(90), Counted: figure.Rows}
		}
	}
	return g
}

// rest is what top left out. Where anything is withheld, so is it: with the total it would
// tell what the groups before it hold.
func (f *figures) rest(b *adapters.Bucket) model.Group {
	if f.withheld.any() || isSmall(b.Rows, f.below) {
		return model.Group{Key: []*model.GroupKey{}, Suppressed: true}
	}
	g := f.group(b, false)
	for i, m := range f.measures {
		if of := f.withheld.measures[i]; of.total || len(of.groups) > 0 {
			delete(g.Rates, m.Name)
			delete(g.Days, m.Name)
			delete(g.Sums, m.Name)
		}
	}
	return g
}

func rate(numerator, denominator int) *model.Rate {
	return &model.Rate{Value: ratio(int64(numerator), int64(denominator), 4), Numerator: numerator,
		Denominator: denominator}
}

// ratio divides exactly and rounds half away from zero to so many places; nil for a
// denominator of 0.
func ratio(numerator, denominator int64, places int) *model.Decimal {
	if denominator == 0 {
		return nil
	}
	return new(model.Decimal(big.NewRat(numerator, denominator).FloatString(places)))
}

// excluded tells which rows have no named bucket, and which are not part of a figure.
func (f *figures) excluded(t *adapters.Tally) []*model.Exclusion {
	list := []*model.Exclusion{}
	add := func(of string, reason adapters.Reason, n int) {
		if n > 0 && !isSmall(n, f.below) {
			list = append(list, &model.Exclusion{Reason: reason, Of: of, Count: n})
		}
	}
	gaps := t.Total.Figures[f.asked:] // none where nobody asks what is left out
	gap := func() int {
		if len(gaps) == 0 {
			return 0
		}
		n := gaps[0].Rows
		gaps = gaps[1:]
		return n
	}
	for i, a := range f.axes {
		n := 0
		if a.Unit != adapters.NoUnit {
			n = gap()
		}
		isWithheld := func(b *adapters.Bucket) bool { return b.Key[i] == nil && f.withheld.groups[b] }
		if slices.ContainsFunc(t.Buckets, isWithheld) {
			continue // they are the rows of a group that is withheld
		}
		without := maps.Clone(t.Without[i])
		switch {
		case a.Unit != adapters.NoUnit:
			without[adapters.Undated] -= n
			without[adapters.Unreadable] += n
		case f.ages[a.Field] != nil:
			list = append(list, f.ages[a.Field]...)
			continue
		}
		for _, reason := range slices.Sorted(maps.Keys(without)) {
			add(a.Name, reason, without[reason])
		}
	}
	if n := len(f.withheld.groups); n > 0 {
		list = append(list, suppressed("count", n))
	}
	at := 0
	for i, m := range f.measures {
		figure := t.Total.Figures[at]
		at++
		of := f.withheld.measures[i]
		if n := len(of.groups); n > 0 {
			list = append(list, suppressed(m.Name, n))
		}
		switch {
		case of.total || f.withheld.total || len(of.groups) > 0:
			switch {
			case m.Rate != nil:
				at++
				for range m.Rate.Doubts(model.DateRange{}) {
					gap()
				}
			case m.Sum == "":
				gap()
			}
		case m.Rate != nil:
			at++
			for _, d := range m.Rate.Doubts(model.DateRange{}) {
				add(figureOf(m.Name, d), d.Reason, gap())
			}
		case m.Sum != "":
			add(m.Name, adapters.NoAmount, t.Total.Rows-figure.Rows)
		default:
			add(m.Name, adapters.Reversed, figure.Reversed)
			n := gap()
			add(m.Name, adapters.Unreadable, n)
			add(m.Name, adapters.Undated, t.Total.Rows-figure.Rows-figure.Reversed-n)
		}
	}
	for _, m := range f.unknown {
		add(m.Name, adapters.NotRecorded, t.Total.Rows)
	}
	return list
}

// sort orders buckets by their keys; or the largest first, and equal ones by their keys.
func (f *figures) sort(buckets []*adapters.Bucket, bySize bool) {
	slices.SortFunc(buckets, func(x, y *adapters.Bucket) int {
		// The place of one that is withheld must not tell its size.
		if a, b := f.withheld.groups[x], f.withheld.groups[y]; bySize && a != b {
			if a {
				return 1
			}
			return -1
		} else if bySize && !a && x.Rows != y.Rows {
			return y.Rows - x.Rows
		}
		for i, a := range f.axes {
			if c := a.compare(x.Key[i], y.Key[i]); c != 0 {
				return c
			}
		}
		return 0
	})
}

// filled adds the combinations of values that no row has.
func (f *figures) filled(q adapters.Question, tally *adapters.Tally,
	buckets []*adapters.Bucket) ([]*adapters.Bucket, error) {
	present := map[string]bool{}
	found := make([][]string, len(f.axes))
	for _, b := range buckets {
		present[identity(b.Key)] = true
		for i, v := range b.Key {
			if v != nil && !slices.Contains(found[i], *v) {
				found[i] = append(found[i], *v)
			}
		}
	}
	keys := [][]*string{{}}
	for i, a := range f.axes {
		values := a.all(q.Filter, found[i])
		if len(values)*len(keys) > mostFilled {
			return nil,
				fault.Input("fillEmpty", "would give more than %d groups; narrow the range of days or group by less",
					mostFilled)
		}
		var longer [][]*string
		for _, k := range keys {
			for _, v := range values {
				longer = append(longer, append(slices.Clone(k), &v))
			}
		}
		keys = longer
	}
	for _, k := range keys {
		if len(k) > 0 && !present[identity(k)] {
			buckets = append(buckets, tally.NewBucket(k))
		}
	}
	return buckets, nil
}

// identity tells keys apart.
func identity(key []*string) string {
	id := ""
	for _, v := range key {
		if v == nil {
			id += "-"
		} else {
			id += fmt.Sprintf("%q", *v)
		}
	}
	return id
}

// definitionsOf are the definitions behind a kind's rates, in the order of its fields.
func definitionsOf(record *metrics.Record) []*model.MetricDefinition {
	list := []*model.MetricDefinition{}
	for _, m := range record.Measures {
		if m.Rate != nil {
			list = append(list, definition(m.Rate))
		}
	}
	return list
}

func definition(m *metrics.Metric) *model.MetricDefinition {
	d := &model.MetricDefinition{
		Name: m.Name, Version: m.Version, Label: m.Label, English: m.English, Definition: m.Definition,
		DefinitionEnglish: m.DefinitionEnglish,
		Source:            m.Source,
		System:            m.Record.System, List: m.Record.List, Kind: m.Kind, NeedsPeriod: m.NeedsFrom,
		Filter: m.Filter.String(),
	}
	if m.Of != nil {
		d.DenominatorFilter = new(m.Of.String())
	}
	return d
}
