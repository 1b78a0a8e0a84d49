package config

import (
	"crypto/x509"
	"encoding/base64"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/apikey"
	"github.com/bureaugraph/bureaugraph/internal/signin"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Access says who is let in. The zero value is open: everybody is served, and nobody is asked.
type Access struct {
	// Options are how callers prove who they are.
	signin.Options
	// Policy says what whoever was let in may see; nil for none.
	Policy *mapping.Source
}

// Open is whether everybody is served, whoever they are.
func (a Access) Open() bool { return a.None() && a.Policy == nil }

const chooseAccess = "write access: open to serve everybody who reaches the gateway, or access: {oidc: …} or access: {keys: keys.yaml} to serve only those who prove who they are; see docs/operators.md"

// access reads who is let in: it is chosen, and not fallen into.
func (r *reader) access(root *yamlfile.Node, top yamlfile.Dict) (a Access) {
	at := top.Get("access")
	if at == nil {
		r.Add(root.Pos, "access is missing: %s", chooseAccess)
		return a
	}
	if at.IsSingle() {
		if at.Text != "open" {
			r.Add(at.Pos, "access must be open or a map, not %q: %s", at.Text, chooseAccess)
		}
		return a
	}
	before := r.Found()
	d := r.Dict(at, "access", "publicUrl", "oidc", "keys", "proxy", "session", "policy")
	a.PublicURL = r.publicURL(d)
	if at := d.Get("oidc"); at != nil {
		a.OIDC = r.oidc(at)
	}
	a.Keys = r.keys(d)
	if at := d.Get("proxy"); at != nil {
		a.Proxy = r.proxy(at)
	}
	if at := d.Get("session"); at != nil {
		a.Session = r.session(at)
	}
	a.Policy = r.file(d, "policy")
	if r.Found() > before {
		return a
	}
	signsIn := a.OIDC != nil && a.OIDC.ClientID != ""
	switch {
	case a.Open():
		r.Add(at.Pos, "access says of nobody how they prove who they are: %s", chooseAccess)
	case signsIn && a.PublicURL == nil:
		r.Add(d.At("oidc"), "clientId lets people sign in on the page, and access lacks publicUrl, where their browser comes back to: write it, as in publicUrl: https://graph.example.cn")
	case a.PublicURL != nil && !signsIn && a.Proxy == nil:
		r.Add(d.At("publicUrl"),
			"publicUrl is for browsers, and neither oidc.clientId nor proxy lets people in by one: leave it out")
	case d.Has("session") && !signsIn:
		r.Add(d.At("session"), "session is for signing in on the page, and oidc names no clientId: leave it out")
	}
	return a
}

// publicURL reads the address under which browsers reach the gateway; nil when it is absent.
func (r *reader) publicURL(d yamlfile.Dict) *url.URL {
	text := d.Text("publicUrl")
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" ||
		u.Fragment != "" {
		r.Add(d.At("publicUrl"),
			"publicUrl must be the address under which browsers reach the gateway, as in https://graph.example.cn, not %q", text)
		return nil
	}
	return u
}

// oidc reads how the identity provider is reached, and what of its tokens is taken.
func (r *reader) oidc(at *yamlfile.Node) *signin.OIDC {
	d := r.Dict(at, "oidc", "issuer", "audience", "clientId", "clientSecret", "clientSecretEnv", "clientSecretFile",
		"algorithms",
		"skew", "scopes", "name", "claims", "authority")
	if !d.Needs("issuer") {
		return nil
	}
	o := &signin.OIDC{
		Issuer:    r.issuer(d),
		Audiences: d.Texts("audience"), ClientID: d.Text("clientId"), Algorithms: d.Texts("algorithms"),
		Skew: r.duration(d, "skew"), Scopes: d.Texts("scopes"), NameClaim: d.Text("name"), Claims: r.names(d, "claims"),
		Authority: r.authority(d, "authority"),
	}
	if d.Has("clientSecret") {
		r.Add(d.At("clientSecret"),
			"a secret is not written here: put it into an environment variable and name that as clientSecretEnv, or into a file and name that as clientSecretFile")
	}
	o.ClientSecret, _ = r.secret(d, "clientSecret")
	switch {
	case len(o.Audiences) == 0 && o.ClientID == "":
		r.Add(d.Pos, "oidc names neither audience, of the tokens that clients send, nor clientId, by which people sign in on the page: write one of them, or both")
	case o.ClientSecret != "" && o.ClientID == "":
		r.Add(d.Pos, "oidc has a client's secret, and no clientId: write it")
	}
	for _, item := range d.Items("algorithms") {
		if !slices.Contains(signin.Algorithms, item.Text) {
			r.Add(item.Pos, "algorithms must be some of %s, not %q: with a shared secret, or without any, whoever knows the public key could make tokens",
				strings.Join(signin.Algorithms, ", "), item.Text)
		}
	}
	if o.Skew > 5*time.Minute {
		r.Add(d.At("skew"), "skew is more than 5m: set the clocks instead")
	}
	return o
}

// issuer reads the address of the identity provider: whoever changes its keys on the way is anybody.
func (r *reader) issuer(d yamlfile.Dict) string {
	text := d.Text("issuer")
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" &&
		!(u.Scheme == "http" && isLoopback(u.Hostname())) {
		r.Add(d.At("issuer"),
			"issuer must be an https address, exactly as the provider's tokens have it in iss, not %q; http is for this machine only", text)
	}
	return text
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// names reads a map of names; nil when it is absent.
func (r *reader) names(d yamlfile.Dict, key string) map[string]string {
	if !d.Has(key) {
		return nil
	}
	all := map[string]string{}
	for _, e := range d.Entries(key) {
		if !e.Value.IsSingle() || e.Value.Text == "" {
			r.Add(e.Value.Pos, "%s must name one text for %s", key, e.Key.Text)
			continue
		}
		all[e.Key.Text] = e.Value.Text
	}
	return all
}

// authority reads certificates of those who sign others; nil when it is absent.
func (r *reader) authority(d yamlfile.Dict, key string) *x509.CertPool {
	source := r.file(d, key)
	if source == nil {
		return nil
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(source.Data) {
		r.Add(d.At(key), "%s: %s holds no certificate in PEM", key, source.Name)
	}
	return pool
}

// file reads a file that the configuration names; nil when it names none, or it cannot be read.
func (r *reader) file(d yamlfile.Dict, key string) *mapping.Source {
	name := d.Text(key)
	if name == "" {
		return nil
	}
	name = r.path(name)
	data, err := os.ReadFile(name)
	if err != nil {
		r.Add(d.At(key), "%s: %s; give a file that the gateway can read", key, reason(err))
		return nil
	}
	return &mapping.Source{Name: name, Data: data}
}

// keys checks the key file and gives its path; "" when it is absent. It is read again as it changes.
func (r *reader) keys(d yamlfile.Dict) string {
	source := r.file(d, "keys")
	if source == nil {
		return ""
	}
	apikey.Parse(&r.Reader, *source)
	return source.Name
}

// proxy reads whose headers are believed.
func (r *reader) proxy(at *yamlfile.Node) *signin.Proxy {
	d := r.Dict(at, "proxy", "header", "from", "certificates", "name", "claims")
	if !d.Needs("header") {
		return nil
	}
	p := &signin.Proxy{Header: d.Text("header"), Certificates: d.Texts("certificates"), NameHeader: d.Text("name"),
		Claims: r.names(d, "claims")}
	if d.Has("from") {
		p.From = r.networks(d, "from")
	}
	if !d.Has("from") && len(p.Certificates) == 0 {
		r.Add(d.Pos, "proxy names neither from, the proxy's addresses, nor certificates, the names in its client certificate: without one of them anybody could send its header")
	}
	for _, network := range p.From {
		if network.Bits() == 0 {
			r.Add(d.At("from"), "from is everywhere: anybody could send the proxy's header")
		}
	}
	return p
}

// session reads how long people stay signed in, and the key that seals that. It is never repeated in a
// finding.
func (r *reader) session(at *yamlfile.Node) signin.Session {
	d := r.Dict(at, "session", "keyEnv", "keyFile", "lifetime")
	s := signin.Session{}
	if text, ok := d.Value("lifetime"); ok {
		lifetime, err := time.ParseDuration(text)
		if err != nil || lifetime < time.Minute || lifetime > 24*time.Hour {
			r.Add(d.At("lifetime"), "lifetime must be a time with its unit, as in 30m or 8h, from 1m to 24h, not %q",
				text)
		}
		s.Lifetime = lifetime
	}
	before := r.Found()
	text, given := r.secret(d, "key")
	if !given || r.Found() > before {
		return s
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != signin.SessionKeySize {
		r.Add(at.Pos, "the session key is not %d bytes in base64: make one with openssl rand -base64 %[1]d",
			signin.SessionKeySize)
		return s
	}
	r.random(at.Pos, key, "session")
	s.Key = key
	return s
}
