package bench

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
)

// rounds is how often the two gateways of BenchmarkAudit are asked in turn, and turn how many
// requests one round has.
const (
	rounds = 40
	turn   = 25
)

// BenchmarkAudit is what an audit costs of whole requests, and a policy besides, which sees to masks and to what a
// role may see: two gateways over the same replayed servers, one with them and one without, are asked in turn.
// "time/without" is the ratio of the medians of their rounds.
func BenchmarkAudit(b *testing.B) {
	audit := func(c *config.Config) {
		c.Audit = config.Audit{Directory: filepath.Join(b.TempDir(), "audit"), Key: demo.PersonKey()}
	}
	policy := func(c *config.Config) {
		c.Access.Policy = &mapping.Source{Name: "policy.yaml",
			Data: []byte("anonymous: reader\nroles:\n  reader: {show: all}\n")}
	}
	for name, change := range map[string]func(*config.Config){
		"audit":  audit,
		"policy": policy,
		"both":   func(c *config.Config) { audit(c); policy(c) },
	} {
		b.Run(name, func(b *testing.B) { beside(b, change) })
	}
}

// beside measures a gateway with a change of its configuration and one without.
func beside(b *testing.B, change func(*config.Config)) {
	open := overReplayed(b)
	gateway := func(change func(*config.Config)) *client {
		connection, err := dial(b.Context(), strings.TrimPrefix(open(change).URL(), "http://"))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = connection.conn.Close() })
		return connection
	}
	with, without := gateway(change), gateway(nil)
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
