package yamlfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree prints what was read, one value a line: its place, kind, text and whether it is quoted.
func tree(n *Node) string {
	var b strings.Builder
	var print func(n *Node, indent string)
	print = func(n *Node, indent string) {
		fmt.Fprintf(&b, "%s%d:%d %s", indent, n.Pos.Line, n.Pos.Column, n.Kind)
		if n.IsSingle() {
			fmt.Fprintf(&b, " %q", n.Text)
		}
		if n.Quoted {
			b.WriteString(" quoted")
		}
		b.WriteString("\n")
		for _, item := range n.Items {
			print(item, indent+"  ")
		}
		for _, e := range n.Entries {
			print(e.Key, indent+"  ")
			print(e.Value, indent+"    ")
		}
	}
	if n != nil {
		print(n, "")
	}
	return b.String()
}

func read(text string, aliases bool) (*Node, error) {
	r := Reader{Aliases: aliases}
	n := r.Read(Source{Name: "f.yaml", Data: []byte(text)}, "")
	return n, r.Err()
}

func TestRead(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"empty", "", ""},
		{"comments only", "# nothing yet\n", ""},
		{"a lone ~", "~\n", ""},
		{"document mark", "# a\n---\n# b\na: b\n", "4:1 a map\n  4:1 text \"a\"\n    4:4 text \"b\"\n"},
		{"byte order mark", "\uFEFFa: b", "1:1 a map\n  1:1 text \"a\"\n    1:4 text \"b\"\n"},
		{"Windows lines", "a: b\r\nc:\r\n  - d\r\n",
			"1:1 a map\n  1:1 text \"a\"\n    1:4 text \"b\"\n  2:1 text \"c\"\n    3:3 a list\n      3:5 text \"d\"\n"},
		{"old Mac lines", "a: b\rc: d",
			"1:1 a map\n  1:1 text \"a\"\n    1:4 text \"b\"\n  2:1 text \"c\"\n    2:4 text \"d\"\n"},
		{"columns are characters", "镇街: 临浦", "1:1 a map\n  1:1 text \"镇街\"\n    1:5 text \"临浦\"\n"},
		{"order of keys", "{b: 1, a: \"2\"}",
			"1:1 a map\n  1:2 text \"b\"\n    1:5 a number \"1\"\n  1:8 text \"a\"\n    1:11 text \"2\" quoted\n"},
		{"JSON", `{"a":[1,true,null]}`,
			"1:1 a map\n  1:2 text \"a\" quoted\n    1:6 a list\n      1:7 a number \"1\"\n      1:9 true or false \"true\"\n      1:14 nothing \"null\"\n"},
		{"block", "a: |\n  b  \n   c\n", "1:1 a map\n  1:1 text \"a\"\n    1:4 text \"b  \\n c\\n\" quoted\n"},
		{"folded, without a last line break", "a: >\n  b\n  c",
			"1:1 a map\n  1:1 text \"a\"\n    1:4 text \"b c\\n\" quoted\n"},
		{"several lines", "a: b\n  c\nd: \"e\n\n  f\"",
			"1:1 a map\n  1:1 text \"a\"\n    1:4 text \"b c\"\n  3:1 text \"d\"\n    3:4 text \"e\\nf\" quoted\n"},
		{"escapes", `"\0\t\u4e2d\\"`, "1:1 text \"\\x00\\t中\\\\\" quoted\n"},
		{"tab in quotes and comments", "a: 'b\tc' #\td",
			"1:1 a map\n  1:1 text \"a\"\n    1:4 text \"b\\tc\" quoted\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n, err := read(test.file, false)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, tree(n)); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
		})
	}
}

// TestKinds: what YAML takes a text without quotes for; whatever it is, the text stays.
func TestKinds(t *testing.T) {
	for kind, texts := range map[Kind][]string{
		Text: {"yes", "no", "on", "off", "y", "N", "abc", "1a", "1.2.3", "_1", "2024-13-01x", "10.1.0.0/16",
			"2024-01-01..2024-01-31",
			"nULL", "tRUE", "0xg", "1e", "+08:00", "2023-1", ".", "=", "10:30"},
		Number: {"0", "01", "08", "1_000", "-1", "+1", "1.5", "1.", ".5", "1e3", "1E-3", "0x1F", "0o17", "0b1", ".inf",
			"-.INF", ".NaN",
			"330109199001010011", "123456789012345678901234567890"},
		Bool: {"true", "True", "TRUE", "false", "False", "FALSE"},
		Day:  {"2024-01-01", "2024-2-3", "2024-01-01T10:00:00Z", "2024-01-01 10:00:00"},
		Null: {"~", "null", "Null", "NULL"},
	} {
		for _, text := range texts {
			for _, file := range []string{"[" + text + "]", "- " + text, "a: " + text + "\n", "{a: " + text + "}"} {
				n, err := read(file, false)
				if err != nil {
					t.Errorf("%s: %v", file, err)
					continue
				}
				value := n.Items
				if n.Kind == Map {
					value = []*Node{n.Entries[0].Value}
				}
				if got := value[0]; got.Kind != kind || got.Text != text || got.Quoted {
					t.Errorf("%s: %s %q, want %s", file, got.Kind, got.Text, kind)
				}
			}
			for _, quoted := range []string{"'" + text + "'", "\"" + text + "\""} {
				if n, err := read(quoted, false); err != nil || n.Kind != Text || n.Text != text || !n.Quoted {
					t.Errorf("%s: %+v, %v", quoted, n, err)
				}
			}
		}
	}
}

// TestRefused has a file and its exact findings for everything that is not read.
func TestRefused(t *testing.T) {
	deep := strings.Repeat("[", 10_000)
	steps := &strings.Builder{}
	for i := range 400 {
		steps.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	for _, test := range []struct{ name, file, want string }{
		{"key twice", "a: 1\nb: 2\na: 3", `f.yaml:3: "a" stands twice in this map, first in line 1`},
		{"keys twice, at every depth", "a: {b: 1, b: 2}\nc:\n  - d:\n      e: 1\n      'e': 2\n    d: 3",
			"f.yaml:1: \"b\" stands twice in this map, first in line 1\n" +
				"f.yaml:5: \"e\" stands twice in this map, first in line 4\nf.yaml:6: \"d\" stands twice in this map, first in line 3"},
		{"a list as key", "[a]: b", "f.yaml:1: not YAML: found an invalid key for this map"},
		{"explicit key", "? a\n: b",
			"f.yaml:1: keys behind ? are not read: write key: value\nf.yaml:2: not YAML: the key of this colon must stand before it, in the same line"},
		{"tab at the beginning", "a:\n\tb: c", "f.yaml:2: not YAML: a tab stands here: use blanks, or quote the text"},
		{"tab in a text", "a: b\tc\nd: e\tf",
			"f.yaml:1: not YAML: a tab stands here: use blanks, or quote the text\nf.yaml:2: not YAML: a tab stands here: use blanks, or quote the text"},
		{"GBK", "a: b\nc: \xc1\xd9\xc6\xd6\n", "f.yaml:2: not UTF-8: save the file as UTF-8, not as GBK or UTF-16"},
		{"UTF-16", "\xff\xfea\x00:\x00", "f.yaml:1: not UTF-8: save the file as UTF-8, not as GBK or UTF-16"},
		{"NUL", "a: b\nc: \x00", "f.yaml:2: the file holds the control character U+0000: take it out"},
		{"deep", deep, "f.yaml:1: lists and maps stand in each other more than 50 levels deep"},
		{"deep and whole", deep + strings.Repeat("]", 10_000),
			"f.yaml:1: lists and maps stand in each other more than 50 levels deep"},
		{"deep maps", strings.Repeat("{a: ", 10_000),
			"f.yaml:1: lists and maps stand in each other more than 50 levels deep"},
		{"deep dashes", strings.Repeat("- ", 10_000),
			"f.yaml:1: lists and maps stand in each other more than 50 levels deep"},
		{"deep steps", steps.String(), "f.yaml:51: lists and maps stand in each other more than 50 levels deep"},
		{"many bytes", strings.Repeat("# no\n", 300_000),
			"f.yaml: the file has 1500000 bytes, more than 1048576: no file of the gateway is that large"},
		{"many values", strings.Repeat("- a\n", 60_000),
			"f.yaml: the file has more than 50000 values: no file of the gateway is that large"},
		{"two documents", "a: b\n---\nc: d", "f.yaml:2: a file is one YAML document; a second begins here"},
		{"three documents", "---\na: b\n---\nc: d\n---\n",
			"f.yaml:3: a file is one YAML document; a second begins here\nf.yaml:5: a file is one YAML document; a second begins here"},
		{"document behind its mark", "--- a: b", "f.yaml:1: not YAML: begin a line of its own behind ---"},
		{"end mark", "a: b\n...\n",
			"f.yaml:2: a file is one YAML document, and ends where it ends: leave ... out, or quote it"},
		{"directive", "%YAML 1.1\n---\na: b",
			"f.yaml:1: directives (%) are not read: leave the line out, or quote the text\nf.yaml:2: a file is one YAML document; a second begins here"},
		{"merge key", "a: {<<: {b: c}}", "f.yaml:1: merge keys (<<) are not read: write the entries out"},
		{"tag", "a: !!str 1\nb: !c d",
			"f.yaml:1: tags (!) are not read: leave it out, and quote text\nf.yaml:2: tags (!) are not read: leave it out, and quote text"},
		{"anchor and alias", "a: &b c\nd: *b",
			"f.yaml:1: anchors and aliases are not read: write the value out\nf.yaml:2: anchors and aliases are not read: write the value out"},
		{"open bracket", "a: [b\nc: d", "f.yaml:2: not YAML: ',' or ']' must be specified"},
		{"open bracket at the end", "a: b\nc: [d", "f.yaml:2: not YAML: sequence end token ']' not found"},
		{"bracket too many", "a: b]\nc: ]", "f.yaml:2: not YAML: could not find '[' character corresponding to ']'"},
		{"open quote", "a: \"b\nc: d", "f.yaml:1: not YAML: could not find end character of double-quoted text"},
		{"value further left", "a:\nb", "f.yaml:2: not YAML: this belongs to line 1 and must stand further right"},
		{"text below a text", "a: b\n c: d",
			"f.yaml:1: not YAML: mapping value is not allowed in this context\nf.yaml:2: not YAML: the key of this colon must stand before it, in the same line"},
		{"colon in a text", "{a: b: c}",
			"f.yaml:1: not YAML: a text with a colon and a blank in it, or with a colon at its end, must be quoted"},
		{"no blank behind the colon", "{a:*b}", "f.yaml:1: not YAML: a blank is missing behind the colon"},
		{"a comma in front", "a: {, b}", "f.yaml:1: not YAML: nothing stands before this comma"},
		{"a text that begins with a sign", "a: b\n}c", "f.yaml:2: not YAML: a text that begins with } must be quoted"},
		{"dash in brackets", "[- a]", "f.yaml:1: not YAML: a dash begins no item within brackets"},
		{"half an escape", `a: "\xzz"`,
			`f.yaml:1: not YAML: \x wants two hexadecimal digits behind it, \u four, \U eight`},
		{"strange block", "a: |x\n  b", "f.yaml:1: not YAML: invalid header option"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n, err := read(test.file, false)
			if err == nil {
				t.Fatalf("no finding, but\n%s", tree(n))
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAliases(t *testing.T) {
	n, err := read("a: &x {b: &y c, d: *y}\ne: *x", true)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"a": map[string]any{"b": "c", "d": "c"}, "e": map[string]any{"b": "c", "d": "c"}}
	if diff := cmp.Diff(want, n.Value()); diff != "" {
		t.Errorf("value (-want +got):\n%s", diff)
	}
	if e := n.Get("e").Value; e.Pos.Line != 2 || e.Get("b").Value.Pos.Line != 1 {
		t.Errorf("an alias has its own place, and what stands in it that of the anchor: %+v", e)
	}
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 20 {
		bomb += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 8), i)
	}
	for _, test := range []struct{ name, file, want string }{
		{"unknown", "a: *b", "f.yaml:1: *b stands for nothing: no value above it is named &b"},
		{"of itself", "a: &b [*b]", "f.yaml:1: *b stands for nothing: no value above it is named &b"},
		{"twice", "a: &b c\nd: &b e", "f.yaml:2: there are two anchors &b: give them different names"},
		{"a list as key", "a: &b [c]\nd: {*b : e}", "f.yaml:2: a key is a name, not a list"},
		{"bomb", bomb, "aliases stand for more than 10000 values: write some of them out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := read(test.file, true); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

func TestDict(t *testing.T) {
	var r Reader
	root := r.Read(Source{Name: "f.yaml",
		Data: []byte("text: 01\nflag: false\nnumber: 007\nword: b\nlist: [a, 1]\nmap: {x: y}\nlits: 1\nnothing:\nempty: ''\nwrong: [a]")}, "it needs much")
	d := r.Dict(root, "the file", "text", "flag", "number", "word", "list", "map", "nothing", "empty", "wrong",
		"absent")
	if d.Text("text") != "01" || d.Bool("flag", true) || d.Int("number", 0, 9) != 7 ||
		d.Word("word", "a", "b") != "b" || d.Text("absent") != "" {
		t.Error("a single value is wrong")
	}
	if diff := cmp.Diff([]string{"a", "1"}, d.Texts("list")); diff != "" {
		t.Error(diff)
	}
	if e := d.Entries("map"); len(e) != 1 || e[0].Key.Text != "x" {
		t.Errorf("%v", e)
	}
	d.Text("empty")
	d.Text("wrong")
	d.Bool("text", false)
	d.Int("number", 8, 9)
	d.Word("word", "a")
	d.Items("map")
	d.Entries("list")
	d.Needs("text", "absent")
	r.Dict(d.Get("text"), "the text", "a", "b")
	want := `f.yaml:1: text must be true or false, not "01"
f.yaml:1: the file lacks absent
f.yaml:1: the text must be a map with the keys a, b
f.yaml:3: number must be a whole number from 8 to 9, not "007"
f.yaml:4: word must be one of a, not "b"
f.yaml:5: list must be a map, as in {a: b}, not a list
f.yaml:6: map must be a list, as in [a, b], not a map
f.yaml:7: unknown key "lits" in the file; did you mean list? Known: text, flag, number, word, list, map, nothing, empty, wrong, absent
f.yaml:8: nothing has no value: write one, or leave the key out
f.yaml:9: empty is empty: write a value, or leave the key out
f.yaml:10: wrong must be one value, not a list or a map`
	if diff := cmp.Diff(want, r.Err().Error()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// TestLine: the line of a finding is shown when asked for, of a long one the part about it.
func TestLine(t *testing.T) {
	r := Reader{ShowLines: true}
	r.Read(Source{Name: "f.yaml", Data: []byte("a: b\r\n  c: d\r\ne: [" + strings.Repeat("临, ", 100) + "f: g]")}, "")
	for _, test := range []struct {
		at   Pos
		want string
	}{
		{Pos{"f.yaml", 1, 1}, "a: b"},
		{Pos{"f.yaml", 2, 3}, "c: d"},
		{Pos{"f.yaml", 3, 1}, "e: [" + strings.Repeat("临, ", 52) + "…"},
		{Pos{"f.yaml", 3, 305}, strings.Repeat(", 临", 51) + ", f: g]"},
		{Pos{"f.yaml", 0, 0}, ""},
		{Pos{"f.yaml", 9, 1}, ""},
		{Pos{"other.yaml", 1, 1}, ""},
	} {
		if got := r.Finding(test.at, "x").Line; !strings.HasSuffix(got, test.want) || len(got) > 400 {
			t.Errorf("%v: %q, want %q", test.at, got, test.want)
		}
	}
}

// FuzzRead: no bytes crash the reader, and what it finds lies in the file.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"a: b", "- a\n- {b: [c, 'd'], \"e\": 01}", "a: &x >-\n  b\nc: *x", "? a\n: b",
		"%YAML 1.2\n---\n- !!str a\n...", "\xc1\xd9", "a:\r\n\tb",
		"{a: b: c}", "[a, b", "|9-\n a", "\"\\x\""} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, aliases bool) {
		n, err := read(text, aliases)
		if err == nil {
			tree(n)
			return
		}
		lines := 1 + strings.Count(strings.ReplaceAll(text, "\r", "\n"), "\n")
		for _, finding := range err.(Findings) {
			if finding.Message == "" || finding.Pos.Line < 0 || finding.Pos.Line > lines {
				t.Errorf("finding outside the file: %+v", finding)
			}
		}
	})
}

// FuzzQuote: every text is read again as it was written, wherever it stands.
func FuzzQuote(f *testing.F) {
	for _, seed := range []string{"", "a", "01", "yes", "~", "a: b", "a #b", " a", "a ", "-", "中文 · English", "a\nb",
		"\x7f\uFEFF", "\"'\\", "<<", "a,b", "2024-01-01", "😀", "a-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		if len(text) > 10_000 {
			return
		}
		q := Quote(text)
		n, err := read("{"+q+": ["+q+", "+q+"]}", false)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		if diff := cmp.Diff(map[string]any{text: []any{text, text}}, n.Value()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", q, diff)
		}
	})
}
