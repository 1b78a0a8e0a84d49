// Package library reads saved operations: GraphQL files that begin with a comment in YAML
// saying what the operation answers, how a form asks for its variables, and what heads
// columns that the schema's names do not tell apart.
//
//	# title: 最近受理的法律援助案件
//	# english: The newest legal aid cases
//	# description: 按收到日期倒序。
//	# tags: [法律援助 · Legal aid]
//	# owner: 局信息中心
//	# variables:
//	#   first: {title: 条数, english: How many, default: 20}
//	# labels: {lawyer: 承办律师}
//	query NewestLegalAidCases($first: Int) { … }
package library

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/internal/mask"
	"github.com/bureaugraph/bureaugraph/internal/report"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Operation is one saved operation.
type Operation struct {
	Name        string     `json:"name"`        // the file's name without .graphql; part of links
	Title       string     `json:"title"`       // Chinese, as the list shows it
	English     string     `json:"english"`     // the title in English
	Description string     `json:"description"` // what it answers, in Chinese; empty when the title says it
	Tags        []string   `json:"tags"`        // Chinese · English; the first is the group in the list; never nil
	Owner       string     `json:"owner"`       // who answers for it; may be empty
	Variables   []Variable `json:"variables"`   // hints, in the order of the operation; never nil
	// Labels are headings of the operation's own; never nil.
	Labels report.Labels `json:"labels"`
	Query  string        `json:"query"` // the text without the comment
}

// Variable says how a form asks for one variable of an operation.
type Variable struct {
	Name    string `json:"name"`
	Title   string `json:"title"`             // Chinese label
	English string `json:"english"`           // English label
	Default any    `json:"default,omitempty"` // filled in to begin with; nil for none
}

// head is the comment at the top of a file.
type head struct {
	Title       string          `yaml:"title"`
	English     string          `yaml:"english,omitempty"`
	Description string          `yaml:"description,omitempty"`
	Tags        []string        `yaml:"tags,omitempty,flow"`
	Owner       string          `yaml:"owner,omitempty"`
	Variables   map[string]hint `yaml:"variables,omitempty"`
	Labels      map[string]word `yaml:"labels,omitempty"`
}

type hint struct {
	Title   string `yaml:"title"`
	English string `yaml:"english,omitempty"`
	Default any    `yaml:"default,omitempty"`
}

// word is a label, and where it stands.
type word struct {
	text string
	line int
}

// UnmarshalYAML takes a text and its line.
func (w *word) UnmarshalYAML(node *yaml.Node) error {
	w.line = node.Line
	return node.Decode(&w.text)
}

// MarshalYAML gives the text.
func (w word) MarshalYAML() (any, error) { return w.text, nil }

// Read reads every *.graphql file of a directory, ordered by name. The error is all that is
// wrong with them, one `file:line: sentence` each; a file with a finding is left out.
func Read(dir fs.FS) ([]Operation, error) {
	files, err := fs.Glob(dir, "*.graphql")
	if err != nil {
		return nil, fmt.Errorf("library: %w", err)
	}
	operations := []Operation{}
	var findings []error
	for _, file := range files {
		data, err := fs.ReadFile(dir, file)
		if err != nil {
			findings = append(findings, fmt.Errorf("library: %w", err))
			continue
		}
		operation, err := Parse(file, data)
		if err != nil {
			findings = append(findings, err)
			continue
		}
		operations = append(operations, operation)
	}
	return operations, errors.Join(findings...)
}

// Parse reads one file. The error says what is wrong with it, each finding once.
func Parse(file string, data []byte) (Operation, error) {
	comment, query, lines := split(string(data))
	o := Operation{Name: strings.TrimSuffix(path.Base(file), ".graphql"), Query: query, Tags: []string{}, Variables: []Variable{}, Labels: report.Labels{}}
	var findings []error
	find := func(line int, format string, args ...any) {
		findings = append(findings, fmt.Errorf("%s:%d: %s", file, max(line, 1), fmt.Sprintf(format, args...)))
	}

	var h head
	decoder := yaml.NewDecoder(strings.NewReader(comment))
	decoder.KnownFields(true)
	if err := decoder.Decode(&h); err != nil && !errors.Is(err, io.EOF) {
		const wrong = "the comment at the top is not the YAML it should be: %s"
		if of, ok := errors.AsType[*yaml.TypeError](err); ok {
			for _, one := range of.Errors { // each with its line
				line, message := yamlfile.Syntax([]byte(comment), errors.New(one))
				find(line, wrong, message)
			}
			return o, errors.Join(findings...)
		}
		line, message := yamlfile.Syntax([]byte(comment), err)
		find(line, wrong, message)
		return o, errors.Join(findings...)
	}
	if h.Title == "" {
		find(1, "the comment at the top lacks title, as in # title: 最近受理的法律援助案件")
	}
	o.Title, o.English, o.Description, o.Owner = h.Title, cmp.Or(h.English, h.Title), h.Description, h.Owner
	o.Tags = append(o.Tags, h.Tags...)

	document, err := parser.ParseQuery(&ast.Source{Name: file, Input: query})
	if err != nil {
		line, message := lines, err.Error()
		if problem, ok := errors.AsType[*gqlerror.Error](err); ok {
			message = problem.Message
			if len(problem.Locations) > 0 {
				line += problem.Locations[0].Line
			}
		}
		find(line, "the operation does not parse: %s", message)
		return o, errors.Join(findings...)
	}
	if len(document.Operations) != 1 {
		find(lines+1, "a file holds one operation, this one has %d", len(document.Operations))
		return o, errors.Join(findings...)
	}
	if at := slices.IndexFunc(strings.Split(string(data), "\n"), mask.Holds); at >= 0 {
		find(1+at, "this looks like a person's number: leave it out, and let a variable ask for it")
	}
	for _, v := range document.Operations[0].VariableDefinitions {
		asked, ok := h.Variables[v.Variable]
		if !ok {
			continue
		}
		delete(h.Variables, v.Variable)
		title := cmp.Or(asked.Title, v.Variable)
		o.Variables = append(o.Variables, Variable{Name: v.Variable, Title: title, English: cmp.Or(asked.English, v.Variable), Default: asked.Default})
	}
	unknown := make([]string, 0, len(h.Variables))
	for name := range h.Variables {
		unknown = append(unknown, name)
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		find(1, "the comment describes $%s, which the operation does not have", name)
	}
	for place, label := range h.Labels {
		o.Labels[place] = label.text
	}
	nowhere := o.Labels.Unknown(document, document.Operations[0])
	for _, place := range slices.Sorted(maps.Keys(o.Labels)) {
		switch {
		case slices.Contains(nowhere, place):
			find(h.Labels[place].line, "the comment labels %s, which the operation does not have: name an alias, a field or a dimension, or several on the way to one, dotted", place)
		case strings.TrimSpace(o.Labels[place]) == "":
			find(h.Labels[place].line, "the label of %s is empty", place)
		}
	}
	return o, errors.Join(findings...)
}

// split takes the comment off the top of a file; lines is how many there were.
func split(text string) (comment, query string, lines int) {
	var yaml strings.Builder
	rest := strings.ReplaceAll(text, "\r\n", "\n")
	for strings.HasPrefix(rest, "#") {
		line, after, _ := strings.Cut(rest, "\n")
		yaml.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "#"), " ") + "\n")
		rest = after
		lines++
	}
	return yaml.String(), strings.TrimRight(rest, "\n") + "\n", lines
}
