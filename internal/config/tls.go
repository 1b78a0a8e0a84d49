package config

import (
	"crypto/tls"
	"crypto/x509"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// TLS is how the graph is served by https.
type TLS struct {
	// Certificate and Key are files in PEM, the certificate with those that sign it behind it. They may
	// change while the gateway runs.
	Certificate, Key string
	// Clients sign the certificates of clients, which are asked for, and verified when one is sent; nil
	// asks for none. What a certificate proves is said under access.proxy.
	Clients *x509.CertPool
}

// tlsOf reads how the graph is served by https.
func (r *reader) tlsOf(at *yamlfile.Node) *TLS {
	d := r.Dict(at, "tls", "certificate", "key", "clientAuthority")
	if !d.Needs("certificate", "key") {
		return nil
	}
	certificate, key := r.file(d, "certificate"), r.file(d, "key")
	clients := r.authority(d, "clientAuthority")
	if certificate == nil || key == nil {
		return nil
	}
	if _, err := tls.X509KeyPair(certificate.Data, key.Data); err != nil { // which may quote the key
		r.Add(d.At("certificate"), "certificate and key do not fit, or are not in PEM")
		return nil
	}
	return &TLS{Certificate: certificate.Name, Key: key.Name, Clients: clients}
}

// hasClientAuthority is whether certificates of clients are verified, or could not be because of a finding.
func (r *reader) hasClientAuthority(top yamlfile.Dict) bool {
	at := top.Get("tls")
	return at != nil && at.Get("clientAuthority") != nil
}
