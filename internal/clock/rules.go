package clock

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

//go:embed deadlines.yaml
var embedded []byte

// Embedded gives the rules that come with the program, checked against the schema.
func Embedded(schema *ast.Schema) (Rules, error) { return Parse("deadlines.yaml", embedded, schema) }

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

// Parse reads a file of rules. Records, fields and values must be those of the schema.
// The error joins every finding, each with file:line.
func Parse(file string, data []byte, schema *ast.Schema) (Rules, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		line, message := yamlfile.Syntax(data, err)
		return nil, fmt.Errorf("%s:%d: not YAML: %s", file, line, message)
	}
	if len(document.Content) == 0 {
		return nil, fmt.Errorf("%s:1: the file is empty: it needs rules", file)
	}
	p := &parser{file: file, schema: schema, rules: Rules{}}
	top := p.dict(document.Content[0], "the file", "rules")
	for _, item := range p.list(top["rules"]) {
		p.rule(item)
	}
	if p.findings != nil {
		return nil, errors.Join(p.findings...)
	}
	return p.rules, nil
}

// parser gathers findings and goes on after each.
type parser struct {
	file     string
	schema   *ast.Schema
	rules    Rules
	findings []error
}

func (p *parser) add(at *yaml.Node, format string, args ...any) {
	p.findings = append(p.findings, fmt.Errorf("%s:%d: %s", p.file, at.Line, fmt.Sprintf(format, args...)))
}

// dict reads a map with the known keys.
func (p *parser) dict(at *yaml.Node, what string, known ...string) map[string]*yaml.Node {
	values := map[string]*yaml.Node{}
	if at.Kind != yaml.MappingNode {
		p.add(at, "%s must be a map", what)
		return values
	}
	for i := 0; i < len(at.Content); i += 2 {
		key, value := at.Content[i], at.Content[i+1]
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		if !slices.Contains(known, key.Value) {
			p.add(key, "unknown key %q; %s has %s", key.Value, what, strings.Join(known, ", "))
		}
		values[key.Value] = value
	}
	return values
}

// list gives the items of a list; none for nil.
func (p *parser) list(at *yaml.Node) []*yaml.Node {
	if at == nil {
		return nil
	}
	if at.Kind != yaml.SequenceNode {
		p.add(at, "give a list")
		return nil
	}
	return at.Content
}

func (p *parser) rule(at *yaml.Node) {
	d := p.dict(at, "a rule", "record", "step", "start", "done", "ended", "over", "paused", "law", "complete", "stops", "limits")
	for _, key := range []string{"record", "step", "start", "done", "limits"} {
		if d[key] == nil {
			p.add(at, "the rule lacks %s", key)
			return
		}
	}
	record := p.schema.Types[d["record"].Value]
	if record == nil || record.Kind != ast.Object {
		p.add(d["record"], "%q is no record of the graph", d["record"].Value)
		return
	}
	r := rule{step: model.DeadlineStep(d["step"].Value)}
	if !r.step.IsValid() {
		p.add(d["step"], "%q is no step; steps are the values of the enum DeadlineStep", d["step"].Value)
	}
	r.start, r.done = p.days(record, d["start"]), p.days(record, d["done"])
	r.over, r.paused = p.values(record, stateField, d["over"]), p.values(record, stateField, d["paused"])
	r.ended = p.says(record, d["ended"])
	r.law, r.complete = p.oneDay(record, d["law"]), p.oneDay(record, d["complete"])
	for _, item := range p.list(d["stops"]) {
		if pair := p.days(record, item); len(pair) == 2 {
			r.stops = append(r.stops, stop{pair[0], pair[1]})
		} else {
			p.add(item, "a stop is a pair of days: [suspendedFrom, suspendedTo]")
		}
	}
	for _, item := range p.list(d["limits"]) {
		r.limits = append(r.limits, p.limit(record, item))
	}
	if len(r.start) == 0 || len(r.limits) == 0 {
		p.add(at, "the rule needs at least one start and one limit")
	}
	p.rules[record.Name] = append(p.rules[record.Name], r)
}

func (p *parser) limit(record *ast.Definition, at *yaml.Node) limit {
	d := p.dict(at, "a limit", "from", "before", "when", "given", "days", "unit", "rule", "article", "local", "transition", "extension")
	for _, key := range []string{"days", "unit", "rule", "article"} {
		if d[key] == nil || d[key].Value == "" {
			p.add(at, "the limit lacks %s", key)
			return limit{}
		}
	}
	l := limit{
		from: p.day(d["from"]), before: p.day(d["before"]), given: p.days(record, d["given"]),
		unit: model.DeadlineUnit(d["unit"].Value), rule: d["rule"].Value, article: d["article"].Value,
	}
	if l.from != nil && l.before != nil && l.from.Compare(*l.before) >= 0 {
		p.add(d["from"], "from %s must lie before %s", l.from, l.before)
	}
	if !l.unit.IsValid() {
		p.add(d["unit"], "%q is no unit; write WORKING_DAYS or CALENDAR_DAYS", d["unit"].Value)
	}
	var err error
	if l.days, err = strconv.Atoi(d["days"].Value); err != nil || l.days < 1 || l.days > 3650 {
		p.add(d["days"], "%q is no number of days from 1 to 3650", d["days"].Value)
	}
	if local := d["local"]; local != nil {
		if l.local = local.Value == "true"; !l.local && local.Value != "false" {
			p.add(local, "local is true or false")
		}
	}
	if t := d["transition"]; t != nil {
		if l.transition = t.Value; l.before == nil {
			p.add(t, "a transition is from a limit that has a day before which it holds")
		}
	}
	if e := d["extension"]; e != nil {
		l.extension = p.extension(record, e)
	}
	if when := d["when"]; when != nil {
		if when.Kind != yaml.MappingNode {
			p.add(when, "when must be a map of fields to lists of values")
			return l
		}
		for i := 0; i < len(when.Content); i += 2 {
			name := when.Content[i].Value
			l.when = append(l.when, choice{name, p.values(record, name, when.Content[i+1])})
		}
	}
	return l
}

func (p *parser) extension(record *ast.Definition, at *yaml.Node) *extension {
	d := p.dict(at, "an extension", "granted", "states", "until", "days", "rule", "article")
	for _, key := range []string{"granted", "until", "days", "rule", "article"} {
		if d[key] == nil {
			p.add(at, "the extension lacks %s", key)
			return nil
		}
	}
	e := &extension{
		granted: p.days(record, d["granted"]), states: p.values(record, stateField, d["states"]), until: p.oneDay(record, d["until"]),
		rule: d["rule"].Value, article: d["article"].Value,
	}
	var err error
	if e.days, err = strconv.Atoi(d["days"].Value); err != nil || e.days < 1 || e.days > 3650 {
		p.add(d["days"], "%q is no number of days from 1 to 3650", d["days"].Value)
	}
	return e
}

// day reads a day; nil for nil.
func (p *parser) day(at *yaml.Node) *model.Date {
	if at == nil {
		return nil
	}
	d, err := model.ParseDate(at.Value)
	if err != nil {
		p.add(at, "%s", err)
	}
	return &d
}

// days reads names of fields that are days.
func (p *parser) days(record *ast.Definition, at *yaml.Node) []string {
	var names []string
	for _, item := range p.list(at) {
		if f := record.Fields.ForName(item.Value); f == nil || f.Type.NamedType != "Date" {
			p.add(item, "%s has no field %q that is a Date", record.Name, item.Value)
		}
		names = append(names, item.Value)
	}
	return names
}

// oneDay reads the name of a field that is a day; "" for nil.
func (p *parser) oneDay(record *ast.Definition, at *yaml.Node) string {
	if at == nil {
		return ""
	}
	if f := record.Fields.ForName(at.Value); f == nil || f.Type.NamedType != "Date" {
		p.add(at, "%s has no field %q that is a Date", record.Name, at.Value)
	}
	return at.Value
}

// says reads names of fields that are days or enums.
func (p *parser) says(record *ast.Definition, at *yaml.Node) []string {
	var names []string
	for _, item := range p.list(at) {
		f := record.Fields.ForName(item.Value)
		if f == nil || f.Type.NamedType != "Date" && (p.schema.Types[f.Type.NamedType] == nil || p.schema.Types[f.Type.NamedType].Kind != ast.Enum) {
			p.add(item, "%s has no field %q that is a Date or an enum", record.Name, item.Value)
		}
		names = append(names, item.Value)
	}
	return names
}

// values reads values of an enum field.
func (p *parser) values(record *ast.Definition, field string, at *yaml.Node) []string {
	if at == nil {
		return nil
	}
	f := record.Fields.ForName(field)
	if f == nil || p.schema.Types[f.Type.NamedType] == nil || p.schema.Types[f.Type.NamedType].Kind != ast.Enum {
		p.add(at, "%s has no field %q that is an enum", record.Name, field)
		return nil
	}
	enum := p.schema.Types[f.Type.NamedType]
	values := []string{}
	for _, item := range p.list(at) {
		if enum.EnumValues.ForName(item.Value) == nil {
			p.add(item, "%q is no value of %s", item.Value, enum.Name)
		}
		values = append(values, item.Value)
	}
	return values
}
