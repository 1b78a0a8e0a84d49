package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// TestCheckLooks: what a mapping names and the database lacks is found, with file and line.
func TestCheckLooks(t *testing.T) {
	dsn := demotest.Embedded(t, demo.Systems(demotest.World(t, 0.01)))
	for _, test := range []struct{ name, overlay, want string }{
		{"table", "records: {LegalAidCase: {table: nope}}",
			"the database has no table nope, which LegalAidCase is read from"},
		{"column", "records: {LegalAidCase: {fields: {title: {column: nope}}}}",
			"table flyz_ajxx has no column nope, which is field title of LegalAidCase"},
		{"keep", `records: {LegalAidCase: {keep: {nope: ["0"]}}}`,
			"table flyz_ajxx has no column nope, which is a condition (keep) of LegalAidCase"},
		{"key that is not unique", "records: {LegalAidCase: {key: [ajlx]}}",
			"table flyz_ajxx has no unique index over the key of LegalAidCase (ajlx)"},
		{"key", "records: {LegalAidCase: {key: [nope]}}",
			"table flyz_ajxx has no column nope, which is the key of LegalAidCase"},
		{"select that ends in a comment",
			`records: {LegalAidCase: {table: ~, select: "SELECT * FROM flyz_ajxx -- all"}}`,
			"the server does not take the select of LegalAidCase inside a larger statement"},
		{"column of a select", `records: {LegalAidCase: {table: ~, select: "SELECT aj_id FROM flyz_ajxx"}}`,
			"the select of LegalAidCase has no column ajbh, which is field number of LegalAidCase"},
		{"key of a select", `records: {LegalAidCase: {table: ~, key: [ajlx], select: "SELECT * FROM flyz_ajxx"}}`,
			"the key of LegalAidCase (ajlx) is NULL or the same in several rows"},
		{"twin", "records: {LegalAidCase: {fields: {status: {twin: {column: nope}}}}}",
			"table flyz_ajxx has no column nope, which is the twin of field status of LegalAidCase"},
		{"native", "records: {LegalAidCase: {fields: {acceptedOn: {column: ajbh}}}}",
			"field acceptedOn is said to be native, a DATE or DATETIME column, and flyz_ajxx.ajbh is"},
		{"nothing", "records: {LegalAidCase: {key: [aj_id]}}", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "mappings"), 0o700); err != nil {
				t.Fatal(err)
			}
			overlay := filepath.Join(dir, "mappings", "legal-aid.yaml")
			write := func(file, text string) {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			write(overlay, "system: legal-aid\n"+test.overlay+"\n")
			config := filepath.Join(dir, "gateway.yaml")
			write(config, fmt.Sprintf("mappings: mappings\nsources: {legal-aid: {dsn: '%sflyz'}}\naccess: open", dsn))
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), []string{"check", "-config", config}, nil, &stdout, &stderr)
			if test.want == "" {
				if code != 0 || !strings.Contains(stdout.String(), "in order") {
					t.Errorf("code %d: %s%s", code, stdout.String(), stderr.String())
				}
				return
			}
			if code != 1 || strings.Contains(stdout.String(), "in order") ||
				!strings.Contains(stderr.String(), "legal-aid.yaml:2: ") &&
					!strings.Contains(stderr.String(), "mapping.yaml:") ||
				!strings.Contains(stderr.String(), test.want) {
				t.Errorf("code %d, lacks %q:\n%s%s", code, test.want, stdout.String(), stderr.String())
			}
		})
	}
}
