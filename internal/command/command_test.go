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
	program := func(into *grammar, out *bytes.Buffer) Program {
		return Program{Name: "p", Grammar: into, Vars: kong.Vars{"scale": "1"}, Stdout: out, Stderr: out}
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
			called, done, err := program(&got, &out).Parse(strings.Fields(tt.args))
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
		_, done, _ := program(&got, &out).Parse([]string{args})
		if !done || !strings.Contains(out.String(), "p ") {
			t.Errorf("%s: done %t: %s", args, done, out.String())
		}
	}
}

func TestDescribe(t *testing.T) {
	build := func(version, modified string) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: version},
			Settings: []debug.BuildSetting{
				{Key: "GOOS", Value: "linux"}, {Key: "GOARCH", Value: "amd64"},
				{Key: "vcs.revision", Value: "e4d3ff7"}, {Key: "vcs.time", Value: "2026-11-30T02:00:00Z"},
				{Key: "vcs.modified", Value: modified},
			}}
	}
	for _, tt := range []struct {
		name string
		info *debug.BuildInfo
		want string
	}{
		{"as committed", build("v1.2.0", "false"), `p v1.2.0
revision e4d3ff7
time     2026-11-30T02:00:00Z
go       go1.26.8 linux amd64`},
		{"changed", build("(devel)", "true"), `p (devel)
revision e4d3ff7, with changes that are not committed
time     2026-11-30T02:00:00Z
go       go1.26.8 linux amd64`},
		{"not known", &debug.BuildInfo{GoVersion: "go1.26.8"}, `p unknown
revision unknown
time     unknown
go       go1.26.8`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, describe("p", tt.info)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
