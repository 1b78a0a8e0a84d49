package command

import (
	"bytes"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	type grammar struct {
		Scale   float64 `default:"${scale}"`
		DSN     string  `name:"dsn"`
		Only    bool
		Version kong.VersionFlag
		Serve   struct {
			Config string `short:"c"`
		} `cmd:""`
		Check struct{} `cmd:""`
	}
	for _, tt := range []struct {
		args   string
		called string
		want   grammar
		err    string
	}{
		{"check", "check", grammar{Scale: 1}, ""},
		{"-scale 0.5 -dsn=a=b -only check", "check", grammar{Scale: 0.5, DSN: "a=b", Only: true}, ""},
		{"--scale=0.5 check", "check", grammar{Scale: 0.5}, ""},
		{"serve -config=-scale", "serve", grammar{Scale: 1, Serve: struct {
			Config string `short:"c"`
		}{"-scale"}}, ""},
		{"serve -c f", "serve", grammar{Scale: 1, Serve: struct {
			Config string `short:"c"`
		}{"f"}}, ""},
		{"serve -nothing", "", grammar{}, "unknown flag -n"},
		{"", "", grammar{}, "expected one of"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			var got grammar
			var out bytes.Buffer
			called, done, err := Program{Name: "p", Grammar: &got, Vars: kong.Vars{"scale": "1"}, Stdout: &out, Stderr: &out}.Parse(strings.Fields(tt.args))
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("error %v, want %s", err, tt.err)
				}
				return
			}
			if err != nil || done || called != tt.called {
				t.Errorf("called %q, done %t, error %v", called, done, err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	for _, args := range []string{"-help", "--help", "-h", "-version"} {
		var got grammar
		var out bytes.Buffer
		_, done, _ := Program{Name: "p", Description: "What it does.", Grammar: &got, Vars: kong.Vars{"scale": "1"}, Stdout: &out, Stderr: &out}.Parse([]string{args})
		if !done || !strings.Contains(out.String(), "p ") {
			t.Errorf("%s: done %t: %s", args, done, out.String())
		}
	}
}

func TestDescribe(t *testing.T) {
	settings := []debug.BuildSetting{{Key: "GOOS", Value: "linux"}, {Key: "GOARCH", Value: "amd64"}, {Key: "vcs.revision", Value: "e4d3ff7"}, {Key: "vcs.time", Value: "2026-11-30T02:00:00Z"}}
	for want, info := range map[string]*debug.BuildInfo{
		"p v1.2.0\nrevision e4d3ff7\ntime     2026-11-30T02:00:00Z\ngo       go1.26.8 linux amd64": {
			GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.0"}, Settings: append(settings, debug.BuildSetting{Key: "vcs.modified", Value: "false"})},
		"p (devel)\nrevision e4d3ff7, with changes that are not committed\ntime     2026-11-30T02:00:00Z\ngo       go1.26.8 linux amd64": {
			GoVersion: "go1.26.8", Main: debug.Module{Version: "(devel)"}, Settings: append(settings, debug.BuildSetting{Key: "vcs.modified", Value: "true"})},
		"p unknown\nrevision unknown\ntime     unknown\ngo       go1.26.8": {GoVersion: "go1.26.8"},
	} {
		if diff := cmp.Diff(want, describe("p", info)); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
}
