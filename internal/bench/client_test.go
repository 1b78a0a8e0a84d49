package bench_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/bench"
)

func TestAsk(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		body   string
		want   string // data
		wrong  string // part of the error
	}{
		{"data as they came", 200, `{"data":{"a" : 1,"ä":"b"},"extensions":{}}`, `{"a" : 1,"ä":"b"}`, ""},
		{"errors", 200, `{"errors":[{"message":"no"}],"data":null}`, "", "has errors"},
		{"another status", 400, `{"data":{}}`, "", "not 200 OK"},
		{"no JSON", 200, `oops`, "", "no JSON"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			}))
			defer server.Close()
			got, err := bench.Ask(t.Context(), server.Listener.Addr().String(),
				[]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
			switch {
			case test.wrong == "" && err != nil, test.wrong != "" &&
				(err == nil || !strings.Contains(err.Error(), test.wrong)):
				t.Errorf("err = %v, want %q", err, test.wrong)
			case string(got) != test.want:
				t.Errorf("data = %s, want %s", got, test.want)
			}
		})
	}
}

// TestDrive: requests are sent in turn, over kept-alive connections, no more than asked.
func TestDrive(t *testing.T) {
	var connections atomic.Int64
	seen := make(chan string, 100)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen <- r.URL.Path
		_, _ = w.Write([]byte(`{"data":{}}`))
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	sample, err := bench.Drive(t.Context(), server.Listener.Addr().String(), bench.Load{
		Requests: [][]byte{
			[]byte("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"),
			[]byte("GET /b HTTP/1.1\r\nHost: x\r\n\r\n"),
		},
		Connections: 3, For: time.Minute, AtMost: 10,
	})
	if err != nil {
		t.Fatal(err)
	}
	close(seen)
	paths := map[string]int{}
	for path := range seen {
		paths[path]++
	}
	if diff := cmp.Diff(map[string]int{"/a": 5, "/b": 5}, paths); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if n := connections.Load(); n != 3 {
		t.Errorf("%d connections", n)
	}
	if sample.Requests != 10 || len(sample.Latencies) != 10 || sample.Rate() <= 0 {
		t.Errorf("sample = %+v", sample)
	}
}

// TestDriveRefusesErrors: an answer with errors must not pass for a fast one.
func TestDriveRefusesErrors(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`{"errors":[{"message":"too late"}],"data":null}`))
	}))
	defer server.Close()
	load := bench.Load{Requests: [][]byte{[]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")}, Connections: 1,
		For: time.Minute, AtMost: 2}
	if _, err := bench.Drive(t.Context(), server.Listener.Addr().String(), load); err == nil {
		t.Error("errors were counted as answers")
	}
}

func TestProcess(t *testing.T) {
	p := bench.Process(os.Getpid())
	if _, err := p.CPU(); err != nil {
		t.Error(err)
	}
	if peak, err := p.PeakMemory(); err != nil || peak < 1<<20 {
		t.Errorf("peak = %d, %v", peak, err)
	}
	if _, err := bench.Process(1 << 30).CPU(); err == nil {
		t.Error("there is no such process")
	}
}
