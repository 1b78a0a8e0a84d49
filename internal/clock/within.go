package clock

import (
	"maps"
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Within is the clock of a site that records only some of a record's fields: it leaves out
// the rules that read others. A step of which the start, the end or a stop is not known has
// no deadline that could be told. without names, by step, what is lacking.
func (c *Clock) Within(record string, records func(field string) bool) (clock *Clock, without map[string][]string) {
	var kept []rule
	without = map[string][]string{}
	for _, r := range c.rules[record] {
		lacking := slices.DeleteFunc(r.fields(), records)
		if len(lacking) == 0 {
			kept = append(kept, r)
			continue
		}
		step := string(r.step)
		without[step] = append(without[step], lacking...)
	}
	if len(without) == 0 {
		return c, nil
	}
	rules := maps.Clone(c.rules)
	rules[record] = kept
	return New(rules, c.calendar, c.today), without
}

// Rules tells whether a rule is about a step of the record; about any with step "".
func (c *Clock) Rules(record string, step model.DeadlineStep) bool {
	return slices.ContainsFunc(c.rules[record], func(r rule) bool { return step == "" || r.step == step })
}
