package access

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Policy is who may see what. It is read-only and safe for concurrent use.
type Policy struct {
	roles     []*Role
	anonymous *Role // of nobody; nil where nobody is let in
}

// Roles lists the roles in the order of the file.
func (p *Policy) Roles() []*Role { return p.roles }

// Role finds a role by its name; nil when there is none.
func (p *Policy) Role(name string) *Role {
	for _, r := range p.roles {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Of gives the role in which somebody asks: the first of the file that one of its members is,
// for roles are never added up, or a field of one could be seen in rows of another. Nobody has
// the role of anonymous callers; nil means that the caller is not let in.
func (p *Policy) Of(who *Principal) *Role {
	if who == nil {
		return p.anonymous
	}
	for _, r := range p.roles {
		if r.has(who) {
			return r
		}
	}
	return nil
}

// Role is what its members may see, and do.
type Role struct {
	Name, Label string
	// Members are the values of claims of which one makes a principal a member.
	Members map[string][]string

	systems map[model.System]bool // that it may see; nil for all
	hidden  map[string]bool       // kinds, and fields with their type
	shown   map[string]bool       // texts and sensitive fields, which are hidden unless they are here
	plain   map[string]bool       // fields that it may see whole, for a reason

	rows *ownership // nil for all rows

	// FiguresOnly lets it see no records, only what is counted of them.
	FiguresOnly bool
	// SuppressBelow is how many persons must stand behind a figure; 0 is the deployment's own.
	SuppressBelow int
	// Lookup lets it ask by the number of a person, so many persons an hour and a day; 0 is the
	// deployment's own bound.
	Lookup                        bool
	PersonsPerHour, PersonsPerDay int
	// Limits are those of its requests.
	Limits Limits
	// WithoutSchema shows it no schema, by introspection or as a text.
	WithoutSchema bool
	// Export lets it have files of answers.
	Export bool
	// Save lets it save queries for everybody, where the deployment lets anybody.
	Save bool
}

// Limits are those of one role's requests; 0 is the deployment's own.
type Limits struct {
	Cost, Depth       int // of one operation, see docs/limits.md
	First             int // records of a page
	PerSecond, AtOnce int // requests of one member a second, and at once after a pause
}

// ownership says by what rows belong to a member.
type ownership struct{ towns, departments, handlers values }

// values are given by the policy, or by a claim of the principal.
type values struct {
	list  []string
	claim string
}

func (v values) of(who *Principal) []string {
	if v.claim == "" || who == nil {
		return v.list
	}
	return slices.Concat(v.list, who.Claims[v.claim])
}

func (r *Role) has(who *Principal) bool {
	for claim, values := range r.Members {
		for _, value := range who.Claims[claim] {
			if slices.Contains(values, value) {
				return true
			}
		}
	}
	return false
}

// RowsOf gives the rows that the member may see; nil for all.
func (r *Role) RowsOf(who *Principal) *Rows {
	if r.rows == nil {
		return nil
	}
	return &Rows{r.rows.towns.of(who), r.rows.departments.of(who), r.rows.handlers.of(who)}
}

// Sees tells whether the role may see the system at all.
func (r *Role) Sees(system model.System) bool { return r.systems == nil || r.systems[system] }

// Hides tells whether the role may never see a type, with the field "", or a field of it, which
// may be a path into what the field holds: satisfaction.rating is hidden with satisfaction.
func (r *Role) Hides(typ, field string) bool {
	if r.hidden[typ] {
		return true
	}
	name := typ
	for part := range strings.SplitSeq(field, ".") {
		if name += "." + part; r.hidden[name] {
			return true
		}
	}
	return false
}

// MayUnmask tells whether the role may see a field whole, "LegalAidApplicant.name", when it
// gives a reason.
func (r *Role) MayUnmask(field string) bool { return r.plain[field] }

// Unmasks tells whether there is a field that the role may see whole.
func (r *Role) Unmasks() bool { return len(r.plain) > 0 }

// Parse reads a policy. Errors are yamlfile.Findings, all of them. fields are those of every
// type of the graph, to which the policy may refer.
//
//	anonymous: visitor                 # role of who has not said who they are; without it nobody is let in
//	roles:                             # of several that somebody has, the first is taken
//	  town-clerk:
//	    label: 镇街工作人员
//	    members: {groups: [town-clerk]}            # values of claims of which one makes a member
//	    systems: [LEGAL_AID, PUBLICITY]            # without it all
//	    rows: {towns: {claim: town}, departments: [JYJ]}   # also handlers; without it all rows
//	    hide: [NotarialMatter, LegalAidCase.subsidy]       # kinds and fields that are not there for it
//	    show: [LegalityReview.summary]             # texts and sensitive fields, hidden otherwise; or all
//	    unmask: [LegalAidApplicant.name]           # seen whole by who gives a reason; or all
//	    figuresOnly: true                          # no records
//	    suppressBelow: 5                           # figures behind which fewer persons stand are withheld
//	    lookup: {personsPerHour: 30, personsPerDay: 100}   # may ask by resident number; or true
//	    limits: {cost: 20000, depth: 8, first: 50, perSecond: 10, atOnce: 30}   # docs/limits.md
//	    introspection: false                       # sees no schema; true by default
//	    export: true                               # may have files
//	    save: true                                 # may save queries for everybody
func Parse(file yamlfile.Source, fields map[string][]string) (*Policy, error) {
	r := reader{fields: fields, systems: map[string]model.System{}}
	for _, s := range model.AllSystem {
		r.systems[string(s)] = s
	}
	root := r.Read(file, "it needs roles")
	if root == nil {
		return nil, r.Err()
	}
	return r.policy(root), r.Err()
}
