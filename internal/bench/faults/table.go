package faults

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

const heading = `
| fault | times | requests | wrong | silent nulls | hangs | strange errors | codes | its questions p50 / max | others' p50 / max (before) | whole again after, p50 / max | left |
|---|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|---|
`

// Print writes the table, and below it what should not have been.
func Print(out io.Writer, rows []*Row) {
	fmt.Fprint(out, heading)
	for _, r := range rows {
		var codes []string
		for _, code := range slices.Sorted(maps.Keys(r.Codes)) {
			codes = append(codes, fmt.Sprintf("%d %s", r.Codes[code], code))
		}
		left := r.Left
		if left == "" {
			left = "nothing"
		}
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %d | %d | %s | %s | %s (%s) | %s | %s |\n", r.Fault, r.Times,
			r.Requests, r.Wrong, r.Silent, r.Hangs, r.Strange, strings.Join(codes, ", "), span(r.Touching),
			span(r.Healthy), span(r.Before), span(r.Recovery), left)
	}
	for _, r := range rows {
		for _, finding := range r.Findings {
			fmt.Fprintf(out, "\n%s: %s", r.Fault, finding)
		}
	}
	fmt.Fprintln(out)
}

// span is the median and the maximum.
func span(times []time.Duration) string {
	if len(times) == 0 {
		return "–"
	}
	sorted := slices.Sorted(slices.Values(times))
	return brief(sorted[len(sorted)/2]) + " / " + brief(sorted[len(sorted)-1])
}

// brief is a time in milliseconds, or in seconds from ten of them on.
func brief(t time.Duration) string {
	if t < 10*time.Second {
		return fmt.Sprintf("%d ms", t.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", t.Seconds())
}
