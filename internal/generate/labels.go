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
	Type   string // Go type name
	Values []value
}

type value struct{ Name, Label string }

// GenerateCode implements plugin.CodeGenerator.
func (labels) GenerateCode(data *codegen.Data) error {
	var enums []labelled
	for _, def := range data.Schema.Types {
		if def.Kind != ast.Enum || def.BuiltIn {
			continue
		}
		e := labelled{Type: templates.ToGo(def.Name)}
		for _, v := range def.EnumValues {
			_, label, ok := strings.Cut(v.Description, " · ")
			if !ok {
				return fmt.Errorf("%s:%d: enum value %s needs a description of the form \"English · 中文\"", v.Position.Src.Name, v.Position.Line, v.Name)
			}
			e.Values = append(e.Values, value{Name: v.Name, Label: label})
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
