package dataset

import (
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// text reads a text with names in braces.
func (f *reading) text(n *yamlfile.Node) value {
	var parts []value
	rest := n.Text
	for rest != "" {
		before, after, ok := strings.Cut(rest, "{")
		if before != "" {
			parts = append(parts, func(*Row) any { return before })
		}
		if !ok {
			break
		}
		inside, behind, closed := strings.Cut(after, "}")
		if !closed {
			f.Add(n.Pos, "a brace is not closed: {%s", inside)
			break
		}
		parts = append(parts, f.referenced(n.Pos, inside))
		rest = behind
	}
	switch len(parts) {
	case 0:
		return func(*Row) any { return "" }
	case 1:
		return parts[0]
	}
	return func(r *Row) any {
		var b strings.Builder
		for _, part := range parts {
			v := part(r)
			if v == nil {
				return nil
			}
			b.WriteString(text(v))
		}
		return b.String()
	}
}

// reference reads what stands within braces, written without them.
func (f *reading) reference(n *yamlfile.Node) value {
	if !n.IsSingle() {
		f.Add(n.Pos, "a name is wanted here, not %s", n.Kind)
		return f.value(nil)
	}
	return f.referenced(n.Pos, n.Text)
}

// referenced reads a name, number or range with the filters behind it.
func (f *reading) referenced(at yamlfile.Pos, written string) value {
	words := strings.Split(written, "|")
	made := f.head(at, words[0])
	for _, word := range words[1:] {
		made = f.filtered(at, made, word)
	}
	return made
}

func (f *reading) head(at yamlfile.Pos, written string) value {
	if strings.Contains(written, "..") {
		number := f.whole(at, written)
		return func(r *Row) any { return number(r) }
	}
	if n, err := strconv.Atoi(written); err == nil {
		return func(*Row) any { return n }
	}
	name, parts, _ := strings.Cut(written, ".")
	made := f.name(at, name)
	if parts == "" {
		return made
	}
	return func(r *Row) any { return part(made(r), parts) }
}

// name gives what a name stands for: a value of the file, made anew, or what is set in the row.
func (f *reading) name(at yamlfile.Pos, name string) value {
	if f.values[name] != nil {
		return f.named(at, name)
	}
	if !f.names[name] {
		f.Add(at, "nothing is called %s%s", name, yamlfile.Suggest(name, keysOf(f.names)))
	}
	return func(r *Row) any { return r.Get(name) }
}

// part is a part of somebody or of a unit; of nobody there is none.
func part(v any, name string) any {
	parts := map[string]any{}
	switch v := v.(type) {
	case nil:
		return nil
	case map[string]any: // of a hook
		parts = v
	case *world.Person:
		parts = map[string]any{
			"name": v.Name, "surname": surname(v.Name), "id": v.ID, "phone": v.Phone, "home": v.Home, "town": v.Town,
			"birth": v.Birth, "male": v.Male,
		}
	case *world.Organization:
		parts = map[string]any{"name": v.Name, "code": v.CreditCode, "town": v.Town}
	case *world.Firm:
		parts = map[string]any{"name": v.Name, "code": v.CreditCode, "formerLicence": v.OldLicence}
	case *world.Lawyer:
		parts = map[string]any{
			"name": v.Name, "licence": v.Licence, "firm": v.Firm + 1, "male": v.Male, "kind": string(v.Kind),
		}
	case *model.Town:
		parts = map[string]any{"name": v.Name, "code": v.Code, "office": v.JudicialOffice}
	}
	found, ok := parts[name]
	if !ok {
		panic("dataset: " + text(v) + " has no part " + name)
	}
	return found
}

// surname is the first character of a name, or two.
func surname(name string) string {
	for _, double := range []string{"欧阳", "诸葛"} {
		if strings.HasPrefix(name, double) && name != double {
			return double
		}
	}
	return string([]rune(name)[:1])
}
