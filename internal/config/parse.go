package config

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/transport"
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
	r := &reader{file: file, dir: dir, env: env}
	root := r.document(data)
	if root == nil {
		return nil, r.err()
	}
	top := r.dict(root, "the file", "listen", "private", "mappings", "reference", "today", "proxies", "sources", "identity", "limits", "extensions", "dataIssues", "library", "persistedDocuments", "reports", "figures", "log")
	if top == nil {
		return nil, r.err()
	}
	c := &Config{
		Listen:  r.address(top, "listen", DefaultListen),
		Private: r.address(top, "private", ""),
		Sources: map[model.System]Source{},
	}
	r.mappings(top, c)
	r.reference(top, c)
	if text := r.text(top, "today"); text != "" {
		today, err := model.ParseDate(text)
		if err != nil {
			r.add(top["today"].Line, "today: %s", err)
		}
		c.Today = &today
	}
	c.Proxies = r.networks(top, "proxies")
	r.sources(root, top, c)
	if e := top["identity"]; e != nil {
		c.PersonKey = r.identity(e)
	}
	if e := top["limits"]; e != nil {
		c.Limits, c.ScanRows = r.limits(e)
	}
	if e := top["extensions"]; e != nil {
		c.HideSources = !r.boolean(r.dict(e, "extensions", "sources"), "sources", true)
	}
	if e := top["dataIssues"]; e != nil {
		c.ShowRaw = r.boolean(r.dict(e, "dataIssues", "raw"), "raw", false)
	}
	if e := top["library"]; e != nil {
		c.Library = r.library(e)
	}
	if e := top["persistedDocuments"]; e != nil {
		c.Persisted = r.persisted(e)
	}
	if e := top["reports"]; e != nil {
		c.Reports = r.reports(e)
	}
	if e := top["figures"]; e != nil {
		c.SuppressBelow = r.integer(r.dict(e, "figures", "suppressBelow"), "suppressBelow", 2, 1000)
	}
	if e := top["log"]; e != nil {
		c.Log = r.log(e)
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return c, nil
}

func (r *reader) limits(at *yaml.Node) (requests transport.Limits, scanRows int) {
	d := r.dict(at, "limits", "bodyBytes", "tokens", "depth", "fields", "timeout", "records", "scanRows", "personsPerHour")
	persons := r.integer(d, "personsPerHour", 0, 1_000_000)
	if persons == 0 && d["personsPerHour"] != nil {
		persons = -1 // any number
	}
	return transport.Limits{
		BodyBytes: int64(r.integer(d, "bodyBytes", 1024, 1<<30)),
		Tokens:    r.integer(d, "tokens", 100, 1_000_000),
		Depth:     r.integer(d, "depth", 5, 100),
		Fields:    r.integer(d, "fields", 100, 1_000_000),
		Timeout:   r.duration(d, "timeout"),
		Persons:   persons,
		Records:   r.integer(d, "records", 1000, 1_000_000_000),
	}, r.integer(d, "scanRows", 1, 1_000_000_000)
}

func (r *reader) log(at *yaml.Node) Log {
	d := r.dict(at, "log", "level", "format")
	levels := map[string]slog.Level{"": 0, "debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	return Log{
		Level: levels[r.word(d, "level", "debug", "info", "warn", "error")],
		Text:  r.word(d, "format", "json", "text") == "text",
	}
}

// mappings reads the overlays.
func (r *reader) mappings(top map[string]*yaml.Node, c *Config) {
	c.Overlays = map[model.System]mapping.Source{}
	files := r.directory(top, "mappings", systemNames())
	for _, system := range model.AllSystem {
		if source, given := files[systemName(system)]; given {
			c.Overlays[system] = source
		}
	}
}

// reference reads the data of the site that no system owns.
func (r *reader) reference(top map[string]*yaml.Node, c *Config) {
	files := r.directory(top, "reference", []string{"towns", "departments", "calendar", "deadlines"})
	for name, into := range map[string]**mapping.Source{"towns": &c.Towns, "departments": &c.Departments, "calendar": &c.Calendar, "deadlines": &c.Deadlines} {
		if source, given := files[name]; given {
			*into = &source
		}
	}
}

// directory reads the YAML files of the directory under the key; their names without
// .yaml must be known ones.
func (r *reader) directory(top map[string]*yaml.Node, key string, known []string) map[string]mapping.Source {
	path := r.text(top, key)
	if path == "" {
		return nil
	}
	path = r.path(path)
	at := top[key]
	entries, err := os.ReadDir(path)
	if err != nil {
		r.add(at.Line, "%s: %s; give a directory that the gateway can read", key, reason(err))
		return nil
	}
	files := map[string]mapping.Source{}
	for _, entry := range entries {
		name, isYAML := strings.CutSuffix(entry.Name(), ".yaml")
		switch full := filepath.Join(path, entry.Name()); {
		case strings.HasSuffix(entry.Name(), ".yml"):
			r.add(at.Line, "%s holds %s, which is not read: name it %s", key, entry.Name(), strings.TrimSuffix(entry.Name(), ".yml")+".yaml")
		case !isYAML:
		case !slices.Contains(known, name):
			r.add(at.Line, "%s holds %s, whose name says nothing here%s", key, entry.Name(), suggest(name, known))
		default:
			data, err := os.ReadFile(full)
			if err != nil {
				r.add(at.Line, "%s: %s", key, reason(err))
				continue
			}
			files[name] = mapping.Source{Name: full, Data: data}
		}
	}
	if len(files) == 0 {
		r.add(at.Line, "%s has nothing to read: put %s there, or leave %s out", key, strings.Join(known, ".yaml, ")+".yaml", key)
	}
	return files
}
