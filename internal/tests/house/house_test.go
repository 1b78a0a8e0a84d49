// Package house keeps the architecture: which package may import which. The rules are
// those of docs/decisions.md and are read off the go command, not off a wish.
package house

import (
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/bureaugraph/bureaugraph/"

// imports gives each package's imports, direct ones or with -deps all of them.
func imports(t *testing.T, all bool) map[string][]string {
	t.Helper()
	field := "{{join .Imports \" \"}}"
	if all {
		field = "{{join .Deps \" \"}}"
	}
	cmd := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.ImportPath}} "+field, "./...")
	cmd.Dir = "../../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	graph := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		graph[strings.TrimPrefix(words[0], module)] = words[1:]
	}
	return graph
}

func TestArrowsPointOneWay(t *testing.T) {
	direct := imports(t, false)
	// may lists, for each package, the packages of this module it may import; a package that is
	// not here has no business in the module. <system> stands for each system.
	may := map[string][]string{
		// The gateway.
		"internal/identity":    {},
		"internal/fault":       {},
		"internal/sources":     {},
		"internal/selection":   {},
		"internal/mask":        {"internal/identity"},
		"graph/model":          {"internal/mask"},
		"internal/suite":       {},
		"internal/personid":    {"internal/suite"},
		"internal/keytext":     {},
		"internal/page":        {"internal/fault", "internal/keytext"},
		"internal/cost":        {"internal/page"},
		"internal/admission":   {},
		"internal/fanout":      {"internal/fault"},
		"internal/flight":      {},
		"internal/repeats":     {},
		"internal/database":    {"internal/fanout", "internal/fault", "internal/repeats", "internal/sources"},
		"internal/telemetry":   {"internal/database", "internal/repeats"},
		"internal/near":        {},
		"internal/suppression": {},
		"adapters/cell":        {"graph/model", "internal/identity"},
		"internal/yamlfile":    {},
		"internal/library":     {"internal/mask", "internal/report", "internal/yamlfile"},
		"internal/report":      {"internal/mask"},
		"internal/access":      {"graph/model", "internal/yamlfile"},
		"internal/view":        {},
		"internal/watched":     {},
		"internal/apikey":      {"internal/watched", "internal/yamlfile"},
		"internal/audit": {"internal/access", "internal/fanout", "internal/fault", "internal/identity", "internal/mask",
			"internal/sources", "internal/suite"},
		"internal/signin": {"internal/access", "internal/apikey", "internal/fault", "internal/flight"},
		"internal/export": {"graph/model", "internal/access", "internal/audit", "internal/fault", "internal/library",
			"internal/mask",
			"internal/page", "internal/report", "internal/sources", "internal/transport"},
		"playground":            {},
		"internal/annualreport": {"graph/model", "internal/yamlfile"},
		"internal/calendar":     {"graph/model", "internal/yamlfile"},
		"internal/clock":        {"graph/model", "internal/calendar", "internal/filter", "internal/yamlfile"},
		"internal/filter":       {"graph/model"},
		"adapters/mapping":      {"adapters/cell", "internal/yamlfile"},
		"adapters/plan": {"adapters/cell", "adapters/mapping", "graph/model", "internal/fault", "internal/filter",
			"internal/keytext", "internal/mask", "internal/near"},
		"adapters/reference": {"graph/model", "internal/fault", "internal/near", "internal/yamlfile"},
		"adapters": {"adapters/<system>", "adapters/cell", "adapters/definition", "adapters/mapping", "adapters/plan",
			"graph/model", "internal/access", "internal/clock",
			"internal/database", "internal/fanout", "internal/fault", "internal/filter", "internal/flight",
			"internal/keytext",
			"internal/mask", "internal/page", "internal/selection", "internal/sources"},
		"loaders": {"adapters", "graph/model", "internal/fanout", "internal/fault"},
		"resolvers": {"adapters", "adapters/cell", "adapters/reference", "graph", "graph/model",
			"internal/access", "internal/annualreport", "internal/database", "internal/fanout", "internal/fault",
			"internal/filter",
			"internal/flight", "internal/joins", "internal/linkage", "internal/metrics", "internal/near",
			"internal/page", "internal/personid", "internal/quality", "internal/search", "internal/selection",
			"internal/statistics", "loaders"},
		"internal/search": {"adapters", "graph/model", "internal/fanout", "internal/fault", "internal/mask",
			"internal/page", "internal/personid"},
		"internal/linkage": {"adapters", "adapters/cell", "graph/model", "internal/fanout", "internal/fault",
			"internal/personid", "internal/quality", "loaders"},
		"internal/joins": {"adapters", "adapters/cell", "graph/model", "internal/fault", "internal/filter",
			"internal/linkage", "loaders"},
		"internal/quality": {"adapters", "graph/model", "loaders"},
		"internal/statistics": {"adapters", "adapters/reference", "graph/model", "internal/fanout",
			"internal/fault", "internal/filter", "internal/metrics", "internal/near", "internal/personid",
			"internal/selection", "internal/suppression"},
		"internal/metrics":  {"graph/model", "internal/filter", "internal/yamlfile"},
		"internal/executor": {"graph/model", "internal/access", "internal/audit", "internal/fanout"},
		"internal/transport": {"internal/access", "internal/admission", "internal/audit", "internal/cost",
			"internal/executor", "internal/fanout", "internal/fault", "internal/mask", "internal/sources"},
		"internal/config": {"adapters/mapping", "graph/model", "internal/apikey", "internal/audit", "internal/cost",
			"internal/database",
			"internal/personid", "internal/signin", "internal/suite", "internal/telemetry", "internal/transport",
			"internal/yamlfile"},
		"adapters/<system>":   {"adapters/definition", "graph/model"},
		"adapters/definition": {"graph/model", "internal/yamlfile"},
		"graph":               {"graph/model", "internal/executor", "internal/mask"},
		"internal/command":    {},
		"internal/server": {"adapters", "adapters/cell", "adapters/mapping",
			"adapters/reference", "graph", "graph/model", "internal/access", "internal/admission",
			"internal/annualreport",
			"internal/audit", "internal/calendar",
			"internal/clock", "internal/config", "internal/cost", "internal/database", "internal/export",
			"internal/executor",
			"internal/fanout", "internal/fault", "internal/library", "internal/metrics", "internal/personid",
			"internal/selection", "internal/signin", "internal/statistics", "internal/telemetry",
			"internal/transport", "internal/view",
			"internal/watched", "internal/yamlfile", "loaders",
			"playground", "resolvers"},
		// The programs.
		"cmd/demo": {"adapters/mapping", "graph/model", "internal/calendar", "internal/command",
			"internal/config", "internal/demo", "internal/demo/engine", "internal/demo/fill",
			"internal/demo/world", "internal/server", "internal/signin", "internal/transport"},
		"cmd/gateway": {"adapters", "adapters/mapping", "graph/model", "internal/access", "internal/apikey",
			"internal/audit",
			"internal/calendar", "internal/command", "internal/config", "internal/fanout", "internal/server"},
		// The demo, and what tests share.
		"internal/dbtest":        {},
		"internal/telemetrytest": {},
		"internal/demo": {"adapters", "adapters/cell", "graph/model", "internal/demo/<system>",
			"internal/demo/legacy", "internal/demo/world", "internal/fanout", "internal/signin", "internal/yamlfile"},
		"internal/demo/audit":   {"adapters/cell", "adapters/mapping", "internal/demo/legacy"},
		"internal/demo/dataset": {"graph/model", "internal/demo/legacy", "internal/demo/world", "internal/yamlfile"},
		"internal/demo/engine":  {"internal/demo/legacy", "internal/fanout"},
		"internal/demo/fill":    {"internal/demo/legacy"},
		"internal/demo/legacy":  {},
		"internal/demo/world":   {"adapters/reference", "internal/identity"},
		"internal/demotest": {"adapters", "adapters/cell", "adapters/mapping", "graph",
			"graph/model", "internal/annualreport", "internal/calendar", "internal/clock", "internal/database",
			"internal/demo",
			"internal/demo/engine", "internal/demo/legacy", "internal/demo/world", "internal/metrics",
			"internal/personid", "internal/suite", "internal/yamlfile", "resolvers"},
		"internal/executor/randomop": {},
		"internal/demo/<system>": {"adapters/cell", "graph/model", "internal/demo/dataset", "internal/demo/legacy",
			"internal/demo/world",
			"internal/identity", "internal/yamlfile"},
		// Measuring and generating.
		"internal/bench": {"adapters/<system>", "adapters/mapping", "graph/model"},
		"internal/bench/cmd/compare": {"graph/model", "internal/bench", "internal/bench/reference",
			"internal/config", "internal/dbtest", "internal/demo", "internal/demo/fill", "internal/demo/world",
			"internal/server", "internal/transport"},
		"internal/bench/cmd/soak": {"internal/bench/faults", "internal/dbtest"},
		"internal/bench/faults": {"graph/model", "internal/calendar", "internal/config", "internal/database",
			"internal/dbtest", "internal/demo", "internal/demo/fill", "internal/demo/legacy", "internal/demo/world",
			"internal/fault", "internal/library", "internal/server", "internal/transport", "playground"},
		"internal/bench/reference": {"adapters/cell", "adapters/mapping", "adapters/plan",
			"adapters/reference", "graph", "graph/model", "internal/bench", "internal/calendar"},
		"internal/generate": {"internal/yamlfile"},
		// Tests only.
		"internal/tests/adversity":   {},
		"internal/tests/answers":     {},
		"internal/bench/memory":      {},
		"internal/tests/conformance": {},
		"internal/tests/faults":      {},
		"internal/tests/figures":     {},
		"internal/tests/golden":      {},
		"internal/tests/house":       {},
		"internal/tests/policy":      {},
		"internal/tests/serve": {"graph/model", "internal/calendar", "internal/config", "internal/demo",
			"internal/demo/world", "internal/demotest", "internal/server", "internal/transport"},
		"internal/tests/questions": {},
	}
	used := map[string]bool{} // rules that stand for a package
	for pkg, list := range direct {
		rule := ruleOf(may, pkg)
		if rule == "" {
			t.Errorf("%s has no rule: say here what it may import", pkg)
			continue
		}
		used[rule] = true
		for _, i := range list {
			inside, ours := strings.CutPrefix(i, module)
			if ours && !slices.Contains(may[rule], inside) && !slices.Contains(may[rule], ruleOf(may, inside)) {
				t.Errorf("%s imports %s; it may import %s", pkg, inside, strings.Join(may[rule], ", "))
			}
		}
	}
	for rule := range may {
		if !used[rule] {
			t.Errorf("%s is in the rules and not in the module", rule)
		}
	}
}

// ruleOf names the rule of a package, "" when there is none. A system is what has a mapping
// in adapters; its database may be invented in its own folder.
func ruleOf(may map[string][]string, pkg string) string {
	if system, ok := strings.CutSuffix(pkg, "/demo"); ok && strings.HasPrefix(system, "adapters/") {
		pkg = "internal/demo/" + path.Base(system)
	}
	dir, name := path.Split(pkg)
	rule := pkg
	if _, err := os.Stat("../../../adapters/" + name + "/mapping.yaml"); err == nil {
		rule = dir + "<system>"
	}
	if _, given := may[rule]; !given {
		return ""
	}
	return rule
}

func TestPureLayersDoNoIO(t *testing.T) {
	direct := imports(t, false)
	for _, pkg := range []string{
		"adapters/cell", "adapters/mapping", "adapters/plan", "internal/annualreport", "internal/calendar",
		"internal/clock", "internal/filter", "internal/identity", "internal/keytext",
		"internal/mask", "internal/metrics", "internal/page", "internal/report", "internal/selection",
	} {
		for _, i := range direct[pkg] {
			for _, forbidden := range []string{"os", "net", "net/http", "database/sql", "os/exec", "io/fs",
				"log/slog"} {
				if i == forbidden {
					t.Errorf("%s imports %s; it is to be pure", pkg, i)
				}
			}
		}
	}
}

// Whoever reads YAML with a library reads it less strictly than internal/yamlfile.
func TestOnePackageReadsYAML(t *testing.T) {
	for pkg, direct := range imports(t, false) {
		for _, i := range direct {
			if !strings.HasPrefix(i, module) && strings.Contains(i, "yaml") && pkg != "internal/yamlfile" {
				t.Errorf("%s imports %s; internal/yamlfile reads YAML", pkg, i)
			}
		}
	}
}

func TestTheGatewayCarriesNoDemo(t *testing.T) {
	all := imports(t, true)
	for _, i := range all["cmd/gateway"] {
		if strings.HasPrefix(i, module+"internal/demo") || strings.HasPrefix(i, "github.com/dolthub/") {
			t.Errorf("cmd/gateway depends on %s; the demo's engine belongs to cmd/demo only", i)
		}
	}
}
