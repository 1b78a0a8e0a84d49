package signin

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// gateway is one on which people sign in, and a browser in front of it.
type gateway struct {
	*Authenticator
	*idp
	log     *lines
	url     string
	browser *http.Client
}

func newGateway(t *testing.T, more ...func(*OIDC)) *gateway {
	p := newIDP(t)
	g := &gateway{idp: p}
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	home, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	options := &OIDC{Issuer: p.URL, ClientID: "page", ClientSecret: "secret",
		Claims: map[string]string{"groups": "realm_access.roles"}}
	for _, change := range more {
		change(options)
	}
	g.Authenticator, g.log = logged(t, Options{PublicURL: home, OIDC: options})
	mux.HandleFunc("GET /signin", g.Begin)
	mux.HandleFunc("GET /signin/callback", g.End)
	mux.HandleFunc("POST /signout", g.Leave)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		who, err := g.Authenticate(r)
		if err != nil {
			w.WriteHeader(err.(*Failure).Status)
			return
		}
		_ = json.NewEncoder(w).Encode(who)
	})
	g.url, g.browser = server.URL, newBrowser(t)
	return g
}

func newBrowser(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// get gives the answer to a request of the browser, and where it ended.
func (g *gateway) get(t *testing.T, address string) (status int, body, at string) {
	t.Helper()
	response, err := g.browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data), response.Request.URL.String()
}

func (g *gateway) post(t *testing.T, path, site string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, g.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", site)
	response, err := g.browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(data)
}

func TestSignIn(t *testing.T) {
	g := newGateway(t)
	if _, body, _ := g.get(t, g.url+"/whoever"); body != "null\n" {
		t.Fatalf("at first: %s", body)
	}
	status, body, at := g.get(t, g.url+"/signin?return="+url.QueryEscape("/page?x=1#open=towns"))
	if status != http.StatusOK || at != g.url+"/page?x=1#open=towns" ||
		!strings.Contains(body, `"Subject":"4711","Name":"赵钱孙"`) ||
		!strings.Contains(body, `"groups":["clerk"]`) {
		t.Fatalf("status %d at %s: %s", status, at, body)
	}
	for site, want := range map[string]int{"same-origin": 200, "none": 200, "same-site": 403, "cross-site": 403} {
		if status, _ := g.post(t, "/save", site); status != want {
			t.Errorf("a request of a %s page: status %d", site, status)
		}
	}
	if status, _ := g.post(t, "/signout", "cross-site"); status != http.StatusForbidden {
		t.Errorf("signed out by another site: status %d", status)
	}
	status, body = g.post(t, "/signout", "same-origin")
	var says struct{ Next string }
	if err := json.Unmarshal([]byte(body), &says); err != nil || status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	next, _ := url.Parse(says.Next)
	if q := next.Query(); !strings.HasPrefix(says.Next, g.idp.URL+"/logout?") || q.Get("tenant") != "1" ||
		q.Get("client_id") != "page" || q.Get("post_logout_redirect_uri") != g.url+"/" {
		t.Errorf("next is %s", says.Next)
	}
	if _, body, _ := g.get(t, g.url+"/whoever"); body != "null\n" {
		t.Errorf("after signing out: %s", body)
	}
}

// TestClientAuth: a code is shown to the provider once, in the way that it takes a client's secret.
func TestClientAuth(t *testing.T) {
	for name, test := range map[string]struct {
		secret  string
		methods []string
	}{
		"says nothing": {"secret", nil},
		"basic":        {"secret", []string{"client_secret_basic", "client_secret_post"}},
		"post":         {"secret", []string{"client_secret_post", "private_key_jwt"}},
		"no secret":    {"", []string{"client_secret_basic", "none"}},
		"none at all":  {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGateway(t, func(o *OIDC) { o.ClientSecret = test.secret })
			g.idp.set(func() { g.idp.methods, g.idp.secret = test.methods, test.secret })
			if _, body, _ := g.get(t, g.url+"/signin?return=/whoever"); !strings.Contains(body, `"Subject":"4711"`) {
				t.Errorf("not signed in: %s", body)
			}
			if n := g.idp.count("/token"); n != 1 {
				t.Errorf("the provider was asked %d times for tokens", n)
			}
		})
	}
}

// TestSignOutHere: without a sign-out of the provider it is that of the gateway.
func TestSignOutHere(t *testing.T) {
	g := newGateway(t)
	g.idp.set(func() { g.ends = false })
	g.get(t, g.url+"/signin")
	if _, body := g.post(t, "/signout", "same-origin"); body != `{"next":""}`+"\n" {
		t.Error(body)
	}
}

// TestReturn: whoever signs in comes back to this gateway, whatever a link says.
func TestReturn(t *testing.T) {
	for back, want := range map[string]string{
		"":                              "/",
		"/":                             "/",
		"/reports?x=1":                  "/reports?x=1",
		"/#open=a&b=c":                  "/#open=a&b=c",
		"//evil.example":                "/",
		"///evil.example":               "/",
		"/\\evil.example":               "/",
		"\\\\evil.example":              "/",
		"https://evil.example/":         "/",
		"https:evil.example":            "/",
		"javascript:alert(1)":           "/",
		"evil":                          "/",
		"/a\nLocation: //evil":          "/",
		"/\t/evil.example":              "/",
		" //evil.example":               "/",
		"/" + strings.Repeat("x", 3000): "/",
		"/%2f/evil.example":             "/%2f/evil.example",
	} {
		g := newGateway(t)
		if got := g.local(back); got != want {
			t.Errorf("%q leads to %q", back, got)
		}
	}
}

func FuzzReturn(f *testing.F) {
	for _, seed := range []string{"/", "//evil", "/\\evil", "/a/../..//evil", "/?//", "/ok#//evil"} {
		f.Add(seed)
	}
	home, _ := url.Parse("https://graph.example.cn/")
	a := &Authenticator{options: Options{PublicURL: home}}
	f.Fuzz(func(t *testing.T, back string) {
		to, err := home.Parse(a.local(back))
		if err != nil || to.Host != home.Host || to.Scheme != home.Scheme {
			t.Errorf("%q leads to %s, %v", back, to, err)
		}
	})
}

// TestNotSignedIn: what is wrong with an answer of the provider signs nobody in, and says nothing to whoever
// tries.
func TestNotSignedIn(t *testing.T) {
	// stop makes the browser stop at the way back, and gives it.
	stop := func(t *testing.T, g *gateway) *url.URL {
		t.Helper()
		var back *url.URL
		g.browser.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
			if r.URL.Path == callbackPath {
				back = r.URL
				return http.ErrUseLastResponse
			}
			return nil
		}
		g.get(t, g.url+"/signin")
		g.browser.CheckRedirect = nil
		return back
	}
	with := func(back *url.URL, key, value string) string {
		q := back.Query()
		q.Set(key, value)
		changed := *back
		changed.RawQuery = q.Encode()
		return changed.String()
	}
	for _, test := range []struct {
		name   string
		do     func(t *testing.T, g *gateway) string // and gives the address to come back to
		status int
		reason string
	}{
		{"another's state", func(t *testing.T, g *gateway) string { return with(stop(t, g), "state", "x") }, 400,
			"belongs to no sign-in"},
		{"no state", func(t *testing.T, g *gateway) string { return with(stop(t, g), "state", "") }, 400,
			"belongs to no sign-in"},
		{"another browser", func(t *testing.T, g *gateway) string {
			back := stop(t, g)
			g.browser = newBrowser(t)
			return back.String()
		}, 400, "belongs to no sign-in"},
		{"too late", func(t *testing.T, g *gateway) string {
			back := stop(t, g)
			g.Authenticator.now = func() time.Time { return time.Now().Add(attemptFor) }
			return back.String()
		}, 400, "came too late"},
		{"twice", func(t *testing.T, g *gateway) string {
			back := stop(t, g).String()
			g.get(t, back)
			g.post(t, "/signout", "same-origin")
			return back
		}, 400, "belongs to no sign-in"},
		{"another issuer", func(t *testing.T, g *gateway) string { return with(stop(t, g), "iss", "https://evil") },
			502, "another issuer"},
		{"refused", func(t *testing.T, g *gateway) string { return with(stop(t, g), "error", "access_denied") }, 403,
			"refused to sign"},
		{"another's code", func(t *testing.T, g *gateway) string {
			other := stop(t, g)
			return with(stop(t, g), "code", other.Query().Get("code")) // which was begun with another verifier
		}, 502, "gave no tokens"},
		{"an invented code", func(t *testing.T, g *gateway) string { return with(stop(t, g), "code", "x") }, 502,
			"gave no tokens"},
		{"another nonce", func(t *testing.T, g *gateway) string {
			back := stop(t, g)
			g.idp.set(func() { g.nonce = "replayed" })
			return back.String()
		}, 502, "another sign-in (nonce)"},
		{"a token for another client", func(t *testing.T, g *gateway) string {
			back := stop(t, g)
			g.idp.set(func() { g.audience = "graph" })
			return back.String()
		}, 502, "another audience"},
		{"silence", func(t *testing.T, g *gateway) string {
			back := stop(t, g)
			g.idp.set(func() { g.down = true })
			return back.String()
		}, 502, "gave no tokens"},
		{"too many groups", func(t *testing.T, g *gateway) string {
			back := stop(t, g)
			many := strings.Split(strings.Repeat("a-group-of-many ", 400), " ")
			g.idp.set(func() { g.claims = map[string]any{"realm_access": map[string]any{"roles": many}} })
			return back.String()
		}, 502, "too many for a cookie"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newGateway(t)
			back := test.do(t, g)
			status, body, _ := g.get(t, back)
			if status != test.status || !strings.Contains(body, "重新登录") ||
				!strings.Contains(g.log.String(), test.reason) {
				t.Errorf("status %d: %s\n%s", status, body, g.log)
			}
			if _, body, _ := g.get(t, g.url+"/whoever"); body != "null\n" {
				t.Errorf("signed in: %s", body)
			}
			for _, secret := range []string{"code=", "eyJ", "secret"} {
				if strings.Contains(g.log.String(), secret) {
					t.Errorf("the log holds %s:\n%s", secret, g.log)
				}
			}
		})
	}
}

func TestSignInWhileDown(t *testing.T) {
	g := newGateway(t)
	g.idp.set(func() { g.down = true })
	status, body, _ := g.get(t, g.url+"/signin")
	if status != http.StatusServiceUnavailable || !strings.Contains(body, "统一身份认证平台没有响应") {
		t.Errorf("status %d: %s", status, body)
	}
}

// TestSessionEnds with the ID token, or before, when the gateway's own lifetime is over.
func TestSessionEnds(t *testing.T) {
	for _, test := range []struct{ token, lifetime, want time.Duration }{
		{5 * time.Minute, 8 * time.Hour, 5 * time.Minute},
		{24 * time.Hour, time.Hour, time.Hour},
		{24 * time.Hour, 0, defaultLifetime},
	} {
		g := newGateway(t)
		g.options.Session.Lifetime = test.lifetime
		now := time.Now()
		g.idp.set(func() {
			g.claims = maps.Clone(g.claims)
			g.claims["exp"] = now.Add(test.token).Unix()
		})
		g.get(t, g.url+"/signin")
		for after, want := range map[time.Duration]bool{test.want - 5*time.Second: true,
			test.want + 5*time.Second: false} {
			g.Authenticator.now = func() time.Time { return now.Add(after) }
			if _, body, _ := g.get(t, g.url+"/whoever"); (body != "null\n") != want {
				t.Errorf("%+v after %s: %s", test, after, body)
			}
		}
	}
}

// TestCookies: over https a cookie is sent over https only, and one that anybody made or changed is none.
func TestCookies(t *testing.T) {
	s, err := newSealer(nil, true)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	if err := s.set(w, sessionCookie, session{Subject: "4711", Expires: time.Now().Add(time.Hour)},
		time.Hour); err != nil {
		t.Fatal(err)
	}
	cookie := w.Result().Cookies()[0]
	if got := fmt.Sprint(cookie.Name, cookie.Path, cookie.HttpOnly, cookie.Secure,
		cookie.SameSite == http.SameSiteLaxMode, cookie.MaxAge,
		cookie.Domain); got != "__Host-bureaugraph-session/true true true 3600" {
		t.Error(got)
	}
	opens := func(s *sealer, purpose, name, value string) bool {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: name, Value: value})
		var got session
		return s.get(r, purpose, &got)
	}
	if !opens(s, sessionCookie, cookie.Name, cookie.Value) {
		t.Error("its own cookie does not open")
	}
	if opens(s, attemptCookie, s.name(attemptCookie), cookie.Value) ||
		opens(s, sessionCookie, sessionCookie, cookie.Value) {
		t.Error("a cookie opens as another")
	}
	other, _ := newSealer(nil, true)
	if opens(other, sessionCookie, cookie.Name, cookie.Value) {
		t.Error("a cookie opens under another key")
	}
	for i := range len(cookie.Value) {
		changed := []byte(cookie.Value)
		if changed[i] = 'A'; string(changed) == cookie.Value {
			changed[i] = 'B'
		}
		if opens(s, sessionCookie, cookie.Name, string(changed)) {
			t.Fatalf("a cookie opens that was changed at %d", i)
		}
	}
}

// TestReplicas: with a configured key one gateway takes what another has sealed.
func TestReplicas(t *testing.T) {
	key := make([]byte, SessionKeySize)
	first, _ := newSealer(key, false)
	second, _ := newSealer(key, false)
	w := httptest.NewRecorder()
	if err := first.set(w, sessionCookie, session{Subject: "4711"}, time.Hour); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(w.Result().Cookies()[0])
	var got session
	if !second.get(r, sessionCookie, &got) || got.Subject != "4711" {
		t.Errorf("%+v", got)
	}
	if _, err := newSealer(key[:5], false); err == nil {
		t.Error("a short key is taken")
	}
}
