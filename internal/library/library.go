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
//
// A site's file of which `# title: ~` is all there is removes the shipped operation of its name.
package library

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

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

// Read reads every *.graphql file of a directory, ordered by name. The error is all that is
// wrong with them, one `file:line: sentence` each; a file with a finding is left out.
func Read(dir fs.FS) ([]Operation, error) {
	operations, _, err := readOver(dir, nil)
	return operations, err
}

// readOver reads a directory that is laid over shipped operations, and names those it removes.
func readOver(dir fs.FS, shipped []Operation) (operations []Operation, removed []string, err error) {
	files, err := fs.Glob(dir, "*.graphql")
	if err != nil {
		return nil, nil, fmt.Errorf("library: %w", err)
	}
	operations = []Operation{}
	var findings []error
	for _, file := range files {
		data, err := fs.ReadFile(dir, file)
		if err != nil {
			findings = append(findings, fmt.Errorf("library: %w", err))
			continue
		}
		if removes(file, data) {
			name := nameOf(file)
			if !slices.ContainsFunc(shipped, func(o Operation) bool { return o.Name == name }) {
				findings = append(findings,
					fmt.Errorf("%s:1: nothing to remove: what ships with the gateway has no saved query of this name", file))
			}
			removed = append(removed, name)
			continue
		}
		operation, err := Parse(file, data)
		if err != nil {
			findings = append(findings, err)
			continue
		}
		operations = append(operations, operation)
	}
	return operations, removed, errors.Join(findings...)
}

// nameOf is the name of the operation in a file.
func nameOf(file string) string { return strings.TrimSuffix(path.Base(file), ".graphql") }

// removes tells whether a file says nothing but `# title: ~`.
func removes(file string, data []byte) bool {
	comment, query, _ := split(string(data))
	var r yamlfile.Reader
	root := r.Read(yamlfile.Source{Name: file, Data: []byte(comment)}, "")
	if root == nil || r.Err() != nil || len(root.Entries) != 1 || strings.TrimSpace(query) != "" {
		return false
	}
	title := root.Get("title")
	return title != nil && title.Value.Kind == yamlfile.Null && !title.Value.IsAbsent()
}

// Parse reads one file. The error is yamlfile.Findings, all of them.
func Parse(file string, data []byte) (Operation, error) {
	comment, query, lines := split(string(data))
	o := Operation{Name: nameOf(file), Query: query, Tags: []string{}, Variables: []Variable{},
		Labels: report.Labels{}}
	var r yamlfile.Reader
	last := 1 + strings.Count(string(data), "\n")
	find := func(line int, format string, args ...any) { // what is missing at the end is missed in the last line
		r.Add(yamlfile.Pos{File: file, Line: min(line, last)}, format, args...)
	}

	root := r.Read(yamlfile.Source{Name: file, Data: []byte(comment)}, "")
	head := r.Dict(root, "the comment at the top",
		"title", "english", "description", "tags", "owner", "variables", "labels")
	o.Title, _ = head.Value("title")
	o.English, _ = head.Value("english")
	o.English = cmp.Or(o.English, o.Title)
	o.Description, _ = head.Value("description")
	o.Owner, _ = head.Value("owner")
	o.Tags = append(o.Tags, head.Texts("tags")...)
	if o.Title == "" && r.Found() == 0 {
		find(1, "the comment at the top lacks title, as in # title: 最近受理的法律援助案件")
	}
	asked := map[string]Variable{}
	for _, e := range head.Entries("variables") {
		hint := r.Dict(e.Value, "the variable "+e.Key.Text, "title", "english", "default")
		v := Variable{Name: e.Key.Text}
		v.Title, _ = hint.Value("title")
		v.English, _ = hint.Value("english")
		v.Title, v.English = cmp.Or(v.Title, v.Name), cmp.Or(v.English, v.Name)
		if n := hint.Get("default"); n != nil {
			v.Default = n.Value()
		}
		asked[v.Name] = v
	}
	labels := head.Entries("labels")
	for _, e := range labels {
		if !e.Value.IsSingle() {
			r.Add(e.Value.Pos, "the label of %s must be one text, not %s", e.Key.Text, e.Value.Kind)
		}
		o.Labels[e.Key.Text] = e.Value.Text
	}
	if r.Found() > 0 && !head.IsMap() {
		return o, r.Err() // without its comment nothing can be said of the operation
	}

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
		return o, r.Err()
	}
	if len(document.Operations) != 1 {
		find(lines+1, "a file holds one operation, this one has %d", len(document.Operations))
		return o, r.Err()
	}
	if at := slices.IndexFunc(strings.Split(string(data), "\n"), mask.Holds); at >= 0 {
		find(1+at, "this looks like a person's number: leave it out, and let a variable ask for it")
	}
	for _, v := range document.Operations[0].VariableDefinitions {
		if hint, ok := asked[v.Variable]; ok {
			o.Variables = append(o.Variables, hint)
			delete(asked, v.Variable)
		}
	}
	for _, e := range head.Entries("variables") {
		if _, left := asked[e.Key.Text]; left {
			r.Add(e.Key.Pos, "the comment describes $%s, which the operation does not have", e.Key.Text)
		}
	}
	nowhere := o.Labels.Unknown(document, document.Operations[0])
	for _, e := range labels {
		switch place := e.Key.Text; {
		case slices.Contains(nowhere, place):
			r.Add(e.Key.Pos,
				"the comment labels %s, which the operation does not have: name an alias, a field or a dimension, or "+
					"several on the way to one, dotted", place)
		case e.Value.IsSingle() && strings.TrimSpace(e.Value.Text) == "":
			r.Add(e.Key.Pos, "the label of %s is empty", place)
		}
	}
	return o, r.Err()
}

// split takes the comment off the top of a file; lines is how many there were.
func split(text string) (comment, query string, lines int) {
	var head strings.Builder
	rest := strings.ReplaceAll(text, "\r\n", "\n")
	for strings.HasPrefix(rest, "#") {
		line, after, _ := strings.Cut(rest, "\n")
		head.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "#"), " ") + "\n")
		rest = after
		lines++
	}
	return head.String(), strings.TrimRight(rest, "\n") + "\n", lines
}
