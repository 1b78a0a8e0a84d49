package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

// labels is a gqlgen plugin that gives every enum of the schema a method Label with the
// Chinese label of its value, taken from the value's description: "English · 中文".
type labels struct{}

// Name implements plugin.Plugin.
func (labels) Name() string { return "labels" }

// labelled is what the template needs of one enum.
type labelled struct {
	Name   string // GraphQL type name
	Type   string // Go type name
	Values []value
}

type value struct{ Name, Label, English string }

// GenerateCode implements plugin.CodeGenerator.
func (labels) GenerateCode(data *codegen.Data) error {
	var enums []labelled
	for _, def := range data.Schema.Types {
		if def.Kind != ast.Enum || def.BuiltIn {
			continue
		}
		e := labelled{Name: def.Name, Type: templates.ToGo(def.Name)}
		for _, v := range def.EnumValues {
			english, label, ok := strings.Cut(v.Description, " · ")
			if !ok {
				return fmt.Errorf("%s:%d: enum value %s needs a description of the form \"English · 中文\"",
					v.Position.Src.Name, v.Position.Line, v.Name)
			}
			e.Values = append(e.Values, value{Name: v.Name, Label: label, English: english})
		}
		enums = append(enums, e)
	}
	sort.Slice(enums, func(i, j int) bool { return enums[i].Type < enums[j].Type })
	return templates.Render(templates.Options{
		PackageName:     data.Config.Model.Package,
		Filename:        "graph/model/labels.generated.go",
		Data:            enums,
		GeneratedHeader: true,
		Packages:        data.Config.Packages,
		Template: `
// EnumLabels lists the labels of an enum's values in schema order; nil for a name that
// is no enum of the schema.
func EnumLabels(enum string) []*EnumLabel {
	switch enum {
	{{- range . }}
	case {{ .Name | quote }}:
		return []*EnumLabel{
			{{- range .Values }}
			{Value: {{ .Name | quote }}, Label: {{ .Label | quote }}, English: {{ .English | quote }}},
			{{- end }}
		}
	{{- end }}
	}
	return nil
}

{{ range . }}
// Label is the Chinese label of the value; "" for a value the schema does not have.
func (e {{ .Type }}) Label() string {
	switch string(e) {
	{{- range .Values }}
	case {{ .Name | quote }}:
		return {{ .Label | quote }}
	{{- end }}
	}
	return ""
}
{{ end }}
`,
	})
}
