package library

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Store is the library of one deployment: the operations that ship with the gateway, and
// those in a directory of the site, which win over shipped ones of the same name.
type Store struct {
	shipped []Operation
	dir     string // "" for none
	saves   bool
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
	if s.dir == "" {
		return s.shipped, nil
	}
	own, err := Read(os.DirFS(s.dir))
	list := own
	for _, o := range s.shipped {
		if !slices.ContainsFunc(own, func(other Operation) bool { return other.Name == o.Name }) {
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
	h := head{Title: o.Title, English: o.English, Description: o.Description, Tags: o.Tags, Owner: o.Owner, Variables: map[string]hint{}, Labels: map[string]word{}}
	for _, v := range o.Variables {
		h.Variables[v.Name] = hint{Title: v.Title, English: v.English, Default: v.Default}
	}
	for place, label := range o.Labels {
		h.Labels[place] = word{text: label}
	}
	comment, err := yaml.Marshal(h)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	for line := range strings.Lines(string(comment)) {
		text.WriteString("# " + line)
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
