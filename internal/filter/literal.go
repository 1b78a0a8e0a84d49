package filter

import (
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Literal is a record's filter as GraphQL text, with $from and $before for the bounds of
// a period.
type Literal struct {
	value *ast.Value
	// kinds tells how a field's value is to be read: the name of its input type, or of a
	// list's items.
	kinds map[string]string
}

// ParseLiteral reads the text of a filter of the named list by validating the list that it
// filters. wrong says what is wrong with it, a sentence each; the literal then holds everywhere.
func ParseLiteral(schema *ast.Schema, list, text string) (l Literal, wrong []string) {
	var variables string
	for _, name := range []string{"$from", "$before"} {
		if strings.Contains(text, name) {
			variables += name + ": Date "
		}
	}
	if variables != "" {
		variables = "(" + variables + ")"
	}
	query := "query" + variables + " { " + list + "(filter: " + text + ") { __typename } }"
	doc, errs := gqlparser.LoadQueryWithRules(schema, query, nil)
	if len(errs) > 0 {
		for _, err := range errs {
			wrong = append(wrong, err.Message)
		}
		return Literal{value: &ast.Value{Kind: ast.ObjectValue}}, wrong
	}
	argument := doc.Operations[0].SelectionSet[0].(*ast.Field).Arguments.ForName("filter")
	l = Literal{value: argument.Value, kinds: map[string]string{}}
	for _, f := range argument.Value.Definition.Fields {
		l.kinds[f.Name] = f.Type.Name()
	}
	return l, nil
}

// Value is the filter as it was parsed.
func (l Literal) Value() *ast.Value { return l.value }

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

// Filter is the filter over a period.
func (l Literal) Filter(period model.DateRange) Filter { return l.filter(l.value, period) }

func (l Literal) filter(v *ast.Value, period model.DateRange) Filter {
	var f Filter
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

func (l Literal) all(v *ast.Value, period model.DateRange) []Filter {
	var list []Filter
	for _, c := range v.Children {
		list = append(list, l.filter(c.Value, period))
	}
	return list
}

// condition reads one field of a filter; the parser has validated it.
func (l Literal) condition(c *ast.ChildValue, period model.DateRange) Filter {
	f := Filter{Field: c.Name}
	child := func(name string) *ast.Value { return c.Value.Children.ForName(name) }
	switch l.kinds[c.Name] {
	case "DateRange":
		f.Days = &Days{From: day(child("from"), period), Before: day(child("before"), period)}
		if v := child("isUnreadable"); v != nil {
			f.Days.Unreadable = new(v.Raw == "true")
		}
	case "IntRange":
		f.Whole = &Whole{From: whole(child("from")), Before: whole(child("before"))}
	case "MoneyRange":
		f.Amount = &Amount{From: amount(child("from")), To: amount(child("to"))}
	case "Boolean":
		f.Flag = new(c.Value.Raw == "true")
	case "TextFilter":
		f.Text = &TextMatch{}
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
