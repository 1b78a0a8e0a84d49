package config

import (
	"strconv"

	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/suite"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Audit says where it is recorded who asked what. The zero value records nothing.
type Audit struct {
	Directory string // "" records nothing
	Key       []byte // of seals and of persons' tokens
	Hash      suite.Hash
	Keep      int    // days; 0 means audit.LeastKept
	Rotate    int64  // bytes; 0 means the default of package audit
	Syslog    string // the address of a server; "" for none
}

// mostKept is how many days an audit may be kept at most: a hundred years.
const mostKept = 36_500

// audit reads where the audit is; identity is the key of persons' ids, nil without one.
func (r *reader) audit(at *yamlfile.Node, identity []byte, of suite.Suite) Audit {
	d := r.Dict(at, "audit", "directory", "keyEnv", "keyFile", "hash", "keep", "rotateMegabytes", "syslog")
	if !d.IsMap() {
		return Audit{}
	}
	a := Audit{
		Directory: d.Text("directory"),
		Hash:      suite.Hash(d.Word("hash", string(suite.SHA256), string(suite.SM3))),
		Keep:      r.keep(d),
		Rotate:    int64(d.Int("rotateMegabytes", 1, 10_000)) << 20,
		Syslog:    d.Text("syslog"),
	}
	if !d.Has("directory") {
		r.Add(at.Pos, "audit lacks directory: name one that this gateway alone writes in, or leave audit out")
	} else if a.Directory != "" {
		a.Directory = r.path(a.Directory)
	}
	if a.Hash == "" {
		a.Hash = of.Hash()
	}
	if a.Syslog != "" {
		if _, err := audit.ParseSyslog(a.Syslog); err != nil {
			r.Add(d.At("syslog"), "syslog %s", err)
		}
	}
	before := r.Found()
	if a.Key = r.key(d, "audit"); a.Key == nil && r.Found() == before {
		if a.Key = identity; identity == nil {
			r.Add(at.Pos, "audit has no key, by which its lines are sealed: give keyEnv or keyFile, or an identity key")
		}
	}
	return a
}

// keep reads for how many days the audit is kept.
func (r *reader) keep(d yamlfile.Dict) int {
	text, given := d.Value("keep")
	if !given {
		return 0
	}
	days, err := strconv.Atoi(text)
	switch {
	case err != nil || days > mostKept:
		r.Add(d.At("keep"), "keep must be a whole number of days from %d to %d, not %q", audit.LeastKept, mostKept, text)
	case days < audit.LeastKept:
		r.Add(d.At("keep"), "keep must be %d days or more, not %d: the Cybersecurity Law (art. 21) wants logs of six months",
			audit.LeastKept, days)
	default:
		return days
	}
	return 0
}
