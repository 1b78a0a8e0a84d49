package yamlfile

import "testing"

func TestSuggest(t *testing.T) {
	known := []string{"fields", "table", "label", "工单"}
	for _, test := range []struct{ name, word, want string }{
		{"letter missing", "filds", "; did you mean fields? Known: fields, table, label, 工单"},
		{"neighbours swapped", "tabel", "; did you mean table? Known: fields, table, label, 工单"},
		{"case", "Fields", "; did you mean fields? Known: fields, table, label, 工单"},
		{"one character of two", "工作", "; did you mean 工单? Known: fields, table, label, 工单"},
		{"nothing near", "orders", "; known: fields, table, label, 工单"},
		{"empty", "", "; known: fields, table, label, 工单"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Suggest(test.word, known); got != test.want {
				t.Errorf("Suggest(%q) = %q, want %q", test.word, got, test.want)
			}
		})
	}
	if got := Suggest("x", nil); got != "" {
		t.Errorf("suggest without known words = %q", got)
	}
}
