// Soak lets one system of a gateway fail in every way there is, again and again, under load, and
// prints what came of it: the table of docs/failure.md. The program ends with code 1 if anything
// was not as it should be.
//
//	go run ./internal/bench/cmd/soak                     # each fault once
//	go run ./internal/bench/cmd/soak -duration 1h        # in turn, for as long
//	go run ./internal/bench/cmd/soak -only frozen -hold 1m
//	go run ./internal/bench/cmd/soak -figures -hold 1m   # what single clients wait for
//
// It starts two MariaDB servers of its own (mariadbd must be on the PATH), and is to be run in the
// repository's directory.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/bench/faults"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	duration := flags.Duration("duration", 0, "begin no fault later than this; 0 has each once")
	hold := flags.Duration("hold", 10*time.Second, "how long a fault lasts")
	timeout := flags.Duration("timeout", 10*time.Second, "timeout and budget of the system that fails")
	scale := flags.Float64("scale", 0.2, "size of the demo's data")
	only := flags.String("only", "", "faults whose names contain this")
	figures := flags.Bool("figures", false, "measure what single clients wait for instead, on an idle machine")
	golden := flags.String("golden", "internal/tests/answers/testdata", "directory of further operations")
	if err := flags.Parse(args); err != nil {
		return err
	}
	_ = mysql.SetLogger(log.New(io.Discard, "", 0)) // tells of every connection that is cut
	own, stopOwn, err := dbtest.Start()
	if err != nil {
		return err
	}
	defer stopOwn()
	others, stopOthers, err := dbtest.Start()
	if err != nil {
		return err
	}
	defer stopOthers()
	s, err := faults.Stand(ctx, own, others, faults.Options{Scale: *scale, Timeout: *timeout, Request: 30 * time.Second,
		Clients: 16, Pace: 25 * time.Millisecond, Heaviest: time.Second, Golden: os.DirFS(*golden)})
	if err != nil {
		return err
	}
	defer s.Close()
	if *figures {
		list, err := s.Figures(ctx, *hold)
		faults.PrintFigures(out, list)
		return err
	}
	rows, err := soak(ctx, s, *only, *hold, time.Now().Add(*duration))
	faults.Print(out, rows)
	for _, r := range rows {
		if !r.IsClean() {
			err = errors.Join(err, fmt.Errorf("%s: not as it should be", r.Fault))
		}
	}
	return err
}

// soak has each fault once, and goes on in turn until the end.
func soak(ctx context.Context, s *faults.Site, only string, hold time.Duration, end time.Time) (rows []*faults.Row,
	err error) {
	var list []faults.Fault
	for _, f := range faults.Faults() {
		if strings.Contains(f.Name, only) {
			list = append(list, f)
			rows = append(rows, new(faults.Row))
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("no fault's name contains %q", only)
	}
	for turn := 0; turn == 0 || time.Now().Before(end); turn++ {
		for i, f := range list {
			if turn > 0 && time.Now().After(end) {
				break
			}
			fmt.Fprintf(os.Stderr, "%s %s\n", time.Now().Format(time.TimeOnly), f.Name)
			if err := s.Run(ctx, f, hold, rows[i]); err != nil {
				return rows, fmt.Errorf("%s: %w", f.Name, err)
			}
		}
	}
	return rows, nil
}
