package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

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
			"select ends in a comment"},
		{"select of another schema",
			`records: {LegalAidCase: {table: ~, select: "SELECT * FROM gzc.flyz_ajxx"}}`,
			"the select of LegalAidCase reads the schema gzc, and the system's source is the schema flyz"},
		{"select that writes",
			`records: {LegalAidCase: {table: ~, select: "SELECT * FROM flyz_ajxx INTO OUTFILE '/tmp/x'"}}`,
			"select has INTO, which writes"},
		{"select of a table that is not there",
			`records: {LegalAidCase: {table: ~, select: "SELECT * FROM nope"}}`,
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

// TestCheckAddresses: every address of a system is looked at.
func TestCheckAddresses(t *testing.T) {
	cfg, err := mysql.ParseDSN(demotest.Embedded(t, demo.Systems(demotest.World(t, 0.01))))
	if err != nil {
		t.Fatal(err)
	}
	cfg.DBName = "flyz"
	proxy := dbtest.StartProxy(t, cfg.Addr)
	config := filepath.Join(t.TempDir(), "gateway.yaml")
	text := fmt.Sprintf("sources: {legal-aid: {dsn: '%s', replicas: ['%s', '127.0.0.1:1', {host: 127.0.0.1, port: %s, database: pufa}],"+
		"officeHours: {from: '00:00', to: '24:00', maxConnections: 8}}}\n"+
		"access: open", cfg.FormatDSN(), proxy.Address(), proxy.Address()[len("127.0.0.1:"):])
	text = strings.Replace(text, "host: 127.0.0.1", "host: localhost", 1) // the same server, another database
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"check", "-config", config}, nil, &stdout, &stderr)
	for _, want := range []string{
		"LEGAL_AID main (" + cfg.Addr + ") answers\n",
		"LEGAL_AID replica-1 (" + proxy.Address() + ") answers, and how far it is behind is not known: ",
		"LEGAL_AID replica-2 (127.0.0.1:1) does not answer: LEGAL_AID cannot be reached (SOURCE_UNAVAILABLE)",
		"at replica-3: the database has no table flyz_ajxx",
		"office hours now: at most 8 connections, 10s a statement, 10s a request\n",
		"addresses that do not answer: 1\n",
	} {
		if !strings.Contains(stdout.String()+stderr.String(), want) {
			t.Errorf("code %d, lacks %q:\n%s%s", code, want, stdout.String(), stderr.String())
		}
	}
	if code != 1 {
		t.Errorf("code %d", code)
	}
}

// TestCheckAll: what is wrong in any file is told in one run, whatever else is wrong.
func TestCheckAll(t *testing.T) {
	dir := t.TempDir()
	for file, text := range map[string]string{
		"gateway.yaml": "sources: {legal-aid: {dsn: 'a@tcp(127.0.0.1:1)/b', nonsense: 1}}\n" +
			"mappings: mappings\nreference: reference\naccess: {keys: keys.yaml, policy: policy.yaml}\npersistedDocuments: {manifest: documents.json}\n" +
			"library: {directory: queries}\nlisten: nowhere\n",
		"mappings/legal-aid.yaml":     "system: legal-aid\nrecords:\n\tLegalAidCase: {}\n",
		"mappings/publicity.yaml":     "system: publicity\nrecords: {PublicityEvent: {table: \xb7\xa8}}\n",
		"mappings/notarization.yaml":  "system: notarization\nrecords: {NotarialMatter: {nope: 1}}\n",
		"reference/towns.yaml":        "towns: 1\n",
		"reference/deadlines.yaml":    "rules: [{record: Nothing}]\n",
		"reference/figures.yaml":      "metrics: [{name: x, list: nothing}]\n",
		"reference/annualreport.yaml": "figures: [1]\n",
		"reference/calendar.yaml":     "years: {x: 1}\n",
		"keys.yaml":                   "keys: [{name: X}]\n",
		"policy.yaml":                 "roles: {a: {systems: [NONSENSE]}}\n",
		"documents.json":              `{"1": "{ nothing }"}`,
		"queries/mine.graphql":        "{ nothing }\n",
	} {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"check", "-c", filepath.Join(dir, "gateway.yaml")}, nil, &stdout, &stderr)
	if code != 1 {
		t.Errorf("code %d", code)
	}
	for _, place := range []string{"gateway.yaml:1: ", "gateway.yaml:7: ",
		"legal-aid.yaml:3: not YAML: a tab stands here", "publicity.yaml:2: not UTF-8", "notarization.yaml:2: ",
		"towns.yaml:1: ", "deadlines.yaml:1: ", "figures.yaml:1: ", "annualreport.yaml:1: ", "calendar.yaml:1: ",
		"keys.yaml:1: ", "policy.yaml:1: ", "documents.json", "mine.graphql"} {
		if !strings.Contains(stderr.String(), place) {
			t.Errorf("nothing is said of %s", place)
		}
	}
	for line := range strings.Lines(stderr.String()) {
		if !strings.HasPrefix(line, " ") && strings.Count(stderr.String(), line) > 1 {
			t.Errorf("said twice: %s", line)
		}
	}
	if t.Failed() {
		t.Log(stderr.String())
	}
}

// TestStrict: an account that may do more than read is told of, and with --strict it is a mistake.
func TestStrict(t *testing.T) {
	dsn := dbtest.MariaDB(t).DSN("")
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"CREATE DATABASE strict_flyz", "CREATE USER strict_reader",
		"CREATE USER strict_writer", "GRANT SELECT ON strict_flyz.* TO strict_reader", "GRANT SELECT, INSERT ON strict_flyz.* TO strict_writer"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	cfg.Passwd, cfg.DBName = "", "strict_flyz"
	for user, want := range map[string]string{
		"strict_reader": "",
		"strict_writer": "LEGAL_AID: the account may do more than read: INSERT on `strict_flyz`.*",
	} {
		cfg.User = user
		file := filepath.Join(t.TempDir(), "gateway.yaml")
		text := fmt.Sprintf("listen: 127.0.0.1:0\nsources: {legal-aid: {dsn: '%s'}}\naccess: open\n", cfg.FormatDSN())
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"check", "-c", file}, {"check", "--strict", "-c", file},
			{"serve", "--strict", "-c", file}} {
			ctx, stop := context.WithCancel(t.Context())
			if want == "" && args[0] == "serve" {
				stop() // it would serve
			}
			var stdout, stderr bytes.Buffer
			run(ctx, args, nil, &stdout, &stderr)
			stop()
			where := &stderr
			if args[1] != "--strict" {
				where = &stdout
			}
			if told := strings.Contains(where.String(), "more than read"); told != (want != "") ||
				!strings.Contains(where.String(), want) {
				t.Errorf("%s as %s: %s%s", args[0], user, &stdout, &stderr)
			}
		}
	}
}
