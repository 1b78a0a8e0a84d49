package server

import (
	"fmt"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/access"
)

// Explain says in lines what members of a role see of a type, or of a field with its type.
func Explain(role *access.Role, name string) ([]string, error) {
	typ, field, isField := strings.Cut(name, ".")
	def := graph.Schema().Types[typ]
	if def == nil || isField && def.Fields.ForName(field) == nil {
		return nil, fmt.Errorf("the graph has no %s", name)
	}
	lines := []string{}
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	left := viewOf(role).Types[typ]
	switch {
	case left == nil && role.FiguresOnly:
		say("%s is not in the schema of %s, which sees figures only. · %[2]s 仅见统计数据，看不到 %[1]s。", typ, role.Name)
		return lines, nil
	case left == nil:
		say("%s is not in the schema of %s: the policy hides it, its system, or all that leads to it. · %[2]s 看不到 %[1]s。", typ,
			role.Name)
		return lines, nil
	case isField && left.Fields.ForName(field) == nil:
		say("%s is not in the schema of %s. · %[2]s 看不到 %[1]s。", name, role.Name)
		return lines, nil
	case isField && role.Hides(typ, field):
		say("%s is null for %s. · %[1]s 对 %[2]s 恒为空。", name, role.Name)
		return lines, nil
	}
	say("%s is in the schema of %s. · %[2]s 可见 %[1]s。", name, role.Name)
	for _, p := range model.Personals() {
		switch {
		case p.Name() != name:
		case !p.Kind.IsMasked():
			say("It is personal (%s) and shown, with numbers and names in it masked where they are known. · 属个人信息，文中的号码和已知姓名脱敏。", p.Kind)
		case role.MayUnmask(name):
			say("It is personal (%s): masked, and whole for a request that gives a reason in %s. · 属个人信息：默认脱敏，请求注明查阅事由时可见原文。", p.Kind, reasonHeader)
		default:
			say("It is personal (%s) and always masked. · 属个人信息，始终脱敏。", p.Kind)
		}
	}
	for _, line := range role.Says() {
		say("  %s", line)
	}
	return lines, nil
}
