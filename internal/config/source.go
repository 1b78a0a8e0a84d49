package config

import (
	"cmp"
	"crypto/tls"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// sources reads the deployment's systems.
func (r *reader) sources(root *yamlfile.Node, top yamlfile.Dict, c *Config) {
	const example = "as in sources: {legal-aid: {host: 10.1.2.3, user: reader, database: flyz, passwordEnv: LEGAL_AID_PASSWORD}}"
	at := top.Get("sources")
	if at == nil {
		r.Add(root.Pos, "sources is missing: name the systems of the deployment, %s", example)
		return
	}
	all := r.Dict(at, "sources", systemNames()...)
	if at.Kind == yamlfile.Map && len(at.Entries) == 0 {
		r.Add(at.Pos, "sources is empty: name the systems of the deployment, %s", example)
	}
	for _, system := range model.AllSystem {
		if at := all.Get(systemName(system)); at != nil {
			source := r.source(at, systemName(system))
			r.apart(at, system, source, c.Sources)
			c.Sources[system] = source
		}
	}
}

// apart reports a source that is the database of another system, unless both say so: it is a line
// that was copied, as a rule.
func (r *reader) apart(at *yamlfile.Node, system model.System, source Source, others map[model.System]Source) {
	for _, other := range model.AllSystem {
		o, there := others[other]
		if !there || source.MySQL == nil || o.MySQL == nil || source.MySQL.DBName == "" ||
			!strings.EqualFold(source.MySQL.Addr, o.MySQL.Addr) || source.MySQL.DBName != o.MySQL.DBName ||
			source.Shared && o.Shared {
			continue
		}
		r.Add(at.Pos, "%s is read from the same database as %s, %s on %s: correct one of them, or write shared: true in both",
			systemName(system), systemName(other), source.MySQL.DBName, source.MySQL.Addr)
	}
}

// parts are the keys that a DSN stands for.
var parts = [...]string{"host", "port", "user", "database"}

// source reads where one system's server is and how to log in.
func (r *reader) source(at *yamlfile.Node, system string) Source {
	d := r.Dict(at, system,
		"dsn", "host", "port", "user", "database", "passwordEnv", "passwordFile", "password",
		"tls", "replicas", "maxLag", "maxConnections", "timeout", "budget", "officeHours", "throttle",
		"breaker", "timeZone", "shared", "slowLog")
	if !d.IsMap() {
		return Source{}
	}
	s := Source{
		MaxConnections: d.Int("maxConnections", 1, 1000),
		Timeout:        r.duration(d, "timeout"),
		Budget:         r.duration(d, "budget"),
		TimeZone:       r.offset(d, "timeZone"),
		Shared:         d.Bool("shared", false),
		IsThrottled:    d.Bool("throttle", false),
		NoSlowLog:      !d.Bool("slowLog", true),
	}
	if at := d.Get("officeHours"); at != nil {
		s.OfficeHours = r.officeHours(at, s)
	}
	if at := d.Get("breaker"); at != nil {
		s.Breaker = r.breaker(at)
	}
	if dsn := d.Get("dsn"); dsn != nil {
		for _, part := range parts {
			if d.Has(part) {
				r.Add(d.At(part), "%s stands beside dsn, which says it already: leave one of them out", part)
			}
		}
		s.MySQL = r.dsn(d)
	} else {
		s.MySQL = r.parts(at, d, system)
	}
	if at := d.Get("password"); at != nil {
		r.Add(at.Pos,
			"a password is not written here: put it into an environment variable and name that as passwordEnv, or "+
				"into a file and name that as passwordFile")
	}
	if password, given := r.password(d); given {
		if s.MySQL.Passwd != "" {
			r.Add(d.At("dsn"), "dsn has a password, and passwordEnv or passwordFile gives another: leave one out")
		}
		s.MySQL.Passwd = password
	}
	r.tls(d, s.MySQL)
	s.Replicas, s.MaxLag = r.replicas(d, s.MySQL)
	return s
}

// breaker reads when a system that gives no answers is left alone.
func (r *reader) breaker(at *yamlfile.Node) database.Breaker {
	d := r.Dict(at, "breaker", "failures", "of", "retry")
	b := database.Breaker{Failures: d.Int("failures", 1, 100), Of: d.Int("of", 1, 200), Retry: r.duration(d, "retry")}
	if b.Of > 0 && b.Of < cmp.Or(b.Failures, database.DefaultFailures) {
		r.Add(d.At("of"), "of must not be less than failures: so many of the last statements are looked at")
	}
	return b
}

// dsn reads the text of the MySQL driver. It is never repeated in a finding: it may hold
// a password.
func (r *reader) dsn(d yamlfile.Dict) *mysql.Config {
	line := d.At("dsn")
	text := d.Text("dsn")
	cfg, err := mysql.ParseDSN(text)
	switch {
	case text == "":
	case err != nil:
		r.Add(line,
			"dsn cannot be read: write it as user:password@tcp(host:3306)/database, or give host, user and database instead")
	case cfg.DBName == "":
		r.Add(line, "dsn names no database: write it as user:password@tcp(host:3306)/database")
	default:
		return cfg
	}
	return mysql.NewConfig()
}

func (r *reader) parts(at *yamlfile.Node, d yamlfile.Dict, system string) *mysql.Config {
	for _, part := range [...]string{"host", "user", "database"} {
		if !d.Has(part) {
			r.Add(at.Pos, "%s lacks %s: give host, user and database, or a dsn", system, part)
		}
	}
	cfg := mysql.NewConfig()
	cfg.Net = "tcp"
	port := d.Int("port", 1, 65535)
	if port == 0 {
		port = 3306
	}
	host := d.Text("host")
	if _, _, err := net.SplitHostPort(host); err == nil {
		r.Add(d.At("host"), "host has a port in it: write the port as port: %d", port)
	}
	cfg.Addr = net.JoinHostPort(strings.Trim(host, "[]"), strconv.Itoa(port))
	cfg.User = d.Text("user")
	cfg.DBName = d.Text("database")
	return cfg
}

// password fetches the password from where the file says it is.
func (r *reader) password(d yamlfile.Dict) (password string, given bool) {
	return r.secret(d, "password")
}

// secret fetches a secret from where the file says it is: <what>Env names an environment
// variable, <what>File a file.
func (r *reader) secret(d yamlfile.Dict, what string) (secret string, given bool) {
	inEnv, inFile := what+"Env", what+"File"
	variable, file := d.Text(inEnv), d.Text(inFile)
	switch {
	case variable != "" && file != "":
		r.Add(r.Later(d.Get(inEnv), d.Get(inFile)).Pos, "%s and %s exclude each other: leave one out", inEnv, inFile)
	case variable != "":
		value, set := r.env(variable)
		if !set || value == "" {
			r.Add(d.At(inEnv),
				"the environment variable %s is not set: set it to the %s before the gateway starts", variable, what)
		}
		return value, true
	case file != "":
		data, err := os.ReadFile(r.path(file))
		if err != nil {
			r.Add(d.At(inFile), "%s: %s; give a file that the gateway can read", inFile, reason(err))
		}
		return strings.TrimRight(string(data), "\r\n"), true
	}
	return "", false
}

// tls sets how the connection is encrypted. A DSN keeps its own way unless the key is
// given too.
func (r *reader) tls(d yamlfile.Dict, cfg *mysql.Config) {
	if !d.Has("tls") && d.Has("dsn") {
		return
	}
	switch d.Word("tls", "preferred", "required", "off", "legacy") {
	case "", "preferred":
		cfg.TLSConfig = "preferred"
	case "required":
		cfg.TLSConfig = "true"
	case "off":
		cfg.TLSConfig = "false"
	case "legacy":
		cfg.TLS = legacyTLS()
	}
}

// legacyTLS speaks with servers of the years of TLS 1.0, whose certificates nobody
// renewed: better than clear text, no protection against an impostor.
func legacyTLS() *tls.Config {
	var suites []uint16
	for _, suite := range slices.Concat(tls.CipherSuites(), tls.InsecureCipherSuites()) {
		suites = append(suites, suite.ID)
	}
	return &tls.Config{MinVersion: tls.VersionTLS10, InsecureSkipVerify: true, CipherSuites: suites}
}
