package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/watched"
)

// pair writes a certificate that signs itself, with a serial number, and its key.
func pair(t *testing.T, serial int64, certificate, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "graph"},
		NotBefore: time.Now().Add(-time.Hour),
		NotAfter:  time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{certificate: {Type: "CERTIFICATE", Bytes: der},
		key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHTTPS: HTTP/2 over TLS 1.2 and later, with a certificate that is renewed while it serves.
func TestHTTPS(t *testing.T) {
	dir := t.TempDir()
	certificate, key := filepath.Join(dir, "graph.pem"), filepath.Join(dir, "graph.key")
	pair(t, 1, certificate, key)
	s, log := start(t, config.Config{TLS: &config.TLS{Certificate: certificate, Key: key}})
	if !strings.HasPrefix(s.URL(), "https://") {
		t.Fatal(s.URL())
	}
	now := time.Now()
	later := func() {
		now = now.Add(watched.Every)
		s.clock = func() time.Time { return now }
	}
	asked := func(want int64) {
		t.Helper()
		transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}
		defer transport.CloseIdleConnections()
		response, err := (&http.Client{Transport: transport}).Get(s.URL() + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if got := response.TLS.PeerCertificates[0].SerialNumber.Int64(); got != want || response.ProtoMajor != 2 ||
			!strings.HasPrefix(response.Header.Get("Strict-Transport-Security"), "max-age=") {
			t.Errorf("certificate %d, want %d; %s; %v", got, want, response.Proto, response.Header)
		}
	}
	asked(1)
	pair(t, 2, certificate, key)
	later()
	asked(2)
	if err := os.WriteFile(key, []byte("-----BEGIN NOTHING-----"), 0o600); err != nil {
		t.Fatal(err)
	}
	later()
	asked(2)
	if text := log.String(); !strings.Contains(text, "the certificate is wrong; what it said before stays in force") ||
		strings.Contains(text, "BEGIN NOTHING") {
		t.Errorf("the log: %s", text)
	}
	pair(t, 3, certificate, key)
	later()
	asked(3)
	if err := s.Reload(t.Context(), loads(config.Config{})); err != nil { // whether https is served stays
		t.Fatal(err)
	}
	asked(3)
	if !strings.Contains(log.String(), `"restart":"tls"`) {
		t.Error("the log does not name what needs a restart")
	}

	old := &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS11}
	if conn, err := tls.Dial("tcp", strings.TrimPrefix(s.URL(), "https://"), old); err == nil {
		_ = conn.Close()
		t.Error("TLS 1.1 is served")
	}
}
