// Compare measures the gateway against the server written by hand (package
// internal/bench/reference) on one real MariaDB, and prints a table of ratios.
//
//	go run ./internal/bench/cmd/compare                    # throw-away MariaDB, scale 1
//	go run ./internal/bench/cmd/compare -dsn 'root@tcp(127.0.0.1:3306)/' -fill -scale 20
//	go run ./internal/bench/cmd/compare -quick             # same answers? a smoke test for CI
//	go run ./internal/bench/cmd/compare -growth            # how cost grows with what is asked
//
// Both servers are processes of their own and are asked in turn, A B B A, so that what
// else happens on the machine happens to both. Before anything is measured, their answers
// are compared byte by byte; a difference ends the program with code 1.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/bench"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// dsnVariable names the database server when -dsn does not.
const dsnVariable = "BUREAUGRAPH_BENCH_DSN"

// options are the command line.
type options struct {
	role        string // of a child process; "" is the program itself
	dsn         string // "" starts a throw-away server
	fill        bool
	scale       float64
	only        string
	rounds      int
	round       time.Duration
	connections []int
	quick       bool
	grows       bool
	profiles    string // directory for profiles of the gateway; "" takes none
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// parse reads the command line.
func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.StringVar(&o.role, "role", "", "play a role; used by the program itself")
	flags.StringVar(&o.dsn, "dsn", os.Getenv(dsnVariable),
		"MariaDB server that holds, or with -fill gets, the demo's databases")
	flags.BoolVar(&o.fill, "fill", false, "fill the databases first")
	flags.Float64Var(&o.scale, "scale", 1, "size of the data that are filled in")
	flags.StringVar(&o.only, "only", "", "measure one operation only: record, cases, towns, flat, statistics")
	flags.IntVar(&o.rounds, "rounds", 5, "rounds per operation and number of connections")
	flags.DurationVar(&o.round, "round", 2*time.Second, "length of a round of one server")
	connections := flags.String("connections", "1,8,64", "numbers of connections")
	flags.BoolVar(&o.quick, "quick", false, "compare the answers, send a few requests, judge nothing")
	flags.BoolVar(&o.grows, "growth", false, "measure instead how the gateway's cost grows with what is asked")
	flags.StringVar(&o.profiles, "profiles", "",
		"directory for CPU and heap profiles of the gateway, one per operation")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	for text := range strings.SplitSeq(*connections, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return o, fmt.Errorf("-connections: %q is no number of connections", text)
		}
		o.connections = append(o.connections, n)
	}
	if o.quick {
		o.rounds, o.round, o.connections = 1, 300*time.Millisecond, []int{1, 8}
		if o.dsn == "" {
			o.scale = min(o.scale, 0.1)
		}
	}
	return o, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	if o.role != "" {
		return serve(ctx, o.role, o.dsn)
	}
	if o.dsn == "" {
		server, stop, err := dbtest.Start()
		if err != nil {
			return err
		}
		defer stop()
		o.dsn, o.fill = server.DSN(""), true
	}
	if o.fill {
		if err := fillDemo(ctx, o.dsn, o.scale); err != nil {
			return err
		}
	}
	log, err := os.CreateTemp("", "bureaugraph-compare-*.log")
	if err != nil {
		return err
	}
	defer log.Close()
	a, err := spawn(gateway, o.dsn, log)
	if err != nil {
		return err
	}
	defer a.stop()
	b, err := spawn(handmade, o.dsn, log)
	if err != nil {
		return err
	}
	defer b.stop()
	db, err := connect(ctx, o.dsn)
	if err != nil {
		return err
	}
	defer db.pool.Close()
	c := &comparison{options: o, gateway: a, reference: b, db: db, out: out}
	measure := c.run
	if o.grows {
		measure = c.growth
	}
	if err := measure(ctx); err != nil {
		return fmt.Errorf("%w (log of the servers: %s)", err, log.Name())
	}
	return os.Remove(log.Name())
}

// fillDemo writes the demo's databases.
func fillDemo(ctx context.Context, dsn string, scale float64) error {
	w, err := world.New(1, scale)
	if err != nil {
		return err
	}
	return fill.Fill(ctx, dsn, demo.Databases(demo.Systems(w)), nil)
}

// comparison is one run over all operations.
type comparison struct {
	options
	gateway, reference *child
	db                 *database
	out                io.Writer
}

func (c *comparison) run(ctx context.Context) error {
	numbers, err := c.numbers(ctx)
	if err != nil {
		return err
	}
	operations, err := bench.Operations(numbers)
	if err != nil {
		return err
	}
	fmt.Fprint(c.out, heading)
	for _, o := range operations {
		if c.only != "" && c.only != o.Name {
			continue
		}
		requests, err := o.GatewayRequests()
		if err != nil {
			return err
		}
		p := pair{name: o.Name, asked: map[*child][][]byte{c.gateway: requests, c.reference: o.ReferenceRequests()}}
		if err := c.sameAnswers(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		if err := c.measure(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		if c.profiles != "" {
			if err := c.profile(ctx, p); err != nil {
				return fmt.Errorf("%s: %w", o.Name, err)
			}
		}
	}
	return nil
}

// numbers finds cases to ask for by number.
func (c *comparison) numbers(ctx context.Context) ([]string, error) {
	find := bench.Operation{Query: `{legalAidCases(first: 200, filter: {acceptedOn: {before: "2023-11-01"}}) {nodes {number numberKey}}}`, Variables: []bench.Variables{{}}}
	requests, err := find.GatewayRequests()
	if err != nil {
		return nil, err
	}
	data, err := bench.Ask(ctx, c.gateway.address, requests[0])
	if err != nil {
		return nil, err
	}
	var answer struct {
		LegalAidCases struct {
			Nodes []struct{ Number, NumberKey *string }
		}
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, err
	}
	var numbers []string
	for _, n := range answer.LegalAidCases.Nodes {
		if n.NumberKey != nil && !slices.Contains(numbers, *n.Number) {
			numbers = append(numbers, *n.Number)
		}
	}
	if len(numbers) == 0 {
		return nil, errors.New("there is no legal aid case with a number: is the database filled?")
	}
	return numbers[:min(len(numbers), 50)], nil
}

// pair is one operation as both servers are asked it.
type pair struct {
	name  string
	asked map[*child][][]byte
}

// sameAnswers compares the answers to every variant of the operation.
func (c *comparison) sameAnswers(ctx context.Context, p pair) error {
	for i := range p.asked[c.gateway] {
		got, err := bench.Ask(ctx, c.gateway.address, p.asked[c.gateway][i])
		if err != nil {
			return fmt.Errorf("gateway: %w", err)
		}
		want, err := bench.Ask(ctx, c.reference.address, p.asked[c.reference][i])
		if err != nil {
			return fmt.Errorf("reference: %w", err)
		}
		if !bytes.Equal(got, want) {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			from := max(0, at-200)
			return fmt.Errorf("variant %d: the answers differ from byte %d on\ngateway:   …%.400s\nreference: …%.400s",
				i, at, got[from:], want[from:])
		}
	}
	return nil
}

// profile takes profiles of the gateway while it is busy with the operation.
func (c *comparison) profile(ctx context.Context, p pair) error {
	if err := os.MkdirAll(c.profiles, 0o755); err != nil {
		return err
	}
	const seconds = 5
	taken := make(chan error, 1)
	go func() {
		taken <- c.save("profile?seconds="+strconv.Itoa(seconds), p.name+".cpu.pprof")
	}()
	_, err := bench.Drive(ctx, c.gateway.address,
		bench.Load{Requests: p.asked[c.gateway], Connections: 8, For: (seconds + 1) * time.Second})
	return errors.Join(err, <-taken, c.save("allocs", p.name+".allocs.pprof"))
}

func (c *comparison) save(profile, name string) error {
	answer, err := http.Get("http://" + c.gateway.private + "/debug/pprof/" + profile)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	file, err := os.Create(filepath.Join(c.profiles, name))
	if err != nil {
		return err
	}
	_, err = io.Copy(file, answer.Body)
	return errors.Join(err, file.Close())
}
