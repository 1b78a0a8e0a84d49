package config

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/internal/account"
)

// Reports bounds reports and other files, and says who may have them. The zero value is
// the defaults, and everybody.
type Reports struct {
	Rows     int           // of one file; 0 means the default of package export
	Timeout  time.Duration // until one file is ready; 0 means the default of package export
	Accounts []account.Account
}

var accountName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

func (r *reader) reports(at *yaml.Node) Reports {
	d := r.dict(at, "reports", "rows", "timeout", "accounts")
	reports := Reports{Rows: r.integer(d, "rows", 1, 1_000_000), Timeout: r.duration(d, "timeout")}
	list := d["accounts"]
	if list == nil {
		return reports
	}
	if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		r.add(list.Line, "accounts must be a list of service accounts, as gateway account NAME prints them; leave it out to let everybody in")
		return reports
	}
	for _, at := range list.Content {
		d := r.dict(at, "an account", "name", "hash", "key", "password")
		if d == nil {
			continue
		}
		for _, clear := range []string{"key", "password"} {
			if d[clear] != nil {
				r.add(d[clear].Line, "a key is not written here: write its hash, as gateway account NAME prints it")
			}
		}
		a := account.Account{Name: r.text(d, "name"), Hash: r.text(d, "hash")}
		switch {
		case d["name"] == nil:
			r.add(at.Line, "the account lacks name")
		case !accountName.MatchString(a.Name):
			r.add(d["name"].Line, "name must be up to 32 small letters, digits and hyphens, beginning with a letter or digit")
		case slices.ContainsFunc(reports.Accounts, func(b account.Account) bool { return b.Name == a.Name }):
			r.add(d["name"].Line, "there are two accounts %s: keep one", a.Name)
		}
		if d["hash"] == nil {
			r.add(at.Line, "the account lacks hash: gateway account NAME prints one")
		} else if err := account.Check(a.Hash); err != nil {
			r.add(d["hash"].Line, "hash %s: gateway account %s prints one", err, cmp.Or(a.Name, "NAME"))
		}
		reports.Accounts = append(reports.Accounts, a)
	}
	return reports
}
