package bench

import (
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/server"
)

// rounds is how often the two gateways of BenchmarkAudit are asked in turn, and turn how many
// requests one round has.
const (
	rounds = 40
	turn   = 25
)

// BenchmarkAudit is what an audit costs of whole requests: two gateways over the same replayed
// servers, one with an audit and one without, are asked in turn. "time/without" is the ratio of
// the medians of their rounds.
func BenchmarkAudit(b *testing.B) {
	systems := demo.Systems(demotest.World(b, 0.2))
	parsed, err := mysql.ParseDSN(demotest.Embedded(b, systems))
	if err != nil {
		b.Fatal(err)
	}
	address := replayed(b, parsed.Addr)
	gateway := func(audit config.Audit) *client {
		c := config.Config{Listen: "127.0.0.1:0", Sources: map[model.System]config.Source{},
			PersonKey: demo.PersonKey(), Audit: audit}
		for _, s := range systems {
			cfg := parsed.Clone()
			cfg.Addr, cfg.DBName = address, s.Database.Name
			c.Sources[s.System] = config.Source{MySQL: cfg, Timeout: demotest.Patience}
		}
		g, err := server.New(c, slog.New(slog.NewJSONHandler(io.Discard, nil)))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = g.Close() })
		if err := g.Start(); err != nil {
			b.Fatal(err)
		}
		connection, err := dial(b.Context(), strings.TrimPrefix(g.URL(), "http://"))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = connection.conn.Close() })
		return connection
	}
	with := gateway(config.Audit{Directory: filepath.Join(b.TempDir(), "audit"), Key: demo.PersonKey()})
	without := gateway(config.Audit{})
	operations, err := Operations([]string{"浙萧援民〔2023〕12号"})
	if err != nil {
		b.Fatal(err)
	}
	for _, o := range operations {
		b.Run(o.Name, func(b *testing.B) {
			requests, err := o.GatewayRequests()
			if err != nil {
				b.Fatal(err)
			}
			round := func(c *client) time.Duration {
				began := time.Now()
				for range turn {
					if err := c.expectData(requests[0]); err != nil {
						b.Fatal(err)
					}
				}
				return time.Since(began)
			}
			round(with)
			round(without)
			for b.Loop() {
				var took [2][]time.Duration
				for range rounds {
					took[0] = append(took[0], round(with))
					took[1] = append(took[1], round(without), round(without))
					took[0] = append(took[0], round(with))
				}
				b.ReportMetric(float64(median(took[0]))/float64(median(took[1])), "time/without")
				b.ReportMetric(float64(median(took[1]).Microseconds())/turn, "µs/request")
			}
		})
	}
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}
