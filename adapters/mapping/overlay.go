package mapping

import (
	"slices"
	"strings"
)

// overlay lays top over base, both dicts, and gives the merged dict: entries of maps one
// by one, texts, lists and codes as a whole, ~ removes. Neither argument is changed. What is
// merged keeps the place it came from. path is where the dicts stand, for sentences.
func (r *report) overlay(base, top *node, path string) *node {
	merged := *base
	merged.entries = slices.Clone(base.entries)
	merged.removed = slices.Clone(base.removed)
	for _, e := range top.entries {
		name := e.key.text
		at := name
		if path != "" {
			at = path + "." + name
		}
		i := merged.index(name)
		switch {
		case e.value.null() && e.value.text == "":
			r.add(e.key, "nothing stands behind %q: write ~ to remove it", name)
		case e.value.null() && isCodes(path):
			r.add(e.key, "codes are never merged with those below: leave %q out instead of removing it", name)
		case e.value.null() && i < 0:
			r.add(e.key, "nothing to remove: the mapping below has no %s%s", at, suggest(name, merged.keys()))
		case e.value.null():
			merged.entries = slices.Delete(merged.entries, i, i+1)
			merged.removed = append(merged.removed, e.key)
		case e.value.shape != dict && i < 0:
			merged.entries = append(merged.entries, e)
		case e.value.shape != dict:
			merged.entries[i] = e
		case i < 0:
			empty := &node{source: e.value.source, line: e.value.line, shape: dict}
			merged.entries = append(merged.entries, &entry{e.key, r.overlay(empty, e.value, at)})
		case merged.entries[i].value.shape != dict || isCodes(at):
			// Of codes nothing below stays: what one site means by 13 is nobody else's.
			empty := &node{source: e.value.source, line: e.value.line, shape: dict}
			merged.entries[i] = &entry{e.key, r.overlay(empty, e.value, at)}
		default:
			below := merged.entries[i]
			merged.entries[i] = &entry{below.key, r.overlay(below.value, e.value, at)}
		}
	}
	r.uncode(&merged, top)
	return &merged
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
func (r *report) uncode(merged, top *node) {
	values, twin := top.get("values"), merged.index("twin")
	if values != nil && !values.value.null() && top.get("twin") == nil && twin >= 0 {
		merged.entries = slices.Delete(merged.entries, twin, twin+1)
	}
}
