package model

// Cost is one field of the graph that costs more than the records of its answer.
type Cost struct {
	Type, Field string
	Kind        CostKind
}

// Name is the field with its type, "Query.dataQuality".
func (c Cost) Name() string { return c.Type + "." + c.Field }

// CostKind is a kind of work.
type CostKind string

// The kinds, see graph/declarations.graphqls.
const (
	CostFigures CostKind = "FIGURES"
	CostTables  CostKind = "TABLES"
)
