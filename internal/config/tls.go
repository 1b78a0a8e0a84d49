package config

import (
	"crypto/tls"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// tlsOf reads how the graph is served by https. A client certificate is asked for where an authority for
// them is named, and verified when one is sent; what it proves is said under access.proxy.
func (r *reader) tlsOf(at *yamlfile.Node) *tls.Config {
	d := r.Dict(at, "tls", "certificate", "key", "clientAuthority")
	if !d.Needs("certificate", "key") {
		return nil
	}
	certificate, key := r.file(d, "certificate"), r.file(d, "key")
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if pool := r.authority(d, "clientAuthority"); pool != nil {
		c.ClientCAs, c.ClientAuth = pool, tls.VerifyClientCertIfGiven
	}
	if certificate == nil || key == nil {
		return nil
	}
	pair, err := tls.X509KeyPair(certificate.Data, key.Data)
	if err != nil { // which may quote the key
		r.Add(d.At("certificate"), "certificate and key do not fit, or are not in PEM")
		return nil
	}
	c.Certificates = []tls.Certificate{pair}
	return c
}

// hasClientAuthority is whether certificates of clients are verified, or could not be because of a finding.
func (r *reader) hasClientAuthority(top yamlfile.Dict) bool {
	at := top.Get("tls")
	return at != nil && at.Get("clientAuthority") != nil
}
