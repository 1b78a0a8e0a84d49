package config

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/transport"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// systemName is a system's name in files: legal-aid.
func systemName(s model.System) string {
	return strings.ReplaceAll(strings.ToLower(string(s)), "_", "-")
}

func systemNames() []string {
	names := make([]string, len(model.AllSystem))
	for i, s := range model.AllSystem {
		names[i] = systemName(s)
	}
	return names
}

// parse reads the file's data; paths in it are relative to dir.
func parse(file string, data []byte, dir string, env func(string) (string, bool)) (*Config, error) {
	r := &reader{dir: dir, env: env}
	root := r.Read(yamlfile.Source{Name: file, Data: data}, "it needs sources, the systems of the deployment")
	top := r.Dict(root, "the file",
		"listen", "private", "mappings", "reference", "today", "proxies", "sources", "identity", "limits",
		"introspection", "extensions", "dataIssues", "library", "persistedDocuments", "reports", "figures", "log",
		"access", "tls", "cors", "shutdown", "audit", "telemetry")
	if !top.IsMap() {
		return nil, r.Err()
	}
	c := &Config{
		Listen:  r.address(top, "listen", DefaultListen),
		Private: r.address(top, "private", ""),
		Sources: map[model.System]Source{},
	}
	if sameAddress(c.Listen, c.Private) {
		r.Add(top.At("private"),
			"private is the address of the graph: give metrics and profiles a port of their own, as in 127.0.0.1:9090")
	}
	r.mappings(top, c)
	r.reference(top, c)
	if text := top.Text("today"); text != "" {
		today, err := model.ParseDate(text)
		if err != nil {
			r.Add(top.At("today"), "today: %s", err)
		}
		c.Today = &today
	}
	c.Proxies = r.networks(top, "proxies")
	if e := top.Get("tls"); e != nil {
		c.TLS = r.tlsOf(e)
	}
	if e := top.Get("cors"); e != nil {
		c.Origins = r.origins(r.Dict(e, "cors", "origins"))
	}
	if e := top.Get("shutdown"); e != nil {
		d := r.Dict(e, "shutdown", "delay", "drain")
		c.Shutdown = Shutdown{Delay: r.duration(d, "delay"), Drain: r.duration(d, "drain")}
	}
	c.Access = r.access(root, top)
	if p := c.Access.Proxy; p != nil && len(p.Certificates) > 0 && !r.hasClientAuthority(top) {
		r.Add(top.At("access"),
			"proxy names certificates, and tls names no clientAuthority, by which they are verified: write it")
	}
	r.sources(root, top, c)
	if e := top.Get("identity"); e != nil {
		c.PersonKey, c.Suite = r.identity(e)
	}
	if e := top.Get("audit"); e != nil {
		c.Audit = r.audit(e, c.PersonKey, c.Suite)
	}
	if e := top.Get("limits"); e != nil {
		c.Limits, c.ScanRows = r.limits(e)
	}
	if e := top.Get("extensions"); e != nil {
		d := r.Dict(e, "extensions", "sources", "cost")
		c.HideSources, c.HideCost = !d.Bool("sources", true), !d.Bool("cost", true)
	}
	c.Introspection = map[string]transport.Introspection{"signed-in": transport.ForSignedIn,
		"off": transport.ForNobody}[top.Word("introspection", "on", "signed-in", "off")]
	if e := top.Get("dataIssues"); e != nil {
		c.ShowRaw = r.Dict(e, "dataIssues", "raw").Bool("raw", false)
	}
	if e := top.Get("library"); e != nil {
		c.Library = r.library(e)
	}
	if e := top.Get("persistedDocuments"); e != nil {
		c.Persisted = r.persisted(e)
	}
	if e := top.Get("reports"); e != nil {
		c.Reports = r.reports(e)
	}
	if e := top.Get("figures"); e != nil {
		c.SuppressBelow = r.Dict(e, "figures", "suppressBelow").Int("suppressBelow", 2, 1000)
	}
	if e := top.Get("telemetry"); e != nil {
		c.Telemetry = r.telemetry(e)
	}
	if e := top.Get("log"); e != nil {
		c.Log = r.log(e)
	}
	return c, r.Err()
}

func (r *reader) log(at *yamlfile.Node) Log {
	d := r.Dict(at, "log", "level", "format")
	levels := map[string]slog.Level{"": 0, "debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn,
		"error": slog.LevelError}
	return Log{
		Level: levels[d.Word("level", "debug", "info", "warn", "error")],
		Text:  d.Word("format", "json", "text") == "text",
	}
}

// mappings reads the overlays.
func (r *reader) mappings(top yamlfile.Dict, c *Config) {
	c.Overlays = map[model.System]mapping.Source{}
	files := r.directory(top, "mappings", systemNames())
	for _, system := range model.AllSystem {
		if source, given := files[systemName(system)]; given {
			c.Overlays[system] = source
		}
	}
}

// reference reads the data of the site that no mapping has.
func (r *reader) reference(top yamlfile.Dict, c *Config) {
	names := []string{"towns", "departments", "calendar", "deadlines", "figures", "annualreport"}
	into := []**mapping.Source{&c.Reference.Towns, &c.Reference.Departments, &c.Reference.Calendar,
		&c.Reference.Deadlines, &c.Reference.Figures, &c.Reference.AnnualReport}
	files := r.directory(top, "reference", names)
	for i, name := range names {
		if source, given := files[name]; given {
			*into[i] = &source
		}
	}
}

// directory reads the YAML files of the directory under the key; their names without
// .yaml must be known ones.
func (r *reader) directory(top yamlfile.Dict, key string, known []string) map[string]mapping.Source {
	path := top.Text(key)
	if path == "" {
		return nil
	}
	path = r.path(path)
	at := top.Get(key)
	entries, err := os.ReadDir(path)
	if err != nil {
		r.Add(at.Pos, "%s: %s; give a directory that the gateway can read", key, reason(err))
		return nil
	}
	files := map[string]mapping.Source{}
	for _, entry := range entries {
		name, isYAML := strings.CutSuffix(entry.Name(), ".yaml")
		switch full := filepath.Join(path, entry.Name()); {
		case strings.HasSuffix(entry.Name(), ".yml"):
			r.Add(at.Pos,
				"%s holds %s, which is not read: name it %s", key, entry.Name(),
				strings.TrimSuffix(entry.Name(), ".yml")+".yaml")
		case !isYAML:
		case !slices.Contains(known, name):
			r.Add(at.Pos, "%s holds %s, whose name says nothing here%s", key, entry.Name(),
				yamlfile.Suggest(name, known))
		default:
			data, err := os.ReadFile(full)
			if err != nil {
				r.Add(at.Pos, "%s: %s", key, reason(err))
				continue
			}
			files[name] = mapping.Source{Name: full, Data: data}
		}
	}
	if len(files) == 0 {
		r.Add(at.Pos,
			"%s has nothing to read: put %s there, or leave %s out", key, strings.Join(known, ".yaml, ")+".yaml", key)
	}
	return files
}
