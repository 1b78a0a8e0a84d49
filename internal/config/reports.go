package config

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/account"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Reports bounds reports and other files, and says who may have them. The zero value is
// the defaults, and everybody.
type Reports struct {
	Rows     int           // of one file; 0 means the default of package export
	Timeout  time.Duration // until one file is ready; 0 means the default of package export
	Accounts []account.Account
}

var accountName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

func (r *reader) reports(at *yamlfile.Node) Reports {
	d := r.Dict(at, "reports", "rows", "timeout", "accounts")
	reports := Reports{Rows: d.Int("rows", 1, 1_000_000), Timeout: r.duration(d, "timeout")}
	list := d.Get("accounts")
	if list == nil {
		return reports
	}
	if list.Kind != yamlfile.List || len(list.Items) == 0 {
		r.Add(list.Pos,
			"accounts must be a list of service accounts, as gateway account NAME prints them; leave it out to let everybody in")
		return reports
	}
	for _, at := range list.Items {
		d := r.Dict(at, "an account", "name", "hash", "key", "password")
		if !d.IsMap() {
			continue
		}
		for _, clear := range []string{"key", "password"} {
			if d.Has(clear) {
				r.Add(d.At(clear), "a key is not written here: write its hash, as gateway account NAME prints it")
			}
		}
		a := account.Account{Name: d.Text("name"), Hash: d.Text("hash")}
		switch {
		case !d.Has("name"):
			r.Add(at.Pos, "the account lacks name")
		case !accountName.MatchString(a.Name):
			r.Add(d.At("name"),
				"name must be up to 32 small letters, digits and hyphens, beginning with a letter or digit")
		case slices.ContainsFunc(reports.Accounts, func(b account.Account) bool { return b.Name == a.Name }):
			r.Add(d.At("name"), "there are two accounts %s: keep one", a.Name)
		}
		if !d.Has("hash") {
			r.Add(at.Pos, "the account lacks hash: gateway account NAME prints one")
		} else if err := account.Check(a.Hash); err != nil {
			r.Add(d.At("hash"), "hash %s: gateway account %s prints one", err, cmp.Or(a.Name, "NAME"))
		}
		reports.Accounts = append(reports.Accounts, a)
	}
	return reports
}
