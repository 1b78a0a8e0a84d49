package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// heading begins the table. Ratios are gateway to reference, medians over the rounds.
const heading = `
Ratios are gateway / reference, medians over rounds; the goal of design.md stands behind.
CPU is per request in microseconds: server + database.

| operation | conn. | requests/s (reference) | rate | p50 | p99 | CPU gateway | CPU reference | CPU ratio | statements | kB allocated | peak MB |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`

// goal is what design.md asks of an operation: throughput at least, CPU at most.
type goal struct{ rate, cpu float64 }

// goals lists the goals by operation.
func goals() map[string]goal {
	return map[string]goal{
		"record":     {0.8, 1.4},
		"cases":      {0.6, 1.7},
		"towns":      {0.9, 1.1},
		"flat":       {0.6, 1.6},
		"statistics": {0.95, 1.1},
	}
}

// line is the measurement of one operation with one number of connections.
type line struct {
	operation                              string
	connections                            int
	gateway, reference                     []figures // by round
	gatewayPeak, referencePeak             int64     // bytes
	gatewayStatements, referenceStatements float64
}

func (l line) print(out io.Writer) {
	g := goals()[l.operation]
	fmt.Fprintf(out,
		"| %s | %d | %.0f (%.0f) | %.2f (≥ %.2f) | %.2f | %.2f | %d + %d | %d + %d | %.2f (≤ %.1f) | %.1f / %.1f | %.1f / %.1f | %.0f / %.0f |\n",
		l.operation, l.connections,
		median(l.gateway, rate), median(l.reference, rate),
		l.ratio(rate), g.rate,
		l.ratio(func(f figures) float64 { return float64(f.median) }),
		l.ratio(func(f figures) float64 { return float64(f.p99) }),
		micros(l.gateway, serverCPU), micros(l.gateway, databaseCPU),
		micros(l.reference, serverCPU), micros(l.reference, databaseCPU),
		l.ratio(func(f figures) float64 { return float64(f.cpu + f.dbCPU) }), g.cpu,
		l.gatewayStatements, l.referenceStatements,
		median(l.gateway, allocated)/1000, median(l.reference, allocated)/1000,
		float64(l.gatewayPeak)/1e6, float64(l.referencePeak)/1e6)
}

func rate(f figures) float64              { return f.rate }
func allocated(f figures) float64         { return f.allocated }
func serverCPU(f figures) time.Duration   { return f.cpu }
func databaseCPU(f figures) time.Duration { return f.dbCPU }

// ratio is the median over the rounds of gateway / reference.
func (l line) ratio(of func(figures) float64) float64 {
	ratios := make([]float64, len(l.gateway))
	for i := range ratios {
		ratios[i] = of(l.gateway[i]) / of(l.reference[i])
	}
	return middle(ratios)
}

// median is the median over the rounds.
func median(rounds []figures, of func(figures) float64) float64 {
	values := make([]float64, len(rounds))
	for i, f := range rounds {
		values[i] = of(f)
	}
	return middle(values)
}

func micros(rounds []figures, of func(figures) time.Duration) int {
	return int(median(rounds, func(f figures) float64 { return float64(of(f).Microseconds()) }))
}

func middle(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	if n%2 == 1 {
		return values[n/2]
	}
	return (values[n/2-1] + values[n/2]) / 2
}
