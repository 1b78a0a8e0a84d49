package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/config"
)

// auditing are the commands that read an audit. They may run while the gateway writes it.
type auditing struct {
	place
	Verify verify      `cmd:"" help:"Tell whether the audit is as it was written, else the first bad place."`
	Who    who         `cmd:"" help:"List who looked at a person, when, why and at which fields."`
	Report auditReport `cmd:"" help:"Sum up a month for whoever inspects it, in Chinese."`
}

// place is where an audit is: the configuration says it, or the directory and the key's file.
type place struct {
	Config    string `short:"c" help:"Configuration file, which says where the audit and its key are." placeholder:"FILE"`
	Directory string `help:"The audit's directory, instead of the configuration's." placeholder:"DIRECTORY"`
	KeyFile   string `help:"A file with the key in base64, instead of the configuration's." placeholder:"FILE"`
}

// opened is an audit to read.
type opened struct {
	directory string
	key       []byte // nil when none was given
	days      *calendar.Calendar
}

func (p place) open() (o opened, err error) {
	c := &config.Config{}
	if p.Config != "" {
		if c, err = config.Load(p.Config); err != nil {
			return o, err
		}
	}
	o.directory, o.key = c.Audit.Directory, c.Audit.Key
	if p.Directory != "" {
		o.directory = p.Directory
	}
	if p.KeyFile != "" {
		text, err := os.ReadFile(p.KeyFile)
		if err != nil {
			return o, fmt.Errorf("--key-file: %w", err)
		}
		o.key, err = base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
		if err != nil || len(o.key) == 0 {
			return o, fmt.Errorf("--key-file: %s holds no key in base64", p.KeyFile)
		}
	}
	switch {
	case o.directory == "" && p.Config != "":
		return o, fmt.Errorf("%s has no audit", p.Config)
	case o.directory == "":
		return o, errors.New("say where the audit is: --config FILE, or --directory DIRECTORY with --key-file FILE")
	}
	o.days, err = calendar.Parse(c.Reference.Calendar)
	return o, err
}

// verify tells whether an audit is whole.
type verify struct {
	Noted []string `help:"A line noted earlier, as this command prints it; may be given several times." placeholder:"NUMBER:HASH"`
}

func (v verify) run(p place, stdout io.Writer) error {
	o, err := p.open()
	if err != nil {
		return err
	}
	var anchors []audit.Anchor
	for _, text := range v.Noted {
		number, hash, _ := strings.Cut(text, ":")
		seq, err := strconv.ParseUint(number, 10, 64)
		if err != nil || hash == "" {
			return fmt.Errorf("--noted: %q is not written as NUMBER:HASH", text)
		}
		anchors = append(anchors, audit.Anchor{Seq: seq, Hash: hash})
	}
	s, err := audit.Verify(o.directory, o.key, anchors...)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "the audit is whole: lines %d to %d in files: %d\n", s.First, s.Last, s.Files)
	if !s.Sealed {
		fmt.Fprintln(stdout, "its seals were not looked at: give the key by --config or --key-file, or it may have been made anew")
	}
	if s.Unfinished {
		fmt.Fprintln(stdout, "the last line is unfinished: it is being written, or the gateway broke off")
	}
	fmt.Fprintf(stdout, "to ask for this line later, and so find that the directory was set back: --noted %d:%s\n", s.Last, s.Hash)
	return nil
}

// who lists who looked at a person.
type who struct {
	Person bool `required:"" help:"Read the person's resident number from the terminal, or from standard input. It is no argument: those are kept in histories and lists of processes."`
	JSON   bool `name:"json" help:"JSON instead of a table."`
}

// errNoKey is the error of a question that tokens answer.
var errNoKey = errors.New("without the key nobody can be found: give it by --config or --key-file")

func (w who) run(p place, stdin io.Reader, stdout, stderr io.Writer) error {
	o, err := p.open()
	if err != nil {
		return err
	}
	if o.key == nil {
		return errNoKey
	}
	number, err := readNumber(stdin, stderr)
	if err != nil {
		return err
	}
	sights, broken := audit.Who(o.directory, o.key, number)
	if _, isFinding := errors.AsType[*audit.Finding](broken); broken != nil && !isFinding {
		return broken
	}
	if w.JSON {
		encoder := json.NewEncoder(stdout)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(sights)
	} else {
		err = audit.Sighted(sights).Markdown(stdout)
	}
	if broken != nil {
		broken = fmt.Errorf("the audit is not whole, and so perhaps not the list: %w", broken)
	}
	return errors.Join(err, broken)
}

// readNumber reads a number without showing it.
func readNumber(stdin io.Reader, stderr io.Writer) (string, error) {
	var text string
	if f, ok := stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(stderr, "身份证号（不显示） Resident number (not shown): ")
		typed, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(stderr)
		if err != nil {
			return "", fmt.Errorf("the terminal: %w", err)
		}
		text = string(typed)
	} else {
		text, _ = bufio.NewReader(io.LimitReader(stdin, 1<<10)).ReadString('\n') // what could be read is looked at
	}
	if text = strings.TrimSpace(text); text == "" {
		return "", errors.New("no number was given")
	}
	return text, nil
}

// auditReport sums up a month.
type auditReport struct {
	Month string `required:"" help:"Which month, as in 2026-11." placeholder:"MONTH"`
	CSV   string `name:"csv" enum:"${tables}," default:"" help:"One table as CSV instead of all: ${tables}." placeholder:"TABLE"`
	From  clock  `default:"08:30" help:"When office hours begin." placeholder:"TIME"`
	Until clock  `default:"17:30" help:"When office hours end." placeholder:"TIME"`
	Many  int    `default:"100" help:"How many persons one may see in a day before that is unusual." placeholder:"PERSONS"`
}

// clock is a time of day of the command line.
type clock struct{ since time.Duration }

// UnmarshalText reads 08:30.
func (c *clock) UnmarshalText(text []byte) error {
	at, err := time.Parse("15:04", string(text))
	if err != nil {
		return fmt.Errorf("%q is no time of day, as in 08:30", text)
	}
	c.since = time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	return nil
}

func (a auditReport) run(p place, stdout io.Writer) error {
	o, err := p.open()
	if err != nil {
		return err
	}
	r, err := audit.NewReport(o.directory, o.key, a.Month, audit.Habits{From: a.From.since, Until: a.Until.since,
		Many: a.Many, IsWorkday: func(day time.Time) bool { return o.days.IsWorkday(calendar.Of(day)) }})
	if err != nil {
		return err
	}
	if a.CSV != "" {
		err = r.CSV(stdout, a.CSV)
	} else {
		err = r.Markdown(stdout)
	}
	if r.Broken != nil {
		return errors.Join(err, fmt.Errorf("the audit is not whole, and so not the report: %w", r.Broken))
	}
	return err
}
