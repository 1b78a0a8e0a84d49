package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Labels are the words that an operation has of its own for headings, in Chinese, by
// place: the response key of a field, with as many of those around it before it, dotted,
// as tell it from others. What only wraps records is no part of a place. Of several
// labels that fit a field the longest place wins.
//
//	{"unlawful": "审查不合法", "reviews.number": "审查文号"}
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

// Unknown gives the places at which the operation has no field, sorted. The document need
// not be validated.
func (l Labels) Unknown(document *ast.QueryDocument, operation *ast.OperationDefinition) []string {
	left := maps.Clone(l)
	around := map[string]bool{} // fragments that are being walked through
	var walk func(set ast.SelectionSet, path []string)
	walk = func(set ast.SelectionSet, path []string) {
		for _, selection := range set {
			switch selection := selection.(type) {
			case *ast.Field:
				below := path
				if len(path) == 0 || !wraps(selection.Name) {
					below = append(slices.Clip(path), selection.Alias)
				}
				for from := range below {
					delete(left, strings.Join(below[from:], "."))
				}
				walk(selection.SelectionSet, below)
			case *ast.InlineFragment:
				walk(selection.SelectionSet, path)
			case *ast.FragmentSpread:
				fragment := document.Fragments.ForName(selection.Name)
				if fragment == nil || around[selection.Name] {
					continue // refused when it is validated
				}
				around[selection.Name] = true
				walk(fragment.SelectionSet, path)
				delete(around, selection.Name)
			}
		}
	}
	walk(operation.SelectionSet, nil)
	return slices.Sorted(maps.Keys(left))
}
