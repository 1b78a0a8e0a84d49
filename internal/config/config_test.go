package config

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/signin"
	"github.com/bureaugraph/bureaugraph/internal/suite"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

func environment(name string) (string, bool) {
	value, set := map[string]string{
		"LEGAL_AID_PASSWORD": "s3cret-from-env",
		"SESSION_KEY":        base64.StdEncoding.EncodeToString(drawn("session")[:32]),
		"SHORT_KEY":          "czNjcmV0",
		"OTLP_AUTHORIZATION": "Bearer s3cret",
	}[name]
	return value, set
}

func TestFull(t *testing.T) {
	file := filepath.Join("testdata", "full.yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parse(file, data, "testdata", environment)
	if err != nil {
		t.Fatal(err)
	}
	logins := map[model.System]string{}
	sources := map[model.System]Source{}
	for system, s := range got.Sources {
		secret := map[bool]string{true: "unverified"}[s.MySQL.TLS != nil && s.MySQL.TLS.InsecureSkipVerify] +
			s.MySQL.TLSConfig
		logins[system] = s.MySQL.User + ":" + s.MySQL.Passwd + "@" + s.MySQL.Addr + "/" + s.MySQL.DBName + " tls " +
			secret
		s.MySQL = nil
		sources[system] = s
	}
	if diff := cmp.Diff(map[model.System]string{
		model.SystemLegalAid:     "reader:s3cret-from-env@10.1.2.3:3307/flyz tls true",
		model.SystemNotarization: "reader:s3cret-from-file@[::1]:3306/gzc tls unverified",
		model.SystemPublicity:    "reader:s3cret@10.1.2.4:3306/pufa tls ",
	}, logins); diff != "" {
		t.Errorf("logins (-want +got):\n%s", diff)
	}
	want := &Config{
		Listen:  "0.0.0.0:8081",
		Private: "127.0.0.1:9090",
		Sources: map[model.System]Source{
			model.SystemLegalAid: {MaxConnections: 12, Timeout: 5 * time.Second, TimeZone: "+09:00",
				NoSlowLog: true},
			model.SystemNotarization: {},
			model.SystemPublicity:    {},
		},
		Overlays: map[model.System]mapping.Source{
			model.SystemLegalAid: {Name: "testdata/mappings/legal-aid.yaml", Data: []byte("records: {}\n")},
		},
		Reference: Reference{
			Towns:        &mapping.Source{Name: "testdata/reference/towns.yaml", Data: []byte("towns: []\n")},
			Calendar:     &mapping.Source{Name: "testdata/reference/calendar.yaml", Data: []byte("years: {}\n")},
			Deadlines:    &mapping.Source{Name: "testdata/reference/deadlines.yaml", Data: []byte("rules: []\n")},
			Figures:      &mapping.Source{Name: "testdata/reference/figures.yaml", Data: []byte("metrics: []\n")},
			AnnualReport: &mapping.Source{Name: "testdata/reference/annualreport.yaml", Data: []byte("figures: {}\n")},
		},
		Today: &model.Date{Year: 2024, Month: 7, Day: 1},
		Limits: transport.Limits{BodyBytes: 65536, Tokens: 4000,
			Operation: cost.Limits{Depth: 12, Fields: 1500, Aliases: 300, SameField: 60, RootFields: 20, Fragments: 40,
				Spreads: 200, Directives: 80, Name: 100, Cost: 30_000, Measure: true},
			Timeout: 20 * time.Second, Records: 30_000, Running: 32, Waiting: 500, Wait: time.Second,
			Rate: transport.Rate{PerSecond: 9, Burst: 40}},
		ScanRows:    100_000,
		HideSources: true,
		HideCost:    true,

		Introspection: transport.ForSignedIn,
		Library:       Library{Directory: "testdata/queries", Save: true},
		Persisted: Persisted{Manifest: &mapping.Source{Name: "testdata/documents.json",
			Data: []byte("{\"towns\": \"{ towns { code } }\"}\n")}, Only: true},
		Reports: Reports{Rows: 1000, Timeout: time.Minute},
		Access: Access{
			Options: signin.Options{
				PublicURL: &url.URL{Scheme: "https", Host: "graph.example.cn"},
				OIDC: &signin.OIDC{
					Issuer: "https://sso.example.cn/realms/sfj", Audiences: []string{"bureaugraph"},
					ClientID:     "bureaugraph",
					ClientSecret: "s3cret-from-file", Algorithms: []string{"PS256"}, Skew: 30 * time.Second,
					Scopes: []string{"profile", "groups"}, NameClaim: "preferred_username",
					Claims: map[string]string{"groups": "realm_access.roles"},
				},
				Keys: "testdata/keys.yaml",
				Proxy: &signin.Proxy{
					Header: "X-Remote-User", From: []netip.Prefix{netip.MustParsePrefix("10.1.0.5/32")},
					NameHeader: "X-Remote-Name", Claims: map[string]string{"groups": "X-Remote-Groups"},
				},
				Session: signin.Session{Key: drawn("session")[:32], Lifetime: 4 * time.Hour},
			},
			Policy: &mapping.Source{Name: "testdata/policy.yaml", Data: []byte("roles: {}\n")},
		},
		Telemetry: &telemetry.Options{
			Endpoint: &url.URL{Scheme: "https", Host: "otel.example.cn", Path: "/v1/traces"},
			Headers:  map[string]string{"Authorization": "Bearer s3cret", "X-Tenant": "s3cret-from-file"},
			Ratio:    0.25,
			Service:  "graph",
		},
		Log: Log{Level: slog.LevelWarn, Text: true},
	}
	got.Sources = sources
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
}

func TestSmallest(t *testing.T) {
	got, err := parse("gateway.yaml", []byte("sources: {publicity: {dsn: 'a@tcp(h)/b'}}\naccess: open"), ".",
		environment)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Access.Open() || got.Listen != DefaultListen || got.Private != "" || got.HideSources ||
		len(got.Sources) != 1 {
		t.Errorf("got %+v", got)
	}
}

// accessMissing is the finding that a file says nothing of who is let in.
var accessMissing = regexp.MustCompile(`g\.yaml:\d+: access is missing: .*\n?`)

// TestFindings has one bad file per rule with its exact message.
func TestFindings(t *testing.T) {
	const good = "sources: {publicity: {dsn: 'a@tcp(h)/b'}}\n"
	tests := []struct {
		name, file, want string
	}{
		{"empty", "", "g.yaml: the file is empty: it needs sources, the systems of the deployment"},
		{"not YAML", "listen: [", "g.yaml:1: not YAML: sequence end token ']' not found"},
		{"two documents", good + "---\nlisten: x\n", "g.yaml:2: a file is one YAML document; a second begins here"},
		{"a list", "- listen",
			"g.yaml:1: the file must be a map with the keys listen, private, mappings, reference, today, proxies, sources, identity, limits, introspection, extensions, dataIssues, library, persistedDocuments, reports, figures, log, access, tls, cors, shutdown, audit, telemetry"},
		{"unknown key", good + "lisen: x",
			`g.yaml:2: unknown key "lisen" in the file; did you mean listen? Known: listen, private, mappings, reference, today, proxies, sources, identity, limits, introspection, extensions, dataIssues, library, persistedDocuments, reports, figures, log, access, tls, cors, shutdown, audit, telemetry`},
		{"strange key", good + "zzzzzzzz: x",
			`g.yaml:2: unknown key "zzzzzzzz" in the file; known: listen, private, mappings, reference, today, proxies, sources, identity, limits, introspection, extensions, dataIssues, library, persistedDocuments, reports, figures, log, access, tls, cors, shutdown, audit, telemetry`},
		{"key twice", good + "listen: a:1\nlisten: b:2",
			`g.yaml:3: "listen" stands twice in this map, first in line 2`},
		{"anchor", good + "listen: &a b:2", `g.yaml:2: anchors and aliases are not read: write the value out`},
		{"DSN that is no text", "sources: {publicity: {dsn: a:s3cret@tcp(h)/b: c}}",
			"g.yaml:1: not YAML: a text with a colon and a blank in it, or with a colon at its end, must be quoted"},
		{"DSN behind >", "sources: {publicity: {dsn: >s3cret@tcp(h)/b}}", "g.yaml:1: not YAML: invalid header option"},
		{"tag", good + "listen: !s3cret b", "g.yaml:2: tags (!) are not read: leave it out, and quote text"},
		{"no value", good + "listen:", `g.yaml:2: listen has no value: write one, or leave the key out`},
		{"port only", good + "listen: 8080", `g.yaml:2: listen must be host:port, as in 127.0.0.1:8080, not "8080"`},
		{"port too large", good + "private: :70000",
			`g.yaml:2: private must be host:port, as in 127.0.0.1:8080, not ":70000"`},
		{"private on the graph's port", good + "private: :8080",
			"g.yaml:2: private is the address of the graph: give metrics and profiles a port of their own, as in 127.0.0.1:9090"},
		{"private beside the graph", good + "listen: 10.1.1.1:80\nprivate: 127.0.0.1:80", ""},
		{"private at a host of all", good + "listen: '[::]:80'\nprivate: 127.0.0.1:80",
			"g.yaml:3: private is the address of the graph: give metrics and profiles a port of their own, as in 127.0.0.1:9090"},
		{"telemetry to nowhere", good + "telemetry: {ratio: 2, headers: {'a b': {valueEnv: X}}}",
			"g.yaml:2: telemetry lacks endpoint"},
		{"telemetry", good + "telemetry:\n  endpoint: 10.1.2.6:4318\n  ratio: 2\n  headers:\n    'a b': {valueEnv: X}\n" +
			"    A: s3cret\n    B: {}\n    C: {valueEnv: NONE}\n  sample: 1",
			"g.yaml:3: endpoint must be the address at which a collector takes OTLP over HTTP, as in http://10.1.2.6:4318/v1/traces\n" +
				"g.yaml:4: ratio must be a share above 0 up to 1, as in 0.1 for one request of ten, not \"2\"\n" +
				"g.yaml:6: headers: \"a b\" is no name of a header, which has letters, digits and hyphens\n" +
				"g.yaml:7: a header's value is not written here: put it into an environment variable, as in headers: {A: {valueEnv: OTLP_HEADER}}, or into a file and name that as valueFile\n" +
				"g.yaml:8: B lacks valueEnv or valueFile, which say where its value is\n" +
				"g.yaml:9: the environment variable NONE is not set: set it to the value before the gateway starts\n" +
				"g.yaml:10: unknown key \"sample\" in telemetry; known: endpoint, headers, ratio, service, authority"},
		{"telemetry over gRPC", good + "telemetry: {endpoint: 'http://h:4317'}",
			"g.yaml:2: endpoint has port 4317, which is OTLP over gRPC as a rule: write that for HTTP, 4318"},
		{"telemetry with a password", good + "telemetry: {endpoint: 'http://a:s3cret@h:4318'}",
			"g.yaml:2: a password is not written here: send it in a header, as in headers: {Authorization: {valueEnv: OTLP_AUTHORIZATION}}"},
		{"a list for text", good + "listen: [a, b]", `g.yaml:2: listen must be one value, not a list or a map`},
		{"no sources", "listen: :80",
			`g.yaml:1: sources is missing: name the systems of the deployment, as in sources: {legal-aid: {host: 10.1.2.3, user: reader, database: flyz, passwordEnv: LEGAL_AID_PASSWORD}}`},
		{"empty sources", "sources: {}",
			`g.yaml:1: sources is empty: name the systems of the deployment, as in sources: {legal-aid: {host: 10.1.2.3, user: reader, database: flyz, passwordEnv: LEGAL_AID_PASSWORD}}`},
		{"empty map", good + "  \nlog: {}", ""},
		{"misspelt system", "sources: {legal_aid: {dsn: 'a@tcp(h)/b'}}",
			`g.yaml:1: unknown key "legal_aid" in sources; did you mean legal-aid? Known: legality-review, reconsideration, legal-aid, notarization, publicity`},
		{"system without a map", "sources: {legal-aid: 'a@tcp(h)/b'}",
			`g.yaml:1: legal-aid must be a map with the keys dsn, host, port, user, database, passwordEnv, passwordFile, password, tls, replicas, maxLag, maxConnections, timeout, budget, officeHours, throttle, breaker, timeZone, shared, slowLog`},
		{"bad dsn", "sources: {legal-aid: {dsn: 'mysql://a:s3cret@h/b'}}",
			`g.yaml:1: dsn cannot be read: write it as user:password@tcp(host:3306)/database, or give host, user and database instead`},
		{"dsn without database", "sources: {legal-aid: {dsn: 'a:s3cret@tcp(h)/'}}",
			`g.yaml:1: dsn names no database: write it as user:password@tcp(host:3306)/database`},
		{"dsn and parts", "sources:\n  legal-aid:\n    dsn: a@tcp(h)/b\n    user: c",
			`g.yaml:4: user stands beside dsn, which says it already: leave one of them out`},
		{"two passwords", "sources:\n  legal-aid:\n    dsn: a:s3cret@tcp(h)/b\n    passwordEnv: LEGAL_AID_PASSWORD",
			`g.yaml:3: dsn has a password, and passwordEnv or passwordFile gives another: leave one out`},
		{"parts missing", "sources:\n  legal-aid:\n    user: a",
			"g.yaml:3: legal-aid lacks host: give host, user and database, or a dsn\ng.yaml:3: legal-aid lacks database: give host, user and database, or a dsn"},
		{"port in host", "sources: {legal-aid: {host: 'h:3307', user: a, database: b}}",
			`g.yaml:1: host has a port in it: write the port as port: 3306`},
		{"port of zero", "sources: {legal-aid: {host: h, port: 0, user: a, database: b}}",
			`g.yaml:1: port must be a whole number from 1 to 65535, not "0"`},
		{"clear password", "sources: {legal-aid: {host: h, user: a, database: b, password: s3cret}}",
			`g.yaml:1: a password is not written here: put it into an environment variable and name that as passwordEnv, or into a file and name that as passwordFile`},
		{"password twice", "sources: {legal-aid: {host: h, user: a, database: b, passwordEnv: X, passwordFile: y}}",
			`g.yaml:1: passwordEnv and passwordFile exclude each other: leave one out`},
		{"variable not set", "sources: {legal-aid: {host: h, user: a, database: b, passwordEnv: X}}",
			`g.yaml:1: the environment variable X is not set: set it to the password before the gateway starts`},
		{"no password file", "sources: {legal-aid: {host: h, user: a, database: b, passwordFile: nowhere}}",
			`g.yaml:1: passwordFile: testdata/nowhere: no such file or directory; give a file that the gateway can read`},
		{"two systems in one database",
			"sources: {legal-aid: {dsn: 'a@tcp(H:3306)/b'}, publicity: {host: h, user: u, database: b, shared: true}}",
			`g.yaml:1: publicity is read from the same database as legal-aid, b on h:3306: correct one of them, or write shared: true in both`},
		{"a path in origins", good + "cors: {origins: [https://a.example/x, https://b.example, '*', https://c.example/]}",
			`g.yaml:2: origins must be addresses without a path, as browsers send them, as in https://portal.example.cn, not "https://a.example/x"; each is written, none stands for all
g.yaml:2: origins must be addresses without a path, as browsers send them, as in https://portal.example.cn, not "*"; each is written, none stands for all
g.yaml:2: origins must be addresses without a path, as browsers send them, as in https://portal.example.cn, not "https://c.example/"; each is written, none stands for all`},
		{"no origins", good + "cors: {}", "g.yaml:2: cors lacks origins"},
		{"unknown tls", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', tls: yes}}",
			`g.yaml:1: tls must be one of preferred, required, off, legacy, not "yes"`},
		{"time zone", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', timeZone: Asia/Shanghai}}",
			`g.yaml:1: timeZone must be an offset such as "+08:00", in quotes, not "Asia/Shanghai"`},
		{"time zone too far", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', timeZone: '+14:00'}}",
			`g.yaml:1: timeZone must be an offset such as "+08:00", in quotes, not "+14:00"`},
		{"connections", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', maxConnections: many}}",
			`g.yaml:1: maxConnections must be a whole number from 1 to 1000, not "many"`},
		{"timeout without unit", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', timeout: 10}}",
			`g.yaml:1: timeout must be a time with its unit, as in 500ms, 10s or 2m, up to 10m0s, not "10"`},
		{"replicas", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', replicas: [h2, '[::1]:3307', {host: h3, user: c}], maxLag: 0s}}",
			""},
		{"no replicas", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', replicas: [], maxLag: 11m}}",
			"g.yaml:1: replicas is empty: name their addresses, as in [10.1.2.4, 10.1.2.5:3307], or leave it out\n" +
				`g.yaml:1: maxLag must be a time with its unit, as in 0s, 30s or 2m, up to 10m0s, not "11m"`},
		{"lag of nothing", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', maxLag: 1s}}",
			"g.yaml:1: maxLag says how far replicas may be behind, and there are none: leave it out"},
		{"a replica twice", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', replicas: [g, H, {host: g, port: 3306}]}}",
			"g.yaml:1: H:3306 is an address of the system already: each stands once\n" +
				"g.yaml:1: g:3306 is an address of the system already: each stands once"},
		{"no address", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', replicas: ['a:s3cret@tcp(g)/b', 'g:x', {user: c}]}}",
			"g.yaml:1: a replica must be host or host:port, as in 10.1.2.4, or a map with host and what differs from the system's own address\n" +
				"g.yaml:1: a replica must be host or host:port, as in 10.1.2.4, or a map with host and what differs from the system's own address\n" +
				"g.yaml:1: a replica lacks host"},
		{"office hours", `sources: {legal-aid: {dsn: 'a@tcp(h)/b', officeHours: {from: "08:30", to: "24:00", maxConnections: 2}}}`,
			""},
		{"no office hours", `sources: {legal-aid: {dsn: 'a@tcp(h)/b', officeHours: {from: "17:30", to: "8", days: all}}}`,
			`g.yaml:1: unknown key "days" in officeHours; known: from, to, maxConnections, timeout, budget` + "\n" +
				`g.yaml:1: to must be a time of the day from "00:00" to "24:00", in quotes, as in "08:30", not "8"` + "\n" +
				"g.yaml:1: from must lie before to, on the same day"},
		{"more in office hours", `sources: {legal-aid: {dsn: 'a@tcp(h)/b', officeHours: {from: "08:30", to: "17:30", maxConnections: 9, timeout: 11s, budget: 12s}}}`,
			"g.yaml:1: maxConnections of officeHours must not be more than at other times, 8\n" +
				"g.yaml:1: timeout of officeHours must not be longer than at other times, 10s\n" +
				"g.yaml:1: budget of officeHours must not be longer than at other times, 10s"},
		{"office hours of nothing", `sources: {legal-aid: {dsn: 'a@tcp(h)/b', officeHours: {from: "08:30", to: "17:30"}}}`,
			"g.yaml:1: officeHours changes nothing: give maxConnections, timeout or budget"},
		{"breaker out of range", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', breaker: {failures: 0, of: 300, retry: 1h, x: 1}}}",
			`g.yaml:1: unknown key "x" in breaker; known: failures, of, retry` +
				"\n" + `g.yaml:1: failures must be a whole number from 1 to 100, not "0"` +
				"\n" + `g.yaml:1: of must be a whole number from 1 to 200, not "300"` +
				"\n" + `g.yaml:1: retry must be a time with its unit, as in 500ms, 10s or 2m, up to 10m0s, not "1h"`},
		{"breaker that cannot open", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', breaker: {of: 4}}}",
			`g.yaml:1: of must not be less than failures: so many of the last statements are looked at`},
		{"budget without unit", "sources: {legal-aid: {dsn: 'a@tcp(h)/b', budget: 10}}",
			`g.yaml:1: budget must be a time with its unit, as in 500ms, 10s or 2m, up to 10m0s, not "10"`},
		{"timeout too long", good + "limits: {timeout: 1h}",
			`g.yaml:2: timeout must be a time with its unit, as in 500ms, 10s or 2m, up to 10m0s, not "1h"`},
		{"depth", good + "limits: {depth: 1}", `g.yaml:2: depth must be a whole number from 5 to 100, not "1"`},
		{"cost", good + "limits: {cost: 10}", `g.yaml:2: cost must be a whole number from 1000 to 1000000000, not "10"`},
		{"rate", good + "limits: {rate: {atOnce: 5}}", "g.yaml:2: rate lacks perSecond"},
		{"rate of nothing", good + "limits: {rate: {perSecond: 0}}",
			`g.yaml:2: perSecond must be a whole number from 1 to 10000, not "0"`},
		{"introspection", good + "introspection: never",
			`g.yaml:2: introspection must be one of on, signed-in, off, not "never"`},
		{"mode", good + "limits: {mode: off}", `g.yaml:2: mode must be one of enforce, measure, not "off"`},
		{"no rows", good + "limits: {scanRows: 0}",
			`g.yaml:2: scanRows must be a whole number from 1 to 1000000000, not "0"`},
		{"unknown limit", good + "limits: {dept: 1}",
			`g.yaml:2: unknown key "dept" in limits; did you mean depth? Known: mode, bodyBytes, tokens, depth, fields, aliases, sameField, rootFields, fragments, spreads, directives, nameBytes, cost, timeout, records, running, waiting, wait, scanRows, personsPerHour, rate`},
		{"any number of persons", good + "limits: {personsPerHour: 0}", ""},
		{"fewer than no persons", good + "limits: {personsPerHour: -1}",
			`g.yaml:2: personsPerHour must be a whole number from 0 to 1000000, not "-1"`},
		{"proxies", good + "proxies: [10.1.2.3, 10.1.0.0/16, 'fd00::/8']", ""},
		{"no list of proxies", good + "proxies: 10.1.2.3",
			`g.yaml:2: proxies must be a list of addresses or networks, as in [10.1.0.0/16]; leave it out when clients come directly`},
		{"a proxy by name", good + "proxies: [10.1.2.3, balancer, 10.1.0.0/40]",
			"g.yaml:2: proxies: \"balancer\" is no address and no network, as in 10.1.2.3 or 10.1.0.0/16\ng.yaml:2: proxies: \"10.1.0.0/40\" is no address and no network, as in 10.1.2.3 or 10.1.0.0/16"},
		{"extensions", good + "extensions: {sources: on}", `g.yaml:2: sources must be true or false, not "on"`},
		{"identity without a key", good + "identity: {}",
			`g.yaml:2: identity has no key: give keyEnv or keyFile, or leave identity out`},
		{"identity key not set", good + "identity: {keyEnv: X}",
			`g.yaml:2: the environment variable X is not set: set it to the key before the gateway starts`},
		{"short identity key", good + "identity: {keyEnv: LEGAL_AID_PASSWORD}",
			`g.yaml:2: the identity key is not 64 bytes in base64: make one with openssl rand -base64 64`},
		{"unknown suite", good + "identity: {keyEnv: X, suite: sm4}",
			"g.yaml:2: suite must be one of international, guomi, not \"sm4\"\ng.yaml:2: the environment variable X is not set: set it to the key before the gateway starts"},
		{"audit without directory or key", good + "audit: {keep: 200}",
			"g.yaml:2: audit lacks directory: name one that this gateway alone writes in, or leave audit out\n" +
				"g.yaml:2: audit has no key, by which its lines are sealed: give keyEnv or keyFile, or an identity key"},
		{"audit kept for too short", good + "audit:\n  directory: a\n  keyEnv: LEGAL_AID_PASSWORD\n  keep: 183",
			"g.yaml:3: the audit key is not 64 bytes in base64: make one with openssl rand -base64 64\n" +
				"g.yaml:5: keep must be 184 days or more, not 183: the Cybersecurity Law (art. 21) wants logs of six months"},
		{"audit of strange settings", good +
			"audit: {directory: a, keyEnv: X, keep: long, hash: md5, rotateMegabytes: 0, syslog: 'h:514'}",
			`g.yaml:2: hash must be one of sha256, sm3, not "md5"` + "\n" +
				`g.yaml:2: keep must be a whole number of days from 184 to 36500, not "long"` + "\n" +
				`g.yaml:2: rotateMegabytes must be a whole number from 1 to 10000, not "0"` + "\n" +
				"g.yaml:2: syslog is no address of a syslog server, as in tcp://10.1.2.5:601, udp://10.1.2.5:514 or unix:///dev/log\n" +
				"g.yaml:2: the environment variable X is not set: set it to the key before the gateway starts"},
		{"library without directory", good + "library: {save: true}",
			`g.yaml:2: library lacks directory: name the directory of the site's saved queries, or leave library out`},
		{"library in no directory", good + "library: {directory: nowhere}",
			`g.yaml:2: directory: testdata/nowhere: no such file or directory; give a directory that the gateway can read`},
		{"library in a file", good + "library: {directory: full.yaml}",
			`g.yaml:2: directory: testdata/full.yaml is a file; give a directory that the gateway can read`},
		{"documents without a manifest", good + "persistedDocuments: {only: true}",
			`g.yaml:2: persistedDocuments lacks manifest: name the file that the clients' code generator wrote, or leave persistedDocuments out`},
		{"only and more", good + "persistedDocuments: {manifest: documents.json, only: true, log: true}",
			"g.yaml:2: only refuses every other document, and log, record and automatic are for those: leave them out"},
		{"documents kept for nobody", good + "persistedDocuments: {automatic: 0}",
			`g.yaml:2: automatic must be a whole number from 1 to 100000, not "0"`},
		{"documents of clients alone", good + "persistedDocuments: {automatic: 10, log: true, record: seen.json}", ""},
		{"no such manifest", good + "persistedDocuments: {manifest: nowhere.json}",
			`g.yaml:2: manifest: testdata/nowhere.json: no such file or directory; give a file that the gateway can read`},
		{"only is no word", good + "persistedDocuments: {manifest: documents.json, only: yes}",
			`g.yaml:2: only must be true or false, not "yes"`},
		{"log level", good + "log: {level: verbose}",
			`g.yaml:2: level must be one of debug, info, warn, error, not "verbose"`},
		{"log format", good + "log: {format: xml}", `g.yaml:2: format must be one of json, text, not "xml"`},
		{"no directory", good + "mappings: nowhere",
			`g.yaml:2: mappings: testdata/nowhere: no such file or directory; give a directory that the gateway can read`},
		{"unknown overlay", good + "mappings: wrong",
			"g.yaml:2: mappings holds legalaid.yaml, whose name says nothing here; did you mean legal-aid? Known: legality-review, reconsideration, legal-aid, notarization, publicity\n" +
				"g.yaml:2: mappings holds publicity.yml, which is not read: name it publicity.yaml\n" +
				"g.yaml:2: mappings has nothing to read: put legality-review.yaml, reconsideration.yaml, legal-aid.yaml, notarization.yaml, publicity.yaml there, or leave mappings out"},
		{"empty reference", good + "reference: empty",
			`g.yaml:2: reference has nothing to read: put towns.yaml, departments.yaml, calendar.yaml, deadlines.yaml, figures.yaml, annualreport.yaml there, or leave reference out`},
		{"no day", good + "today: yesterday", `g.yaml:2: today: "yesterday" is not a day of the form 2023-03-15`},
		{"empty path", good + `reference: ""`, `g.yaml:2: reference is empty: write a value, or leave the key out`},
		{"accounts of older versions", good + "reports: {accounts: excel}",
			`g.yaml:2: accounts are no more: make a key for each by gateway key new NAME --keys keys.yaml, write access: {keys: keys.yaml}, and leave accounts out`},
		{"too many rows", good + "reports: {rows: 2000000}",
			`g.yaml:2: rows must be a whole number from 1 to 1000000, not "2000000"`},
		{"several at once", "lisen: x\nsources:\n  publicity: {dsn: 'a@tcp(h)/b', timeout: 1}\nlog: {level: x}",
			"g.yaml:1: " +
				`unknown key "lisen" in the file; did you mean listen? Known: listen, private, mappings, reference, today, proxies, sources, identity, limits, introspection, extensions, dataIssues, library, persistedDocuments, reports, figures, log, access, tls, cors, shutdown, audit, telemetry` +
				"\ng.yaml:3: " + `timeout must be a time with its unit, as in 500ms, 10s or 2m, up to 10m0s, not "1"` +
				"\ng.yaml:4: " + `level must be one of debug, info, warn, error, not "x"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parse("g.yaml", []byte(tt.file), "testdata", environment)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if !strings.Contains(tt.file, "access") { // which the file would need besides
				got = strings.Trim(accessMissing.ReplaceAllString(got, ""), "\n")
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if strings.Contains(got, "s3cret") {
				t.Error("a finding shows a password")
			}
		})
	}
}

func TestLoad(t *testing.T) {
	if _, err := Load(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
	file := filepath.Join(t.TempDir(), "g.yaml")
	if err := os.WriteFile(file, []byte("listen: x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(file); err == nil || !strings.Contains(err.Error(), file+":1: listen must be") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("sources: {publicity: {dsn: 'a:s3cret@tcp(h)/b'}}")
	f.Add("sources: {publicity: {dsn: 'a@tcp(h)/b'}}\naccess: {keys: keys.yaml, proxy: {header: x, from: [10.1.0.0/16]}, policy: policy.yaml}")
	f.Add("sources: &a [*a]\n<<: {x: y}")
	f.Fuzz(func(t *testing.T, file string) {
		c, err := parse("g.yaml", []byte(file), "testdata", environment)
		if c == nil && err == nil {
			t.Error("neither a configuration nor a finding")
		}
	})
}

func TestAudit(t *testing.T) {
	keys := map[string][]byte{"I": drawn("identity"), "A": drawn("audit")}
	env := func(name string) (string, bool) { return base64.StdEncoding.EncodeToString(keys[name]), true }
	const good = "sources: {publicity: {dsn: 'a@tcp(h)/b'}}\naccess: open\n"
	for _, tt := range []struct {
		name, file string
		want       Audit
	}{
		{"the identity's key and suite", "identity: {keyEnv: I, suite: guomi}\naudit: {directory: a}",
			Audit{Directory: "d/a", Key: keys["I"], Hash: suite.SM3}},
		{"its own",
			"audit: {directory: /a, keyEnv: A, keep: 400, rotateMegabytes: 2, syslog: 'udp://h:514', hash: sha256}",
			Audit{Directory: "/a", Key: keys["A"], Hash: suite.SHA256, Keep: 400, Rotate: 2 << 20,
				Syslog: "udp://h:514"}},
		{"none", "", Audit{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := parse("g.yaml", []byte(good+tt.file), "d", env)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got.Audit); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// drawn is a key of 64 bytes that looks as if it were drawn by lot.
func drawn(name string) []byte {
	sum := sha512.Sum512([]byte(name))
	return sum[:]
}

// TestWeakKeys: a key that is a text, or repeats itself, is none; one that was drawn is.
func TestWeakKeys(t *testing.T) {
	const text = "sources: {publicity: {dsn: 'a@tcp(h)/b'}}\naccess: open\nidentity: {keyEnv: KEY}"
	for name, key := range map[string][]byte{
		"zeros": make([]byte, 64), "one letter": bytes.Repeat([]byte("k"), 64),
		"mostly zeros": append(drawn("a")[:8], make([]byte, 56)...),
		"sentence":     []byte("the bureau's very own key, that nobody who is not here could guess"[:64]),
		"counted":      bytes.Repeat([]byte{0, 1, 2, 3, 4, 5, 6, 7}, 8),
	} {
		env := func(string) (string, bool) { return base64.StdEncoding.EncodeToString(key), true }
		if _, err := parse("g.yaml", []byte(text), ".", env); err == nil ||
			!strings.Contains(err.Error(), "g.yaml:3: the identity key is not random") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range 1000 {
		env := func(string) (string, bool) {
			return base64.StdEncoding.EncodeToString(drawn(strconv.Itoa(i))), true
		}
		if _, err := parse("g.yaml", []byte(text), ".", env); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func TestIdentityKey(t *testing.T) {
	key := drawn("identity")
	env := func(string) (string, bool) { return base64.StdEncoding.EncodeToString(key), true }
	got, err := parse("gateway.yaml",
		[]byte("sources: {publicity: {dsn: 'a@tcp(h)/b'}}\naccess: open\nidentity: {keyEnv: IDENTITY_KEY, suite: guomi}"), ".", env)
	if err != nil || !bytes.Equal(got.PersonKey, key) || got.Suite != suite.Guomi {
		t.Errorf("%v, %v", got, err)
	}
}
