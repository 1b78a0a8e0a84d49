package resolvers

import (
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/near"
)

// enumLabels gives the labels of an enum of the schema that the caller sees.
func (r *Resolver) enumLabels(enum string) ([]*model.EnumLabel, error) {
	types := r.schema().Types
	if labels := model.EnumLabels(enum); labels != nil && types[enum] != nil {
		return slices.DeleteFunc(labels, func(l *model.EnumLabel) bool {
			return types[enum].EnumValues.ForName(l.Value) == nil
		}), nil
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(types)) {
		if types[name].Kind == ast.Enum && !types[name].BuiltIn {
			names = append(names, name)
		}
	}
	return nil, fault.Input("enum", "%q is no enum of the schema%s", enum, near.Hint(near.Of(enum, near.Words(names))))
}
