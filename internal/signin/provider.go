package signin

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/flight"
)

const (
	patience   = 5 * time.Second  // with the identity provider, for one request
	retryAfter = 10 * time.Second // it is left alone after it has failed, or was asked for its keys
	renewEvery = 10 * time.Minute // its keys are fetched anew, so that one that it withdrew ends
	staleFor   = time.Hour        // old keys are used while it does not answer
	mostAnswer = 1 << 20          // bytes of one of its answers
)

// errSilent is that the identity provider does not answer, or not as one does.
var errSilent = errors.New("the identity provider does not answer")

// provider is the identity provider. It is asked when somebody first needs it, and again after a while
// when it did not answer: the gateway starts without it. It is safe for concurrent use.
type provider struct {
	options OIDC
	client  *http.Client
	log     *slog.Logger
	now     func() time.Time

	asking flight.Group[*discovered]
	mu     sync.Mutex
	found  *discovered // nil until it has answered
	failed time.Time
}

// discovered is what the provider says of itself.
type discovered struct {
	*oidc.Provider
	keys       *keySet
	endSession string   // where its own session is ended; "" for nowhere
	clientAuth []string // ways in which it takes a client's secret; nil where it does not say
}

func newProvider(options OIDC, log *slog.Logger, now func() time.Time) *provider {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: options.Authority, MinVersion: tls.VersionTLS12}
	return &provider{
		options: options.withDefaults(),
		client:  &http.Client{Transport: bounded{transport}, Timeout: patience},
		log:     log, now: now,
	}
}

// discover gives what the provider says of itself. It asks once for all who want to know.
func (p *provider) discover(ctx context.Context) (*discovered, error) {
	if found, err := p.known(); found != nil || err != nil {
		return found, err
	}
	return p.asking.Do(ctx, "", func() (*discovered, error) {
		if found, err := p.known(); found != nil || err != nil { // somebody else has asked meanwhile
			return found, err
		}
		found, err := p.ask(context.WithoutCancel(ctx))
		p.mu.Lock()
		defer p.mu.Unlock()
		if err != nil {
			p.failed = p.now()
			p.log.Error("the identity provider does not answer; nobody can sign in or is known by its tokens",
				"issuer", p.options.Issuer, "cause", short(err))
			return nil, errSilent
		}
		p.found = found
		return found, nil
	})
}

// known gives what is known without asking: what the provider has said, or that it is to be left alone for
// a while. Both are nil when it must be asked.
func (p *provider) known() (*discovered, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	if since := p.now().Sub(p.failed); since >= 0 && since < retryAfter {
		return nil, errSilent
	}
	return nil, nil
}

func (p *provider) ask(ctx context.Context) (*discovered, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.client), patience)
	defer cancel()
	found, err := oidc.NewProvider(ctx, p.options.Issuer)
	if err != nil {
		return nil, err
	}
	var says struct {
		Keys       string   `json:"jwks_uri"`
		EndSession string   `json:"end_session_endpoint"`
		ClientAuth []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&says); err != nil {
		return nil, err
	}
	return &discovered{Provider: found, keys: newKeySet(says.Keys, p.client, p.now), endSession: says.EndSession,
		clientAuth: says.ClientAuth}, nil
}

// short is an error without what a server wrote at length.
func short(err error) string {
	text := strings.ToValidUTF8(err.Error(), "?")
	if line, _, more := strings.Cut(text, "\n"); more {
		text = line + " …"
	}
	if len(text) > 300 {
		text = strings.ToValidUTF8(text[:300], "") + "…"
	}
	return text
}

// token checks a token and gives whose it is. genuine is whether the provider has signed it, so that it
// was not guessed whatever else is wrong with it.
func (p *provider) token(ctx context.Context, raw string, audiences []string) (t *token, genuine bool, _ *Failure) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	found, err := p.discover(ctx)
	if err != nil {
		return nil, true, unavailable("a token could not be checked: " + errSilent.Error())
	}
	verifier := oidc.NewVerifier(p.options.Issuer, found.keys, &oidc.Config{
		SupportedSigningAlgs: p.options.Algorithms,
		SkipClientIDCheck:    true, // several audiences: below
		SkipExpiryCheck:      true, // which the library does with a skew of its own: below
	})
	var silent bool
	checked, err := verifier.Verify(context.WithValue(ctx, silence{}, &silent), raw)
	if silent {
		return nil, true, unavailable("a token could not be checked: " + errSilent.Error())
	}
	if err != nil {
		return nil, false, refused(because(err))
	}
	if !slices.ContainsFunc(checked.Audience, func(a string) bool { return slices.Contains(audiences, a) }) {
		return nil, true, refused("the token is for another audience")
	}
	t = &token{nonce: checked.Nonce, subject: checked.Subject}
	if err := checked.Claims(&t.times); err != nil {
		return nil, true, refused("the times of the token cannot be read")
	}
	if err := checked.Claims(&t.claims); err != nil {
		return nil, true, refused("the claims of the token cannot be read")
	}
	if reason := t.wrong(p.now(), p.options.Skew); reason != "" {
		return nil, true, refused(reason)
	}
	return t, true, nil
}

// because says why a token was refused, without what stands in it.
func because(err error) string {
	text := err.Error()
	switch {
	case strings.Contains(text, "issued by a different provider"):
		return "the token is of another issuer"
	case strings.Contains(text, "unexpected signature algorithm"), strings.Contains(text, "unsupported"):
		return "the token is signed by an algorithm that is not allowed"
	case strings.Contains(text, "verify signature"):
		return "the token's signature is not the identity provider's"
	}
	return "the token is malformed, or signed by an algorithm that is not allowed"
}

// token is what a checked token says.
type token struct {
	subject, nonce string
	times          struct {
		Expires   *float64 `json:"exp"`
		NotBefore *float64 `json:"nbf"`
		Issued    *float64 `json:"iat"`
	}
	claims map[string]any
}

// moment reads seconds since 1970.
func moment(seconds float64) time.Time { return time.UnixMilli(int64(seconds * 1000)) }

// wrong says why the token is not valid now; "" when it is.
func (t *token) wrong(now time.Time, skew time.Duration) string {
	switch {
	case t.subject == "":
		return "the token names nobody (sub)"
	case t.times.Expires == nil:
		return "the token does not say when it ends (exp)"
	case !now.Before(moment(*t.times.Expires).Add(skew)):
		return "the token has expired"
	case t.times.NotBefore != nil && now.Add(skew).Before(moment(*t.times.NotBefore)):
		return "the token is not yet valid (nbf)"
	case t.times.Issued != nil && now.Add(skew).Before(moment(*t.times.Issued)):
		return "the token was issued in the future (iat)"
	}
	return ""
}

// principal gives whose the token is, with the claims that the policy reads.
func (p *provider) principal(t *token) *access.Principal {
	who := &access.Principal{Via: access.OIDC, Subject: t.subject, Claims: map[string][]string{}}
	if names := texts(at(t.claims, p.options.NameClaim)); len(names) > 0 {
		who.Name = names[0]
	}
	for claim, path := range p.options.Claims {
		if values := texts(at(t.claims, path)); len(values) > 0 {
			who.Claims[claim] = values
		}
	}
	return who
}

// at finds a claim by its name, or by a path of names with dots between them.
func at(claims map[string]any, path string) any {
	if value, given := claims[path]; given {
		return value
	}
	first, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		return nil
	}
	inside, _ := claims[first].(map[string]any)
	return at(inside, rest)
}

// texts are the texts of a claim: one, or a list.
func texts(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case bool, float64:
		return []string{fmt.Sprint(value)}
	case []any:
		var all []string
		for _, one := range value {
			if _, nested := one.([]any); !nested {
				all = append(all, texts(one)...)
			}
		}
		return all
	}
	return nil
}

// silence is where a keySet says that the provider did not answer; the verifier loses the error.
type silence struct{}

// keySet are the provider's keys. They are fetched anew when a token names one that is not among them,
// at most once in retryAfter whatever tokens come, and every renewEvery. It is safe for concurrent use.
type keySet struct {
	url    string
	client *http.Client
	now    func() time.Time

	mu      sync.Mutex
	current *oidc.RemoteKeySet
	since   time.Time          // current was made
	proved  bool               // current has verified something, and so holds keys
	old     *oidc.RemoteKeySet // until current holds keys; nil for none
	stale   time.Time          // until when old may be used
}

func newKeySet(url string, client *http.Client, now func() time.Time) *keySet {
	paced := *client
	paced.Transport = &pace{next: client.Transport, now: now}
	k := &keySet{url: url, client: &paced, now: now}
	k.current, k.since = k.fetched(), now()
	return k
}

func (k *keySet) fetched() *oidc.RemoteKeySet {
	return oidc.NewRemoteKeySet(oidc.ClientContext(context.Background(), k.client), k.url)
}

// VerifySignature implements oidc.KeySet.
func (k *keySet) VerifySignature(ctx context.Context, raw string) ([]byte, error) {
	current, old := k.sets()
	payload, err := current.VerifySignature(ctx, raw)
	if err == nil {
		k.prove(current)
		return payload, nil
	}
	isSilent := errors.Is(err, errSilent) || ctx.Err() != nil
	if isSilent && old != nil {
		if payload, err := old.VerifySignature(ctx, raw); err == nil {
			return payload, nil
		}
	}
	if told, asked := ctx.Value(silence{}).(*bool); asked && isSilent {
		*told = true
	}
	return nil, err
}

// sets gives the keys, and those to fall back on.
func (k *keySet) sets() (current, old *oidc.RemoteKeySet) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.proved && now.Sub(k.since) >= renewEvery {
		k.old, k.stale = k.current, now.Add(staleFor)
		k.current, k.since, k.proved = k.fetched(), now, false
	}
	if k.old != nil && now.After(k.stale) {
		k.old = nil
	}
	return k.current, k.old
}

// prove notes that a set holds keys.
func (k *keySet) prove(set *oidc.RemoteKeySet) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.current == set {
		k.proved, k.old = true, nil
	}
}

// bounded bounds the answers of the provider, and tells one that is none as errSilent.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSilent, err)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer))
	_ = response.Body.Close()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSilent, err)
	}
	response.Body = io.NopCloser(bytes.NewReader(data))
	return response, nil
}

// pace asks for the keys at most once in retryAfter, and gives the last answer meanwhile: a flood of
// tokens with invented keys is no flood of requests to the provider.
type pace struct {
	next http.RoundTripper
	now  func() time.Time

	mu   sync.Mutex
	at   time.Time
	data []byte
	err  error
}

func (p *pace) RoundTrip(r *http.Request) (*http.Response, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if since := now.Sub(p.at); p.at.IsZero() || since < 0 || since >= retryAfter {
		p.data, p.err = p.fetch(r)
		p.at = now
	}
	if p.err != nil {
		return nil, p.err
	}
	return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
		Body: io.NopCloser(bytes.NewReader(p.data)), ContentLength: int64(len(p.data))}, nil
}

func (p *pace) fetch(r *http.Request) ([]byte, error) {
	response, err := p.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil || response.StatusCode != http.StatusOK || !json.Valid(data) {
		return nil, fmt.Errorf("%w: status %d to the question for its keys", errSilent, response.StatusCode)
	}
	return data, nil
}
