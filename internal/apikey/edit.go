package apikey

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// head begins a key file that is made anew.
const head = `# API keys · 接口密钥. gateway key new, list and revoke keep this file; the gateway reads it again when it changes.
keys:
`

// Read gives the keys of a file, in its order; none when there is no such file.
func Read(file string) ([]Key, error) {
	all, _, err := read(file)
	return all, err
}

func read(file string) (all []Key, data []byte, err error) {
	data, err = os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("apikey: %w", err)
	}
	var r yamlfile.Reader
	all = Parse(&r, yamlfile.Source{Name: file, Data: data})
	return all, data, r.Err()
}

// Add writes an entry behind the others; a file that does not exist is made.
func Add(file string, k Key) error {
	if !name.MatchString(k.Name) {
		return errors.New(wrongName)
	}
	all, data, err := read(file)
	if err != nil {
		return err
	}
	if data == nil {
		data = []byte(head)
	}
	k.Created = midnight(k.Created)
	if n := len(data); n > 0 && data[n-1] != '\n' {
		data = append(data, '\n')
	}
	return replace(file, all, append(all, k), append(slices.Clone(data), entry(k)...))
}

// Revoke marks the key of a prefix, or all that have a name, as revoked on a day, and gives how
// many it has marked; those that were revoked already stay as they are.
func Revoke(file, which string, at time.Time) (int, error) {
	before, data, err := read(file)
	if err != nil {
		return 0, err
	}
	var r yamlfile.Reader
	root := r.Read(yamlfile.Source{Name: file, Data: data}, "")
	after, n := slices.Clone(before), 0
	lines := bytes.SplitAfter(data, []byte("\n"))
	for i := len(after) - 1; i >= 0; i-- { // from below, so that places above stay true
		if k := &after[i]; (k.Prefix == which || k.Name == which) && k.Revoked.IsZero() {
			k.Revoked = midnight(at)
			hash := root.Get("keys").Value.Items[i].Get("hash").Key.Pos
			line := strings.Repeat(" ", hash.Column-1) + "revoked: " + at.In(beijing).Format(time.DateOnly) + "\n"
			lines = slices.Insert(lines, hash.Line-1, []byte(line))
			n++
		}
	}
	if n == 0 {
		return 0, nil
	}
	return n, replace(file, before, after, bytes.Join(lines, nil))
}

// midnight is when the day of a moment began in Beijing.
func midnight(at time.Time) time.Time {
	y, m, d := at.In(beijing).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, beijing)
}

// LastDay is the moment at which a day ends in Beijing, 2027-11-30; an error when it is no day.
func LastDay(text string) (time.Time, error) {
	at, err := time.ParseInLocation(time.DateOnly, text, beijing)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no day, as in 2027-11-30", text)
	}
	return at.AddDate(0, 0, 1), nil
}

// Day writes the last day of a key, or when it was made or revoked; "-" for a zero time.
func Day(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return at.In(beijing).Format(time.DateOnly)
}

// Expiry writes the last day of a key, "-" when it never ends.
func (k Key) Expiry() string {
	if k.Expires.IsZero() {
		return "-"
	}
	return Day(k.Expires.AddDate(0, 0, -1))
}

// ClaimsText writes the claims in one line, "groups=a,b town=330109105"; "" without any.
func (k Key) ClaimsText() string {
	var all []string
	for _, claim := range slices.Sorted(maps.Keys(k.Claims)) {
		all = append(all, claim+"="+strings.Join(k.Claims[claim], ","))
	}
	return strings.Join(all, " ")
}

// entry is an entry as Parse reads it.
func entry(k Key) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - name: %s\n    prefix: %s\n    hash: %q\n    created: %s\n", yamlfile.Quote(k.Name), k.Prefix,
		k.Hash,
		Day(k.Created))
	if !k.Expires.IsZero() {
		fmt.Fprintf(&b, "    expires: %s\n", k.Expiry())
	}
	if len(k.Claims) > 0 {
		b.WriteString("    claims:\n")
		for _, claim := range slices.Sorted(maps.Keys(k.Claims)) {
			quoted := make([]string, len(k.Claims[claim]))
			for i, value := range k.Claims[claim] {
				quoted[i] = yamlfile.Quote(value)
			}
			fmt.Fprintf(&b, "      %s: [%s]\n", yamlfile.Quote(claim), strings.Join(quoted, ", "))
		}
	}
	if k.Note != "" {
		fmt.Fprintf(&b, "    note: %s\n", yamlfile.Quote(k.Note))
	}
	return b.String()
}

// replace puts the new text in the file's place, at once or not at all. It refuses to write what
// would not be read as it is meant, and to write over what somebody else has written meanwhile.
func replace(file string, before, after []Key, data []byte) error {
	var r yamlfile.Reader
	got := Parse(&r, yamlfile.Source{Name: file, Data: data})
	if r.Err() != nil || !slices.EqualFunc(got, after, equal) {
		return fmt.Errorf("%s is not written as gateway key writes it, one entry below the other: change it by hand",
			file)
	}
	mode := fs.FileMode(0o644) // a hash opens nothing
	if info, err := os.Stat(file); err == nil {
		mode = info.Mode().Perm()
	}
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target
	}
	temporary, err := os.CreateTemp(filepath.Dir(file), ".keys-*")
	if err != nil {
		return fmt.Errorf("apikey: %w", err)
	}
	defer os.Remove(temporary.Name()) // gone already when all went well
	_, err = temporary.Write(data)
	if err = errors.Join(err, temporary.Chmod(mode), temporary.Sync(), temporary.Close()); err != nil {
		return fmt.Errorf("apikey: %w", err)
	}
	if now, _, err := read(file); err != nil || !slices.EqualFunc(now, before, equal) {
		return fmt.Errorf("%s was changed by somebody else meanwhile: try again", file)
	}
	if err := os.Rename(temporary.Name(), file); err != nil {
		return fmt.Errorf("apikey: %w", err)
	}
	return nil
}

func equal(a, b Key) bool {
	return a.Name == b.Name && a.Prefix == b.Prefix && a.Hash == b.Hash && a.Created.Equal(b.Created) &&
		a.Expires.Equal(b.Expires) && a.Revoked.Equal(b.Revoked) && a.Note == b.Note &&
		maps.EqualFunc(a.Claims, b.Claims, slices.Equal)
}
