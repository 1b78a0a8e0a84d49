package library

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/report"
)

const good = `# title: 镇街
# english: Towns
# description: 全部镇街。
# tags: [基础]
# owner: 局信息中心
# variables:
#   first: {title: 条数, english: How many, default: 5}
# labels:
#   where: 所在镇街
#   where.code: "代码：新"
query Towns($first: Int, $other: Int) {
  where: towns(first: $first) { name ...code }
}
fragment code on Town { code }
`

// towns is the query of good.
const towns = "query Towns($first: Int, $other: Int) {\n  where: towns(first: $first) { name ...code }\n}\nfragment code on Town { code }\n"

func TestRead(t *testing.T) {
	got, err := Read(fstest.MapFS{
		"towns.graphql": {Data: []byte(good)},
		"bare.graphql":  {Data: []byte("# title: 部门\r\n{ departments { name } }")},
		"README.md":     {Data: []byte("not read")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Operation{
		{Name: "bare", Title: "部门", English: "部门", Tags: []string{}, Variables: []Variable{}, Labels: report.Labels{},
			Query: "{ departments { name } }\n"},
		{Name: "towns", Title: "镇街", English: "Towns", Description: "全部镇街。", Tags: []string{"基础"}, Owner: "局信息中心",
			Variables: []Variable{{Name: "first", Title: "条数", English: "How many", Default: 5}},
			Labels:    report.Labels{"where": "所在镇街", "where.code": "代码：新"},
			Query:     towns},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, file, message string }{
		{"no title", "# english: Towns\n{ towns { name } }",
			"f.graphql:1: the comment at the top lacks title, as in # title: 最近受理的法律援助案件"},
		{"removes and asks", "# title: ~\n{ towns { name } }",
			"f.graphql:1: title has no value: write one, or leave the key out"},
		{"no YAML", "# title: [\n{ towns { name } }", "f.graphql:1: not YAML: sequence end token ']' not found"},
		{"unknown key", "# titel: 镇街\n{ towns { name } }",
			"f.graphql:1: unknown key \"titel\" in the comment at the top; did you mean title? Known: title, english, description, tags, owner, variables, labels"},
		{"no GraphQL", "# title: 镇街\n{ towns { name }",
			"f.graphql:2: the operation does not parse: Expected Name, found <EOF>"},
		{"two operations", "# title: 镇街\nquery A { towns { name } }\nquery B { towns { name } }",
			"f.graphql:2: a file holds one operation, this one has 2"},
		{"unknown variable", "# title: 镇街\n# variables: {n: {title: 条数}}\n{ towns { name } }",
			"f.graphql:2: the comment describes $n, which the operation does not have"},
		{"unknown labels, all at once",
			"# title: 镇街\n# labels:\n#   where: 所在\n#   town.name: 名\n#   nam: 名\n#   name: ' '\n{ where: towns { nodes { name } } }",
			"f.graphql:4: the comment labels town.name, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted\n" +
				"f.graphql:5: the comment labels nam, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted\n" +
				"f.graphql:6: the label of name is empty"},
		{"a label of what only wraps", "# title: 镇街\n# labels: {nodes: 行}\n{ towns { nodes { name } } }",
			"f.graphql:2: the comment labels nodes, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted"},
		{"labels of dimensions that are not grouped by",
			"# title: 镇街\n# labels: {TOWN: 镇街, s.key.TOWN: 镇街, YEAR: 年, a.key.TOWN: 镇街}\n{ s: stats(groupBy: [TOWN]) { groups { key { dimension label } } } a: stats { groups { key { dimension } } } }",
			"f.graphql:2: the comment labels YEAR, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted\n" +
				"f.graphql:2: the comment labels a.key.TOWN, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted"},
		{"a dimension's label where a variable groups",
			"# title: 镇街\n# labels: {s.key.TOWN: 镇街, k.TOWN: 镇街, s.key.town: 镇街}\nquery($by: [D!]!) { s: stats(groupBy: $by) { groups { ...G } } } fragment G on Group { key { dimension label } }",
			"f.graphql:2: the comment labels k.TOWN, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted\n" +
				"f.graphql:2: the comment labels s.key.town, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted"},
		{"a label that is none", "# title: 镇街\n# labels: {name: [名]}\n{ towns { name } }",
			"f.graphql:2: the label of name must be one text, not a list"},
		{"a fragment of itself", "# title: 镇街\n# labels: {b: 乙}\n{ towns { ...F } } fragment F on Town { name ...F }",
			"f.graphql:2: the comment labels b, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted"},
		{"all at once", "# titel: 镇街\n# owner:\n# title: 镇街\n# title: 镇\n# variables: {n: {}}\n{ towns { name } }",
			"f.graphql:1: unknown key \"titel\" in the comment at the top; did you mean title? Known: title, english, description, tags, owner, variables, labels\n" +
				"f.graphql:2: owner has no value: write one, or leave the key out\n" +
				"f.graphql:4: \"title\" stands twice in this map, first in line 3\n" +
				"f.graphql:5: the comment describes $n, which the operation does not have"},
		{"a person", "# title: 当事人\n{\n  node(id: \"330199199001010012\") { id }\n}",
			"f.graphql:3: this looks like a person's number: leave it out, and let a variable ask for it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("f.graphql", []byte(tt.file))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(tt.message, err.Error()); diff != "" {
				t.Errorf("message (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextIsReadAgain(t *testing.T) {
	o, err := Parse("towns.graphql", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	o.Description = "一行\n又一行：“引号”与 # 号"
	o.Tags, o.Owner = []string{"基础 · Basics", "no", "a, b: [c]"}, "01"
	o.Variables[0].Default = map[string]any{"from": "2024-01-01", "most": 1.5, "any": []any{true, nil, "~", ""}}
	o.Labels["where"] = " 镇街: #1\u007f"
	o.Query = "# a comment at the top\n\n" + o.Query
	text, err := o.Text()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse("towns.graphql", text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	o.Query = towns
	if diff := cmp.Diff(o, again); diff != "" {
		t.Errorf("operation (-want +got):\n%s", diff)
	}
}

func TestStore(t *testing.T) {
	shipped := fstest.MapFS{"a.graphql": {Data: []byte("# title: 甲\n{ towns { name } }")},
		"b.graphql": {Data: []byte("# title: 乙\n{ towns { name } }")}}
	dir := t.TempDir()
	s, err := Open(shipped, dir, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save(Operation{Name: "b", Title: "改过的乙", Query: "{ towns { code } }"}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.graphql"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	list, err := s.List()
	if err == nil {
		t.Error("the broken file gives no finding")
	}
	titles := []string{}
	for _, o := range list {
		titles = append(titles, o.Title)
	}
	if diff := cmp.Diff([]string{"甲", "改过的乙"}, titles); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
	for name, text := range map[string]string{"a": "# title: ~\n", "x": "# title: ~"} {
		if err := os.WriteFile(filepath.Join(dir, name+".graphql"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list, err = s.List()
	if len(list) != 1 || list[0].Name != "b" {
		t.Errorf("a is removed, and yet the list is %v", list)
	}
	want := "x.graphql:1: nothing to remove: what ships with the gateway has no saved query of this name"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
	closed, err := Open(shipped, "", true)
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Save(Operation{Name: "c", Title: "丙", Query: "{ towns { name } }"}); !errors.Is(err,
		ErrNotSaving) || closed.Saves() {
		t.Errorf("without a directory: %v", err)
	}
}
