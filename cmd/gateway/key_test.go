package main

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestKey makes, lists and revokes keys as an operator does.
func TestKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys.yaml")
	call := func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if code := run(t.Context(), append([]string{"key", "-k", file}, args...), nil, &out, &out); code != want {
			t.Fatalf("%v: code %d: %s", args, code, &out)
		}
		return out.String()
	}
	made := call(0, "new", "excel", "--claim", "groups=reporting", "--claim", "groups=a,b", "--note", "报表平台")
	key := regexp.MustCompile(`^bg-[A-Z2-7]{8}-[A-Z2-7]{26}\n`).FindString(made)
	if key == "" {
		t.Fatalf("no key in %s", made)
	}
	call(0, "new", "grafana", "--expires=never")
	for args, want := range map[string]string{
		"new Excel":                  "name must be up to 32 small letters",
		"new x --expires 2020-01-01": "--expires: 2020-01-01 is over",
		"new x --expires soon":       `--expires: "soon" is no day, as in 2027-11-30, nor never`,
		"new x --claim groups":       `--claim: "groups" is not written as name=value`,
		"revoke nobody":              "has no key with the prefix or name nobody that is not revoked",
	} {
		if got := call(1, strings.Fields(args)...); !strings.Contains(got, want) {
			t.Errorf("%s: %s", args, got)
		}
	}
	list := call(0, "list")
	if strings.Contains(list, strings.TrimSpace(key)[12:]) ||
		!regexp.MustCompile(`excel +`+key[:11]+` +valid .* groups=reporting,a,b +报表平台`).MatchString(list) ||
		!regexp.MustCompile(`grafana .* valid +\S+ +- +- `).MatchString(list) {
		t.Errorf("list:\n%s", list)
	}
	call(0, "revoke", key[:11])
	if list := call(0, "list"); !regexp.MustCompile(`excel .* revoked `).MatchString(list) ||
		!regexp.MustCompile(`grafana .* valid `).MatchString(list) {
		t.Errorf("list:\n%s", list)
	}
}
