package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/bench"
)

// step is one question of a series in which one thing grows.
type step struct {
	grows string
	size  string
	query string
}

// steps lists the series.
func steps() []step {
	var all []step
	for _, n := range []int{10, 50, 100, 200} {
		all = append(all, step{"rows of a page", fmt.Sprint(n),
			fmt.Sprintf("{notarialMatters(first: %d) {nodes {id number title status type receivedOn acceptedOn closedOn}}}", n)})
	}
	for _, n := range []int{10, 50, 100, 200} {
		all = append(all, step{"rows of a page with four relations", fmt.Sprint(n),
			fmt.Sprintf(`{legalAidCases(first: %d, filter: {acceptedOn: {before: "2024-01-01"}}) {nodes {number town {name} applicant {name} lawyer {name} firm {name}}}}`, n)})
	}
	for _, n := range []int{1, 5, 10, 22} {
		all = append(all, step{"parents of a level", fmt.Sprint(n),
			fmt.Sprintf("{towns(first: %d) {name legalAidCases(first: 10) {nodes {number title status acceptedOn}}}}",
				n)})
	}
	levels := []struct{ open, close string }{
		{`{legalAidCases(first: 20, filter: {acceptedOn: {before: "2024-01-01"}}) {nodes {number `, `}}}`},
		{`lawyer {name `, `}`},
		{`firm {name `, `}`},
		{`lawyers {name `, `}`},
		{`legalAidCases(first: 2) {nodes {number `, `}}`},
	}
	for n := 1; n <= len(levels); n++ {
		var query, end string
		for _, l := range levels[:n] {
			query, end = query+l.open, l.close+end
		}
		all = append(all, step{"depth", fmt.Sprint(n), query + end})
	}
	systems := []string{"legalityReviews", "reconsiderationCases", "legalAidCases", "notarialMatters",
		"publicityEvents"}
	for n := 1; n <= len(systems); n++ {
		var query strings.Builder
		query.WriteString("{")
		for _, name := range systems[:n] {
			query.WriteString(name + "(first: 50) {nodes {number title status receivedOn}} ")
		}
		all = append(all, step{"systems", fmt.Sprint(n), query.String() + "}"})
	}
	return append(all, step{"table", "one record by number", `{legalAidCase(number: "浙萧援民〔2023〕100号") {id}}`},
		step{"table", "page of 50, InnoDB", "{notarialMatters(first: 50) {nodes {number title}}}"},
		step{"table", "page of 50, MyISAM", "{legalAidCases(first: 50) {nodes {number title}}}"},
		step{"table", "totalCount", "{notarialMatters(first: 1) {totalCount totalCountAtLeast}}"})
}

// growthHeading begins the table of the series.
const growthHeading = `
One connection; figures of the gateway alone.

| what grows | size | statements | median ms | CPU µs: gateway + database | kB allocated | kB answered |
|---|---|--:|--:|--:|--:|--:|
`

// growth measures how cost grows with what is asked.
func (c *comparison) growth(ctx context.Context) error {
	fmt.Fprint(c.out, growthHeading)
	for _, s := range steps() {
		question := bench.Operation{Name: "growth", Query: s.query, Variables: []bench.Variables{{}}}
		requests, err := question.GatewayRequests()
		if err != nil {
			return err
		}
		data, err := bench.Ask(ctx, c.gateway.address, requests[0])
		if err != nil {
			return fmt.Errorf("%s %s: %w", s.grows, s.size, err)
		}
		p := pair{name: s.grows, asked: map[*child][][]byte{c.gateway: requests}}
		statements, err := c.statements(ctx, p, c.gateway)
		if err != nil {
			return err
		}
		var rounds []figures
		for range c.rounds {
			f, err := c.round(ctx, p, c.gateway, 1, c.options.round)
			if err != nil {
				return err
			}
			rounds = append(rounds, f)
		}
		fmt.Fprintf(c.out, "| %s | %s | %.1f | %.2f | %d + %d | %.0f | %.1f |\n", s.grows, s.size, statements,
			median(rounds, func(f figures) float64 { return f.median.Seconds() * 1000 }),
			micros(rounds, serverCPU), micros(rounds, databaseCPU),
			median(rounds, allocated)/1000, float64(len(data))/1000)
	}
	return nil
}
