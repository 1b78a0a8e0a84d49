package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/bench"
	"github.com/bureaugraph/bureaugraph/internal/bench/reference"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/server"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// The roles: what a child process of this program serves.
const (
	gateway   = "gateway"
	handmade  = "reference"
	loopback  = "127.0.0.1:0"
	announced = "serving " // on standard output, then the public and the private address
)

// serve plays a role until standard input closes, so that it ends with its parent.
func serve(ctx context.Context, role, dsn string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	if role == gateway {
		return serveGateway(ctx, dsn)
	}
	return serveReference(ctx, dsn)
}

// serveGateway runs the product as it is deployed, log included.
func serveGateway(ctx context.Context, dsn string) error {
	c := config.Config{Listen: loopback, Limits: transport.Limits{Persons: -1}, Private: loopback,
		Sources: map[model.System]config.Source{}}
	for _, site := range bench.Sites() {
		cfg, err := mysql.ParseDSN(dsn)
		if err != nil {
			return errors.New("the data source name cannot be read")
		}
		cfg.DBName = site.Database
		c.Sources[site.System] = config.Source{MySQL: cfg, MaxConnections: bench.Connections}
	}
	server.PaceHeap()
	s, err := server.New(c, slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	if err != nil {
		return err
	}
	if err := s.Start(); err != nil {
		return errors.Join(err, s.Close())
	}
	announce(s.URL(), s.PrivateURL())
	<-ctx.Done()
	return s.Close()
}

func serveReference(ctx context.Context, dsn string) error {
	s, err := reference.Open(ctx, dsn, bench.Connections)
	if err != nil {
		return err
	}
	defer s.Close()
	public, err := net.Listen("tcp", loopback)
	if err != nil {
		return err
	}
	private, err := net.Listen("tcp", loopback)
	if err != nil {
		return err
	}
	profiles := http.NewServeMux()
	profiles.HandleFunc("GET /debug/pprof/", pprof.Index)
	profiles.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	go func() { _ = http.Serve(private, profiles) }()
	go func() { _ = http.Serve(public, s.Handler()) }()
	announce("http://"+public.Addr().String(), "http://"+private.Addr().String())
	<-ctx.Done()
	return nil
}

func announce(public, private string) { fmt.Println(announced + public + " " + private) }

// child is a process that plays a role.
type child struct {
	role    string
	process bench.Process
	address string // host:port
	private string // host:port of pprof
	alive   io.Closer
	command *exec.Cmd
}

// spawn starts this program again in a role and waits until it serves. Its log goes to
// log.
func spawn(role, dsn string, log *os.File) (*child, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{role: role, command: exec.Command(program, "-role", role)}
	c.command.Env = append(os.Environ(), dsnVariable+"="+dsn) // not an argument: it may hold a password
	c.command.Stderr = log
	if c.alive, err = c.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.command.Start(); err != nil {
		return nil, err
	}
	c.process = bench.Process(c.command.Process.Pid)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the %s did not start; see %s", role, log.Name()), c.stop())
	}
	addresses := strings.Fields(strings.TrimPrefix(line, announced))
	c.address = strings.TrimPrefix(addresses[0], "http://")
	c.private = strings.TrimPrefix(addresses[1], "http://")
	return c, nil
}

func (c *child) stop() error {
	_ = c.alive.Close()
	return c.command.Wait()
}

// totalAlloc finds the bytes ever allocated in a heap profile as text.
var totalAlloc = regexp.MustCompile(`(?m)^# TotalAlloc = (\d+)$`)

// allocated is how many bytes the process has ever allocated.
func (c *child) allocated() (int64, error) {
	answer, err := http.Get("http://" + c.private + "/debug/pprof/allocs?debug=1")
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	found := totalAlloc.FindSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("the heap profile of the %s does not tell TotalAlloc", c.role)
	}
	return strconv.ParseInt(string(found[1]), 10, 64)
}
