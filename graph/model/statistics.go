package model

import "strconv"

// Group is one bucket of a statistic with its figures: what the groups of all kinds of
// records share.
type Group struct {
	Key        []*GroupKey // one for each dimension; empty, never nil, for totals
	Rows       int
	Suppressed bool    // too few persons stand behind the rows, or behind those of another group
	Filter     *string // GraphQL text that lists the rows; nil where no filter does, or it is suppressed
	// Rates, Days and Sums are the figures by the name of their field; one that the
	// operation does not ask for, or that is suppressed, is missing.
	Rates map[string]*Rate
	Days  map[string]*DayStatistics
	Sums  map[string]Sum
}

// Set makes the group hold what another does: of the groups of each kind, which embed
// this one.
func (g *Group) Set(other Group) { *g = other }

// Count is the number of rows; nil where it is suppressed.
func (g *Group) Count() *int {
	if g.Suppressed {
		return nil
	}
	return &g.Rows
}

// Sum is a sum of numbers, or of money in fen.
type Sum struct {
	Value int64
	Rows  int // rows with a readable number
}

func (g *Group) money(name string) *MoneySum {
	s, known := g.Sums[name]
	if !known {
		return nil
	}
	return &MoneySum{Sum: Money(s.Value), Counted: s.Rows}
}

func (g *Group) number(name string) *NumberSum {
	s, known := g.Sums[name]
	if !known {
		return nil
	}
	return &NumberSum{Sum: Decimal(strconv.FormatInt(s.Value, 10)), Counted: s.Rows}
}

// Statistics is the answer of one kind of record; G embeds Group.
type Statistics[G any] struct {
	Groups      []*G // never nil
	Total       *G
	Rest        *G           // what top left out; nil when it left out none
	Excluded    []*Exclusion // never nil
	Definitions []*MetricDefinition
}
