package clock

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Rules are the periods of each kind of record, in file order.
type Rules map[string][]rule

// stateField is the field that over and paused are about.
const stateField = "status"

// rule is one step of one kind of record; deadlines.yaml explains the parts.
type rule struct {
	step         model.DeadlineStep
	start, done  []string
	over, paused []string
	ended        []string // anything in one of them says that the step is over
	law          string   // day whose law holds; "" for the start
	complete     string   // day up to which time may not count without a record; "" for none
	stops        []stop
	limits       []limit
}

// stop names the fields between whose days the clock stands still.
type stop struct{ from, to string }

// limit is one version of a period.
type limit struct {
	from, before *model.Date // of the day whose law holds
	when         []choice
	given        []string
	days         int
	unit         model.DeadlineUnit
	rule         string
	article      string
	local        bool
	transition   string     // said of steps that go on beyond before
	extension    *extension // nil when the period cannot be extended
}

// extension is time that may be granted on top of a period.
type extension struct {
	granted       []string // anything in one of them says so
	states        []string // and so do these
	until         string   // the day up to which
	days          int      // at most
	rule, article string
}

// choice is an enum field and the values of which it has one.
type choice struct {
	field  string
	values []string
}

// Parse reads files of rules. Records, fields and values must be those of the schema. The rules
// of a record and a step are of one name: a site that extends what ships gives all of them, or
// removes them by `limits: ~`. The error is yamlfile.Findings, all of them.
func Parse(schema *ast.Schema, files yamlfile.Layers) (Rules, error) {
	p := &parser{Reader: yamlfile.Reader{Aliases: true}, schema: schema, rules: Rules{}}
	layers := p.Layers(files, "it needs rules", "rules")
	for _, file := range layers.Files() {
		file.Needs("rules")
	}
	for _, item := range layers.Items("rules", yamlfile.ByKey("record", "step"), "limits") {
		p.rule(item)
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	return p.rules, nil
}

// parser gathers findings and goes on after each.
type parser struct {
	yamlfile.Reader
	schema *ast.Schema
	rules  Rules
}

func (p *parser) rule(at *yamlfile.Node) {
	d := p.Dict(at, "the rule",
		"record", "step", "start", "done", "ended", "over", "paused", "law", "complete", "stops", "limits")
	if !d.Needs("record", "step", "start", "done", "limits") {
		return
	}
	name := d.Text("record")
	record := p.schema.Types[name]
	if record == nil || record.Kind != ast.Object {
		p.Add(d.At("record"), "%q is no record of the graph", name)
		return
	}
	r := rule{step: model.DeadlineStep(d.Text("step"))}
	if !r.step.IsValid() {
		p.Add(d.At("step"), "%q is no step; steps are the values of the enum DeadlineStep", r.step)
	}
	r.start, r.done = p.days(record, d.Get("start")), p.days(record, d.Get("done"))
	r.over, r.paused = p.values(record, stateField, d.Get("over")), p.values(record, stateField, d.Get("paused"))
	r.ended = p.says(record, d.Get("ended"))
	r.law, r.complete = p.oneDay(record, d, "law"), p.oneDay(record, d, "complete")
	for _, item := range d.Items("stops") {
		if pair := p.days(record, item); len(pair) == 2 {
			r.stops = append(r.stops, stop{pair[0], pair[1]})
		} else {
			p.Add(item.Pos, "a stop is a pair of days: [suspendedFrom, suspendedTo]")
		}
	}
	for _, item := range d.Items("limits") {
		r.limits = append(r.limits, p.limit(record, item))
	}
	if len(r.start) == 0 || len(r.limits) == 0 {
		p.Add(at.Pos, "the rule needs at least one start and one limit")
	}
	p.rules[record.Name] = append(p.rules[record.Name], r)
}

func (p *parser) limit(record *ast.Definition, at *yamlfile.Node) limit {
	d := p.Dict(at, "the limit",
		"from", "before", "when", "given", "days", "unit", "rule", "article", "local", "transition", "extension")
	if !d.Needs("days", "unit", "rule", "article") {
		return limit{}
	}
	l := limit{
		from: p.day(d, "from"), before: p.day(d, "before"), given: p.days(record, d.Get("given")),
		days: d.Int("days", 1, longestPeriod), unit: model.DeadlineUnit(d.Text("unit")),
		rule: d.Text("rule"), article: d.Text("article"), local: d.Bool("local", false),
		transition: d.Text("transition"),
	}
	if l.from != nil && l.before != nil && l.from.Compare(*l.before) >= 0 {
		p.Add(d.At("from"), "from %s must lie before %s", l.from, l.before)
	}
	if !l.unit.IsValid() {
		p.Add(d.At("unit"), "%q is no unit; write WORKING_DAYS or CALENDAR_DAYS", l.unit)
	}
	if d.Has("transition") && l.before == nil {
		p.Add(d.At("transition"), "a transition is from a limit that has a day before which it holds")
	}
	if e := d.Get("extension"); e != nil {
		l.extension = p.extension(record, e)
	}
	for _, e := range d.Entries("when") {
		l.when = append(l.when, choice{e.Key.Text, p.values(record, e.Key.Text, e.Value)})
	}
	return l
}

// longestPeriod is how many days a period may have.
const longestPeriod = 3650

func (p *parser) extension(record *ast.Definition, at *yamlfile.Node) *extension {
	d := p.Dict(at, "the extension", "granted", "states", "until", "days", "rule", "article")
	if !d.Needs("granted", "until", "days", "rule", "article") {
		return nil
	}
	return &extension{
		granted: p.days(record, d.Get("granted")), states: p.values(record, stateField, d.Get("states")),
		until: p.oneDay(record, d, "until"), days: d.Int("days", 1, longestPeriod),
		rule: d.Text("rule"), article: d.Text("article"),
	}
}

// day reads a day; nil when it is absent.
func (p *parser) day(d yamlfile.Dict, key string) *model.Date {
	text, ok := d.Value(key)
	if !ok {
		return nil
	}
	day, err := model.ParseDate(text)
	if err != nil {
		p.Add(d.At(key), "%s", err)
	}
	return &day
}

// days reads names of fields that are days.
func (p *parser) days(record *ast.Definition, at *yamlfile.Node) []string {
	var names []string
	for _, item := range p.Items(at, "what names days") {
		if f := record.Fields.ForName(item.Text); f == nil || f.Type.NamedType != "Date" {
			p.Add(item.Pos, "%s has no field %q that is a Date", record.Name, item.Text)
		}
		names = append(names, item.Text)
	}
	return names
}

// oneDay reads the name of a field that is a day; "" when it is absent.
func (p *parser) oneDay(record *ast.Definition, d yamlfile.Dict, key string) string {
	name, ok := d.Value(key)
	if f := record.Fields.ForName(name); ok && (f == nil || f.Type.NamedType != "Date") {
		p.Add(d.At(key), "%s has no field %q that is a Date", record.Name, name)
	}
	return name
}

// says reads names of fields that are days or enums.
func (p *parser) says(record *ast.Definition, at *yamlfile.Node) []string {
	var names []string
	for _, item := range p.Items(at, "what names fields") {
		f := record.Fields.ForName(item.Text)
		if f == nil || f.Type.NamedType != "Date" &&
			(p.schema.Types[f.Type.NamedType] == nil || p.schema.Types[f.Type.NamedType].Kind != ast.Enum) {
			p.Add(item.Pos, "%s has no field %q that is a Date or an enum", record.Name, item.Text)
		}
		names = append(names, item.Text)
	}
	return names
}

// values reads values of an enum field.
func (p *parser) values(record *ast.Definition, field string, at *yamlfile.Node) []string {
	if at == nil {
		return nil
	}
	f := record.Fields.ForName(field)
	if f == nil || p.schema.Types[f.Type.NamedType] == nil || p.schema.Types[f.Type.NamedType].Kind != ast.Enum {
		p.Add(at.Pos, "%s has no field %q that is an enum", record.Name, field)
		return nil
	}
	enum := p.schema.Types[f.Type.NamedType]
	values := []string{}
	for _, item := range p.Items(at, "what names values of "+field) {
		if enum.EnumValues.ForName(item.Text) == nil {
			p.Add(item.Pos, "%q is no value of %s", item.Text, enum.Name)
		}
		values = append(values, item.Text)
	}
	return values
}
