package library

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Store is the library of one deployment: the operations that ship with the gateway, and
// those in a directory of the site, which win over shipped ones of the same name or remove them.
type Store struct {
	shipped []Operation
	dir     string // "" for none
	saves   bool
	fits    func(Operation) bool // nil for all
}

// Only is the store as somebody sees it: with the operations that fit, and without saving where
// they may not.
func (s *Store) Only(fits func(Operation) bool, saves bool) *Store {
	only := *s
	only.fits, only.saves = fits, s.saves && saves
	return &only
}

// ErrNotSaving means that this deployment's library takes no new operations.
var ErrNotSaving = errors.New("library: saving is switched off")

// Refused says what the caller must change before an operation can be saved.
type Refused string

func (r Refused) Error() string { return string(r) }

// Open reads the shipped operations; a finding in one is an error. dir is the site's
// directory, "" for none. With saves operations may be saved there.
func Open(shipped fs.FS, dir string, saves bool) (*Store, error) {
	operations, err := Read(shipped)
	if err != nil {
		return nil, err
	}
	return &Store{shipped: operations, dir: dir, saves: saves && dir != ""}, nil
}

// Saves is whether operations may be saved.
func (s *Store) Saves() bool { return s.saves }

// List gives all operations by name, the directory as it is now. The error is all that is
// wrong in the directory; what is right is listed all the same.
func (s *Store) List() ([]Operation, error) {
	list, err := s.all()
	if s.fits == nil {
		return list, err
	}
	return slices.DeleteFunc(slices.Clone(list), func(o Operation) bool { return !s.fits(o) }), err
}

func (s *Store) all() ([]Operation, error) {
	if s.dir == "" {
		return s.shipped, nil
	}
	list, taken, err := readOver(os.DirFS(s.dir), s.shipped)
	for _, o := range list {
		taken = append(taken, o.Name)
	}
	for _, o := range s.shipped {
		if !slices.Contains(taken, o.Name) {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b Operation) int { return cmp.Compare(a.Name, b.Name) })
	return list, err
}

var fileName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// Save writes an operation to the directory, over one of the same name. Errors:
// ErrNotSaving; Refused for an operation that could not be read again; others mean that
// the directory cannot be written.
func (s *Store) Save(o Operation) error {
	if !s.saves {
		return ErrNotSaving
	}
	if !fileName.MatchString(o.Name) {
		return Refused("the name is the file's: up to 64 small letters, digits and hyphens, beginning with a letter or digit")
	}
	data, err := o.Text()
	if err != nil {
		return fmt.Errorf("library: %w", err)
	}
	if _, err := Parse(o.Name+".graphql", data); err != nil {
		return Refused(err.Error())
	}
	temporary, err := os.CreateTemp(s.dir, ".saving-*")
	if err != nil {
		return fmt.Errorf("library: %w", err)
	}
	defer os.Remove(temporary.Name()) // gone already when all went well
	_, err = temporary.Write(data)
	if err = errors.Join(err, temporary.Chmod(0o644), temporary.Close()); err != nil {
		return fmt.Errorf("library: %w", err)
	}
	if err := os.Rename(temporary.Name(), filepath.Join(s.dir, o.Name+".graphql")); err != nil {
		return fmt.Errorf("library: %w", err)
	}
	return nil
}

// Text is the file of an operation, as Parse reads it.
func (o Operation) Text() ([]byte, error) {
	var text strings.Builder
	line := func(indent, key, value string) {
		text.WriteString("# " + indent + yamlfile.Quote(key) + ": " + value + "\n")
	}
	word := func(key, value string) {
		if value != "" {
			line("", key, yamlfile.Quote(value))
		}
	}
	line("", "title", yamlfile.Quote(o.Title))
	word("english", o.English)
	word("description", o.Description)
	if len(o.Tags) > 0 {
		tags := make([]string, len(o.Tags))
		for i, tag := range o.Tags {
			tags[i] = yamlfile.Quote(tag)
		}
		line("", "tags", "["+strings.Join(tags, ", ")+"]")
	}
	word("owner", o.Owner)
	if len(o.Variables) > 0 {
		text.WriteString("# variables:\n")
	}
	for _, v := range o.Variables {
		hint := "{title: " + yamlfile.Quote(v.Title)
		if v.English != "" {
			hint += ", english: " + yamlfile.Quote(v.English)
		}
		if v.Default != nil {
			value, err := yamlfile.Inline(v.Default)
			if err != nil {
				return nil, err
			}
			hint += ", default: " + value
		}
		line("  ", v.Name, hint+"}")
	}
	if len(o.Labels) > 0 {
		text.WriteString("# labels:\n")
	}
	for _, place := range slices.Sorted(maps.Keys(o.Labels)) {
		line("  ", place, yamlfile.Quote(o.Labels[place]))
	}
	// A comment at the top of the query would be taken for part of the head.
	query := strings.TrimLeft(strings.ReplaceAll(o.Query, "\r\n", "\n"), "\n\t ")
	for strings.HasPrefix(query, "#") {
		_, query, _ = strings.Cut(query, "\n")
		query = strings.TrimLeft(query, "\n\t ")
	}
	text.WriteString(strings.TrimRight(query, "\n\t ") + "\n")
	return []byte(text.String()), nil
}
