package resolvers

import (
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/near"
)

// enumLabels gives the labels of an enum of the schema.
func enumLabels(enum string) ([]*model.EnumLabel, error) {
	if labels := model.EnumLabels(enum); labels != nil {
		return labels, nil
	}
	types := graph.Schema().Types
	var names []string
	for _, name := range slices.Sorted(maps.Keys(types)) {
		if types[name].Kind == ast.Enum && !types[name].BuiltIn {
			names = append(names, name)
		}
	}
	return nil, fault.Input("enum", "%q is no enum of the schema%s", enum, near.Hint(near.Of(enum, near.Words(names))))
}
