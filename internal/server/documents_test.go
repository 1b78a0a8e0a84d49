package server

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// TestUnlistedAreRecorded: documents that are not in the manifest are told and recorded once; what is
// recorded is a manifest, also after a restart.
func TestUnlistedAreRecorded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "seen.json")
	var log bytes.Buffer
	open := func() transport.Persisted {
		t.Helper()
		p, err := persisted(config.Persisted{Log: true, Record: file}, graph.Schema(), transport.Limits{},
			slog.New(slog.NewTextHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	const first, second = `{"a<b": "1"}`, "query Towns { towns { code } }"
	p := open()
	for range 3 {
		p.Unlisted(t.Context(), "1", "", first)
	}
	p = open()
	p.Unlisted(t.Context(), "1", "", first)
	p.Unlisted(t.Context(), "2", "Towns", second)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var recorded map[string]string
	if err := json.Unmarshal(data, &recorded); err != nil || recorded["1"] != first || recorded["2"] != second ||
		len(recorded) != 2 {
		t.Errorf("%v: %s", err, data)
	}
	if n := strings.Count(log.String(), "not in the manifest"); n != 2 || strings.Contains(log.String(), "towns") {
		t.Errorf("told %d times, or with the text: %s", n, log.String())
	}
	if left, _ := filepath.Glob(file + ".*"); left != nil {
		t.Errorf("left behind: %v", left)
	}
	nowhere := config.Persisted{Record: filepath.Join(file, "seen.json")}
	_, err = persisted(nowhere, graph.Schema(), transport.Limits{}, nil)
	if err == nil {
		t.Error("a file that cannot be written is told by nobody")
	}
	_, err = persisted(config.Persisted{Manifest: &mapping.Source{Name: "m.json", Data: []byte(`{"a":"{nobody}"}`)}},
		graph.Schema(), transport.Limits{}, nil)
	if err == nil || !strings.Contains(err.Error(), "m.json:1: ") {
		t.Errorf("a wrong manifest: %v", err)
	}
}

// TestRecordIsBounded: whoever sends ever new documents neither fills the disk nor the log, and an
// operator is told once that there were more.
func TestRecordIsBounded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "seen.json")
	var log bytes.Buffer
	p, err := persisted(config.Persisted{Record: file}, graph.Schema(), transport.Limits{},
		slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the file was made before there was a document")
	}
	text := strings.Repeat("x", mostRecorded/4)
	for i := range 10 {
		p.Unlisted(t.Context(), strconv.Itoa(i), "", text)
	}
	if told := strings.Count(log.String(), "no more documents"); told != 1 {
		t.Errorf("told %d times that no more are recorded: %s", told, log.String())
	}
	data, err := os.ReadFile(file)
	if err != nil || len(data) < mostRecorded || len(data) > mostRecorded+1000 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}
