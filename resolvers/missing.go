package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// reporter adds an error for each system that an answer had to do without. The error
// stands for all objects of the level, so its path names fields only, and it is told once
// a request and field.
func reporter(ctx context.Context) func(model.System, error) {
	ctx = atLevel(ctx)
	return func(_ model.System, err error) { graphql.AddError(ctx, err) }
}

// reportOnce is like reporter for callers that see single batches of a level.
func reportOnce(ctx context.Context) func(model.System, error) {
	report := reporter(ctx)
	fc := graphql.GetFieldContext(ctx)
	return func(system model.System, err error) {
		if fc == nil || loaders.First(ctx, missing{fc.Field.Alias, fc.Field.Position.Start, system}) {
			report(system, err)
		}
	}
}

// missing names a system that failed at a place of the operation.
type missing struct {
	field  string
	at     int
	system model.System
}

// atLevel is the context of the field without the indices of its parents.
func atLevel(ctx context.Context) context.Context {
	var fields []*graphql.FieldContext // from the leaf up
	for fc := graphql.GetFieldContext(ctx); fc != nil; fc = fc.Parent {
		if fc.Index == nil && (fc.Field.Field != nil || fc.Parent == nil) {
			fields = append(fields, fc)
		}
	}
	var above *graphql.FieldContext
	for i := len(fields) - 1; i >= 0; i-- {
		level := &graphql.FieldContext{Object: fields[i].Object, Field: fields[i].Field, Args: fields[i].Args,
			IsResolver: fields[i].IsResolver, IsMethod: fields[i].IsMethod}
		ctx = graphql.WithFieldContext(ctx, level)
		level.Parent = above
		above = level
	}
	return ctx
}
