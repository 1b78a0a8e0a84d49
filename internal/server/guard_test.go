package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/config"
)

// TestGuard: pages of other addresses are kept out but for those that are listed.
func TestGuard(t *testing.T) {
	public, _ := url.Parse("https://graph.example.cn")
	c := config.Config{Origins: []string{"https://portal.example.cn"}}
	c.Access.PublicURL = public
	s, _ := start(t, c)
	own := s.URL()
	const read, write = http.MethodGet, http.MethodPost
	for _, tt := range []struct {
		name, method, headers string
		refused               bool
	}{
		{"no browser", write, "", false},
		{"own page", write, "Origin: " + own, false},
		{"own page, told by the browser", write, "Sec-Fetch-Site: same-origin", false},
		{"own page behind a proxy", write, "Origin: https://graph.example.cn", false},
		{"own page behind a proxy, told", write, "Origin: https://graph.example.cn|Sec-Fetch-Site: same-origin", false},
		{"other page", write, "Origin: https://evil.example", true},
		{"other page without an address", write, "Origin: null", true},
		{"other page, told", write, "Sec-Fetch-Site: cross-site", true},
		{"neighbour's page, told", write, "Sec-Fetch-Site: same-site|Origin: https://other.example.cn", true},
		{"listed page", write, "Origin: https://portal.example.cn|Sec-Fetch-Site: same-site", false},
		{"listed page, another scheme", write, "Origin: http://portal.example.cn", true},
		{"listed page, another port", write, "Origin: https://portal.example.cn:444", true},
		{"listed name inside another", write, "Origin: https://portal.example.cn.evil.example", true},
		{"typed address", read, "Sec-Fetch-Site: none|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", false},
		{"link on another page", read, "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document",
			false},
		{"frame in another page", read, "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: iframe", true},
		{"picture in another page", read, "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors|Sec-Fetch-Dest: image", true},
		{"script of another page", read, "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: cors|Origin: https://evil.example",
			true},
		{"script of a listed page", read,
			"Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: cors|Origin: https://portal.example.cn", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines := strings.FieldsFunc(tt.headers, func(r rune) bool { return r == '|' })
			paths, body := []string{"/graphql?query={towns{code}}", "/schema.graphql", "/reports",
				"/playground/queries", "/whoami"}, ""
			if tt.method == write {
				paths, body = []string{"/graphql"}, `{"query":"{ towns { code } }"}`
			}
			for _, path := range paths {
				response, text := send(t, tt.method, own+path, body, append(lines, "Content-Type: application/json")...)
				if got := response.StatusCode == http.StatusForbidden; got != tt.refused {
					t.Errorf("%s: %d %.200s", path, response.StatusCode, text)
				}
				allowed := response.Header.Get("Access-Control-Allow-Origin")
				want := ""
				if slices.Contains(lines, "Origin: "+c.Origins[0]) {
					want = c.Origins[0]
				}
				if allowed != want {
					t.Errorf("%s: scripts of %q may read the answer, want %q", path, allowed, want)
				}
				if response.Header.Get("Access-Control-Allow-Credentials") != "" {
					t.Error("cookies are taken from other pages")
				}
			}
		})
	}
	for origin, want := range map[string]string{c.Origins[0]: c.Origins[0], "https://evil.example": ""} {
		response, _ := send(t, http.MethodOptions, own+"/graphql", "", "Origin: "+origin,
			"Access-Control-Request-Method: POST",
			"Access-Control-Request-Headers: authorization,content-type,x-access-reason")
		if got := response.Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("preflight of %s: %q", origin, got)
		}
	}
}

// TestStrict: every answer tells browsers to be strict, refusals and files that are not there too.
func TestStrict(t *testing.T) {
	s, _ := start(t, config.Config{})
	for _, path := range []string{"/", "/graphql", "/graphql?query={towns{code}}", "/schema.graphql", "/reports",
		"/reports/x.csv", "/nothing", "/healthz", "/readyz", "/whoami", "/playground/queries",
		"/playground/assets/none.js"} {
		_, header, _ := get(t, s.URL()+path)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Resource-Policy": "same-origin"} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if got := header.Get("Content-Security-Policy"); !strings.Contains(got, "frame-ancestors 'none'") ||
			path != "/" && path != "/playground/assets/none.js" && !strings.Contains(got, "default-src 'none'") {
			t.Errorf("%s: Content-Security-Policy is %q", path, got)
		}
		if header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: http promises https", path)
		}
	}
}
