package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/command"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/server"
)

// commands are what the program can do.
type commands struct {
	Serve struct {
		Config   string `required:"" short:"c" help:"Configuration file." placeholder:"FILE"`
		Strict   bool   `help:"Do not start when a system answers whose account may do more than read."`
		Executor string `enum:"breadth-first,stock" default:"breadth-first" help:"How queries are executed; stock is gqlgen's own, the reference (${enum})."`
	} `cmd:"" help:"Serve the graph until interrupted."`
	Check struct {
		Config string `required:"" short:"c" help:"Configuration file." placeholder:"FILE"`
		Strict bool   `help:"Take it for a mistake when an account may do more than read."`
	} `cmd:"" help:"Check configuration and mappings, and try each system; serve nothing."`
	Key     key      `cmd:"" help:"Keep the file of API keys, access.keys."`
	Audit   auditing `cmd:"" help:"Read the audit: is it whole, who saw a person, what was a month like."`
	Policy  policy   `cmd:"" help:"Read the policy, access.policy: who may see what."`
	Schema  struct{} `cmd:"" help:"Print the graph's schema."`
	Version struct{} `cmd:"" help:"Print which build this is: version, revision, time, and what it was built with."`
}

// run does what the arguments say and gives the exit code: 0 when it was done, 1 when it
// failed or found mistakes, 2 when the arguments are wrong.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var c commands
	called, done, err := command.Program{
		Name:        "gateway",
		Description: "One read-only GraphQL graph over a justice bureau's legacy databases.",
		Grammar:     &c,
		Vars:        kong.Vars{"tables": strings.Join(audit.TableNames, ",")},
		Stdout:      stdout,
		Stderr:      stderr,
	}.Parse(args)
	switch {
	case done:
		return 0
	case err != nil:
		return fail(stderr, err, 2)
	}
	switch called {
	case "key new <name>":
		err = c.Key.New.run(c.Key.Keys, time.Now(), stdout)
	case "key list":
		err = listKeys(c.Key.Keys, time.Now(), stdout)
	case "key revoke <which>":
		err = revokeKeys(c.Key.Keys, c.Key.Revoke.Which, time.Now(), stdout)
	case "audit verify":
		err = c.Audit.Verify.run(c.Audit.place, stdout)
	case "audit who":
		err = c.Audit.Who.run(c.Audit.place, stdin, stdout, stderr)
	case "audit report":
		err = c.Audit.Report.run(c.Audit.place, stdout)
	case "policy check":
		err = c.Policy.check(stdout)
	case "policy explain":
		err = c.Policy.explain(stdout)
	case "serve":
		err = serve(ctx, c.Serve.Config, c.Serve.Executor == "stock", c.Serve.Strict, stderr)
	case "check":
		err = check(ctx, c.Check.Config, c.Check.Strict, stdout)
	case "schema":
		_, err = io.WriteString(stdout, server.SchemaText())
	case "version":
		_, err = fmt.Fprintln(stdout, command.Version("gateway"))
	}
	if err != nil {
		return fail(stderr, err, 1)
	}
	return 0
}

func fail(stderr io.Writer, err error, code int) int {
	fmt.Fprintln(stderr, err)
	return code
}

// serve runs the gateway until ctx ends.
func serve(ctx context.Context, file string, stock, strict bool, stderr io.Writer) error {
	c, err := config.Load(file)
	if err != nil {
		return err
	}
	c.Stock = stock
	server.PaceHeap()
	s, err := server.New(*c, logger(c.Log, stderr))
	if err != nil {
		return err
	}
	if strict { // a system that is down is served when it is not, and its session is read-only all the same
		more, _ := s.Excess(ctx)
		if sentences := excessive(more, nil); len(sentences) > 0 {
			return errors.Join(append(sentences, s.Close())...)
		}
	}
	hangups := make(chan os.Signal, 1) // one is enough: it tells of all changes before it is read
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	var reloading fanout.Group
	ctx, stop := context.WithCancel(ctx)
	reloading.Go(func() {
		for {
			select {
			case <-hangups:
				// What comes of it is logged.
				_ = s.Reload(ctx, func() (*config.Config, error) { return config.Load(file) })
			case <-ctx.Done():
				return
			}
		}
	})
	err = s.Run(ctx)
	stop()
	return errors.Join(err, reloading.Wait())
}

func logger(c config.Log, to io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.Level}
	if c.Text {
		return slog.New(slog.NewTextHandler(to, options))
	}
	return slog.New(slog.NewJSONHandler(to, options))
}

// check tries everything that serving needs. The error holds all findings, or names the
// systems that do not answer.
func check(ctx context.Context, file string, strict bool, stdout io.Writer) error {
	c, wrong := config.Load(file)
	if c == nil {
		return wrong
	}
	s, err := server.New(*c, slog.New(slog.DiscardHandler))
	if err != nil {
		return distinct(errors.Join(wrong, err))
	}
	defer s.Close()
	silent, away := 0, 0
	for _, system := range s.Systems(ctx) {
		if h := system.OfficeHours; h != nil {
			when := map[bool]string{true: "office hours now", false: "no office hours now"}[h.IsNow]
			fmt.Fprintf(stdout, "%s: %s: at most %d connections, %s a statement, %s a request\n", system.System, when,
				h.Connections, h.Timeout, h.Budget)
		}
		if system.State == server.Answering {
			fmt.Fprintf(stdout, "%s answers: version %s, %d ms\n", system.System, system.Version, system.Milliseconds)
			continue
		}
		silent++
		fmt.Fprintf(stdout, "%s does not answer: %s (%s)\n", system.System, system.Message, system.State)
	}
	for _, a := range s.Addresses(ctx) {
		if a.State != server.Answering {
			away++
		}
		fmt.Fprintln(stdout, addressLine(a))
	}
	if asked, err := s.Collector(ctx); err != nil { // requests are answered all the same
		fmt.Fprintf(stdout, "traces are not taken: %s\n", err)
	} else if asked {
		fmt.Fprintln(stdout, "traces are taken")
	}
	for _, system := range model.AllSystem {
		if list := s.Unrecorded(system); len(list) > 0 {
			fmt.Fprintf(stdout, "%s: not recorded, and so null or left out: %s\n", system, strings.Join(list, ", "))
		}
	}
	for _, u := range s.Undue() {
		fmt.Fprintf(stdout, "%s: no deadline is told of the step %s, which needs %s\n", u.Record, u.Step,
			strings.Join(u.Lacks, ", "))
	}
	for _, f := range s.UnknownFigures() {
		fmt.Fprintf(stdout, "the figure %s has no value: it needs %s\n", f.Name, strings.Join(f.Lacks, ", "))
	}
	inherited := s.Inherited()
	for _, overlay := range slices.Sorted(maps.Keys(inherited)) {
		for _, i := range inherited[overlay] {
			fmt.Fprintln(stdout, inheritedLine(overlay, i))
		}
	}
	for _, o := range s.Orders(ctx) {
		fmt.Fprintln(stdout, orderLine(o))
	}
	if strict {
		wrong = errors.Join(append([]error{wrong}, excessive(s.Excess(ctx))...)...)
	} else {
		more, _ := s.Excess(ctx)
		for _, sentence := range excessive(more, nil) {
			fmt.Fprintln(stdout, sentence)
		}
	}
	wrong = errors.Join(wrong, s.Unread())
	if findings := s.Examine(ctx); len(findings) > 0 {
		wrong = errors.Join(wrong, findings)
	}
	if wrong == nil {
		fmt.Fprintln(stdout, "configuration and mappings are in order")
	}
	if silent > 0 {
		wrong = errors.Join(wrong, fmt.Errorf("systems that do not answer: %d of %d", silent, len(c.Sources)))
	}
	if away > 0 {
		wrong = errors.Join(wrong, fmt.Errorf("addresses that do not answer: %d", away))
	}
	return wrong
}

// addressLine tells of one address of a system that has replicas.
func addressLine(a server.AddressState) string {
	line := fmt.Sprintf("%s %s (%s) ", a.System, a.At.Name, a.At.Server)
	switch {
	case a.State != server.Answering:
		return line + fmt.Sprintf("does not answer: %s (%s)", a.Message, a.State)
	case a.At.LagSeconds != nil && a.At.Unknown != "":
		line += fmt.Sprintf("answers, and is %d s behind at least: %s", *a.At.LagSeconds, a.At.Unknown)
	case a.At.LagSeconds != nil:
		line += fmt.Sprintf("answers, and is %d s behind", *a.At.LagSeconds)
	case a.At.Unknown != "":
		line += "answers, and how far it is behind is not known: " + a.At.Unknown
	default:
		line += "answers"
	}
	if !a.At.IsUsed && a.At.Name != server.MainAddress {
		line += "; it is not asked until it has caught up"
	}
	return line
}

// distinct leaves out what was found twice: the configuration looks into some of the files that serving reads.
func distinct(findings error) error {
	var kept []string
	for line := range strings.SplitSeq(findings.Error(), "\n") {
		if strings.HasPrefix(line, " ") || !slices.Contains(kept, line) { // a line of a file stands below its finding
			kept = append(kept, line)
		}
	}
	return errors.New(strings.Join(kept, "\n"))
}

// excessive words what accounts may do besides reading, and of which systems nobody knows.
func excessive(more map[model.System][]string, silent []model.System) (sentences []error) {
	for _, system := range model.AllSystem {
		if list := more[system]; len(list) > 0 {
			sentences = append(sentences, fmt.Errorf(
				"%s: the account may do more than read: %s; give it SELECT on its database, and nothing else", system,
				strings.Join(list, ", ")))
		} else if slices.Contains(silent, system) {
			sentences = append(sentences, fmt.Errorf("%s: what the account may do cannot be learned now", system))
		}
	}
	return sentences
}

// inheritedLine names codes that an overlay leaves to the shipped mapping. It is no mistake:
// a site may well use the same codes, and only the site can tell.
func inheritedLine(overlay string, i mapping.Inherited) string {
	line := fmt.Sprintf("%s: %s takes from the shipped mapping", overlay, i.Record)
	separator := " "
	if len(i.Fields) > 0 {
		line += " the codes of " + strings.Join(i.Fields, ", ")
		separator = ", and "
	}
	if len(i.Keep) > 0 {
		line += separator + "the conditions (keep, drop) on " + strings.Join(i.Keep, ", ")
	}
	if len(i.Moved) > 0 {
		line += "; of these the overlay names the column, and not the codes, of " + strings.Join(i.Moved, ", ")
	}
	return line
}

// orderLine says what is wrong with an order, and what would help. It is no mistake of the
// configuration: a legacy table cannot always be given an index.
func orderLine(o adapters.OrderReport) string {
	place := fmt.Sprintf("%s.%s, about %d rows", o.Table, o.Column, o.Rows)
	what := fmt.Sprintf("%s %s: order %s (%s) ", o.System, o.Record, o.Order, place)
	switch {
	case o.IsComputed:
		return what +
			"can have no index: its texts do not sort as what they mean; if all are of one zero-padded layout, say sorted: true in the mapping"
	case o.TiesOnly:
		return what +
			"has an index without the key, so the server sorts the range of each page; an index on the column and the key would not"
	}
	return what + "has no index behind it"
}
