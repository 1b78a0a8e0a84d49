package main

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

// breadthFirst is a gqlgen plugin that describes the schema's objects to
// internal/executor: how to read and write each field, and which resolver to call for a
// whole batch. It refuses what that executor does not cover, so that a schema cannot
// outgrow it unnoticed.
type breadthFirst struct{}

// Name implements plugin.Plugin.
func (breadthFirst) Name() string { return "breadthfirst" }

// GenerateCode implements plugin.CodeGenerator.
func (breadthFirst) GenerateCode(data *codegen.Data) error {
	var objects []*codegen.Object
	for _, o := range data.Objects {
		if !o.IsReserved() {
			objects = append(objects, o)
		}
	}
	return templates.Render(templates.Options{
		PackageName:     data.Config.Exec.Package,
		Filename:        "graph/executor.generated.go",
		Data:            breadthFirstData{Objects: objects, Concrete: implementors(data)},
		GeneratedHeader: true,
		Packages:        data.Config.Packages,
		Funcs:           map[string]any{"field": describe, "persons": persons},
		Template: `
{{ reserveImport "context" }}
{{ reserveImport "fmt" }}
{{ reserveImport "github.com/99designs/gqlgen/graphql" }}
{{ reserveImport "github.com/bureaugraph/bureaugraph/internal/executor" }}

// NewBreadthFirst is like NewExecutableSchema, but answers breadth first: each relation
// is resolved once for all objects of a level. Package internal/executor tells how.
func NewBreadthFirst(cfg Config) *executor.Executor {
	stock := NewExecutableSchema(cfg)
	b := breadthFirst{schema: stock.(*executableSchema), resolvers: cfg.Resolvers}
	return executor.New(stock, []executor.Object{
		{{- range .Objects }}
		b.{{ .Name | lcFirst }}(),
		{{- end }}
	}, concreteType)
}

// breadthFirst describes the objects of the schema.
type breadthFirst struct {
	schema    *executableSchema
	resolvers ResolverRoot
}

// ec is what gqlgen's functions that coerce arguments are methods of.
func (b breadthFirst) ec(ctx context.Context) *executionContext {
	return newExecutionContext(graphql.GetOperationContext(ctx), b.schema, nil)
}

// concreteType names the object type of a value that an interface field gave.
func concreteType(object any) string {
	switch o := object.(type) {
	{{- range .Concrete }}
	case {{ .Type | ref }}:
		if o != nil {
			return {{ .Name | quote }}
		}
	{{- end }}
	default:
		return fmt.Sprintf("%T", object)
	}
	return ""
}

{{ range .Objects }}
func (b breadthFirst) {{ .Name | lcFirst }}() executor.Object {
	return executor.Object{Name: {{ .Name | quote }}, Satisfies: {{ .Implementors }}, Fields: map[string]executor.Field{
		{{- range .Fields }}
		{{- if not .IsReserved }}
		{{ .Name | quote }}: {{ field . }},
		{{- end }}
		{{- end }}
	}{{ persons . }}}
}
{{ end }}

// person tells a number that was read.
func person(number *model.ResidentNumber, tell func(number string)) {
	if number != nil {
		tell(number.Reveal())
	}
}
`,
	})
}

// maskPackage masks the numbers of persons in texts, as model.MarshalText does.
const maskPackage = "github.com/bureaugraph/bureaugraph/internal/mask"

// breadthFirstData is what the template needs.
type breadthFirstData struct {
	Objects  []*codegen.Object
	Concrete []codegen.InterfaceImplementor // of all interfaces and unions, each once
}

func implementors(data *codegen.Data) []codegen.InterfaceImplementor {
	var all []codegen.InterfaceImplementor
	for _, i := range data.Interfaces {
		for _, impl := range i.Implementors {
			if impl.Kind == ast.Object && impl.CanBeNil() {
				all = append(all, impl)
			}
		}
	}
	slices.SortFunc(all, func(a, b codegen.InterfaceImplementor) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(all, func(a, b codegen.InterfaceImplementor) bool { return a.Name == b.Name })
}

// persons gives the function that tells whose data an object holds; "" where the type has no
// resident number.
func persons(o *codegen.Object) string {
	var calls string
	for _, f := range o.Fields {
		if f.TypeReference.Definition.Name != "ResidentNumber" || o.Root {
			continue
		}
		value := "o." + f.GoFieldName
		if f.IsMethod() && !f.IsResolver {
			value += "()"
		}
		if !f.TypeReference.IsPtr() {
			value = "new(" + value + ")"
		}
		calls += "person(" + value + ", tell)\n"
	}
	if calls == "" {
		return ""
	}
	return ", Persons: func(object any, tell func(number string)) {\no := object.(" + ref(o.Reference()) + ")\n" + calls + "}"
}

// describe gives the executor.Field literal of a field.
func describe(f *codegen.Field) (string, error) {
	d := describer{Field: f}
	text, err := d.literal()
	if err != nil {
		return "", fmt.Errorf("%s.%s: the breadth-first executor does not cover this: %w", f.Object.Name, f.Name, err)
	}
	return text, nil
}

// describer writes one field.
type describer struct{ *codegen.Field }

func (d describer) literal() (string, error) {
	if d.HasDirectives() {
		return "", fmt.Errorf("directives with an implementation")
	}
	if d.IsResolver {
		return d.relation()
	}
	if len(d.Args) > 0 || d.MethodHasContext || d.IsMethod() && !d.NoErr || d.VOkFunc || d.HasHaser || d.IsMap() {
		return "", fmt.Errorf("a method with arguments, context, error or ok; make the field a batch resolver")
	}
	value := "o.(" + ref(d.Object.Reference()) + ")." + d.GoFieldName
	isMethod := ""
	if d.IsMethod() {
		value += "()"
		isMethod = "IsMethod: true, "
	}
	tr := d.TypeReference
	switch shape := shapeOf(tr); {
	case tr.Definition.IsLeafType():
		body, err := leaf(tr, value, d.Object.Name+"."+d.Name)
		return "{" + isMethod + "Leaf: func(b *executor.Buffer, o any) bool { " + body + " }}", err
	case shape == one:
		return "{" + isMethod + "One: func(o any) any { return executor.Ref(" + value + ") }}", nil
	case shape == abstractOne:
		return "{" + isMethod + "One: func(o any) any { return " + value + " }}", nil
	case shape == many:
		return "{" + isMethod + "Many: func(o any, to []any) ([]any, bool) { return executor.Refs(to, " + value +
			") }}", nil
	case shape == abstractMany:
		return "{" + isMethod + "Many: func(o any, to []any) ([]any, bool) { return executor.Abstracts(to, " + value +
			") }}", nil
	}
	return "", fmt.Errorf("the Go type %s", tr.GO)
}

// relation describes a field that is resolved for a batch of parents, or for the root.
func (d describer) relation() (string, error) {
	if !d.Object.Root && !d.IsBatch() {
		return "", fmt.Errorf("a resolver that is no batch resolver")
	}
	call := "b.resolvers." + templates.UcFirst(d.Object.Name) + "()." + d.GoFieldName + "(ctx"
	if !d.Object.Root {
		parent, ok := d.Object.Reference().(*types.Pointer)
		if !ok {
			return "", fmt.Errorf("the Go type %s of the parent", d.Object.Reference())
		}
		call += ", executor.Parents[" + ref(parent.Elem()) + "](parents)"
	}
	for _, a := range d.Args {
		call += fmt.Sprintf(", args[%q].(%s)", a.Name, ref(a.TypeReference.GO))
	}
	call += ")"
	if d.Object.Root {
		call = "executor.Single(" + call + ")"
	}
	tr := d.TypeReference
	var column string
	switch shape := shapeOf(tr); {
	case tr.Definition.IsLeafType():
		body, err := leaf(tr, "v", d.Object.Name+"."+d.Name)
		if err != nil {
			return "", err
		}
		column = "executor.Leaves(func(b *executor.Buffer, v " + ref(tr.GO) + ") bool { " + body + " })"
	case shape == one:
		column = "executor.Ones"
	case shape == abstractOne:
		column = "executor.AbstractOnes"
	case shape == many:
		column = "executor.Lists"
	case shape == abstractMany:
		column = "executor.AbstractLists"
	default:
		return "", fmt.Errorf("the Go type %s", tr.GO)
	}
	text := "{Relation: func(ctx context.Context, parents []any, args map[string]any) (executor.Column, error) {\n" +
		"return " + column + "(" + call + ")\n}"
	if d.ArgsFunc() != "" {
		text += ", Args: func(ctx context.Context, raw map[string]any) (map[string]any, error) {\n" +
			"return b.ec(ctx)." + d.ArgsFunc() + "(ctx, raw)\n}"
	}
	return text + "}", nil
}

// shape says how Go holds the objects of a field.
type shape int

const (
	other shape = iota
	one
	abstractOne
	many
	abstractMany
)

func shapeOf(tr *config.TypeReference) shape {
	switch {
	case tr.GQL.Elem != nil && tr.GQL.Elem.Elem != nil:
		return other
	case tr.IsSlice() && tr.Elem().IsPtr():
		return many
	case tr.IsSlice() && types.IsInterface(tr.Elem().GO):
		return abstractMany
	case tr.GQL.Elem == nil && tr.IsPtr() && !tr.IsPtrToPtr() && !tr.IsPtrToIntf():
		return one
	case tr.GQL.Elem == nil && types.IsInterface(tr.GO):
		return abstractOne
	}
	return other
}

// leaf gives the body of a function that writes a scalar or enum, or a list of them, and
// returns false for null.
func leaf(tr *config.TypeReference, value, field string) (string, error) {
	switch {
	case tr.IsSlice():
		elem := tr.Elem()
		if elem.IsNilable() {
			return "", fmt.Errorf("a list of scalars that may be nil")
		}
		write, err := scalar(elem, "v", field)
		if err != nil {
			return "", err
		}
		items := "executor.Items(b, %s, func(b *executor.Buffer, v " + ref(elem.GO) + ") bool { return " + write + " })"
		if tr.GQL.NonNull {
			return fmt.Sprintf("return "+items, value), nil
		}
		return fmt.Sprintf("l := "+value+"; return l != nil && "+items, "l"), nil
	case tr.IsPtr():
		write, err := scalar(tr.Elem(), "*p", field)
		return "p := " + value + "; return p != nil && " + write, err
	case tr.IsNilable():
		return "", fmt.Errorf("the Go type %s of a scalar", tr.GO)
	}
	write, err := scalar(tr, value, field)
	return "return " + write, err
}

// scalar gives the expression that writes one value, of a field with its type, which is not nil.
func scalar(tr *config.TypeReference, value, field string) (string, error) {
	receiver := strings.TrimPrefix(value, "*")
	switch {
	case tr.Definition.Kind == ast.Enum && tr.IsMarshaler:
		return "b.Enum(string(" + value + "))", nil
	case tr.IsMarshaler && tr.IsContext:
		return "b.Marshalled(" + receiver + ".MarshalGQLContext(b.Context(), b))", nil
	case tr.IsMarshaler && appendsText(tr.GO):
		return "b.Unquote(" + receiver + ".AppendText(b.Quote()))", nil
	case tr.IsMarshaler && reveals(tr.GO):
		return fmt.Sprintf("b.Personal(%q, %s)", field, value), nil
	case tr.IsMarshaler:
		return "b.Marshal(" + receiver + ".MarshalGQL)", nil
	case tr.Marshaler != nil && tr.Marshaler.Pkg().Path() == "github.com/99designs/gqlgen/graphql" && !tr.IsContext:
		switch tr.Marshaler.Name() {
		case "MarshalString", "MarshalID":
			return "b.Text(" + convert("string", tr.GO, value) + ")", nil
		case "MarshalInt", "MarshalInt32", "MarshalInt64":
			return "b.Int(int64(" + value + "))", nil
		case "MarshalBoolean":
			return "b.Bool(" + convert("bool", tr.GO, value) + ")", nil
		}
	case tr.Marshaler != nil && tr.Marshaler.Name() == "MarshalText" && !tr.IsContext:
		return "b.Text(" + templates.CurrentImports.Lookup(maskPackage) + ".Text(" + convert("string", tr.GO, value) +
			"))", nil
	}
	return "", fmt.Errorf("scalar %s as Go type %s", tr.Definition.Name, tr.GO)
}

func convert(to string, from types.Type, value string) string {
	if from.String() == to {
		return value
	}
	return to + "(" + value + ")"
}

// appendsText tells whether a scalar has a method AppendText(b []byte) []byte. By that
// it promises that its JSON is this text between quotes, and that the text needs no
// escapes: it is written without a call through io.Writer.
func appendsText(t types.Type) bool {
	method, _, _ := types.LookupFieldOrMethod(t, true, nil, "AppendText")
	f, ok := method.(*types.Func)
	return ok && f.Signature().Params().Len() == 1 && f.Signature().Results().Len() == 1 &&
		f.Signature().Results().At(0).Type().String() == "[]byte"
}

// reveals tells whether a scalar is a personal value, which can be shown whole.
func reveals(t types.Type) bool {
	method, _, _ := types.LookupFieldOrMethod(t, true, nil, "Reveal")
	_, ok := method.(*types.Func)
	return ok
}

func ref(t types.Type) string { return templates.CurrentImports.LookupType(t) }
