package server

import (
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// policies has the policy in force with the perspectives of its roles. It is safe for
// concurrent use; without a policy everybody who is let in sees all.
type policies struct {
	painter painter
	whole   *perspective
	now     atomic.Pointer[painted] // nil without a policy

	file   string     // of the policy in force
	mu     sync.Mutex // of what follows; whoever finds it held goes on with the policy there is
	looked time.Time  // when the file was last looked at
	stamp  stamp      // of the file when it was read
}

// stamp tells two states of a file apart.
type stamp struct {
	size     int64
	modified time.Time
}

func stampOf(file string) (stamp, error) {
	info, err := os.Stat(file)
	if err != nil {
		return stamp{}, err
	}
	return stamp{info.Size(), info.ModTime()}, nil
}

// freshPolicy is how long a policy is in force before its file is looked at again.
const freshPolicy = time.Second

// open puts the deployment's policy into force.
func (p *policies) open(file mapping.Source) error {
	p.file = file.Name
	p.stamp, _ = stampOf(file.Name) // one that is no file does not change
	p.looked = time.Now()
	return p.adopt(file)
}

// refresh reads the policy again when its file has changed. One with mistakes is told of in the
// log, and the policy before stays in force.
func (p *policies) refresh() {
	if !p.mu.TryLock() {
		return
	}
	defer p.mu.Unlock()
	if time.Since(p.looked) < freshPolicy {
		return
	}
	p.looked = time.Now()
	now, err := stampOf(p.file)
	if err != nil || now == p.stamp {
		return
	}
	p.stamp = now
	data, err := os.ReadFile(p.file)
	if err == nil {
		err = p.adopt(mapping.Source{Name: p.file, Data: data})
	}
	if err != nil {
		p.painter.log.Error("the policy has mistakes; the one before stays in force", "findings", err.Error())
		return
	}
	p.painter.log.Info("the policy was read again", "file", p.file)
}

// painted is one policy with its perspectives, by role.
type painted struct {
	policy *access.Policy
	roles  map[string]*perspective
}

// adopt puts a policy into force. When something is wrong with it the one before stays.
func (p *policies) adopt(file mapping.Source) error {
	policy, err := ParsePolicy(file)
	if err != nil {
		return err
	}
	next := &painted{policy: policy, roles: map[string]*perspective{}}
	for _, role := range policy.Roles() {
		if next.roles[role.Name], err = p.painter.of(role); err != nil {
			return err
		}
	}
	p.now.Store(next)
	return nil
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
	if p.now.Load() == nil {
		return who != nil
	}
	p.refresh()
	now := p.now.Load()
	return now.policy.Of(who) != nil
}

// role is that in which somebody asks; nil without one, or without a policy.
func (p *policies) role(who *access.Principal) *access.Role {
	if now := p.now.Load(); now != nil {
		return now.policy.Of(who)
	}
	return nil
}

// of is the perspective of who asks; nil for whom the policy gives no role.
func (p *policies) of(r *http.Request) *perspective {
	now := p.now.Load()
	if now == nil {
		return p.whole
	}
	if role := now.policy.Of(access.PrincipalOf(r.Context())); role != nil {
		return now.roles[role.Name]
	}
	return nil
}

// serve answers from the caller's perspective.
func (p *policies) serve(of func(*perspective) http.Handler, refuse refuse) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mine := p.of(r)
		if mine == nil { // the policy has changed since the caller was let in
			refuse(w, r, withoutRole())
			return
		}
		of(mine).ServeHTTP(w, mine.seen(r))
	})
}
