package demo

import "github.com/bureaugraph/bureaugraph/internal/signin"

// Identities are invented people, one for each kind of work, of which whoever opens the demo takes one.
// Whoever takes none is the administrator.
func Identities() *signin.Demo {
	one := func(name, title, english string, claims map[string][]string) signin.DemoIdentity {
		if claims == nil {
			claims = map[string][]string{}
		}
		claims["groups"] = []string{name}
		return signin.DemoIdentity{Name: name, Title: title, English: english, Claims: claims}
	}
	return &signin.Demo{
		Default: "administrator",
		Identities: []signin.DemoIdentity{
			one("town-clerk", "镇街工作人员（临浦镇）", "Clerk of a town (Linpu)", map[string][]string{"town": {"330109105"}}),
			one("legal-aid-officer", "法律援助中心工作人员", "Legal-aid officer", nil),
			one("leader", "局领导（只看数字）", "Leader, figures only", nil),
			one("auditor", "审计员", "Auditor", nil),
			one("administrator", "管理员", "Administrator", nil),
		},
	}
}
