package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/validator/core"
	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// reader reads values of the file and gathers findings. Its methods go on after a
// finding, with an empty value for what could not be read.
type reader struct {
	file, dir string
	env       func(string) (string, bool)
	findings  mapping.Findings
}

func (r *reader) add(line int, format string, args ...any) {
	r.findings = append(r.findings, mapping.Finding{
		Pos:     mapping.Pos{File: r.file, Line: line},
		Message: fmt.Sprintf(format, args...),
	})
}

func (r *reader) err() error {
	if len(r.findings) == 0 {
		return nil
	}
	slices.SortStableFunc(r.findings, func(a, b mapping.Finding) int { return cmp.Compare(a.Pos.Line, b.Pos.Line) })
	return r.findings
}

// path resolves a path of the file.
func (r *reader) path(text string) string {
	if filepath.IsAbs(text) {
		return text
	}
	return filepath.Join(r.dir, text)
}

// document gives the file's top value; nil when there is none, which is reported.
func (r *reader) document(data []byte) *yaml.Node {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	err := decoder.Decode(&first)
	if err == nil {
		err = decoder.Decode(&second)
		if err == nil {
			r.add(second.Line, "the configuration is one YAML document; a second begins here")
		}
	} else if errors.Is(err, io.EOF) {
		r.add(0, "the file is empty: it needs sources, the systems of the deployment")
		return nil
	}
	if err != nil && !errors.Is(err, io.EOF) {
		line, message := yamlfile.Syntax(data, err)
		r.add(line, "not YAML: %s", message)
		return nil
	}
	return first.Content[0]
}

// dict reads a map with the given keys; what names it in sentences. It is nil when the
// value is no map, which is reported.
func (r *reader) dict(at *yaml.Node, what string, known ...string) map[string]*yaml.Node {
	if at.Kind != yaml.MappingNode {
		r.add(at.Line, "%s must be a map with the keys %s", what, strings.Join(known, ", "))
		return nil
	}
	entries := map[string]*yaml.Node{}
	for i := 0; i+1 < len(at.Content); i += 2 {
		key, value := at.Content[i], at.Content[i+1]
		switch {
		case !slices.Contains(known, key.Value):
			r.add(key.Line, "unknown key %q in %s%s", key.Value, what, suggest(key.Value, known))
		case entries[key.Value] != nil:
			r.add(key.Line, "%q stands twice in %s, first in line %d", key.Value, what, entries[key.Value].Line)
		case value.Kind == yaml.AliasNode || value.Anchor != "":
			r.add(value.Line, "anchors and aliases are not read: write the value of %s out", key.Value)
		case value.ShortTag() == "!!null":
			r.add(key.Line, "%s has no value: write one, or leave the key out", key.Value)
		default:
			entries[key.Value] = value
		}
	}
	return entries
}

// scalar gives the entry's text; ok is false when it is absent, or no scalar, which is
// reported.
func (r *reader) scalar(d map[string]*yaml.Node, key string) (text string, ok bool) {
	at := d[key]
	if at == nil {
		return "", false
	}
	if at.Kind != yaml.ScalarNode {
		r.add(at.Line, "%s must be one value, not a list or a map", key)
		return "", false
	}
	return at.Value, true
}

// text reads a text; "" when it is absent.
func (r *reader) text(d map[string]*yaml.Node, key string) string {
	text, ok := r.scalar(d, key)
	if ok && text == "" {
		r.add(d[key].Line, "%s is empty: write a value, or leave the key out", key)
	}
	return text
}

// word reads one of several words; "" when it is absent.
func (r *reader) word(d map[string]*yaml.Node, key string, known ...string) string {
	text, ok := r.scalar(d, key)
	if !ok {
		return ""
	}
	if !slices.Contains(known, text) {
		r.add(d[key].Line, "%s must be one of %s, not %q", key, strings.Join(known, ", "), text)
		return ""
	}
	return text
}

// integer reads a number within bounds; 0 when it is absent.
func (r *reader) integer(d map[string]*yaml.Node, key string, least, most int) int {
	text, ok := r.scalar(d, key)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		r.add(d[key].Line, "%s must be a whole number from %d to %d, not %q", key, least, most, text)
		return 0
	}
	return n
}

func (r *reader) boolean(d map[string]*yaml.Node, key string, absent bool) bool {
	text, ok := r.scalar(d, key)
	switch {
	case ok && text == "true":
		return true
	case ok && text == "false":
		return false
	case ok:
		r.add(d[key].Line, "%s must be true or false, not %q", key, text)
	}
	return absent
}

// longest is the longest time that can be waited for anything.
const longest = 10 * time.Minute

// duration reads a time such as 10s; 0 when it is absent.
func (r *reader) duration(d map[string]*yaml.Node, key string) time.Duration {
	text, ok := r.scalar(d, key)
	if !ok {
		return 0
	}
	took, err := time.ParseDuration(text)
	if err != nil || took <= 0 || took > longest {
		r.add(d[key].Line, "%s must be a time with its unit, as in 500ms, 10s or 2m, up to %s, not %q", key, longest, text)
		return 0
	}
	return took
}

// offset reads a time zone as MySQL takes it without tables of zones; "" when it is absent.
func (r *reader) offset(d map[string]*yaml.Node, key string) string {
	text, ok := r.scalar(d, key)
	if !ok {
		return ""
	}
	at, err := time.Parse("-07:00", text)
	_, seconds := at.Zone()
	if err != nil || seconds <= -13*3600 || seconds > 13*3600 {
		r.add(d[key].Line, `%s must be an offset such as "+08:00", in quotes, not %q`, key, text)
		return ""
	}
	return text
}

// address reads a host:port to listen on.
func (r *reader) address(d map[string]*yaml.Node, key, absent string) string {
	text, ok := r.scalar(d, key)
	if !ok {
		return absent
	}
	_, port, err := net.SplitHostPort(text)
	if n, numeric := strconv.Atoi(port); err != nil || numeric != nil || n < 0 || n > 65535 {
		r.add(d[key].Line, "%s must be host:port, as in %s, not %q", key, DefaultListen, text)
	}
	return text
}

// networks reads a list of addresses and networks, 10.1.2.3 or 10.1.0.0/16; nil when it is
// absent.
func (r *reader) networks(d map[string]*yaml.Node, key string) (list []netip.Prefix) {
	at := d[key]
	if at == nil {
		return nil
	}
	if at.Kind != yaml.SequenceNode || len(at.Content) == 0 {
		r.add(at.Line, "%s must be a list of addresses or networks, as in [10.1.0.0/16]; leave it out when clients come directly", key)
		return nil
	}
	for _, item := range at.Content {
		if network, err := netip.ParsePrefix(item.Value); err == nil {
			list = append(list, network.Masked())
		} else if address, err := netip.ParseAddr(item.Value); err == nil {
			list = append(list, netip.PrefixFrom(address, address.BitLen()))
		} else {
			r.add(item.Line, "%s: %q is no address and no network, as in 10.1.2.3 or 10.1.0.0/16", key, item.Value)
		}
	}
	return list
}

// suggest gives the tail of a sentence about an unknown word.
func suggest(word string, known []string) string {
	all := "nown: " + strings.Join(known, ", ")
	if near := core.SuggestionList(word, known); len(near) > 0 {
		return "; did you mean " + near[0] + "? K" + all
	}
	return "; k" + all
}

// reason shortens an error of the file system to what went wrong where.
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Path + ": " + e.Err.Error()
	}
	return err.Error()
}
