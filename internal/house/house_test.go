// Package house keeps the architecture: which package may import which. The rules are
// those of docs/decisions.md and are read off the go command, not off a wish.
package house

import (
	"os/exec"
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
	cmd.Dir = "../.."
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
	// may lists, for each package, the packages of this module it may import; a trailing
	// slash allows everything below.
	may := map[string][]string{
		"internal/identity":    {},
		"internal/fault":       {},
		"internal/sources":     {},
		"internal/selection":   {},
		"internal/mask":        {"internal/identity"},
		"graph/model":          {"internal/mask"},
		"internal/personid":    {},
		"internal/keytext":     {},
		"internal/page":        {"internal/fault", "internal/keytext"},
		"internal/fanout":      {"internal/fault"},
		"internal/database":    {"internal/fanout", "internal/fault", "internal/sources"},
		"internal/near":        {},
		"internal/suppression": {},
		"adapters/cell":        {"graph/model", "internal/identity"},
		"internal/yamlfile":    {},
		"internal/library":     {"internal/mask", "internal/report", "internal/yamlfile"},
		"internal/report":      {"internal/mask"},
		"internal/account":     {},
		"internal/export": {"internal/account", "internal/fault", "internal/library", "internal/page", "internal/report",
			"internal/mask", "internal/sources", "internal/transport"},
		"playground":               {},
		"internal/calendar":        {"graph/model", "internal/yamlfile"},
		"internal/clock":           {"adapters/plan", "graph/model", "internal/calendar", "internal/yamlfile"},
		"adapters/mapping":         {"adapters/cell", "internal/yamlfile"},
		"adapters/plan":            {"adapters/cell", "adapters/mapping", "graph/model", "internal/fault", "internal/keytext", "internal/mask", "internal/near"},
		"adapters/reference":       {"graph/model", "internal/near", "internal/yamlfile"},
		"adapters/legalityreview":  {"adapters/mapping"},
		"adapters/reconsideration": {"adapters/mapping"},
		"adapters/legalaid":        {"adapters/mapping"},
		"adapters/notarization":    {"adapters/mapping"},
		"adapters/publicity":       {"adapters/mapping"},
		"adapters": {"adapters/cell", "adapters/mapping", "adapters/plan", "graph/model", "internal/clock", "internal/database",
			"internal/fanout", "internal/fault", "internal/keytext", "internal/mask", "internal/page", "internal/selection", "internal/sources"},
		"loaders": {"adapters", "graph/model", "internal/fanout", "internal/fault"},
		"resolvers": {"adapters", "adapters/cell", "adapters/plan", "adapters/reference", "graph", "graph/model", "loaders",
			"internal/database", "internal/fanout", "internal/fault", "internal/mask", "internal/metrics", "internal/near", "internal/page", "internal/personid", "internal/selection",
			"internal/suppression"},
		"internal/metrics":   {"adapters/plan", "graph/model", "internal/yamlfile"},
		"internal/executor":  {"graph/model", "internal/fanout"},
		"internal/transport": {"internal/executor", "internal/fanout", "internal/fault", "internal/mask", "internal/page", "internal/sources"},
		"internal/config":    {"adapters/mapping", "graph/model", "internal/account", "internal/personid", "internal/transport", "internal/yamlfile"},
	}
	for pkg, allowed := range may {
		used, exists := direct[pkg]
		if !exists {
			t.Errorf("%s is in the rules and not in the module", pkg)
		}
		for _, i := range used {
			inside, ours := strings.CutPrefix(i, module)
			if ours && !slices.Contains(allowed, inside) {
				t.Errorf("%s imports %s; it may import %s", pkg, inside, strings.Join(allowed, ", "))
			}
		}
	}
}

func TestPureLayersDoNoIO(t *testing.T) {
	direct := imports(t, false)
	for _, pkg := range []string{"adapters/cell", "adapters/mapping", "adapters/plan", "internal/identity", "internal/selection", "internal/keytext", "internal/page", "internal/calendar", "internal/clock", "internal/metrics", "internal/report", "internal/mask", "internal/yamlfile"} {
		for _, i := range direct[pkg] {
			for _, forbidden := range []string{"os", "net", "net/http", "database/sql", "os/exec", "io/fs", "log/slog"} {
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
