package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/apikey"
)

// key are the commands that keep the key file. The gateway that runs reads it again when it changes.
type key struct {
	Keys string   `required:"" short:"k" help:"The key file, access.keys of the configuration." placeholder:"FILE"`
	New  newKey   `cmd:"" help:"Make a key, show it once, and write what recognises it into the file."`
	List struct{} `cmd:"" help:"List the keys; none of them can be shown again."`

	Revoke struct {
		Which string `arg:"" help:"The key's prefix, or a name, of which all keys are revoked."`
	} `cmd:"" help:"Have keys open nothing any more, at once."`
}

type newKey struct {
	Name    string   `arg:"" help:"For whom: small letters, digits and hyphens. Several keys may have it."`
	Expires string   `help:"The key's last day, in Beijing; by default a year from today, never for none." placeholder:"DAY"`
	Claim   []string `help:"What the policy makes roles of; may be given several times." placeholder:"NAME=VALUE" sep:"none"`
	Note    string   `help:"For people." placeholder:"TEXT"`
}

// run makes a key.
func (n newKey) run(file string, now time.Time, stdout io.Writer) error {
	text, k := apikey.New()
	k.Name, k.Note, k.Created = n.Name, n.Note, now
	switch n.Expires {
	case "never":
	default:
		last, err := apikey.LastDay(cmp.Or(n.Expires, apikey.Day(now.AddDate(1, 0, 0))))
		if err != nil {
			return fmt.Errorf("--expires: %w, nor never", err)
		}
		if !last.After(now) {
			return fmt.Errorf("--expires: %s is over", n.Expires)
		}
		k.Expires = last
	}
	for _, claim := range n.Claim {
		name, value, ok := strings.Cut(claim, "=")
		if !ok || name == "" || value == "" {
			return fmt.Errorf("--claim: %q is not written as name=value", claim)
		}
		if k.Claims == nil {
			k.Claims = map[string][]string{}
		}
		k.Claims[name] = append(k.Claims[name], value)
	}
	if err := apikey.Add(file, k); err != nil {
		return err
	}
	_, err := fmt.Fprintf(stdout, `%s
This is the key of %s, last day %s. It is shown this once and kept nowhere; %s recognises it.
这是 %[2]s 的密钥，有效期至 %[3]s（含当日，- 为长期）。密钥只显示这一次，任何地方都不保存，请立即转存。
`, text, k.Name, k.Expiry(), file)
	return err
}

func listKeys(file string, now time.Time, stdout io.Writer) error {
	all, err := apikey.Read(file)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tPREFIX\tSTATE\tCREATED\tLAST DAY\tREVOKED\tCLAIMS\tNOTE")
	for _, k := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", k.Name, k.Prefix, k.State(now), apikey.Day(k.Created),
			k.Expiry(),
			apikey.Day(k.Revoked), k.ClaimsText(), k.Note)
	}
	return w.Flush()
}

func revokeKeys(file, which string, now time.Time, stdout io.Writer) error {
	n, err := apikey.Revoke(file, which, now)
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("%s has no key with the prefix or name %s that is not revoked", file, which)
	}
	_, err = fmt.Fprintf(stdout,
		"keys revoked: %d; the gateway stops taking them within a second · 已吊销密钥 %[1]d 个，网关一秒内停止接受\n", n)
	return err
}
