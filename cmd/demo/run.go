package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/server"
)

// options are the demo's flags.
type options struct {
	seed     uint64
	scale    float64
	listen   string
	private  string
	library  string
	manifest string
	only     bool
	dsn      string
	loadOnly bool
	executor string
	today    model.Date
	suppress int
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Uint64Var(&o.seed, "seed", 1, "which district to invent; the same seed gives the same rows")
	flags.Float64Var(&o.scale, "scale", 1, "how much of a year's work, 0.01 to 100; 1 is a district's real volumes")
	flags.StringVar(&o.listen, "listen", config.DefaultListen, "address of the gateway")
	flags.StringVar(&o.private, "private", "", "address of metrics and pprof; empty for none")
	flags.StringVar(&o.library, "library", "", "directory of saved queries, where the playground saves; empty for none")
	flags.StringVar(&o.manifest, "documents", "", "`manifest` of persisted documents, which requests may name; empty for none")
	flags.BoolVar(&o.only, "documents-only", false, "with -documents: refuse every other document")
	flags.StringVar(&o.dsn, "dsn", "", "fill this real server, user:password@tcp(host:port)/, and serve from it")
	o.today = calendar.Of(world.End)
	flags.Func("today", "the `day` deadlines are counted to; 2024-07-01, when the invented data end", func(text string) (err error) {
		o.today, err = model.ParseDate(text)
		return err
	})
	flags.IntVar(&o.suppress, "suppress-below", 0, "withhold figures behind which fewer persons stand, as figures.suppressBelow does; 0 for none")
	flags.BoolVar(&o.loadOnly, "load-only", false, "with -dsn: stop after filling")
	flags.StringVar(&o.executor, "executor", "breadth-first", "how queries are executed: breadth-first, or stock, gqlgen's own")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	_, unreadable := mysql.ParseDSN(o.dsn)
	switch {
	case unreadable != nil && o.dsn != "":
		return o, fmt.Errorf("-dsn is no address of a server; it looks like user:password@tcp(host:3306)/")
	case flags.NArg() > 0:
		return o, fmt.Errorf("unexpected argument %q; the demo only has flags, see -help", flags.Arg(0))
	case o.scale < 0.01 || o.scale > 100:
		return o, fmt.Errorf("-scale %g is outside 0.01..100", o.scale)
	case o.executor != "breadth-first" && o.executor != "stock":
		return o, fmt.Errorf("-executor %q is neither breadth-first nor stock", o.executor)
	case o.only && o.manifest == "":
		return o, fmt.Errorf("-documents-only goes with -documents: without it there is nothing to allow")
	case o.loadOnly && o.dsn == "":
		return o, fmt.Errorf("-load-only goes with -dsn: without it there is no server to fill")
	}
	return o, nil
}

// run invents the district, serves it, and stops when ctx ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	started := time.Now()
	w, err := world.New(o.seed, o.scale)
	if err != nil {
		return err
	}
	systems := demo.Systems(w)
	dsn, stop, err := open(ctx, o, systems, stdout)
	if err != nil || o.loadOnly {
		return err
	}
	defer stop()
	c, err := configuration(o, systems, dsn)
	if err != nil {
		return err
	}
	gateway, err := server.New(c, slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	if err := gateway.Start(); err != nil {
		return err
	}
	welcome(stdout, gateway.URL(), systems, time.Since(started))
	<-ctx.Done()
	return gateway.Close()
}

// open puts the databases where the gateway can reach them: into the embedded engine,
// or into the real server of -dsn. stop ends what was started.
func open(ctx context.Context, o options, systems []demo.System, stdout io.Writer) (dsn string, stop func(), err error) {
	databases := demo.Databases(systems)
	if o.dsn == "" {
		embedded, err := engine.Start(ctx, "127.0.0.1:0", databases)
		if err != nil {
			return "", nil, err
		}
		return "root@tcp(" + embedded.Addr() + ")/", func() { _ = embedded.Close() }, nil
	}
	err = fill.Fill(ctx, o.dsn, databases, func(database, table string, rows int) {
		fmt.Fprintf(stdout, "filled %s.%s: %d rows\n", database, table, rows)
	})
	return o.dsn, func() {}, err
}

// configuration is the one a bureau would write in a file, for the demo's servers.
func configuration(o options, systems []demo.System, dsn string) (config.Config, error) {
	c := config.Config{
		Listen:        o.listen,
		Private:       o.private,
		SuppressBelow: o.suppress,
		Library:       config.Library{Directory: o.library, Save: true},
		Stock:         o.executor == "stock",
		Sources:       map[model.System]config.Source{},

		PersonKey: demo.PersonKey(),
		Today:     &o.today,
		ShowRaw:   true,
	}
	if o.manifest != "" {
		data, err := os.ReadFile(o.manifest)
		if err != nil {
			return c, fmt.Errorf("-documents: %w", err)
		}
		c.Persisted = config.Persisted{Manifest: &mapping.Source{Name: o.manifest, Data: data}, Only: o.only}
	}
	for _, s := range systems {
		cfg, err := mysql.ParseDSN(dsn)
		if err != nil {
			return c, fmt.Errorf("-dsn: %w", err)
		}
		cfg.DBName = s.Database.Name
		c.Sources[s.System] = config.Source{MySQL: cfg}
	}
	return c, nil
}

// welcome tells a first-time user where to look and what to try.
func welcome(w io.Writer, url string, systems []demo.System, took time.Duration) {
	fmt.Fprintf(w, "Bureaugraph demo, ready in %.1f s: five invented legacy systems, one graph.\n\n", took.Seconds())
	for _, s := range systems {
		rows, dirt := 0, len(s.Database.Ledger)
		for _, t := range s.Database.Tables {
			rows += len(t.Rows)
		}
		fmt.Fprintf(w, "  %-16s %-12s database %-7s %3d tables %8d rows %6d planted defects\n", s.Name, s.System.Label(), s.Database.Name, len(s.Database.Tables), rows, dirt)
	}
	fmt.Fprintf(w, "\n  Playground   %s/\n  GraphQL      %s/graphql\n  Schema       %s/schema.graphql\n\nNo token is needed: names, ID numbers, phones and addresses are masked for everybody.\nFive queries to try, in the playground or with curl:\n\n", url, url, url)
	for i, q := range queries {
		fmt.Fprintf(w, "  %d. %s\n     %s\n", i+1, q.title, q.text)
	}
	fmt.Fprintf(w, "\n  curl -s %s/graphql -H 'Content-Type: application/json' -d '{\"query\":\"{ towns(first: 3) { name } }\"}'\n\nCtrl+C stops.\n", url)
}

// queries are the five a newcomer tries first; the README shows their answers.
var queries = []struct{ title, text string }{
	{"最新的法律援助案件 Newest legal-aid cases",
		`{ legalAidCases(first: 3) { totalCount nodes { number title statusLabel acceptedOn town { name } applicant { name } lawyer { name firm { name } } } } }`},
	{"一个镇街，五个系统 One town, five systems",
		`{ town(code: "330109105") { name legalityReviews(first: 1) { totalCount } reconsiderationCases(first: 1) { totalCount } legalAidCases(first: 1) { totalCount } notarialMatters(first: 1) { totalCount } publicityEvents(first: 1) { totalCount } } }`},
	{"被附带审查的文件，当初怎么审的 Challenged documents and how they were reviewed",
		`{ reconsiderationCases(first: 3, filter: { isAttachedReviewRequested: true }) { nodes { number outcome attachedDocumentNumber attachedDocumentReviews { number documentNumber opinion } } } }`},
	{"2023 年“八进”宣讲场次 Talks on rule-of-law thought in 2023",
		`{ publicityEvents(first: 1, filter: { form: [LECTURE], theme: [XI_RULE_OF_LAW_THOUGHT], status: [HELD, REPORTED, VERIFIED, COUNTED], heldOn: { from: "2023-01-01", before: "2024-01-01" } }) { totalCount } }`},
	{"哪些字段有问题 What is wrong with the data",
		`{ notarialMatters(first: 5, filter: { receivedOn: { from: "2023-05-01", before: "2023-06-01" } }) { nodes { number receivedOn dataIssues { field rule severity raw } } } }`},
}
