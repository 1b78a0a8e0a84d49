package yamlfile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLayers: what counts of a map and a list that ship in two files, and of a site's.
func TestLayers(t *testing.T) {
	shipped := []Source{
		{Name: "a.yaml",
			Data: []byte("title: a\nmap: {x: 1, y: 2}\nlist: [{id: p, v: 1}, {id: q, v: 1}, {id: q, v: 2}]")},
		{Name: "b.yaml", Data: []byte("title: b\nmap: {z: 3}\nlist: [{id: r, v: 1}]")},
	}
	for _, test := range []struct{ name, site, title, entries, items, findings string }{
		{"none", "-", "b", "x1 y2 z3", "p1 q1 q2 r1", ""},
		{"replaces", "map: {y: 9}\nlist: []", "", "y9", "", ""},
		{"does not extend", "extend: false\nmap: {y: 9}", "", "y9", "", ""},
		{"adds", "extend: true\ntitle: s\nmap: {w: 9}\nlist: [{id: s, v: 9}]", "s", "x1 y2 z3 w9", "p1 q1 q2 r1 s9",
			""},
		{"takes the place", "extend: true\nmap: {x: 9}\nlist: [{id: q, v: 9}]", "b", "x9 y2 z3", "p1 q9 r1", ""},
		{"takes the place with several", "extend: true\nlist: [{id: p, v: 8}, {id: s, v: 7}, {id: p, v: 9}]", "b",
			"x1 y2 z3", "p8 p9 q1 q2 r1 s7", ""},
		{"removes", "extend: true\nmap: {x: ~}\nlist: [{id: q, v: ~}]", "b", "y2 z3", "p1 r1", ""},
		{"removes what is not there", "extend: true\nmap: {w: ~}\nlist: [{id: s, v: ~}]", "b", "x1 y2 z3",
			"p1 q1 q2 r1",
			"s.yaml:2: nothing to remove: what ships with the gateway has nothing of this name\ns.yaml:3: nothing to remove: what ships with the gateway has nothing of this name"},
		{"no word", "extend: maybe\nmap: {y: 9}", "", "y9", "", `s.yaml:1: extend must be true or false, not "maybe"`},
		{"unknown key", "extend: true\nmaps: {y: 9}", "b", "x1 y2 z3", "p1 q1 q2 r1",
			`s.yaml:2: unknown key "maps" in the file; did you mean map? Known: title, map, list, extend`},
		{"empty", "", "", "", "", "s.yaml: the file is empty: it needs a map"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := Layers{Shipped: shipped}
			if test.site != "-" {
				files.Site = &Source{Name: "s.yaml", Data: []byte(test.site)}
			}
			var r Reader
			l := r.Layers(files, "it needs a map", "title", "map", "list")
			var entries, items []string
			for _, e := range l.Entries("map") {
				entries = append(entries, e.Key.Text+e.Value.Text)
			}
			for _, n := range l.Items("list", ByKey("id"), "v") {
				items = append(items, n.Get("id").Value.Text+n.Get("v").Value.Text)
			}
			got := []string{"", strings.Join(entries, " "), strings.Join(items, " "), ""}
			if title := l.Get("title"); title != nil {
				got[0] = title.Text
			}
			if err := r.Err(); err != nil {
				got[3] = err.Error()
			}
			if diff := cmp.Diff([]string{test.title, test.entries, test.items, test.findings}, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
