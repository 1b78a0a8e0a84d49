package config

import (
	"time"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Reports bounds reports and other files. The zero value is the defaults.
type Reports struct {
	Rows    int           // of one file; 0 means the default of package export
	Timeout time.Duration // until one file is ready; 0 means the default of package export
}

func (r *reader) reports(at *yamlfile.Node) Reports {
	d := r.Dict(at, "reports", "rows", "timeout", "accounts")
	if d.Has("accounts") {
		r.Add(d.At("accounts"),
			"accounts are no more: make a key for each by gateway key new NAME --keys keys.yaml, write access: {keys: keys.yaml}, and leave accounts out")
	}
	return Reports{Rows: d.Int("rows", 1, 1_000_000), Timeout: r.duration(d, "timeout")}
}
