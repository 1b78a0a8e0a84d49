package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

func TestRun(t *testing.T) {
	write := func(text string) string {
		file := filepath.Join(t.TempDir(), "gateway.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	// Port 1 is reserved (TCPMUX) and nobody listens there.
	silent := write("listen: 127.0.0.1:0\nsources: {legal-aid: {dsn: 'reader@tcp(127.0.0.1:1)/flyz'}}\naccess: open")
	wrong := write("lisen: x")
	tests := []struct {
		name           string
		args           []string
		code           int
		stdout, stderr string
	}{
		{"help", []string{"--help"}, 0, "Usage: gateway <command>", ""},
		{"no command", nil, 2, "", "expected one of"},
		{"no file", []string{"serve"}, 2, "", "missing flags: --config=FILE"},
		{"schema", []string{"schema"}, 0, "type Query", ""},
		{"version", []string{"version"}, 0, "gateway ", ""},
		{"missing file", []string{"check", "-config", "nowhere.yaml"}, 1, "", "nowhere.yaml: no such file"},
		{"findings", []string{"check", "-config=" + wrong}, 1, "",
			wrong + `:1: unknown key "lisen" in the file; did you mean listen?`},
		{"findings when serving", []string{"serve", "--config", wrong}, 1, "", wrong + ":1: unknown key"},
		{"silent system", []string{"check", "-config", silent}, 1,
			"LEGAL_AID does not answer: LEGAL_AID cannot be reached (SOURCE_UNAVAILABLE)\n",
			"systems that do not answer: 1 of 1"},
		{"serve", []string{"serve", "-config", silent}, 0, "",
			`"msg":"system does not answer; its fields are null until it does","system":"LEGAL_AID"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			var stdout bytes.Buffer
			stderr := &stopper{stop: stop}
			if code := run(ctx, tt.args, nil, &stdout, stderr); code != tt.code {
				t.Errorf("code %d, want %d", code, tt.code)
			}
			if !strings.Contains(stdout.String(), tt.stdout) || !strings.Contains(stderr.String(), tt.stderr) {
				t.Errorf("stdout:\n%s\nstderr:\n%s", stdout.String(), stderr.String())
			}
		})
	}
}

// TestCheckOrders: orders without an index are reported, and are no mistake.
func TestCheckOrders(t *testing.T) {
	systems := demo.Systems(demotest.World(t, 0.01))
	dsn := demotest.Embedded(t, systems)
	file := filepath.Join(t.TempDir(), "gateway.yaml")
	if err := os.WriteFile(file, []byte("sources: {legal-aid: {dsn: '"+dsn+"flyz'}}\naccess: open"),
		0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"check", "-config", file}, nil, &stdout, &stderr); code != 0 {
		t.Errorf("code %d: %s", code, stderr.String())
	}
	for _, want := range []string{
		"LEGAL_AID LegalAidCase: order RECEIVED_ON (flyz_ajxx.sqrq, about ",
		" rows) can have no index: its texts do not sort as what they mean",
		"LEGAL_AID Lawyer: order PRACTISING_SINCE (flyz_ls.sczyrq, about ",
		" rows) has no index behind it\n",
	} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("lacks %q:\n%s", want, stdout.String())
		}
	}
	if strings.Contains(stdout.String(), "order ACCEPTED_ON") {
		t.Errorf("reports an order that has an index:\n%s", stdout.String())
	}
}

// stopper ends the run when the log says that a system has been tried.
type stopper struct {
	bytes.Buffer
	stop func()
}

func (s *stopper) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("does not answer")) {
		s.stop()
	}
	return s.Buffer.Write(p)
}
