package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/config"
)

// authority signs certificates for a test.
type authority struct {
	t           *testing.T
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pem         []byte
}

func newAuthority(t *testing.T) *authority {
	a := &authority{t: t}
	a.certificate, a.key, a.pem, _ = a.sign(&x509.Certificate{Subject: pkix.Name{CommonName: "authority"}, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	return a
}

// sign makes a certificate, its own when there is no authority yet.
func (a *authority) sign(template *x509.Certificate) (c *x509.Certificate, key *ecdsa.PrivateKey, certificate,
	private []byte) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, signer := a.certificate, a.key
	if parent == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		a.t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		a.t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		a.t.Fatal(err)
	}
	return c, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
}

// TestMutualTLS: a proxy is believed by its certificate, from whatever address it comes.
func TestMutualTLS(t *testing.T) {
	ours, others := newAuthority(t), newAuthority(t)
	dir := t.TempDir()
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, _, certificate, key := ours.sign(&x509.Certificate{Subject: pkix.Name{CommonName: "graph"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}})
	write("graph.pem", certificate)
	write("graph.key", key)
	write("ca.pem", ours.pem)
	write("gateway.yaml", []byte(`
sources: {legal-aid: {dsn: "reader@tcp(127.0.0.1:1)/flyz"}}
tls: {certificate: graph.pem, key: graph.key, clientAuthority: ca.pem}
access: {proxy: {header: X-Remote-User, certificates: [sso.example.cn]}}
`))
	c, err := config.Load(filepath.Join(dir, "gateway.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := start(t, *c)
	if !strings.HasPrefix(s.URL(), "https://") {
		t.Fatal(s.URL())
	}
	ask := func(by *authority, name string) (int, string) {
		t.Helper()
		roots := x509.NewCertPool()
		roots.AddCert(ours.certificate)
		tlsConfig := &tls.Config{RootCAs: roots}
		if by != nil {
			_, _, certificate, key := by.sign(&x509.Certificate{Subject: pkix.Name{CommonName: name},
				ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
			pair, err := tls.X509KeyPair(certificate, key)
			if err != nil {
				t.Fatal(err)
			}
			// Sent although the server names an authority that has not signed it.
			tlsConfig.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate,
				error) {
				return &pair, nil
			}
		}
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: tlsConfig}}
		defer client.CloseIdleConnections()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL()+"/whoami", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Remote-User", "zhangsan")
		response, err := client.Do(r)
		if err != nil {
			return 0, err.Error()
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		return response.StatusCode, string(body)
	}
	if status, body := ask(ours, "sso.example.cn"); status != http.StatusOK ||
		!strings.Contains(body, `"via":"PROXY","name":"zhangsan"`) {
		t.Errorf("the proxy: %d %s", status, body)
	}
	if status, body := ask(ours, "clerk.example.cn"); status != http.StatusUnauthorized {
		t.Errorf("another's certificate: %d %s", status, body)
	}
	if status, body := ask(nil, ""); status != http.StatusUnauthorized {
		t.Errorf("no certificate: %d %s", status, body)
	}
	if status, body := ask(others, "sso.example.cn"); status != 0 {
		t.Errorf("a certificate of another authority: %d %s", status, body)
	}
}
