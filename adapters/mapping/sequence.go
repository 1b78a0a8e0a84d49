package mapping

import "github.com/bureaugraph/bureaugraph/internal/yamlfile"

// Step is two days of one record that cannot lie the other way round; the same day is fine.
type Step struct{ Earlier, Later string }

// sequence reads which days of the record at the entry come after which.
func (r *reader) sequence(at *yamlfile.Entry, fields *yamlfile.Node) (steps []Step) {
	e := at.Value.Get("sequence")
	if e == nil || len(e.Value.Entries) == 0 && len(r.removed[e.Value]) > 0 || !r.dict(e) {
		return nil
	}
	record := at.Key.Text
	for _, e := range e.Value.Entries {
		if !r.list(e) {
			continue
		}
		later := r.isDay(record, fields, e.Key)
		for _, earlier := range e.Value.Items {
			if r.isDay(record, fields, earlier) && later {
				steps = append(steps, Step{Earlier: earlier.Text, Later: e.Key.Text})
			}
		}
	}
	return steps
}

// isDay tells whether the record has the day. One that an overlay has removed it has not, and
// that is no finding: its steps go with it.
func (r *reader) isDay(record string, fields, name *yamlfile.Node) bool {
	f := fields.Get(name.Text)
	if f == nil {
		if !r.had(record, name.Text) {
			r.Add(name.Pos, "sequence names %q, which %s does not map%s",
				name.Text, record, yamlfile.Suggest(name.Text, fields.Keys()))
		}
		return false
	}
	if kind := f.Value.Get("cell"); kind != nil && kind.Value.Text != "day" {
		r.Add(name.Pos, "sequence names %s, whose cell %s is no day", name.Text, kind.Value.Text)
		return false
	}
	return true
}
