package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

// resolving is a gqlgen plugin that writes the resolvers that follow from the declarations:
// lists, single records, relations, statistics, findings, deadlines, matches. Those that
// follow from none are methods written by hand; where one is missing, package resolvers does
// not compile.
type resolving struct{ *declared }

// Name implements plugin.Plugin.
func (resolving) Name() string { return "resolving" }

// configure has gqlgen ask resolvers for what is stored but not shown as it is stored.
func (d *declared) configure(cfg *config.Config) {
	cfg.Sources = d.sources
	resolver := func(record, field string) {
		entry := cfg.Models[record]
		if entry.Fields == nil {
			entry.Fields = map[string]config.TypeMapField{}
		}
		entry.Fields[field] = config.TypeMapField{Resolver: true, Batch: new(true)}
		cfg.Models[record] = entry
	}
	for _, k := range d.kinds {
		if len(d.checksOf(k)) > 0 {
			resolver(k.Name, "dataIssues")
		}
		for _, f := range k.Fields {
			if f.Directives.ForName("minor") != nil {
				resolver(k.Name, f.Name)
			}
		}
	}
}

// GenerateCode implements plugin.CodeGenerator.
func (r resolving) GenerateCode(data *codegen.Data) error {
	files := map[string][]resolved{}
	var objects []*codegen.Object
	for _, o := range data.Objects {
		if o.IsReserved() || !o.HasResolvers() {
			continue
		}
		objects = append(objects, o)
		for _, f := range o.Fields {
			if !f.IsResolver {
				continue
			}
			if body := r.body(o, f); body != "" {
				file := strings.TrimSuffix(filepath.Base(f.Position.Src.Name), ".graphqls")
				files[file] = append(files[file], resolved{f, body})
			}
		}
	}
	for _, file := range sortedKeys(files) {
		if err := r.render(data, file, files[file], `
{{ range . }}
// {{ .GoFieldName }} resolves {{ .Object.Name }}.{{ .Name }}.
func (r *{{ lcFirst .Object.Name }}Resolver) {{ .GoFieldName }}{{ if .IsBatch }}{{ .ShortBatchResolverDeclaration }}{{ else }}{{ .ShortResolverDeclaration }}{{ end }} {
	{{ .Body }}
}
{{ end }}`); err != nil {
			return err
		}
	}
	if err := r.render(data, "root", objects, `
{{ range . }}
// {{ ucFirst .Name }} resolves the fields of {{ .Name }} that are not stored.
func (r *Resolver) {{ ucFirst .Name }}() {{ .ResolverInterface | ref }} { return &{{ lcFirst .Name }}Resolver{r} }
{{ end }}
type (
{{- range . }}
	{{ lcFirst .Name }}Resolver struct{ *Resolver }
{{- end }}
)`); err != nil {
		return err
	}
	return r.render(data, "kinds", r.gathering(), `
{{ . }}`)
}

// removeStale removes what an earlier run wrote for schema files that have no such fields any
// more; go generate, which had listed them before, says once that one is not there.
func (d *declared) removeStale() error {
	paths, err := filepath.Glob("resolvers/*.generated.go")
	if err != nil {
		return err
	}
	for _, path := range paths {
		if !slices.Contains(d.written, path) {
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// render writes one file of package resolvers.
func (r resolving) render(data *codegen.Data, name string, of any, template string) error {
	file := "resolvers/" + name + ".generated.go"
	r.written = append(r.written, file)
	return templates.Render(templates.Options{
		PackageName: "resolvers", Filename: file, Data: of, GeneratedHeader: true, Packages: data.Config.Packages,
		Template: `
{{ reserveImport "context" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/adapters" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/internal/filter" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/internal/statistics" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/graph" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/graph/model" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/internal/annualreport" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/internal/joins" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/internal/linkage" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/internal/quality" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/internal/search" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/loaders" }}
` + template,
	})
}

// resolved is a resolver that follows from the declarations.
type resolved struct {
	*codegen.Field
	Body string
}

// body is the statement that resolves a field; "" for one that is resolved by hand.
func (r resolving) body(o *codegen.Object, f *codegen.Field) string {
	def := r.schema.Types[o.Name].Fields.ForName(f.Name)
	if def == nil || len(def.Directives.ForNames("reads")) > 0 {
		return ""
	}
	shown := def.Type.Name() // the type of the object or objects
	isPage := strings.HasSuffix(shown, "Connection")
	of := r.byName[strings.TrimSuffix(shown, "Connection")]
	if o.Root {
		return rootBody(def, of, r.byName[strings.TrimSuffix(shown, "Stats")], isPage)
	}
	parent := r.byName[o.Name]
	via := def.Directives.ForName("via")
	switch {
	case def.Directives.ForName("minor") != nil:
		by := goName(text(def.Directives.ForName("minor"), "by"))
		number := fmt.Sprintf("func(o *model.%s) *model.ResidentNumber { return o.%s }", o.Name, by)
		if shown == "ResidentNumber" {
			return fmt.Sprintf("return numbersShown(r.Resolver, objs, %s)", number)
		}
		return fmt.Sprintf("return namesShown(r.Resolver, objs, func(o *model.%s) *model.%s { return o.%s }, %s)",
			o.Name, shown, goName(f.Name), number)
	case def.Directives.ForName("match") != nil:
		return r.match(parent, def)
	case def.Directives.ForName("candidates") != nil:
		return candidates(o.Name, def.Directives.ForName("candidates"))
	case parent != nil && f.Name == "dataIssues":
		return fmt.Sprintf("return quality.Issues(ctx, objs, r.%sChecks())", lower(o.Name))
	case parent != nil && shown == "Deadline":
		if def.Type.Elem != nil {
			return fmt.Sprintf("return adapters.Deadlines(r.Set.%s, objs), nil", parent.Set)
		}
		return fmt.Sprintf("return adapters.Deadline(r.Set.%s, objs), nil", parent.Set)
	case parent != nil && shown == "Town" && def.Type.Elem == nil:
		return fmt.Sprintf("return townsOf(r.Reference.Towns, objs, %s)", fieldOf(o.Name, f.Name+"Ref"))
	case parent != nil && shown == "Department" && def.Type.Elem == nil:
		return fmt.Sprintf("return departmentsOf(r.Reference.Departments, objs, %s)", fieldOf(o.Name, f.Name+"Ref"))
	case parent != nil && shown == "Person":
		return fmt.Sprintf("return linkage.Persons(r.linkage(), objs, func(o *model.%s) *model.ResidentNumber { return o.%s }), nil", o.Name, goName(text(via, "from")))
	case shown == "Document" && via != nil:
		return fmt.Sprintf("return joins.Documents(objs, %s), nil", fieldOf(o.Name, text(via, "from")))
	case of == nil:
		return ""
	case isPage:
		return fmt.Sprintf("return loaders.Pages(ctx, r.Set.%s, %q, objs, %s, %s)", of.Set, text(via, "field"),
			r.keyText(o, parent), askedBy(def))
	case def.Type.Elem != nil:
		return r.union(o, parent, of, def.Directives.ForNames("via"))
	}
	return r.one(o, parent, of, def, via)
}

func rootBody(def *ast.FieldDefinition, of, counted *kind, isPage bool) string {
	names := argumentNames(def)
	switch {
	case counted != nil && slices.Contains(names, "groupBy"):
		return fmt.Sprintf("return statistics.Answer[model.%[1]sGroup](ctx, r.statistics(), r.Set.%[2]s.Statistics(), statistics.Arguments[model.%[1]sDimension]{GroupBy: groupBy, Filter: filter, FillEmpty: fillEmpty, Top: top})", counted.Name, counted.Set)
	case of == nil:
		return ""
	case isPage:
		return fmt.Sprintf("return r.Set.%s.List(ctx, %s)", of.Set, askedBy(def))
	case def.Type.Elem == nil && slices.Equal(names, []string{"id", "number"}):
		return fmt.Sprintf("return single(ctx, r.Set.%s, id, number)", of.Set)
	case def.Type.Elem != nil && len(names) == 1 && of.mapped[names[0]] && def.Arguments[0].Type.Name() == "Int":
		return fmt.Sprintf("return allWith(ctx, r.Set.%s, %q, %s)", of.Set, names[0], names[0])
	case def.Type.Elem != nil && len(names) == 0:
		return fmt.Sprintf("return r.Set.%s.All(ctx, filter.Filter{})", of.Set)
	}
	return ""
}

// union is the relation to a list of records, by each of the ways in which they are found.
func (r resolving) union(o *codegen.Object, parent, of *kind, vias []*ast.Directive) string {
	if len(vias) < 2 {
		return r.many(o, parent, of, first(vias))
	}
	var relations []string
	for _, via := range vias {
		relations = append(relations,
			fmt.Sprintf("func() ([][]*model.%s, error) { %s }", of.Name, r.many(o, parent, of, via)))
	}
	return fmt.Sprintf("return loaders.Union[model.%s](\n%s,\n)", of.Name, strings.Join(relations, ",\n"))
}

// many is the relation to a list of records.
func (r resolving) many(o *codegen.Object, parent, of *kind, via *ast.Directive) string {
	field := text(via, "field")
	switch {
	case text(via, "from") != "":
		return fmt.Sprintf("return loaders.Linked(ctx, r.Set.%s, %q, objs, %s)", of.Set, field,
			fieldOf(o.Name, text(via, "from")))
	case o.Name == "Organization":
		return fmt.Sprintf("return loaders.OfOrganizations(ctx, r.Set.%s, %q, objs)", of.Set, field)
	case o.Name == "Person":
		return fmt.Sprintf("return loaders.Many(ctx, r.Set.%s, %q, objs, (*model.Person).Key)", of.Set, field)
	case parent != nil && parent.key != "":
		return fmt.Sprintf("return loaders.Linked(ctx, r.Set.%s, %q, objs, %s)", of.Set, field,
			fieldOf(o.Name, parent.key))
	case via != nil:
		return fmt.Sprintf("return loaders.Many(ctx, r.Set.%s, %q, objs, (*model.%s).Key)", of.Set, field, o.Name)
	}
	return ""
}

// one is the relation to one record.
func (r resolving) one(o *codegen.Object, parent, of *kind, def *ast.FieldDefinition, via *ast.Directive) string {
	field, from := of.key, def.Name+"Ref"
	switch {
	case o.Name == "Organization" && via != nil:
		return fmt.Sprintf("return one(loaders.OfOrganizations(ctx, r.Set.%s, %q, objs))", of.Set, text(via, "field"))
	case parent == nil:
		return ""
	case via != nil:
		field, from = text(via, "field"), text(via, "from")
	}
	return fmt.Sprintf("return loaders.One(ctx, r.Set.%s, %q, objs, %s)", of.Set, field, fieldOf(o.Name, from))
}

// match is what a link rests on.
func (r resolving) match(k *kind, def *ast.FieldDefinition) string {
	of := text(def.Directives.ForName("match"), "of")
	switch k.Fields.ForName(of).Type.Name() {
	case "ResidentNumber":
		return fmt.Sprintf("return linkage.NumberMatches(ctx, r.linkage(), objs, r.%sBearer(), (*model.%s).NumberMatch), nil",
			lower(k.Name), k.Name)
	case "Lawyer":
		return fmt.Sprintf("return linkage.LawyerMatches(ctx, r.linkage(), objs, %s)", fieldOf(k.Name, of+"Ref"))
	}
	return ""
}

// candidates is who may be meant by a name.
func candidates(record string, by *ast.Directive) string {
	named := fmt.Sprintf("Licence: o.%sRef, Name: o.%s", goName(text(by, "lawyer")), goName(text(by, "name")))
	if firm := text(by, "firm"); firm != "" {
		named += fmt.Sprintf(", Firm: o.%sRef", goName(firm))
	}
	return fmt.Sprintf("return linkage.LawyerCandidates(ctx, r.linkage(), objs, func(o *model.%s) linkage.Named { return linkage.Named{%s} })",
		record, named)
}

// keyText is the function that gives what children refer to a parent by.
func (r resolving) keyText(o *codegen.Object, parent *kind) string {
	switch {
	case o.Name == "Town":
		return "townCode"
	case o.Name == "Department":
		return "departmentCode"
	case parent != nil && parent.key != "":
		return fieldOf(o.Name, parent.key)
	}
	return fmt.Sprintf("func(o *model.%s) *string { return new(o.Key()) }", o.Name)
}

// fieldOf is a function that gives a field of a record.
func fieldOf(record, field string) string {
	name := goName(field)
	if stem, isReference := strings.CutSuffix(field, "Ref"); isReference {
		name = goName(stem) + "Ref"
	}
	return fmt.Sprintf("func(o *model.%s) *string { return o.%s }", record, name)
}

// askedBy gathers the arguments of a list.
func askedBy(def *ast.FieldDefinition) string {
	arguments := []string{"ctx"}
	for _, name := range []string{"first", "after", "last", "before", "filter", "orderBy"} {
		if def.Arguments.ForName(name) == nil {
			name = "nil"
		}
		arguments = append(arguments, name)
	}
	return "asked(" + strings.Join(arguments, ", ") + ")"
}

func argumentNames(def *ast.FieldDefinition) (names []string) {
	for _, a := range def.Arguments {
		names = append(names, a.Name)
	}
	return names
}

// lower is a type's name as the beginning of a Go name.
func lower(name string) string { return strings.ToLower(name[:1]) + name[1:] }
