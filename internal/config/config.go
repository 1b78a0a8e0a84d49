// Package config reads the gateway's configuration: one YAML file, strictly, with every
// mistake reported at once as file:line and what to write instead.
//
//	listen: 127.0.0.1:8080         # the graph; this is the default
//	private: 127.0.0.1:9090        # metrics and pprof; without it there are none
//	mappings: mappings             # directory of overlays, <system>.yaml
//	reference: reference           # directory with any of towns, departments, calendar, deadlines, figures,
//	                               # annualreport .yaml; see docs/operators.md
//	today: 2024-07-01              # what the gateway takes for today; for tests and demonstrations only
//	proxies: [10.1.0.0/16]         # reverse proxies, whose X-Forwarded-For tells the client; without it,
//	                               # clients come directly
//	sources:                       # systems not listed are not part of the deployment
//	  legal-aid:
//	    host: 10.1.2.3
//	    port: 3306                 # the default
//	    user: reader
//	    database: flyz
//	    passwordEnv: LEGAL_AID_PASSWORD   # or passwordFile: /run/secrets/legal-aid
//	    tls: preferred             # the default; or required, off, legacy (TLS 1.0, unverified)
//	    maxConnections: 8          # the default
//	    timeout: 10s               # of one statement, connecting included; the default
//	    budget: 10s                # of one request for all it asks of the system; the default is timeout
//	    officeHours: {from: "08:30", to: "17:30", maxConnections: 4, timeout: 5s, budget: 5s}   # of working days;
//	                               # without it all hours are alike
//	    throttle: false            # true sends fewer statements at once while the server answers more slowly for
//	                               # their number, see docs/operators.md
//	    breaker: {failures: 5, of: 10, retry: 5s}   # when it is left alone, see docs/failure.md; the defaults
//	    replicas: [10.1.2.4, 10.1.2.5:3307]   # asked instead, one after the other; see docs/operators.md
//	    maxLag: 30s                # a replica that is further behind is not asked; the default
//	    shared: false              # true where two systems, both of which say so, are one database
//	    slowLog: true              # the server may log slow statements, the default; false keeps them out of that
//	                               # log, see docs/privacy.md
//	    timeZone: "+08:00"         # of what clerks see in TIMESTAMP columns, whatever the server's; the default
//	  publicity:
//	    dsn: reader:secret@tcp(10.1.2.4)/pufa
//	identity:                      # 64 random bytes in base64: openssl rand -base64 64 | tr -d '\n'
//	  keyEnv: IDENTITY_KEY         # or keyFile: /run/secrets/identity; without one, the ids of
//	                               # persons end with the process
//	  suite: international         # AES and SHA-256, the default; or guomi, SM4 and SM3
//	limits: {bodyBytes: 1048576, tokens: 5000, depth: 15, fields: 2000, cost: 200000, timeout: 30s,
//	         scanRows: 50000, personsPerHour: 30}   # and more, with mode: measure to try them: docs/limits.md
//	                               # scanRows: a list of a table with more rows needs an index, see adapters
//	                               # personsPerHour: resident numbers that one client may ask for; 0 for any number
//	figures: {suppressBelow: 5}    # figures behind which fewer persons stand are withheld; without it none is
//	extensions: {sources: true, cost: true}   # extensions.sources and extensions.cost in answers
//	introspection: on              # who may ask for the schema; or signed-in, off. The page needs it
//	dataIssues: {raw: false}       # whether findings show cells as stored, see docs/privacy.md; default false
//	library: {directory: queries, save: true}   # saved queries of the site; save lets the playground write there
//	persistedDocuments: {manifest: documents.json, only: true}   # documents that clients name instead of
//	                               # sending; only refuses others. Or log: true, record: seen.json,
//	                               # automatic: 1000: docs/frontend.md
//	reports:                       # files of queries, and reports at /reports
//	  rows: 500000                 # of one file; the default
//	  timeout: 10m                 # until one file is ready; the default
//	access: open                   # everybody is served. Or who is, and how they prove it, see docs/operators.md:
//	access:
//	  publicUrl: https://graph.example.cn   # as browsers see it; for oidc.clientId, or a proxy that changes Host
//	  oidc:
//	    issuer: https://sso.example.cn/realms/sfj
//	    audience: [bureaugraph]    # of tokens sent as Authorization: Bearer; without it none are taken
//	    clientId: bureaugraph      # lets people sign in on the page
//	    clientSecretEnv: OIDC_SECRET   # or clientSecretFile; without one, PKCE alone
//	    algorithms: [RS256, ES256] # of signatures; the default
//	    skew: 1m                   # of clocks; the default
//	    scopes: [profile]          # besides openid; the default
//	    name: name                 # the claim shown to people; the default
//	    claims: {groups: realm_access.roles}   # what the policy reads, and where tokens have it; default groups
//	    authority: ca.pem          # who signs the provider's certificate; without it, whom the machine trusts
//	  keys: keys.yaml              # API keys, see gateway key
//	  proxy:                       # a server in front that signs people in
//	    header: X-Remote-User
//	    from: [10.1.0.5]           # its addresses; or certificates: [sso.example.cn], with tls.clientAuthority
//	    name: X-Remote-Name
//	    claims: {groups: X-Remote-Groups}
//	  session: {keyEnv: SESSION_KEY, lifetime: 8h}   # openssl rand -base64 32; without a key, one per process
//	  policy: policy.yaml
//	tls: {certificate: graph.pem, key: graph.key, clientAuthority: ca.pem}   # serves https; without it, http.
//	                               # certificate and key are read again when they change
//	cors: {origins: [https://portal.example.cn]}   # pages of other addresses whose scripts may ask; without it, none
//	shutdown: {delay: 5s, drain: 10s}   # when told to stop: for how long /readyz says no while requests are still
//	                               # taken, default 0s; then for how long those that run may go on, default 10s
//	audit:                         # who asked what of whose data; without it nobody is recorded
//	  directory: /var/lib/bureaugraph/audit   # this gateway alone writes there
//	  keyEnv: AUDIT_KEY            # or keyFile: of the seals; without it, the identity key
//	  hash: sha256                 # or sm3; without it, as identity.suite has it
//	  keep: 184                    # days; the default, and the least
//	  rotateMegabytes: 64          # of one file, which never holds more than a day; the default
//	  syslog: tcp://10.1.2.5:601   # or udp://host:514, unix:///dev/log: where every line goes too
//	telemetry:                     # traces of requests and statements; without it there are none
//	  endpoint: http://10.1.2.6:4318/v1/traces   # a collector of OpenTelemetry, OTLP over HTTP
//	  headers: {Authorization: {valueEnv: OTLP_AUTHORIZATION}}   # or valueFile: /run/secrets/otlp
//	  ratio: 0.1                   # share of requests that are followed; default 1, all
//	  service: bureaugraph         # the gateway's name; the default
//	  authority: ca.pem            # who signs the collector's certificate; without it, whom the machine trusts
//	log: {level: info, format: json}
//
// Paths are relative to the file.
package config

import (
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/suite"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// Config is everything a deployment decides. The zero value is a gateway without
// systems; a program that has no file, such as the demo, fills it in itself.
type Config struct {
	Listen    string                          // host:port of the graph; "" means 127.0.0.1:8080
	Private   string                          // host:port of metrics and pprof; "" means none
	Sources   map[model.System]Source         // the deployment's systems
	Overlays  map[model.System]mapping.Source // a site's differences from the embedded mappings
	Reference Reference                       // a site's own data beside those
	PersonKey []byte                          // makes the Node ids of persons; nil means a random one per process
	Suite     suite.Suite                     // the cryptography of those ids, and of the audit where that does not say
	// what the gateway takes for today: deadlines, minors; nil is the day it is
	Today    *model.Date
	Proxies  []netip.Prefix // whose X-Forwarded-For is believed; nil means that clients come directly
	Limits   transport.Limits
	ScanRows int // how many rows of a table a list may look at without an index; 0 means adapters.LargeTable
	// SuppressBelow is how many persons must stand behind a figure of statistics, metrics or
	// the caseload for it to be shown; 0 shows all.
	SuppressBelow int
	ShowRaw       bool // data issues show cells as stored, unless they look as if they could name somebody
	HideSources   bool // leaves extensions.sources out of answers
	HideCost      bool // leaves extensions.cost and the headers with the cost out of answers
	// Introspection says who may ask for the schema.
	Introspection transport.Introspection
	// answers by gqlgen's own executor, the reference, instead of ours; set by a flag, not by the
	// file
	Stock     bool
	Library   Library // saved queries besides those that ship with the gateway
	Persisted Persisted
	Reports   Reports
	Access    Access
	TLS       *TLS     // serves the graph by https; nil by http
	Origins   []string // "https://portal.example.cn": other pages whose scripts may ask, see CORS; nil is none
	Shutdown  Shutdown
	Audit     Audit
	Telemetry *telemetry.Options // where traces go; nil sends none
	Log       Log
}

// Reference are files of a site that replace or extend those that ship, see yamlfile.Layers; nil
// keeps what ships.
type Reference struct {
	Towns, Departments *mapping.Source
	Calendar           *mapping.Source // of working days
	Deadlines          *mapping.Source // periods that laws set
	Figures            *mapping.Source // metrics
	AnnualReport       *mapping.Source
}

// Source is the database server of one system.
type Source struct {
	MySQL          *mysql.Config
	MaxConnections int           // 0 means the default of package database
	Timeout        time.Duration // of one statement; 0 means the default of package database
	Budget         time.Duration // of one request; 0 means Timeout
	OfficeHours    OfficeHours
	Breaker        database.Breaker
	Replicas       []*mysql.Config // further addresses; nil is none
	MaxLag         time.Duration   // see database.Options
	// offset in which TIMESTAMP columns are shown; "" means the default of package database
	TimeZone string
	Shared   bool // another system, which says so too, is read from the same database
	// IsThrottled sends fewer statements at once while the server answers more slowly for their number.
	IsThrottled bool
	NoSlowLog   bool // keeps statements, and the values in them, out of the server's slow log
}

// Shutdown is how a gateway ends that is told to.
type Shutdown struct {
	Delay time.Duration // requests are still taken, and /readyz says that there will be no more; 0 is none
	Drain time.Duration // then, how long those that run may go on; 0 means DefaultDrain
}

// DefaultDrain is how long requests that run may go on when the file does not say.
const DefaultDrain = 10 * time.Second

// Log says what is logged and how.
type Log struct {
	Level slog.Level // zero is info
	Text  bool       // text for people instead of JSON
}

// DefaultListen is where the graph is served when the file does not say.
const DefaultListen = "127.0.0.1:8080"

// Load reads a configuration file, what it refers to, and the passwords it names. Errors
// are mapping.Findings, all of them, or that the file cannot be read. Beside findings the
// configuration is what could be read of it, in which further mistakes may be looked for; it must not be served.
func Load(file string) (*Config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return parse(file, data, filepath.Dir(file), os.LookupEnv)
}
