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
	switch v := v.(type) {
	case nil:
		return nil
	case map[string]any: // of a hook
		return v[name]
	case *world.Person:
		return personPart(v, name)
	case *world.Lawyer:
		return lawyerPart(v, name)
	case *world.Organization:
		switch name {
		case "name":
			return v.Name
		case "code":
			return v.CreditCode
		}
	case *world.Firm:
		switch name {
		case "name":
			return v.Name
		case "code":
			return v.CreditCode
		case "formerLicence":
			return v.OldLicence
		}
	case *model.Town:
		switch name {
		case "name":
			return v.Name
		case "code":
			return v.Code
		case "office":
			return v.JudicialOffice
		}
	}
	panic("dataset: no part " + name + " of " + text(v))
}

func personPart(p *world.Person, name string) any {
	switch name {
	case "name":
		return p.Name
	case "surname":
		return surname(p.Name)
	case "id":
		return p.ID
	case "phone":
		return p.Phone
	case "home":
		return p.Home
	case "town":
		return p.Town // its code
	case "birth":
		return p.Birth
	case "male":
		return p.Male
	}
	panic("dataset: no part " + name + " of a person")
}

func lawyerPart(l *world.Lawyer, name string) any {
	switch name {
	case "name":
		return l.Name
	case "licence":
		return l.Licence
	case "firm":
		return l.Firm + 1 // its row in the register
	case "male":
		return l.Male
	case "kind":
		return string(l.Kind)
	}
	panic("dataset: no part " + name + " of a lawyer")
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
