package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	promodel "github.com/prometheus/common/model"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// scrape reads the metrics as Prometheus does: by name and labels in the order of their
// names, "name a b"; of a histogram how much it counted, and as "name_sum a b" its sum.
func scrape(t *testing.T, s *Server) map[string]float64 {
	t.Helper()
	status, header, body := get(t, s.PrivateURL()+"/metrics")
	if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Fatalf("status %d, type %q", status, header.Get("Content-Type"))
	}
	parser := expfmt.NewTextParser(promodel.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for name, family := range families {
		for _, m := range family.Metric {
			key := ""
			for _, label := range m.Label {
				key += " " + label.GetValue()
			}
			switch family.GetType() {
			case dto.MetricType_HISTOGRAM:
				values[name+key] = float64(m.Histogram.GetSampleCount())
				values[name+"_sum"+key] = m.Histogram.GetSampleSum()
			case dto.MetricType_COUNTER:
				values[name+key] = m.Counter.GetValue()
			case dto.MetricType_GAUGE:
				values[name+key] = m.Gauge.GetValue()
			}
		}
	}
	return values
}

func TestMetrics(t *testing.T) {
	cfg, err := mysql.ParseDSN(demotest.Embedded(t, demo.Systems(demotest.World(t, 0.01))))
	if err != nil {
		t.Fatal(err)
	}
	cfg.DBName = "flyz"
	manifest := `{"1": "query Persisted { towns { code } }"}`
	s, _ := start(t, config.Config{
		Private:   "127.0.0.1:0",
		Persisted: config.Persisted{Manifest: &mapping.Source{Name: "m.json", Data: []byte(manifest)}},
		Sources: map[model.System]config.Source{
			model.SystemLegalAid: {MySQL: cfg, Timeout: demotest.Patience,
				Replicas: []*mysql.Config{at(closedPort(t), "flyz").MySQL}},
			model.SystemPublicity: at(closedPort(t), "pufa"),
		},
	})
	other, _ := start(t, config.Config{Private: "127.0.0.1:0"}) // in the same process

	ask(t, s, `query NewestLegalAidCases { legalAidCases(first: 3) { nodes { number } } }`)
	ask(t, s, `query Persisted { towns { code } }`)
	ask(t, s, `query 张三330121199001011234 { towns { code } }`) // no name at all
	ask(t, s, `query ZhangSan { towns { code } }`)
	ask(t, s, `query ZhangSan { towns { code } }`)
	ask(t, s, `{ towns { nobody } }`)
	ask(t, s, `{ publicityEvents(first: 3) { nodes { number } } }`)
	if status, _, body := get(t, s.URL()+"/reports/newest-legal-aid-cases.json"); status != http.StatusOK {
		t.Fatalf("report: status %d: %s", status, body)
	}

	got := scrape(t, s)
	for got["bureaugraph_requests_running"] > 0 { // an answer may arrive before it is counted
		got = scrape(t, s)
	}
	for name, want := range map[string]float64{
		"bureaugraph_operation_seconds NewestLegalAidCases ok":            2, // the report is one
		"bureaugraph_operation_seconds Persisted ok":                      1,
		"bureaugraph_operation_seconds other ok":                          2,
		"bureaugraph_operation_seconds other refused":                     2,
		"bureaugraph_operation_seconds other partial":                     1,
		"bureaugraph_statement_rows_total PUBLICITY":                      0,
		"bureaugraph_requests_total 200":                                  8,
		"bureaugraph_answers_with_error_total SOURCE_UNAVAILABLE":         1,
		"bureaugraph_connections_in_use LEGAL_AID":                        0,
		"bureaugraph_connections_in_use PUBLICITY":                        0,
		"bureaugraph_requests_running":                                    0,
		"bureaugraph_statement_errors_total SOURCE_UNAVAILABLE LEGAL_AID": 0,
		"bureaugraph_address_used main LEGAL_AID":                         1,
		"bureaugraph_address_used replica-1 LEGAL_AID":                    0,
		"bureaugraph_address_state replica-1 open LEGAL_AID":              1,

		"bureaugraph_cache_hits_total documents":   1,
		"bureaugraph_cache_misses_total documents": 7,
		"bureaugraph_cache_entries documents":      5,
		"bureaugraph_cache_hits_total plans":       1,
		"bureaugraph_cache_misses_total plans":     5,
		"bureaugraph_cache_entries plans":          5,
	} {
		if value := got[name]; value != want {
			t.Errorf("%s: %g, want %g", name, value, want)
		}
	}
	for _, name := range []string{
		"bureaugraph_statement_seconds LEGAL_AID", "bureaugraph_statement_seconds_sum LEGAL_AID",
		"bureaugraph_statement_rows_total LEGAL_AID", "bureaugraph_statement_seconds PUBLICITY",
		"bureaugraph_statement_errors_total SOURCE_UNAVAILABLE PUBLICITY",
		"bureaugraph_operation_seconds_sum other ok", "go_goroutines", "process_resident_memory_bytes",
	} {
		if got[name] <= 0 {
			t.Errorf("%s: %g", name, got[name])
		}
	}
	for name := range got {
		if strings.Contains(name, "Zhang") || strings.Contains(name, "张") || strings.Contains(name, "3301") {
			t.Errorf("%s: a label that a client made up", name)
		}
	}
	for name, value := range scrape(t, other) {
		if strings.HasPrefix(name, "bureaugraph_") && value != 0 {
			t.Errorf("%s: %g of another gateway", name, value)
		}
	}
}
