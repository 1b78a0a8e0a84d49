package mapping

import "slices"

// overlay lays top over base, both dicts, and gives the merged dict: entries of maps one
// by one, texts and lists as a whole, ~ removes. Neither argument is changed. What is
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
		case merged.entries[i].value.shape != dict:
			empty := &node{source: e.value.source, line: e.value.line, shape: dict}
			merged.entries[i] = &entry{e.key, r.overlay(empty, e.value, at)}
		default:
			below := merged.entries[i]
			merged.entries[i] = &entry{below.key, r.overlay(below.value, e.value, at)}
		}
	}
	return &merged
}
