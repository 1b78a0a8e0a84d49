package server

import (
	"maps"
	"net/http"
	"os"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/watched"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// policies has the policy in force with the perspectives of its roles. It is safe for
// concurrent use; without a policy everybody who is let in sees all.
type policies struct {
	painter painter
	whole   *perspective
	now     *watched.File[*painted] // nil without a policy
}

// open puts the deployment's policy into force. It is read again when its file changes.
func (p *policies) open(file mapping.Source) error {
	paint := func(contents [][]byte) (*painted, error) {
		return p.paint(mapping.Source{Name: file.Name, Data: contents[0]})
	}
	if _, err := os.Stat(file.Name); err != nil { // it stands in the program
		first, err := paint([][]byte{file.Data})
		p.now = watched.Fixed(first)
		return err
	}
	var err error
	p.now, err = watched.Open("the policy", []string{file.Name}, paint, p.painter.time, p.painter.log)
	return err
}

// painted is one policy with its perspectives, by role.
type painted struct {
	policy *access.Policy
	roles  map[string]*perspective
}

// paint makes the perspectives of a policy.
func (p *policies) paint(file mapping.Source) (*painted, error) {
	policy, err := ParsePolicy(file)
	if err != nil {
		return nil, err
	}
	next := &painted{policy: policy, roles: map[string]*perspective{}}
	for _, role := range policy.Roles() {
		if next.roles[role.Name], err = p.painter.of(role); err != nil {
			return nil, err
		}
	}
	return next, nil
}

// ParsePolicy reads a policy of this graph; errors are yamlfile.Findings.
func ParsePolicy(file mapping.Source) (*access.Policy, error) {
	fields := map[string][]string{}
	for name, def := range graph.Schema().Types {
		if def.BuiltIn {
			continue
		}
		for _, f := range def.Fields {
			fields[name] = append(fields[name], f.Name)
		}
	}
	return access.Parse(yamlfile.Source(file), fields)
}

// admits tells whether somebody has a role; without a policy whoever is somebody is let in.
func (p *policies) admits(who *access.Principal) bool {
	if p.now == nil {
		return who != nil
	}
	return p.role(who) != nil
}

// role is that in which somebody asks; nil without one, or without a policy.
func (p *policies) role(who *access.Principal) *access.Role {
	if p.now == nil {
		return nil
	}
	return p.now.Value().policy.Of(who)
}

// of is the perspective of who asks; nil for whom the policy gives no role.
func (p *policies) of(r *http.Request) *perspective {
	if p.now == nil {
		return p.whole
	}
	now := p.now.Value()
	if role := now.policy.Of(access.PrincipalOf(r.Context())); role != nil {
		return now.roles[role.Name]
	}
	return nil
}

// perspectives are all there are: the whole, and those of the roles.
func (p *policies) perspectives() []*perspective {
	all := []*perspective{p.whole}
	if p.now != nil {
		all = slices.AppendSeq(all, maps.Values(p.now.Value().roles))
	}
	return all
}

// serve answers from the caller's perspective.
func (p *policies) serve(of func(*perspective) http.Handler, refuse refuse) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mine := p.of(r)
		if mine == nil { // the policy has changed since the caller was let in
			refuse(w, r, withoutRole())
			return
		}
		if refused := mine.graph.Turn(r.Context()); refused != nil {
			refuse(w, r, refused)
			return
		}
		of(mine).ServeHTTP(w, mine.seen(r))
	})
}
