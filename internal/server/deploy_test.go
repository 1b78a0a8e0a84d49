package server

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/telemetrytest"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// TestDeploy: every metric that the dashboard, the rules for alarms and the operators' table name is there,
// with the labels that they ask for.
func TestDeploy(t *testing.T) {
	c := reachable(t)
	c.Private = "127.0.0.1:0"
	source := c.Sources[model.SystemLegalAid]
	source.Replicas, source.IsThrottled = []*mysql.Config{at(closedPort(t), "flyz").MySQL}, true
	c.Sources[model.SystemLegalAid] = source
	c.Audit = config.Audit{Directory: t.TempDir(), Key: demo.PersonKey()}
	c.Telemetry = &telemetry.Options{Endpoint: telemetrytest.Start(t).Endpoint}
	s, _ := start(t, c)
	if _, codes := ask(t, s, `{ legalAidCases(first: 1) { nodes { id } } }`); len(codes) > 0 {
		t.Fatal(codes)
	}
	_, _ = ask(t, s, `{ nothing }`)
	_, _, text := get(t, s.PrivateURL()+"/metrics")

	exists := func(t *testing.T, name string) {
		t.Helper()
		base := name
		for _, suffix := range []string{"_bucket", "_count", "_sum"} {
			if cut, is := strings.CutSuffix(name, suffix); is && strings.Contains(text, "# TYPE "+cut+" histogram") {
				base = cut
			}
		}
		// Errors of statements are counted from the first on; the lag of a replica that does not answer is not known.
		if !strings.Contains(text, "# TYPE "+base+" ") && base != "bureaugraph_statement_errors_total" &&
			base != "bureaugraph_statement_retries_total" && base != "bureaugraph_replica_lag_seconds" {
			t.Errorf("there is no metric %s", name)
		}
	}
	metric := regexp.MustCompile(`\b(bureaugraph|go|process)_[a-z_]+`)
	selector := regexp.MustCompile(`(bureaugraph_[a-z_]+)\{(\w+)`)
	grouping := regexp.MustCompile(`by \(([^)]*)\)[^a-z]*(?:\w+\()*(bureaugraph_[a-z_]+)`)
	labelled := func(t *testing.T, name, label string) {
		t.Helper()
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, name+"{") && strings.Contains(line, label+`="`) {
				return
			}
		}
		if name != "bureaugraph_statement_errors_total" && name != "bureaugraph_statement_retries_total" {
			t.Errorf("%s has no label %s", name, label)
		}
	}
	fits := func(t *testing.T, expression string) {
		t.Helper()
		found := metric.FindAllString(expression, -1)
		if len(found) == 0 && !strings.Contains(expression, "up{") {
			t.Errorf("%s asks for none of the gateway's metrics", expression)
		}
		for _, name := range found {
			exists(t, name)
		}
		for _, m := range selector.FindAllStringSubmatch(expression, -1) {
			labelled(t, m[1], m[2])
		}
		for _, m := range grouping.FindAllStringSubmatch(expression, -1) {
			for label := range strings.SplitSeq(m[1], ",") {
				labelled(t, m[2], strings.TrimSpace(label))
			}
		}
	}

	t.Run("dashboard", func(t *testing.T) {
		data, err := os.ReadFile("../../deploy/grafana/dashboard.json")
		if err != nil {
			t.Fatal(err)
		}
		var dashboard struct {
			Panels []struct {
				Title   string
				Targets []struct{ Expr string }
			}
		}
		if err := json.Unmarshal(data, &dashboard); err != nil || len(dashboard.Panels) == 0 {
			t.Fatal(err)
		}
		for _, p := range dashboard.Panels {
			for _, target := range p.Targets {
				fits(t, target.Expr)
			}
		}
	})
	t.Run("alerts", func(t *testing.T) {
		data, err := os.ReadFile("../../deploy/prometheus/alerts.yaml")
		if err != nil {
			t.Fatal(err)
		}
		var r yamlfile.Reader
		root, rules := r.Read(yamlfile.Source{Name: "alerts.yaml", Data: data}, ""), 0
		for _, group := range r.Dict(root, "the file", "groups").Items("groups") {
			for _, item := range r.Dict(group, "the group", "name", "rules").Items("rules") {
				rules++
				rule := r.Dict(item, "the rule", "alert", "expr", "for", "labels", "annotations")
				fits(t, rule.Text("expr"))
				rule.Needs("alert", "labels", "annotations")
				r.Dict(rule.Get("annotations"), "annotations", "summary", "action").Needs("summary", "action")
			}
		}
		if err := r.Err(); err != nil || rules == 0 {
			t.Errorf("%d rules, %v", rules, err)
		}
	})
	t.Run("table", func(t *testing.T) {
		data, err := os.ReadFile("../../docs/operators.md")
		if err != nil {
			t.Fatal(err)
		}
		told := string(data)
		for line := range strings.Lines(text) {
			name, is := strings.CutPrefix(line, "# TYPE bureaugraph_")
			if !is {
				continue
			}
			name, _, _ = strings.Cut(name, " ")
			_, last, _ := strings.Cut(name, "_") // the table shortens names of one kind
			if !strings.Contains(told, "bureaugraph_"+name) && !strings.Contains(told, "…_"+last) {
				t.Errorf("docs/operators.md does not tell of bureaugraph_%s", name)
			}
		}
	})
}
