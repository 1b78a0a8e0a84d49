package mapping

import (
	"slices"
	"strings"
	"testing"
)

// TestForbidden: what does more than read is found, however it is written; what only looks so is not.
func TestForbidden(t *testing.T) {
	for _, tt := range []struct{ sub, want string }{
		{"SELECT a FROM t", ""},
		{"select a into outfile '/tmp/x' from t", "has INTO"},
		{"SELECT a FROM t INTO @x", "has INTO"},
		{"SELECT a FROM t INTO/**/DUMPFILE 'x'", "has INTO"},
		{"SELECT 'INTO', `into`, \"into\" FROM t -- INTO\n WHERE a = 1 /* INTO */", ""},
		{"SELECT sleep(1)", "calls SLEEP"},
		{"SELECT SLEEP /* */ (1)", "calls SLEEP"},
		{"SELECT `sleep`(1)", "calls SLEEP"},
		{"SELECT sleep FROM t", ""},
		{"SELECT Benchmark(1, 2), GET_LOCK('a', 1)", "calls BENCHMARK"},
		{"SELECT LOAD_FILE('/etc/passwd')", "calls LOAD_FILE"},
		{"SELECT NEXTVAL(s)", "calls NEXTVAL"},
		{"SELECT NEXT VALUE FOR s", "counts a sequence on"},
		{"SELECT a FROM t FOR UPDATE", "locks rows"},
		{"SELECT a FROM t LOCK IN SHARE MODE", "locks rows"},
		{"SELECT a FROM t PROCEDURE ANALYSE()", "has PROCEDURE"},
		{"SELECT a FROM t; DROP TABLE t", "has a semicolon"},
		{"SELECT a FROM t;", "has a semicolon"},
		{"SELECT ';' FROM t", ""},
		{"SELECT a FROM t) UNION (SELECT 1", "closes a bracket"},
		{"SELECT (a FROM t", "opens a bracket"},
		{"SELECT a /*!50000 INTO OUTFILE 'x' */ FROM t", "some versions run"},
		{"SELECT a /*M! FROM t */", "some versions run"},
		{"SELECT a FROM t -- all", "ends in a comment"},
		{"SELECT a FROM t --", "ends in a comment"},
		{"SELECT a FROM t # all", "ends in a comment"},
		{"SELECT 1--1 FROM t", ""}, // two signs
		{"SELECT a /* FROM t", "does not end it"},
		{"SELECT 'a FROM t", "does not end it"},
		{`SELECT 'it\'s' FROM t`, ""},
		{`SELECT 'a\' FROM t`, "does not end it"},
		{"SELECT 'a'' INTO b' FROM t", ""},
		{"SELECT 案号 FROM 案件", ""},
		{"SELECT\n\ta\r\nFROM t", ""},
	} {
		tokens, broken := lex(tt.sub)
		got := broken
		if got == "" {
			got = strings.Join(forbidden(tokens), "; ")
		}
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.sub, got, tt.want)
		}
	}
}

func TestSchemas(t *testing.T) {
	for sub, want := range map[string]string{
		"SELECT a.b FROM t a":                                             "",
		"SELECT a FROM other.t":                                           "other",
		"SELECT a FROM `other`.`t`":                                       "other",
		"SELECT a FROM `other` . t":                                       "other",
		"SELECT a FROM t, other.u":                                        "other",
		"SELECT a FROM t AS x, u y JOIN other.v ON x.id = v.id":           "other",
		"SELECT a FROM t JOIN u ON t.id = u.id, other.v":                  "other",
		"SELECT a FROM t JOIN u ON t.id IN (u.id, u.no) WHERE t.x > 1":    "",
		"SELECT a FROM (t, other.u)":                                      "other",
		"SELECT a FROM (SELECT b.c, d.e FROM b JOIN one.d) x, two.f":      "one two",
		"SELECT a FROM t WHERE t.id IN (SELECT u.id FROM other.u)":        "other",
		"SELECT other.t.a FROM t":                                         "other",
		"SELECT other.f(a) FROM t":                                        "other",
		"SELECT EXTRACT(YEAR FROM t.day), TRIM('0' FROM t.no) FROM t":     "",
		"SELECT a FROM t USE INDEX (i, j) ORDER BY t.a, t.b":              "",
		"SELECT t.a FROM t UNION ALL SELECT u.a FROM One.u, one.v":        "One",
		"SELECT 'FROM other.t' FROM t":                                    "",
		"SELECT a FROM t STRAIGHT_JOIN mysql.user":                        "mysql",
		"SELECT a FROM t GROUP BY t.a, t.b":                               "",
		"SELECT a FROM t LEFT JOIN u USING (a, b), other.w":               "other",
		"SELECT (SELECT COUNT(*) FROM other.u WHERE u.t = t.a) FROM t":    "other",
		"SELECT a FROM t JOIN (u JOIN other.v ON u.a = v.a) ON t.a = u.a": "other",
	} {
		if got := strings.Join(Schemas(sub), " "); got != want {
			t.Errorf("%s: %q, want %q", sub, got, want)
		}
	}
}

// FuzzSubSelect: no text crashes what looks at selects, and none gets past it with a semicolon, an
// unbalanced bracket or INTO outside of texts, names and comments.
func FuzzSubSelect(f *testing.F) {
	for _, seed := range []string{"SELECT a FROM t", "SELECT 'a;' FROM `b)` -- c\n", "SELECT /*!1 a*/", `SELECT "\"`,
		"SELECT a.b.c FROM (SELECT", "--", "#", "`", "SELECT a--"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		Schemas(text)
		tokens, broken := lex(text)
		if broken != "" || len(forbidden(tokens)) > 0 {
			return
		}
		depth := 0
		for _, token := range tokens {
			switch {
			case token.is("("):
				depth++
			case token.is(")"):
				depth--
			case token.is(";"), token.is("INTO"):
				t.Errorf("%q has passed", text)
			}
			if depth < 0 {
				t.Errorf("%q has passed", text)
			}
		}
		if depth != 0 {
			t.Errorf("%q has passed", text)
		}
		// Without literals, names and comments nothing of the kind is left: the tokens are all there is.
		if !slices.ContainsFunc(tokens, func(t token) bool { return t.sort == 's' || t.sort == 'q' }) &&
			!strings.ContainsAny(text, "#/-") && strings.ContainsAny(text, ";") {
			t.Errorf("%q has passed", text)
		}
	})
}
