package mapping

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// overlay lays top over base, both dicts, and gives the merged dict: entries of maps one
// by one, texts, lists and codes as a whole, ~ removes. Neither argument is changed. What is
// merged keeps the place it came from. path is where the dicts stand, for sentences.
func (r *reader) overlay(base, top *yamlfile.Node, path string) *yamlfile.Node {
	merged := *base
	merged.Entries = slices.Clone(base.Entries)
	removed := slices.Clone(r.removed[base])
	for _, e := range top.Entries {
		name := e.Key.Text
		at := name
		if path != "" {
			at = path + "." + name
		}
		i := merged.Index(name)
		switch {
		case e.Value.IsAbsent():
			r.Add(e.Key.Pos, "nothing stands behind %q: write ~ to remove it", name)
		case e.Value.Kind == yamlfile.Null && isCodes(path):
			r.Add(e.Key.Pos, "codes are never merged with those below: leave %q out instead of removing it", name)
		case e.Value.Kind == yamlfile.Null && i < 0:
			r.Add(e.Key.Pos, "nothing to remove: the mapping below has no %s%s", at,
				yamlfile.Suggest(name, merged.Keys()))
		case e.Value.Kind == yamlfile.Null:
			merged.Entries = slices.Delete(merged.Entries, i, i+1)
			removed = append(removed, e.Key)
		case e.Value.Kind != yamlfile.Map && i < 0:
			merged.Entries = append(merged.Entries, e)
		case e.Value.Kind != yamlfile.Map:
			merged.Entries[i] = e
		case i < 0:
			empty := &yamlfile.Node{Pos: e.Value.Pos, Kind: yamlfile.Map}
			merged.Entries = append(merged.Entries, &yamlfile.Entry{Key: e.Key, Value: r.overlay(empty, e.Value, at)})
		case merged.Entries[i].Value.Kind != yamlfile.Map || isCodes(at):
			// Of codes nothing below stays: what one site means by 13 is nobody else's.
			empty := &yamlfile.Node{Pos: e.Value.Pos, Kind: yamlfile.Map}
			merged.Entries[i] = &yamlfile.Entry{Key: e.Key, Value: r.overlay(empty, e.Value, at)}
		default:
			below := merged.Entries[i]
			merged.Entries[i] = &yamlfile.Entry{Key: below.Key, Value: r.overlay(below.Value, e.Value, at)}
		}
	}
	uncode(&merged, top)
	if removed != nil {
		r.removed[&merged] = removed
	}
	return &merged
}

// missing is the place to blame for an entry that n lacks: the overlay that removed it,
// else the given place.
func (r *reader) missing(n *yamlfile.Node, key string, otherwise *yamlfile.Node) *yamlfile.Node {
	for _, k := range r.removed[n] {
		if k.Text == key {
			return k
		}
	}
	return otherwise
}

// isCodes tells whether a map lists codes, so that an overlay gives it whole.
func isCodes(path string) bool {
	if !strings.Contains(path, ".fields.") {
		return false
	}
	switch path[strings.LastIndexByte(path, '.')+1:] {
	case "values", "labels", "where":
		return true
	}
	return false
}

// uncode takes the twin of below out of a field whose codes are the overlay's own, unless
// that gives a twin too: its labels are those of other codes.
func uncode(merged, top *yamlfile.Node) {
	values, twin := top.Get("values"), merged.Index("twin")
	if values != nil && values.Value.Kind != yamlfile.Null && top.Get("twin") == nil && twin >= 0 {
		merged.Entries = slices.Delete(merged.Entries, twin, twin+1)
	}
}
