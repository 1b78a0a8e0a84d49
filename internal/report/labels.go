package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Labels are the words that an operation has of its own for headings, in Chinese, by
// place: the response key of a field, with as many of those around it before it, dotted,
// as tell it from others. What only wraps records is no part of a place. A dimension of
// statistics has its name as the last word of its place, below that of the groups' keys.
// Of several labels that fit a field the longest place wins.
//
//	{"unlawful": "审查不合法", "reviews.number": "审查文号", "cases.key.RECEIVED_MONTH": "收案月份"}
type Labels map[string]string

// at gives the label of the field at a path from the root; "" for none.
func (l Labels) at(path []string) string {
	for from := range path {
		if label := l[strings.Join(path[from:], ".")]; label != "" {
			return label
		}
	}
	return ""
}

// wraps is whether a field of the name, below the root, only leads from a connection to
// its records, or from statistics to their groups: it gives no word to headings and is
// left out of names.
func wraps(name string) bool {
	return slices.Contains([]string{"nodes", "edges", "node", "groups"}, name)
}

// Unknown gives the places at which the operation has no field and no dimension, sorted.
// The document need not be validated. What a variable groups by is not known before it has
// a value: any name of a dimension fits there.
func (l Labels) Unknown(document *ast.QueryDocument, operation *ast.OperationDefinition) []string {
	left := maps.Clone(l)
	around := map[string]bool{} // fragments that are being walked through
	var walk func(set ast.SelectionSet, path []string, groupBy *ast.Value)
	walk = func(set ast.SelectionSet, path []string, groupBy *ast.Value) {
		for _, selection := range set {
			switch selection := selection.(type) {
			case *ast.Field:
				if groupBy != nil && selection.Name == "dimension" {
					maps.DeleteFunc(left, func(place, _ string) bool { return isOfDimension(place, path, groupBy) })
				}
				below, by := path, groupBy
				if len(path) == 0 || !wraps(selection.Name) {
					below = append(slices.Clip(path), selection.Alias)
				}
				if argument := selection.Arguments.ForName("groupBy"); argument != nil {
					by = argument.Value
				}
				for from := range below {
					delete(left, strings.Join(below[from:], "."))
				}
				walk(selection.SelectionSet, below, by)
			case *ast.InlineFragment:
				walk(selection.SelectionSet, path, groupBy)
			case *ast.FragmentSpread:
				fragment := document.Fragments.ForName(selection.Name)
				if fragment == nil || around[selection.Name] {
					continue // refused when it is validated
				}
				around[selection.Name] = true
				walk(fragment.SelectionSet, path, groupBy)
				delete(around, selection.Name)
			}
		}
	}
	walk(operation.SelectionSet, nil, nil)
	return slices.Sorted(maps.Keys(left))
}

// isOfDimension is whether a label's place is that of a dimension of the keys at a path.
func isOfDimension(place string, path []string, groupBy *ast.Value) bool {
	at := strings.LastIndexByte(place, '.')
	around, name := place[:max(at, 0)], place[at+1:]
	if around != "" && !strings.HasSuffix("."+strings.Join(path, "."), "."+around) {
		return false
	}
	switch groupBy.Kind {
	case ast.Variable:
		return name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == ""
	case ast.ListValue:
		return slices.ContainsFunc(groupBy.Children, func(c *ast.ChildValue) bool {
			return c.Value.Raw == name || c.Value.Kind == ast.Variable && isOfDimension(name, nil, c.Value)
		})
	}
	return groupBy.Raw == name
}
