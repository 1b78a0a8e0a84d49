package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAccessFindings has one bad file per rule about who is let in, with its exact message.
func TestAccessFindings(t *testing.T) {
	const choose = "write access: open to serve everybody who reaches the gateway, or access: {oidc: …} or access: {keys: keys.yaml} to serve only those who prove who they are; see docs/operators.md"
	const oidc = "issuer: 'https://sso.example.cn', audience: [a]"
	for _, test := range []struct{ name, access, want string }{
		{"absent", "", "g.yaml:1: access is missing: " + choose},
		{"open", "access: open", ""},
		{"closed", "access: closed", `g.yaml:2: access must be open or a map, not "closed": ` + choose},
		{"a list", "access: [open]",
			"g.yaml:2: access must be a map with the keys publicUrl, oidc, keys, proxy, session, policy"},
		{"nothing", "access: {}", "g.yaml:2: access says of nobody how they prove who they are: " + choose},
		{"unknown key", "access: {key: keys.yaml}",
			`g.yaml:2: unknown key "key" in access; did you mean keys? Known: publicUrl, oidc, keys, proxy, session, policy`},
		{"a policy alone", "access: {policy: policy.yaml}", ""},
		{"no policy", "access: {policy: none.yaml}",
			"g.yaml:2: policy: testdata/none.yaml: no such file or directory; give a file that the gateway can read"},
		{"keys", "access: {keys: keys.yaml}", ""},
		{"no keys", "access: {keys: none.yaml}",
			"g.yaml:2: keys: testdata/none.yaml: no such file or directory; give a file that the gateway can read"},
		{"broken keys", "access: {keys: broken-keys.yaml}",
			`testdata/broken-keys.yaml:2: created must be a day, as in 2027-11-30, not "today"
testdata/broken-keys.yaml:2: name must be up to 32 small letters, digits and hyphens, beginning with a letter or digit
testdata/broken-keys.yaml:2: prefix must be that of a key, as in bg-7KQ2M4XA: gateway key new makes one
testdata/broken-keys.yaml:2: hash is not "sha256:" and 64 hexadecimal digits: gateway key new makes one`},
		{"tokens", "access: {oidc: {" + oidc + "}}", ""},
		{"no issuer", "access: {oidc: {audience: [a]}}", "g.yaml:2: oidc lacks issuer"},
		{"issuer in clear", "access: {oidc: {issuer: 'http://sso.example.cn', audience: [a]}}",
			`g.yaml:2: issuer must be an https address, exactly as the provider's tokens have it in iss, not "http://sso.example.cn"; http is for this machine only`},
		{"issuer here", "access: {oidc: {issuer: 'http://127.0.0.1:8081', audience: [a]}}", ""},
		{"for nobody", "access: {oidc: {issuer: 'https://sso.example.cn'}}",
			"g.yaml:2: oidc names neither audience, of the tokens that clients send, nor clientId, by which people sign in on the page: write one of them, or both"},
		{"no signature", "access: {oidc: {" + oidc + ", algorithms: [RS256, none]}}",
			`g.yaml:2: algorithms must be some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, not "none": with a shared secret, or without any, whoever knows the public key could make tokens`},
		{"shared secret", "access: {oidc: {" + oidc + ", algorithms: [HS256]}}",
			`g.yaml:2: algorithms must be some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, not "HS256": with a shared secret, or without any, whoever knows the public key could make tokens`},
		{"clocks", "access: {oidc: {" + oidc + ", skew: 6m}}",
			"g.yaml:2: skew is more than 5m: set the clocks instead"},
		{"clear secret", "access: {publicUrl: 'https://g', oidc: {" + oidc + ", clientId: a, clientSecret: s3cret}}",
			"g.yaml:2: a secret is not written here: put it into an environment variable and name that as clientSecretEnv, or into a file and name that as clientSecretFile"},
		{"secret of nobody", "access: {oidc: {" + oidc + ", clientSecretFile: secret.txt}}",
			"g.yaml:2: oidc has a client's secret, and no clientId: write it"},
		{"nested claims", "access: {oidc: {" + oidc + ", claims: {groups: [a]}}}",
			"g.yaml:2: claims must name one text for groups"},
		{"no authority", "access: {oidc: {" + oidc + ", authority: keys.yaml}}",
			"g.yaml:2: authority: testdata/keys.yaml holds no certificate in PEM"},
		{"sign-in without address", "access: {oidc: {" + oidc + ", clientId: a}}",
			"g.yaml:2: clientId lets people sign in on the page, and access lacks publicUrl, where their browser comes back to: write it, as in publicUrl: https://graph.example.cn"},
		{"address without sign-in", "access: {publicUrl: 'https://g', keys: keys.yaml}",
			"g.yaml:2: publicUrl is for browsers, and neither oidc.clientId nor proxy lets people in by one: leave it out"},
		{"no address", "access: {publicUrl: graph, keys: keys.yaml}",
			`g.yaml:2: publicUrl must be the address under which browsers reach the gateway, as in https://graph.example.cn, not "graph"`},
		{"session without sign-in", "access: {keys: keys.yaml, session: {lifetime: 1h}}",
			"g.yaml:2: session is for signing in on the page, and oidc names no clientId: leave it out"},
		{"short session key", "access: {keys: keys.yaml, session: {keyEnv: SHORT_KEY}}",
			"g.yaml:2: the session key is not 32 bytes in base64: make one with openssl rand -base64 32"},
		{"long session", "access: {keys: keys.yaml, session: {lifetime: 30h}}",
			`g.yaml:2: lifetime must be a time with its unit, as in 30m or 8h, from 1m to 24h, not "30h"`},
		{"proxy of anybody", "access: {proxy: {header: X-User}}",
			"g.yaml:2: proxy names neither from, the proxy's addresses, nor certificates, the names in its client certificate: without one of them anybody could send its header"},
		{"proxy from everywhere", "access: {proxy: {header: X-User, from: [0.0.0.0/0]}}",
			"g.yaml:2: from is everywhere: anybody could send the proxy's header"},
		{"proxy without header", "access: {proxy: {from: [10.1.0.5]}}", "g.yaml:2: proxy lacks header"},
		{"certificates that nobody verifies", "access: {proxy: {header: X-User, certificates: [sso]}}",
			"g.yaml:2: proxy names certificates, and tls names no clientAuthority, by which they are verified: write it"},
		{"TLS without key", "access: open\ntls: {certificate: keys.yaml}", "g.yaml:3: tls lacks key"},
		{"no certificate", "access: open\ntls: {certificate: keys.yaml, key: secret.txt}",
			"g.yaml:3: certificate and key do not fit, or are not in PEM"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := parse("g.yaml", []byte("sources: {publicity: {dsn: 'a@tcp(h)/b'}}\n"+test.access), "testdata",
				environment)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if strings.Contains(got, "s3cret") || strings.Contains(got, "czNjcmV0") {
				t.Error("a finding shows a secret")
			}
			if err == nil && c.Access.Open() != (test.name == "open") {
				t.Errorf("open: %t", c.Access.Open())
			}
		})
	}
}

// TestNoDemoFromAFile: the demo's identities are no key of the file.
func TestNoDemoFromAFile(t *testing.T) {
	for _, key := range []string{"demo", "Demo", "identities"} {
		_, err := parse("g.yaml",
			[]byte("sources: {publicity: {dsn: 'a@tcp(h)/b'}}\naccess: {keys: keys.yaml, "+key+": {}}"), "testdata",
			environment)
		if err == nil || !strings.Contains(err.Error(), "unknown key") {
			t.Errorf("%s: %v", key, err)
		}
	}
}
