package command

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// Version says which build of the program this is: version, revision with its time and
// whether files had been changed since, and what it was built with.
func Version(program string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return describe(program, info)
}

func describe(program string, info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s\n", program, known(info.Main.Version))
	revision := known(settings["vcs.revision"])
	if settings["vcs.modified"] == "true" {
		revision += ", with changes that are not committed"
	}
	fmt.Fprintf(&text, "revision %s\n", revision)
	fmt.Fprintf(&text, "time     %s\n", known(settings["vcs.time"]))
	fmt.Fprintf(&text, "go       %s", strings.TrimSpace(info.GoVersion+" "+settings["GOOS"]+" "+settings["GOARCH"]))
	return text.String()
}

// known is what the build says, or that it does not: one with -buildvcs=false, or outside a
// repository.
func known(text string) string { return cmp.Or(text, "unknown") }
