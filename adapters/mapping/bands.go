package mapping

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Bands are the size bands of a number, by which statistics group it: where each begins,
// ascending. The last has no end.
type Bands struct {
	From []int
	Pos  Pos
}

// band ends the name of a dimension that groups a number by its bands: APPLICANT_COUNT_BAND.
const band = "_BAND"

// banded gives the fields of which the graph has bands, by the names of their dimensions.
func (s Schema) banded(record string) map[string]bool {
	d := s.definition(record + "Dimension")
	if d == nil {
		return nil
	}
	dimensions := map[string]bool{}
	for _, v := range values(d) {
		if strings.HasSuffix(v, band) {
			dimensions[v] = true
		}
	}
	return dimensions
}

// bandOf names the dimension: APPLICANT_COUNT_BAND of applicantCount.
func bandOf(field string) string {
	var b strings.Builder
	for _, r := range field {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String()) + band
}

// bands reads the bands of the record at the entry. Each dimension of bands has some.
func (r *reader) bands(at *yamlfile.Entry) map[string]Bands {
	wanted := r.schema.banded(at.Key.Text)
	all := map[string]Bands{}
	e := at.Value.Get("bands")
	isEmptied := e != nil && len(e.Value.Entries) == 0 && len(r.removed[e.Value]) > 0
	if e != nil && !isEmptied {
		if !r.dict(e) {
			return all // which is the one finding
		}
		for _, e := range e.Value.Entries {
			dimension := bandOf(e.Key.Text)
			if !wanted[dimension] {
				r.Add(e.Key.Pos, "bands of %s do not apply to %s: the graph has no dimension %s",
					e.Key.Text, at.Key.Text, dimension)
			}
			delete(wanted, dimension)
			all[e.Key.Text] = Bands{From: r.beginnings(e), Pos: e.Value.Pos}
		}
	}
	for _, dimension := range slices.Sorted(maps.Keys(wanted)) {
		place := r.missing(at.Value, "bands", at.Key)
		if e != nil {
			for _, removed := range r.removed[e.Value] {
				if bandOf(removed.Text) == dimension {
					place = removed
				}
			}
		}
		r.Add(place.Pos, "%s needs bands for the dimension %s, as in bands: {audience: [0, 50, 100]}",
			at.Key.Text, dimension)
	}
	return all
}

// beginnings reads where bands begin.
func (r *reader) beginnings(e *yamlfile.Entry) (from []int) {
	if !r.list(e) {
		return nil
	}
	for _, item := range e.Value.Items {
		n, err := strconv.Atoi(item.Text)
		if err != nil || n < 0 || len(from) > 0 && n <= slices.Max(from) {
			r.Add(item.Pos, "bands of %s begin at whole numbers, each greater than the one before, not at %q",
				e.Key.Text, item.Text)
			continue
		}
		from = append(from, n)
	}
	return from
}
