package config

import (
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// replicas reads further addresses of a system: host, host:port, or a map of what differs from the system's own; and
// how far behind they may be.
func (r *reader) replicas(d yamlfile.Dict, main *mysql.Config) (list []*mysql.Config, maxLag time.Duration) {
	items := d.Items("replicas")
	if d.Has("replicas") && d.Get("replicas").Kind == yamlfile.List && len(items) == 0 {
		r.Add(d.At("replicas"), "replicas is empty: name their addresses, as in [10.1.2.4, 10.1.2.5:3307], or leave it out")
	}
	for _, item := range items {
		cfg := r.replica(item, main)
		if cfg == nil {
			continue
		}
		isKnown := func(other *mysql.Config) bool { return strings.EqualFold(other.Addr, cfg.Addr) }
		if isKnown(main) || slices.ContainsFunc(list, isKnown) {
			r.Add(item.Pos, "%s is an address of the system already: each stands once", cfg.Addr)
		}
		list = append(list, cfg)
	}
	if text, ok := d.Value("maxLag"); ok {
		var err error
		maxLag, err = time.ParseDuration(text)
		if err != nil || maxLag < 0 || maxLag > longest {
			r.Add(d.At("maxLag"), "maxLag must be a time with its unit, as in 0s, 30s or 2m, up to %s, not %q", longest, text)
		}
		if maxLag == 0 {
			maxLag = -1 // not behind at all
		}
		if !d.Has("replicas") {
			r.Add(d.At("maxLag"), "maxLag says how far replicas may be behind, and there are none: leave it out")
		}
	}
	return list, maxLag
}

// replica reads one of them; nil when it cannot be read.
func (r *reader) replica(at *yamlfile.Node, main *mysql.Config) *mysql.Config {
	cfg := main.Clone()
	if cfg.TLSConfig != "" {
		cfg.TLS = nil // which may name the main host: the driver makes it anew
	}
	_, port, err := net.SplitHostPort(main.Addr)
	if err != nil {
		port = "3306"
	}
	if at.IsSingle() {
		host := at.Text
		if h, p, err := net.SplitHostPort(host); err == nil {
			host, port = h, p
		}
		n, err := strconv.Atoi(port)
		if host == "" || at.IsAbsent() || strings.ContainsAny(host, "@/ ") || err != nil || n < 1 || n > 65535 {
			r.Add(at.Pos, "a replica must be host or host:port, as in 10.1.2.4, or a map with host and what differs from the system's own address")
			return nil
		}
		cfg.Net, cfg.Addr = "tcp", net.JoinHostPort(strings.Trim(host, "[]"), port)
		return cfg
	}
	d := r.Dict(at, "a replica", "host", "port", "user", "database", "passwordEnv", "passwordFile", "tls")
	if !d.IsMap() || !d.Needs("host") {
		return nil
	}
	if n := d.Int("port", 1, 65535); n > 0 {
		port = strconv.Itoa(n)
	}
	cfg.Net, cfg.Addr = "tcp", net.JoinHostPort(strings.Trim(d.Text("host"), "[]"), port)
	if user := d.Text("user"); user != "" {
		cfg.User = user
	}
	if database := d.Text("database"); database != "" {
		cfg.DBName = database
	}
	if password, given := r.password(d); given {
		cfg.Passwd = password
	}
	if d.Has("tls") {
		cfg.TLS, cfg.TLSConfig = nil, ""
		r.tls(d, cfg)
	}
	return cfg
}
