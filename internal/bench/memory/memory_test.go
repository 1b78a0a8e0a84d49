// Package memory measures what a gateway keeps in memory, and how long it takes, while it
// answers questions over a table of a million rows, in a real MariaDB.
//
//	go test ./internal/bench/memory -run '^$' -bench Million -benchtime 1x -timeout 20m
//	go test ./internal/bench/memory -run '^$' -bench Time -benchtime 5x -timeout 20m
//
// Figures are of this process, which is gateway and client; the server is another. Those
// of Million are sizes of the heap above the one at the start: peak-MB is the greatest,
// sampled every millisecond, retained-MB what is left at the end. The collector is made to
// come at every twentieth more than is live (GOGC=5), so that the peak is what the work
// needs and not what garbage it leaves until the collector comes. Time runs as a gateway
// does, and also counts the statements of a question.
package memory

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/tests/serve"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// sizes are the rows of the table: a figure that is bounded is the same for all.
var sizes = []int{10_000, 100_000, 1_000_000}

func BenchmarkMillion(b *testing.B) {
	url, grow := table(b)
	for _, rows := range sizes {
		grow(rows)
		for _, q := range []struct{ name, query string }{
			{"count by month", `{ notarialMatterStats(groupBy: [RECEIVED_MONTH]) { groups { key { value } count } } }`},
			{"all figures by month",
				`{ notarialMatterStats(groupBy: [RECEIVED_MONTH]) { groups { key { value } count onlineShare { value } refusalRate { value } daysToIssue { average p90 } copies { sum } } excluded { reason of count } } }`},
			{"working days, row by row",
				`{ notarialMatterStats(groupBy: [TYPE]) { groups { key { value } workdaysToIssue { average p90 counted } } } }`},
			{"on-time share of a month",
				`{ notarialMatterStats(groupBy: [ISSUED_MONTH], filter: {issuedOn: {from: "2023-01-01", before: "2023-02-01"}}) { groups { key { value } issueOnTimeShare { value numerator denominator } } } }`},
			{"largest groups of year, town and type",
				`{ notarialMatterStats(groupBy: [RECEIVED_YEAR, TOWN, TYPE], top: 10) { groups { count } rest { count } } }`},
		} {
			b.Run(fmt.Sprintf("%s/%d rows", q.name, rows), func(b *testing.B) {
				for b.Loop() {
					measure(b, func() { ask(b, url, q.query, nil) })
				}
			})
		}
		b.Run(fmt.Sprintf("every page/%d rows", rows), func(b *testing.B) {
			for b.Loop() {
				seen := 0
				measure(b, func() { seen = everyPage(b, url) })
				b.ReportMetric(float64(seen), "listed-rows")
			}
		})
	}
}

// BenchmarkTime asks what screens and reports ask.
func BenchmarkTime(b *testing.B) {
	url, grow := table(b)
	const page = `{ nodes { id number title status type receivedOn } }`
	for _, rows := range sizes {
		grow(rows)
		for _, q := range []struct{ name, query string }{
			{"record by id", `{ notarialMatter(id: "` + first(b, url) + `") { number title status type receivedOn } }`},
			{"newest 50", `{ notarialMatters(first: 50) ` + page + ` }`},
			{"50 from the middle", `{ notarialMatters(first: 50, filter: {receivedOn: {before: "2023-07-01"}}) ` +
				page + ` }`},
			{"a status that none of a month has",
				`{ notarialMatters(first: 50, filter: {receivedOn: {from: "2023-03-01", before: "2023-04-01"}, status: [ISSUED]}) ` + page + ` }`},
			{"newest 10 of every town", `{ towns { notarialMatters(first: 10) ` + page + ` } }`},
			{"count of a month, by town",
				`{ notarialMatterStats(groupBy: [TOWN], filter: {receivedOn: {from: "2023-03-01", before: "2023-04-01"}}) { groups { key { value } count } } }`},
			{"totalCount", `{ notarialMatters(first: 1) { totalCount } }`},
			{"count by month", `{ notarialMatterStats(groupBy: [RECEIVED_MONTH]) { groups { key { value } count } } }`},
			{"working days by type",
				`{ notarialMatterStats(groupBy: [TYPE]) { groups { key { value } workdaysToIssue { average p90 } } } }`},
		} {
			b.Run(fmt.Sprintf("%s/%d rows", q.name, rows), func(b *testing.B) {
				b.ReportAllocs()
				var answer []byte
				for b.Loop() {
					answer = ask(b, url, q.query, nil)
				}
				b.ReportMetric(float64(statements(b, answer)), "statements")
			})
		}
	}
}

// first is the id of the newest matter.
func first(b *testing.B, url string) string {
	var answer struct {
		Data struct {
			NotarialMatters struct{ Nodes []struct{ ID string } }
		}
	}
	if err := json.Unmarshal(ask(b, url, `{ notarialMatters(first: 1) { nodes { id } } }`, nil), &answer); err != nil {
		b.Fatal(err)
	}
	return answer.Data.NotarialMatters.Nodes[0].ID
}

// statements is how many an answer took.
func statements(b *testing.B, answer []byte) (n int) {
	var with struct {
		Extensions struct{ Sources []struct{ Statements int } }
	}
	if err := json.Unmarshal(answer, &with); err != nil {
		b.Fatal(err)
	}
	for _, source := range with.Extensions.Sources {
		n += source.Statements
	}
	return n
}

// table starts a gateway over the notarial matters of a new MariaDB; increase lets them
// become so many.
func table(b *testing.B) (url string, increase func(rows int)) {
	database := dbtest.MariaDB(b)
	systems := demo.Systems(demotest.World(b, 0.2))
	for i, s := range systems {
		if s.System == model.SystemNotarization {
			systems = systems[i : i+1]
			break
		}
	}
	if err := fill.Fill(b.Context(), database.DSN(""), demo.Databases(systems),
		func(string, string, int) {}); err != nil {
		b.Fatal(err)
	}
	return gateway(b, systems[0], database.DSN("")), func(rows int) {
		grow(b, database, systems[0].Database.Name, rows)
	}
}

// everyPage walks the list from its newest record to its oldest.
func everyPage(b *testing.B, url string) (seen int) {
	var after *string
	for {
		answer := ask(b, url,
			`query ($after: String) { notarialMatters(first: 200, after: $after) { nodes { number title status receivedOn } pageInfo { hasNextPage endCursor } } }`, after)
		var page struct {
			Data struct {
				NotarialMatters struct {
					Nodes    []struct{ Number string }
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
				}
			}
		}
		if err := json.Unmarshal(answer, &page); err != nil {
			b.Fatal(err)
		}
		seen += len(page.Data.NotarialMatters.Nodes)
		if !page.Data.NotarialMatters.PageInfo.HasNextPage {
			return seen
		}
		after = &page.Data.NotarialMatters.PageInfo.EndCursor
	}
}

// grow copies the matters under new keys until there are so many rows.
func grow(b *testing.B, database *dbtest.Server, name string, rows int) {
	db := database.Open(b, name)
	var columns []string
	found, err := db.QueryContext(b.Context(),
		"SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = 'notarialCase' ORDER BY ORDINAL_POSITION", name)
	if err != nil {
		b.Fatal(err)
	}
	for found.Next() {
		var column string
		if err := found.Scan(&column); err != nil {
			b.Fatal(err)
		}
		if column != "id" {
			columns = append(columns, "`"+column+"`")
		}
	}
	if err := found.Err(); err != nil {
		b.Fatal(err)
	}
	list := strings.Join(columns, ", ")
	for {
		var n, greatest int
		if err := db.QueryRowContext(b.Context(), "SELECT COUNT(*), MAX(id) FROM notarialCase").Scan(&n,
			&greatest); err != nil {
			b.Fatal(err)
		}
		if n >= rows {
			return
		}
		if _, err := db.ExecContext(b.Context(),
			fmt.Sprintf("INSERT INTO notarialCase (id, %s) SELECT id + %d, %s FROM notarialCase ORDER BY id LIMIT %d",
				list, greatest, list, rows-n)); err != nil {
			b.Fatal(err)
		}
	}
}

// measure reports the heap of one run.
func measure(b *testing.B, run func()) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	start := collected()
	peak := start
	done, sampled := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(sampled)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				peak = max(peak, heap())
			}
		}
	}()
	run()
	close(done)
	<-sampled
	const mb = 1 << 20
	b.ReportMetric(float64(peak-start)/mb, "peak-MB")
	b.ReportMetric(float64(collected()-start)/mb, "retained-MB")
}

// collected is the size of what is live.
func collected() int64 {
	runtime.GC()
	runtime.GC() // what finalizers let go
	return heap()
}

// heap is the size of all objects, garbage included.
func heap() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

func gateway(b *testing.B, system demo.System, dsn string) string {
	return serve.Gateway(b, serve.Config(b, []demo.System{system}, dsn), nil).URL()
}

// ask gives an answer without errors.
func ask(b *testing.B, url, query string, after *string) []byte {
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"after": after}})
	if err != nil {
		b.Fatal(err)
	}
	response, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(response.Body); err != nil {
		b.Fatal(err)
	}
	if bytes.Contains(answer.Bytes(), []byte(`"errors"`)) {
		b.Fatalf("%.500s", answer.Bytes())
	}
	return answer.Bytes()
}
