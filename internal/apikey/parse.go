package apikey

import (
	"slices"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// beijing is where the days of a key file end.
var beijing = time.FixedZone("+08:00", 8*60*60)

// Parse reads a key file; what is wrong with it goes to the reader's findings.
//
//	keys:
//	  - name: finereport
//	    prefix: bg-7KQ2M4XA
//	    hash: "sha256:…"
//	    created: 2026-11-30
//	    expires: 2027-11-30            # the last day, in Beijing; without it the key never ends
//	    claims: {groups: [reporting]}  # what the policy makes roles of
//	    note: 报表平台
//	    revoked: 2026-12-24            # since when it opens nothing
func Parse(r *yamlfile.Reader, source yamlfile.Source) []Key {
	root := r.Read(source, "it needs keys; gateway key new makes one")
	return keys(r, root)
}

// keys reads what Read gave.
func keys(r *yamlfile.Reader, root *yamlfile.Node) []Key {
	top := r.Dict(root, "the key file", "keys")
	if top.IsMap() && !top.Has("keys") {
		r.Add(top.Pos, "the key file lacks keys; gateway key new makes one")
	}
	var all []Key
	for _, at := range top.Items("keys") {
		k, whole := one(r, at)
		if !whole {
			continue
		}
		if slices.ContainsFunc(all, func(other Key) bool { return other.Prefix == k.Prefix }) {
			r.Add(at.Pos, "there are two keys with the prefix %s: remove one", k.Prefix)
		}
		all = append(all, k)
	}
	return all
}

func one(r *yamlfile.Reader, at *yamlfile.Node) (k Key, whole bool) {
	before := r.Found()
	d := r.Dict(at, "a key", "name", "prefix", "hash", "created", "expires", "revoked", "claims", "note", "key")
	if d.Has("key") {
		r.Add(d.At("key"), "a key itself is not written here: gateway key new writes its prefix and hash")
	}
	if !d.Needs("name", "prefix", "hash", "created") {
		return k, false
	}
	k = Key{
		Name: d.Text("name"), Prefix: d.Text("prefix"), Hash: d.Text("hash"), Note: d.Text("note"),
		Created: day(r, d, "created"), Expires: day(r, d, "expires"), Revoked: day(r, d, "revoked"),
		Claims: claims(r, d),
	}
	if !k.Expires.IsZero() {
		k.Expires = k.Expires.AddDate(0, 0, 1) // the day itself is its last
	}
	if !name.MatchString(k.Name) {
		r.Add(d.At("name"), wrongName)
	}
	if !prefix.MatchString(k.Prefix) {
		r.Add(d.At("prefix"), "prefix must be that of a key, as in bg-7KQ2M4XA: gateway key new makes one")
	}
	if err := checkHash(k.Hash); err != nil {
		r.Add(d.At("hash"), "hash %s: gateway key new makes one", err)
	}
	return k, r.Found() == before
}

// day reads a day as the moment at which it begins in Beijing; zero when it is absent.
func day(r *yamlfile.Reader, d yamlfile.Dict, key string) time.Time {
	text, ok := d.Value(key)
	if !ok {
		return time.Time{}
	}
	at, err := time.ParseInLocation(time.DateOnly, text, beijing)
	if err != nil {
		r.Add(d.At(key), "%s must be a day, as in 2027-11-30, not %q", key, text)
	}
	return at
}

func claims(r *yamlfile.Reader, d yamlfile.Dict) map[string][]string {
	if !d.Has("claims") {
		return nil
	}
	all := map[string][]string{}
	for _, e := range d.Entries("claims") {
		all[e.Key.Text] = r.Texts(e.Value, "claim "+e.Key.Text)
	}
	return all
}
