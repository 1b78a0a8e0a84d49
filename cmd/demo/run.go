package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"
	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/command"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/server"
	"github.com/bureaugraph/bureaugraph/internal/signin"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// options are the demo's flags.
type options struct {
	Seed          uint64           `default:"1" help:"Which district to invent; the same seed gives the same rows."`
	Scale         float64          `default:"1" help:"How much of a year's work, 0.01 to 100; 1 is a district's real volumes."`
	Listen        string           `default:"${listen}" help:"Address of the gateway."`
	Private       string           `help:"Address of metrics and pprof; empty for none."`
	Library       string           `placeholder:"DIRECTORY" help:"Directory of saved queries, where the playground saves; empty for none."`
	Documents     string           `placeholder:"MANIFEST" help:"Persisted documents, which requests may name; empty for none."`
	DocumentsOnly bool             `help:"With --documents: refuse every other document."`
	DSN           string           `name:"dsn" help:"Fill this real server, user:password@tcp(host:port)/, and serve from it."`
	LoadOnly      bool             `help:"With --dsn: stop after filling."`
	Today         day              `default:"${today}" placeholder:"DAY" help:"The day deadlines are counted to; by default the one on which the invented data end, ${today}."`
	SuppressBelow int              `default:"0" placeholder:"PERSONS" help:"Withhold figures behind which fewer persons stand, as figures.suppressBelow does; 0 for none."`
	Audit         string           `placeholder:"DIRECTORY" help:"Directory of the audit, which stays; by default one for temporary files, which goes when the demo stops."`
	Executor      string           `default:"breadth-first" enum:"breadth-first,stock" help:"How queries are executed; stock is gqlgen's own, the reference (${enum})."`
	Version       kong.VersionFlag `help:"Print which build this is."`
}

// day is a day of the command line.
type day struct{ model.Date }

// UnmarshalText reads 2024-07-01.
func (d *day) UnmarshalText(text []byte) (err error) {
	d.Date, err = model.ParseDate(string(text))
	return err
}

// parse reads the arguments; done is whether they asked for help or the version only.
func parse(args []string, stdout, stderr io.Writer) (o options, done bool, err error) {
	_, done, err = command.Program{
		Name:        "demo",
		Description: "The gateway on five invented legacy systems, with realistic, dirty data, in one process.",
		Grammar:     &o,
		Vars:        kong.Vars{"listen": config.DefaultListen, "today": calendar.Of(world.End).String()},
		Stdout:      stdout,
		Stderr:      stderr,
	}.Parse(args)
	if done || err != nil {
		return o, done, err
	}
	_, unreadable := mysql.ParseDSN(o.DSN)
	switch {
	case unreadable != nil && o.DSN != "":
		return o, false, fmt.Errorf("--dsn is no address of a server; it looks like user:password@tcp(host:3306)/")
	case o.Scale < 0.01 || o.Scale > 100:
		return o, false, fmt.Errorf("--scale %g is outside 0.01..100", o.Scale)
	case o.DocumentsOnly && o.Documents == "":
		return o, false, fmt.Errorf("--documents-only goes with --documents: without it there is nothing to allow")
	case o.LoadOnly && o.DSN == "":
		return o, false, fmt.Errorf("--load-only goes with --dsn: without it there is no server to fill")
	}
	return o, false, nil
}

// run invents the district, serves it, and stops when ctx ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, done, err := parse(args, stdout, stderr)
	if done || err != nil {
		return err
	}
	started := time.Now()
	w, err := world.New(o.Seed, o.Scale)
	if err != nil {
		return err
	}
	systems := demo.Systems(w)
	dsn, stop, err := open(ctx, o, systems, stdout)
	if err != nil || o.LoadOnly {
		return err
	}
	defer stop()
	c, err := configuration(o, systems, dsn)
	if err != nil {
		return err
	}
	var tidy func()
	if c.Audit, tidy, err = audited(o); err != nil {
		return err
	}
	defer tidy()
	gateway, err := server.New(c, slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	if err := gateway.Start(); err != nil {
		return err
	}
	welcome(stdout, gateway.URL(), systems, time.Since(started))
	watched(stdout, c.Audit.Directory, o.Audit != "")
	fmt.Fprint(stdout, "\nCtrl+C stops.\n")
	<-ctx.Done()
	return gateway.Close()
}

// open puts the databases where the gateway can reach them: into the embedded engine,
// or into the real server of --dsn. stop ends what was started.
func open(ctx context.Context, o options, systems []demo.System,
	stdout io.Writer) (dsn string, stop func(), err error) {
	databases := demo.Databases(systems)
	if o.DSN == "" {
		embedded, err := engine.Start(ctx, "127.0.0.1:0", databases)
		if err != nil {
			return "", nil, err
		}
		return "root@tcp(" + embedded.Addr() + ")/", func() { _ = embedded.Close() }, nil
	}
	err = fill.Fill(ctx, o.DSN, databases, func(database, table string, rows int) {
		fmt.Fprintf(stdout, "filled %s.%s: %d rows\n", database, table, rows)
	})
	return o.DSN, func() {}, err
}

// patience bounds a statement of the demo and, twice, a request. The invented servers stand on
// this machine: where it is slow or busy, they are slow with it, not out of order.
const patience = time.Minute

// configuration is the one a bureau would write in a file, for the demo's servers.
func configuration(o options, systems []demo.System, dsn string) (config.Config, error) {
	c := config.Config{
		Listen:        o.Listen,
		Private:       o.Private,
		SuppressBelow: o.SuppressBelow,
		Library:       config.Library{Directory: o.Library, Save: true},
		Stock:         o.Executor == "stock",
		Sources:       map[model.System]config.Source{},

		PersonKey: demo.PersonKey(),
		Today:     &o.Today.Date,
		ShowRaw:   true,
		Limits:    transport.Limits{Timeout: 2 * patience},
		Access: config.Access{
			Options: signin.Options{Demo: demo.Identities()},
			Policy:  new(mapping.Source(demo.Policy())),
		},
	}
	if o.Documents != "" {
		data, err := os.ReadFile(o.Documents)
		if err != nil {
			return c, fmt.Errorf("--documents: %w", err)
		}
		c.Persisted = config.Persisted{Manifest: &mapping.Source{Name: o.Documents, Data: data}, Only: o.DocumentsOnly}
	}
	for _, s := range systems {
		cfg, err := mysql.ParseDSN(dsn)
		if err != nil {
			return c, fmt.Errorf("--dsn: %w", err)
		}
		cfg.DBName = s.Database.Name
		c.Sources[s.System] = config.Source{MySQL: cfg, Timeout: patience}
	}
	return c, nil
}

// keyName is the file beside the audit's files in which the demo keeps its key, for gateway audit.
const keyName = "demo.key"

// audited makes the directory of the audit, with the key's file; without one where gqlgen's
// executor answers, which tells the audit of no persons. tidy takes away what nobody asked to keep.
func audited(o options) (a config.Audit, tidy func(), err error) {
	tidy = func() {}
	if o.Executor == "stock" {
		return a, tidy, nil
	}
	a = config.Audit{Directory: o.Audit, Key: demo.PersonKey()}
	if a.Directory == "" {
		if a.Directory, err = os.MkdirTemp("", "bureaugraph-demo-audit-"); err != nil {
			return a, tidy, fmt.Errorf("the audit: %w", err)
		}
		tidy = func() { _ = os.RemoveAll(a.Directory) }
	}
	if err := os.MkdirAll(a.Directory, 0o700); err != nil {
		return a, tidy, fmt.Errorf("--audit: %w", err)
	}
	key := base64.StdEncoding.EncodeToString(a.Key)
	if err := os.WriteFile(filepath.Join(a.Directory, keyName), []byte(key+"\n"), 0o600); err != nil {
		tidy()
		return a, tidy, fmt.Errorf("--audit: %w", err)
	}
	return a, tidy, nil
}

// watched tells where the audit is, how it is read, and whether it stays.
func watched(w io.Writer, directory string, stays bool) {
	if directory == "" {
		return
	}
	where := fmt.Sprintf("-directory %s -key-file %s", directory, filepath.Join(directory, keyName))
	fmt.Fprintf(w, "\nEvery request is recorded. Is the record whole, who saw a person, what was the month like?\n"+
		"每次请求都有审计记录，可校验是否完整、查谁看过某人、出月报：\n\n  go run ./cmd/gateway audit verify %[1]s\n"+
		"  go run ./cmd/gateway audit who -person %[1]s\n"+
		"  go run ./cmd/gateway audit report -month %[2]s %[1]s\n", where, time.Now().Format("2006-01"))
	if !stays {
		fmt.Fprint(w, "\nIt goes when the demo stops; --audit DIRECTORY keeps it. 演示结束即删除，--audit 指定目录则保留。\n")
	}
}

// welcome tells a first-time user where to look and what to try.
func welcome(w io.Writer, url string, systems []demo.System, took time.Duration) {
	fmt.Fprintf(w, "Bureaugraph demo, ready in %.1f s: five invented legacy systems, one graph.\n\n", took.Seconds())
	for _, s := range systems {
		rows, dirt := 0, len(s.Database.Ledger)
		for _, t := range s.Database.Tables {
			rows += len(t.Rows)
		}
		fmt.Fprintf(w, "  %-16s %-12s database %-7s %3d tables %8d rows %6d planted defects\n", s.Name,
			s.System.Label(), s.Database.Name, len(s.Database.Tables), rows, dirt)
	}
	fmt.Fprintf(w,
		"\n  Playground   %s/\n  GraphQL      %s/graphql\n  Schema       %s/schema.graphql\n\n", url, url, url)
	identities(w)
	fmt.Fprint(w, "\nFive queries to try, in the playground or with curl:\n\n")
	for i, q := range queries {
		fmt.Fprintf(w, "  %d. %s\n     %s\n", i+1, q.title, q.text)
	}
	fmt.Fprintf(w,
		"\n  curl -s %s/graphql -H 'Content-Type: application/json' -d '{\"query\":\"{ towns(first: 3) { name } }\"}'\n", url)
}

// identities tells as whom the graph can be seen.
func identities(w io.Writer) {
	all := demo.Identities()
	fmt.Fprintf(w, "No sign-in is needed: you are the %s until you choose another identity, at the top of the page\n"+
		"or by the header X-Demo-Identity. 无需登录：默认身份是管理员，可在页面右上角“以…身份查看”切换，脚本用上述请求头。\n\n", all.Default)
	for _, i := range all.Identities {
		fmt.Fprintf(w, "  %-18s %s · %s\n", i.Name, i.Title, i.English)
	}
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
