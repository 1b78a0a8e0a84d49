package metrics

import (
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Literal is a record's filter as GraphQL text, with $from and $before for the bounds of
// a period.
type Literal struct {
	value *ast.Value
	// kinds tells how a field's value is to be read: the name of its input type, or of a
	// list's items.
	kinds  map[string]string
	fields map[string]bool // of the record, as opposed to flags that others answer
	enums  map[string]int  // how many values of a field's enum have a meaning of their own: all but OTHER
}

// literal checks a filter by validating the list that it filters.
func (p *parser) literal(node *yamlfile.Node, record *Record) Literal {
	var variables string
	for _, name := range []string{"$from", "$before"} {
		if strings.Contains(node.Text, name) {
			variables += name + ": Date "
		}
	}
	if variables != "" {
		variables = "(" + variables + ")"
	}
	query := "query" + variables + " { " + record.List + "(filter: " + node.Text + ") { __typename } }"
	doc, errs := gqlparser.LoadQueryWithRules(p.schema, query, nil)
	if len(errs) > 0 {
		for _, err := range errs {
			p.Add(node.Pos, "filter of %s: %s", record.List, err.Message)
		}
		return Literal{value: &ast.Value{Kind: ast.ObjectValue}}
	}
	argument := doc.Operations[0].SelectionSet[0].(*ast.Field).Arguments.ForName("filter")
	l := Literal{value: argument.Value, kinds: map[string]string{}}
	l.fields, l.enums = map[string]bool{}, map[string]int{}
	for _, f := range argument.Value.Definition.Fields {
		l.kinds[f.Name] = f.Type.Name()
		l.fields[f.Name] = p.schema.Types[record.Name].Fields.ForName(f.Name) != nil
		if t := p.schema.Types[f.Type.Name()]; t.Kind == ast.Enum {
			for _, v := range t.EnumValues {
				if v.Name != "OTHER" {
					l.enums[f.Name]++
				}
			}
		}
	}
	p.general(node.Pos, argument.Value)
	return l
}

// general refuses what a definition cannot say, because it holds for every period and
// everybody: days, and parties.
func (p *parser) general(at yamlfile.Pos, v *ast.Value) {
	for _, c := range v.Children {
		if v.Definition != nil && v.Definition.Name == "DateRange" && c.Name != "isUnreadable" && c.Value.Kind != ast.Variable {
			p.Add(at, "%s: a definition states its days by $from and $before, not by %s", c.Name, c.Value)
		}
		if c.Value.Definition != nil && c.Value.Definition.Name == "PartyFilter" {
			p.Add(at, "%s: a definition is about nobody in particular; leave it out", c.Name)
			continue
		}
		p.general(at, c.Value)
	}
}

// And is the filter that all of the given ones hold; they are about the same record.
func And(filters ...Literal) Literal {
	list := &ast.Value{Kind: ast.ListValue}
	for _, f := range filters {
		list.Children = append(list.Children, &ast.ChildValue{Value: f.value})
	}
	and := &ast.Value{Kind: ast.ObjectValue, Children: ast.ChildValueList{{Name: "and", Value: list}}}
	all := filters[0]
	all.value = and
	return all
}

// Any is the filter that a field has one of the values; they are written as strings.
func (l Literal) Any(field string, values []string) Literal {
	list := &ast.Value{Kind: ast.ListValue}
	for _, v := range values {
		list.Children = append(list.Children, &ast.ChildValue{Value: &ast.Value{Kind: ast.StringValue, Raw: v}})
	}
	l.value = &ast.Value{Kind: ast.ObjectValue, Children: ast.ChildValueList{{Name: field, Value: list}}}
	return l
}

// String is the filter with its variables, as the definition states it.
func (l Literal) String() string {
	var b strings.Builder
	write(&b, l.value, nil)
	return b.String()
}

// Text is the filter over a period; an open bound is left out.
func (l Literal) Text(period model.DateRange) string {
	var b strings.Builder
	write(&b, l.value, &period)
	return b.String()
}

// write appends a value; a nil period keeps the variables.
func write(b *strings.Builder, v *ast.Value, period *model.DateRange) {
	switch v.Kind {
	case ast.ObjectValue:
		b.WriteByte('{')
		first := true
		for _, c := range v.Children {
			if period != nil && c.Value.Kind == ast.Variable && bound(c.Value, *period) == nil {
				continue
			}
			if !first {
				b.WriteString(", ")
			}
			first = false
			b.WriteString(c.Name + ": ")
			write(b, c.Value, period)
		}
		b.WriteByte('}')
	case ast.ListValue:
		b.WriteByte('[')
		for i, c := range v.Children {
			if i > 0 {
				b.WriteString(", ")
			}
			write(b, c.Value, period)
		}
		b.WriteByte(']')
	case ast.Variable:
		if period == nil {
			b.WriteString("$" + v.Raw)
		} else {
			b.WriteString(strconv.Quote(bound(v, *period).String()))
		}
	case ast.StringValue, ast.BlockValue:
		b.WriteString(strconv.Quote(v.Raw))
	default:
		b.WriteString(v.Raw)
	}
}

// bound is the day a variable stands for; nil where the period is open.
func bound(v *ast.Value, period model.DateRange) *model.Date {
	if v.Raw == "from" {
		return period.From
	}
	return period.Before
}

// Filter is the filter over a period as the planner takes it.
func (l Literal) Filter(period model.DateRange) plan.Filter { return l.filter(l.value, period) }

func (l Literal) filter(v *ast.Value, period model.DateRange) plan.Filter {
	var f plan.Filter
	for _, c := range v.Children {
		switch c.Name {
		case "and":
			f.And = append(f.And, l.all(c.Value, period)...)
		case "or":
			f.Or = append(f.Or, l.all(c.Value, period)...)
		case "not":
			f.Not = new(l.filter(c.Value, period))
		default:
			f.And = append(f.And, l.condition(c, period))
		}
	}
	return f
}

func (l Literal) all(v *ast.Value, period model.DateRange) []plan.Filter {
	var list []plan.Filter
	for _, c := range v.Children {
		list = append(list, l.filter(c.Value, period))
	}
	return list
}

// condition reads one field of a filter; the parser has validated it.
func (l Literal) condition(c *ast.ChildValue, period model.DateRange) plan.Filter {
	f := plan.Filter{Field: c.Name}
	child := func(name string) *ast.Value { return c.Value.Children.ForName(name) }
	switch l.kinds[c.Name] {
	case "DateRange":
		f.Days = &plan.Days{From: day(child("from"), period), Before: day(child("before"), period)}
		if v := child("isUnreadable"); v != nil {
			f.Days.Unreadable = new(v.Raw == "true")
		}
	case "IntRange":
		f.Whole = &plan.Whole{From: whole(child("from")), Before: whole(child("before"))}
	case "MoneyRange":
		f.Amount = &plan.Amount{From: amount(child("from")), To: amount(child("to"))}
	case "Boolean":
		f.Flag = new(c.Value.Raw == "true")
	case "TextFilter":
		f.Text = &plan.TextMatch{}
		if v := child("prefix"); v != nil {
			f.Text.Prefix = &v.Raw
		}
		if v := child("contains"); v != nil {
			f.Text.Contains = &v.Raw
		}
		if v := child("equals"); v != nil {
			f.Text.Equals = raws(v)
		}
	default:
		f.Any = raws(c.Value)
	}
	return f
}

func raws(v *ast.Value) []string {
	list := []string{}
	for _, c := range v.Children {
		list = append(list, c.Value.Raw)
	}
	return list
}

func day(v *ast.Value, period model.DateRange) *model.Date {
	if v == nil {
		return nil
	}
	return bound(v, period)
}

func whole(v *ast.Value) *int {
	if v == nil {
		return nil
	}
	n, err := strconv.Atoi(v.Raw)
	if err != nil {
		return nil
	}
	return &n
}

func amount(v *ast.Value) *model.Money {
	if v == nil {
		return nil
	}
	m, err := model.ParseMoney(v.Raw)
	if err != nil {
		return nil
	}
	return &m
}
