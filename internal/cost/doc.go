// Package cost tells what a GraphQL operation may take before it runs. It looks at the
// operation twice: at its text alone, which must be bounded before anything else reads it
// (Shape), and, once it is valid, at its text with the schema and the values of its variables
// (Model). Both walks are linear in the text, whatever its fragments multiply to: a fragment is
// weighed once, and what it weighs is multiplied at its places.
//
// The package is pure and knows nothing of HTTP.
package cost

import "math"

// ceiling is where sums stop, so that nothing overflows: more than any limit can be.
const ceiling = math.MaxInt32

// plus and times stop at the ceiling. Neither takes negative numbers.
func plus(a, b int) int { return int(min(int64(a)+int64(b), ceiling)) }

func times(a, b int) int {
	if a == 0 || b == 0 {
		return 0
	}
	if a > ceiling/b {
		return ceiling
	}
	return a * b
}
