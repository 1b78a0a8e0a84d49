package bench

import (
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/server"
)

// BenchmarkRequest is whole requests, from the client's bytes to the client's bytes, for
// the operations of package bench. The servers' answers are replayed, so that hardly
// anything but the gateway is measured: transport, execution, planning, the driver,
// decoding, writing, log.
func BenchmarkRequest(b *testing.B) {
	g := overReplayed(b)(nil)
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
			connection, err := dial(b.Context(), strings.TrimPrefix(g.URL(), "http://"))
			if err != nil {
				b.Fatal(err)
			}
			defer connection.conn.Close()
			b.ReportAllocs()
			for b.Loop() {
				if err := connection.expectData(requests[0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// overReplayed invents servers, of which the answers are replayed, and gives what opens gateways
// over them; change may be nil.
func overReplayed(b *testing.B) func(change func(*config.Config)) *server.Server {
	b.Helper()
	systems := demo.Systems(demotest.World(b, 0.2))
	parsed, err := mysql.ParseDSN(demotest.Embedded(b, systems))
	if err != nil {
		b.Fatal(err)
	}
	address := replayed(b, parsed.Addr)
	return func(change func(*config.Config)) *server.Server {
		c := config.Config{Listen: "127.0.0.1:0", Sources: map[model.System]config.Source{},
			PersonKey: demo.PersonKey()}
		for _, s := range systems {
			cfg := parsed.Clone()
			cfg.Addr, cfg.DBName = address, s.Database.Name
			c.Sources[s.System] = config.Source{MySQL: cfg, Timeout: demotest.Patience}
		}
		if change != nil {
			change(&c)
		}
		g, err := server.New(c, slog.New(slog.NewJSONHandler(io.Discard, nil)))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = g.Close() })
		if err := g.Start(); err != nil {
			b.Fatal(err)
		}
		return g
	}
}
