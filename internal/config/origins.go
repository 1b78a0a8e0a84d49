package config

import (
	"net/url"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// origins reads from which pages scripts may ask, as browsers write it in the header Origin.
func (r *reader) origins(d yamlfile.Dict) []string {
	if !d.Needs("origins") {
		return nil
	}
	var all []string
	for _, item := range d.Items("origins") {
		u, err := url.Parse(item.Text)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" ||
			u.Scheme+"://"+u.Host != item.Text {
			r.Add(item.Pos, "origins must be addresses without a path, as browsers send them, as in https://portal.example.cn, not %q; each is written, none stands for all", item.Text)
			continue
		}
		all = append(all, item.Text)
	}
	return all
}
