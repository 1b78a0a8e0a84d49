package server

import (
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// district serves a small district of the demo; the systems named are down.
func district(t *testing.T, down ...model.System) (*Server, *lines) {
	t.Helper()
	return start(t, reachable(t, down...))
}

// reachable is the configuration of district.
func reachable(t *testing.T, down ...model.System) config.Config {
	t.Helper()
	w := demotest.World(t, 0.02)
	systems := demo.Systems(w)
	dsn := demotest.Embedded(t, systems)
	c := config.Config{Sources: map[model.System]config.Source{}, PersonKey: demo.PersonKey(),
		Library: config.Library{Directory: "testdata/reports"}}
	for _, s := range systems {
		address := strings.TrimSuffix(strings.TrimPrefix(dsn, "root@tcp("), ")/")
		for _, d := range down {
			if d == s.System {
				address = closedPort(t)
			}
		}
		c.Sources[s.System] = at(address, s.Database.Name)
	}
	return c
}

// volatile is what differs from run to run.
var volatile = regexp.MustCompile(`"(generatedAt|milliseconds|request)":("[^"]*"|\d+)`)

func TestReportsOfTheDemo(t *testing.T) {
	s, _ := district(t)
	for name, path := range map[string]string{
		"legal-aid.csv":  "/reports/legal-aid-cases-in-a-period.csv?from=2023-03-01&before=2023-03-15",
		"legal-aid.json": "/reports/legal-aid-cases-in-a-period.json?from=2023-03-01&before=2023-04-01&kind=CIVIL&size=3",
		"one-town.csv":   "/reports/one-town.csv?town=330109105&list=town.publicityEvents&head=both&enum=code&size=5",
		"by-town.json":   "/reports/reconsideration-by-town.json?list=reconsiderationCaseStats.groups&head=zh&enum=label",
		"overview.csv":   "/reports/reconsideration-by-town.csv?list=overview",
		"lawyers.csv":    "/reports/lawyers-and-cases.csv?size=3",
		"issues.csv":     "/reports/notarial-matters-and-issues.csv?size=30&head=field",
		"towns.csv":      "/reports/five-systems-by-town.csv",
	} {
		t.Run(name, func(t *testing.T) {
			status, _, body := get(t, s.URL()+path)
			if status != http.StatusOK {
				t.Fatalf("status %d: %s", status, body)
			}
			got := volatile.ReplaceAllString(body, `"$1":null`)
			file := filepath.Join("testdata", "reports", "answers", name)
			golden.Check(t, file, got, *update)
		})
	}
}

// TestEveryReportRuns takes each saved operation that asks for nothing as a workbook, and
// reads it back.
func TestEveryReportRuns(t *testing.T) {
	s, _ := district(t)
	_, _, body := get(t, s.URL()+"/reports")
	var catalogue struct {
		Reports []struct {
			Name, Problem string
			Parameters    struct{ Required []string }
			Lists         []struct {
				Name    string
				Columns []struct{ Name, Label string }
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &catalogue); err != nil || len(catalogue.Reports) < 10 {
		t.Fatalf("error %v, %d reports", err, len(catalogue.Reports))
	}
	for _, report := range catalogue.Reports {
		t.Run(report.Name, func(t *testing.T) {
			if report.Problem != "" || len(report.Lists) == 0 {
				t.Fatalf("problem %q, %d lists", report.Problem, len(report.Lists))
			}
			if len(report.Parameters.Required) > 0 {
				t.Skip("asks for ", report.Parameters.Required)
			}
			status, _, body := get(t, s.URL()+"/reports/"+report.Name+".xlsx?head=field")
			if status != http.StatusOK {
				t.Fatalf("status %d: %s", status, body)
			}
			book, err := excelize.OpenReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			sheets := book.GetSheetList()
			if len(sheets) != len(report.Lists)+1 || sheets[len(sheets)-1] != "说明" {
				t.Fatalf("sheets %q of %d lists", sheets, len(report.Lists))
			}
			for i, list := range report.Lists {
				rows, err := book.GetRows(sheets[i])
				if err != nil || len(rows) == 0 {
					t.Fatalf("%s: %d lines, error %v", sheets[i], len(rows), err)
				}
				var names []string
				for _, c := range list.Columns {
					names = append(names, c.Name)
				}
				if diff := cmp.Diff(names, rows[0]); diff != "" {
					t.Errorf("%s: headers, -catalogue +file\n%s", list.Name, diff)
				}
			}
		})
	}
}

// TestPersonsInReports keeps a person's number out of the address and the log.
func TestPersonsInReports(t *testing.T) {
	s, log := district(t)
	const number = "33019919900101002X"
	url := s.URL() + "/reports/person.csv"
	if status, _, body := get(t, url+"?residentId="+number); status != http.StatusBadRequest ||
		strings.Contains(body, number) || !strings.Contains(body, "personal data must not stand in an address") {
		t.Errorf("status %d: %s", status, body)
	}
	response, err := http.PostForm(url, map[string][]string{"residentId": {number}})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || strings.Count(string(body), "\r\n") != 1 ||
		!strings.Contains(string(body), "收到日期") {
		t.Errorf("status %d, error %v: %s", response.StatusCode, err, body)
	}
	if text := log.String(); strings.Contains(text, "330199") ||
		!strings.Contains(text, `"route":"/reports/{file}","status":200,"operation":"PersonRecords"`) {
		t.Errorf("log: %s", text)
	}
}

func TestReportsWithASystemDown(t *testing.T) {
	s, _ := district(t, model.SystemLegalAid)
	status, header, body := get(t, s.URL()+"/reports/legal-aid-cases-in-a-period.csv")
	if status != http.StatusServiceUnavailable ||
		header.Get("Content-Type") != "application/problem+json; charset=utf-8" ||
		!strings.Contains(body, `"code":"SOURCE_UNAVAILABLE","system":"LEGAL_AID"`) {
		t.Errorf("status %d, %s: %s", status, header.Get("Content-Type"), body)
	}
	// Other systems' reports do not mind.
	if status, _, body := get(t, s.URL()+"/reports/publicity-events.csv"); status != http.StatusOK {
		t.Errorf("status %d: %s", status, body)
	}
	status, header, body = get(t, s.URL()+"/reports/five-systems-by-town.csv?partial=allow")
	lines := strings.Split(strings.TrimSpace(body), "\r\n")
	if status != http.StatusOK || header.Get("Report-Partial") != "SOURCE_UNAVAILABLE LEGAL_AID" ||
		!strings.HasPrefix(lines[len(lines)-1], "数据不完整") {
		t.Errorf("status %d, partial %q: %s", status, header.Get("Report-Partial"), lines[len(lines)-1])
	}
}
