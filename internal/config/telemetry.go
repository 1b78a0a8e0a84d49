package config

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// tracesPath is where collectors take traces, as the protocol has it.
const tracesPath = "/v1/traces"

var headerName = regexp.MustCompile(`^[A-Za-z0-9-]+$`)

// telemetry reads where traces go.
func (r *reader) telemetry(at *yamlfile.Node) *telemetry.Options {
	d := r.Dict(at, "telemetry", "endpoint", "headers", "ratio", "service", "authority")
	if !d.Needs("endpoint") {
		return nil
	}
	o := telemetry.Options{
		Endpoint:  r.endpoint(d),
		Headers:   r.headers(d),
		Ratio:     r.ratio(d, "ratio"),
		Service:   d.Text("service"),
		Authority: r.authority(d, "authority"),
	}
	if o.Endpoint == nil {
		return nil
	}
	return &o
}

// endpoint reads the collector's address, which is shown in no finding: it may hold a password.
func (r *reader) endpoint(d yamlfile.Dict) *url.URL {
	text := d.Text("endpoint")
	u, err := url.Parse(text)
	switch {
	case text == "":
		return nil
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		r.Add(d.At("endpoint"),
			"endpoint must be the address at which a collector takes OTLP over HTTP, as in http://10.1.2.6:4318%s", tracesPath)
	case u.Port() == "4317":
		r.Add(d.At("endpoint"), "endpoint has port 4317, which is OTLP over gRPC as a rule: write that for HTTP, 4318")
	case u.User != nil:
		r.Add(d.At("endpoint"),
			"a password is not written here: send it in a header, as in headers: {Authorization: {valueEnv: OTLP_AUTHORIZATION}}")
	}
	if u != nil && (u.Path == "" || u.Path == "/") {
		u.Path = tracesPath
	}
	return u
}

// headers reads what is sent to the collector. Values may be secrets, and so none stands in the file.
func (r *reader) headers(d yamlfile.Dict) map[string]string {
	var all map[string]string
	for _, e := range d.Entries("headers") {
		name := e.Key.Text
		if !headerName.MatchString(name) {
			r.Add(e.Key.Pos, "headers: %q is no name of a header, which has letters, digits and hyphens", name)
			continue
		}
		if e.Value.Kind != yamlfile.Map {
			r.Add(e.Value.Pos, "a header's value is not written here: put it into an environment variable, as in "+
				"headers: {%s: {valueEnv: OTLP_HEADER}}, or into a file and name that as valueFile", name)
			continue
		}
		of := r.Dict(e.Value, name, "valueEnv", "valueFile")
		before := r.Found()
		value, given := r.secret(of, "value")
		switch {
		case r.Found() > before:
		case !given:
			r.Add(e.Value.Pos, "%s lacks valueEnv or valueFile, which say where its value is", name)
		case value == "" || strings.ContainsFunc(value, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }):
			r.Add(e.Value.Pos, "the value of the header %s must be one line of text", name)
		default:
			if all == nil {
				all = map[string]string{}
			}
			all[name] = value
		}
	}
	return all
}

// ratio reads a share, above 0; 0 when it is absent.
func (r *reader) ratio(d yamlfile.Dict, key string) float64 {
	text, ok := d.Value(key)
	if !ok {
		return 0
	}
	share, err := strconv.ParseFloat(text, 64)
	if err != nil || !(share > 0 && share <= 1) {
		r.Add(d.At(key), "%s must be a share above 0 up to 1, as in 0.1 for one request of ten, not %q", key, text)
		return 0
	}
	return share
}
