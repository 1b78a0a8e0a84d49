package metrics

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Condition is a filter that the definition of a figure states, with what tells of its record
// which cells it depends on.
type Condition struct {
	filter.Literal
	fields map[string]bool // of the record, as opposed to flags that others answer
	enums  map[string]int  // how many values of a field's enum have a meaning of their own: all but OTHER
}

// condition reads a filter of the record's list.
func (p *parser) condition(node *yamlfile.Node, record *Record) Condition {
	l, wrong := filter.ParseLiteral(p.schema, record.List, node.Text)
	c := Condition{Literal: l, fields: map[string]bool{}, enums: map[string]int{}}
	for _, w := range wrong {
		p.Add(node.Pos, "filter of %s: %s", record.List, w)
	}
	if wrong != nil {
		return c
	}
	for _, f := range l.Value().Definition.Fields {
		c.fields[f.Name] = p.schema.Types[record.Name].Fields.ForName(f.Name) != nil
		if t := p.schema.Types[f.Type.Name()]; t.Kind == ast.Enum {
			for _, v := range t.EnumValues {
				if v.Name != "OTHER" {
					c.enums[f.Name]++
				}
			}
		}
	}
	p.general(node.Pos, l.Value())
	return c
}

// general refuses what a definition cannot say, because it holds for every period and
// everybody: days, and parties.
func (p *parser) general(at yamlfile.Pos, v *ast.Value) {
	for _, c := range v.Children {
		if v.Definition != nil && v.Definition.Name == "DateRange" && c.Name != "isUnreadable" &&
			c.Value.Kind != ast.Variable {
			p.Add(at, "%s: a definition states its days by $from and $before, not by %s", c.Name, c.Value)
		}
		if c.Value.Definition != nil && c.Value.Definition.Name == "PartyFilter" {
			p.Add(at, "%s: a definition is about nobody in particular; leave it out", c.Name)
			continue
		}
		p.general(at, c.Value)
	}
}
