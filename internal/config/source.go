package config

import (
	"crypto/tls"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"
	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// sources reads the deployment's systems.
func (r *reader) sources(root *yaml.Node, top map[string]*yaml.Node, c *Config) {
	const example = "as in sources: {legal-aid: {host: 10.1.2.3, user: reader, database: flyz, passwordEnv: LEGAL_AID_PASSWORD}}"
	at := top["sources"]
	if at == nil {
		r.add(root.Line, "sources is missing: name the systems of the deployment, %s", example)
		return
	}
	all := r.dict(at, "sources", systemNames()...)
	if at.Kind == yaml.MappingNode && len(at.Content) == 0 {
		r.add(at.Line, "sources is empty: name the systems of the deployment, %s", example)
	}
	for _, system := range model.AllSystem {
		if at := all[systemName(system)]; at != nil {
			c.Sources[system] = r.source(at, systemName(system))
		}
	}
}

// parts are the keys that a DSN stands for.
var parts = [...]string{"host", "port", "user", "database"}

// source reads where one system's server is and how to log in.
func (r *reader) source(at *yaml.Node, system string) Source {
	d := r.dict(at, system, "dsn", "host", "port", "user", "database", "passwordEnv", "passwordFile", "password", "tls", "maxConnections", "timeout", "timeZone")
	if d == nil {
		return Source{}
	}
	s := Source{
		MaxConnections: r.integer(d, "maxConnections", 1, 1000),
		Timeout:        r.duration(d, "timeout"),
		TimeZone:       r.offset(d, "timeZone"),
	}
	if dsn := d["dsn"]; dsn != nil {
		for _, part := range parts {
			if d[part] != nil {
				r.add(d[part].Line, "%s stands beside dsn, which says it already: leave one of them out", part)
			}
		}
		s.MySQL = r.dsn(d)
	} else {
		s.MySQL = r.parts(at, d, system)
	}
	if at := d["password"]; at != nil {
		r.add(at.Line, "a password is not written here: put it into an environment variable and name that as passwordEnv, or into a file and name that as passwordFile")
	}
	if password, given := r.password(d); given {
		if s.MySQL.Passwd != "" {
			r.add(d["dsn"].Line, "dsn has a password, and passwordEnv or passwordFile gives another: leave one out")
		}
		s.MySQL.Passwd = password
	}
	r.tls(d, s.MySQL)
	return s
}

// dsn reads the text of the MySQL driver. It is never repeated in a finding: it may hold
// a password.
func (r *reader) dsn(d map[string]*yaml.Node) *mysql.Config {
	line := d["dsn"].Line
	text := r.text(d, "dsn")
	cfg, err := mysql.ParseDSN(text)
	switch {
	case text == "":
	case err != nil:
		r.add(line, "dsn cannot be read: write it as user:password@tcp(host:3306)/database, or give host, user and database instead")
	case cfg.DBName == "":
		r.add(line, "dsn names no database: write it as user:password@tcp(host:3306)/database")
	default:
		return cfg
	}
	return mysql.NewConfig()
}

func (r *reader) parts(at *yaml.Node, d map[string]*yaml.Node, system string) *mysql.Config {
	for _, part := range [...]string{"host", "user", "database"} {
		if d[part] == nil {
			r.add(at.Line, "%s lacks %s: give host, user and database, or a dsn", system, part)
		}
	}
	cfg := mysql.NewConfig()
	cfg.Net = "tcp"
	port := r.integer(d, "port", 1, 65535)
	if port == 0 {
		port = 3306
	}
	host := r.text(d, "host")
	if _, _, err := net.SplitHostPort(host); err == nil {
		r.add(d["host"].Line, "host has a port in it: write the port as port: %d", port)
	}
	cfg.Addr = net.JoinHostPort(strings.Trim(host, "[]"), strconv.Itoa(port))
	cfg.User = r.text(d, "user")
	cfg.DBName = r.text(d, "database")
	return cfg
}

// password fetches the password from where the file says it is.
func (r *reader) password(d map[string]*yaml.Node) (password string, given bool) {
	return r.secret(d, "password")
}

// secret fetches a secret from where the file says it is: <what>Env names an environment
// variable, <what>File a file.
func (r *reader) secret(d map[string]*yaml.Node, what string) (secret string, given bool) {
	inEnv, inFile := what+"Env", what+"File"
	variable, file := r.text(d, inEnv), r.text(d, inFile)
	switch {
	case variable != "" && file != "":
		r.add(max(d[inEnv].Line, d[inFile].Line), "%s and %s exclude each other: leave one out", inEnv, inFile)
	case variable != "":
		value, set := r.env(variable)
		if !set || value == "" {
			r.add(d[inEnv].Line, "the environment variable %s is not set: set it to the %s before the gateway starts", variable, what)
		}
		return value, true
	case file != "":
		data, err := os.ReadFile(r.path(file))
		if err != nil {
			r.add(d[inFile].Line, "%s: %s; give a file that the gateway can read", inFile, reason(err))
		}
		return strings.TrimRight(string(data), "\r\n"), true
	}
	return "", false
}

// tls sets how the connection is encrypted. A DSN keeps its own way unless the key is
// given too.
func (r *reader) tls(d map[string]*yaml.Node, cfg *mysql.Config) {
	if d["tls"] == nil && d["dsn"] != nil {
		return
	}
	switch r.word(d, "tls", "preferred", "required", "off", "legacy") {
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
