package server

import (
	"crypto/tls"
	"errors"

	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/watched"
)

// errNoPair is all that is said of a certificate and a key that do not fit: the library may quote the key.
var errNoPair = errors.New("certificate and key do not fit, or are not in PEM")

// certified reads a certificate and its key, again when they change.
func (s *standing) certified(c config.TLS) (*watched.File[*tls.Config], error) {
	return watched.Open("the certificate", []string{c.Certificate, c.Key}, func(files [][]byte) (*tls.Config, error) {
		pair, err := tls.X509KeyPair(files[0], files[1])
		if err != nil {
			return nil, errNoPair
		}
		served := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair},
			NextProtos: []string{"h2", "http/1.1"}}
		if c.Clients != nil {
			served.ClientCAs, served.ClientAuth = c.Clients, tls.VerifyClientCertIfGiven
		}
		return served, nil
	}, s.time, s.log)
}

// https serves by the certificates of the deployment in force; nil serves by http.
func https(now func() *deployment) *tls.Config {
	if now().tls == nil {
		return nil
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
			return now().tls.Value(), nil // there is one: whether https is served stays, see Reload
		},
	}
}
