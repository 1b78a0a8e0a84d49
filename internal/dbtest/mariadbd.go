package dbtest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/go-sql-driver/mysql"
)

// errNone says that there is no server and none can be started.
var errNone = errors.New("dbtest: no " + dsnVariable + " and no mariadbd on the PATH")

// patience is how long a server may take to come up; loaded CI machines are slow.
const patience = time.Minute

// watch runs the server and ends it, and removes its files, when standard input closes:
// at stop, or when the test process dies in whatever way. A word that it reads before ends
// the server and keeps the files.
const watch = `dir=$1; shift; "$@" & read word; case $word in kill) kill -9 $!;; *) kill $!;; esac; wait $!
[ -n "$word" ] || rm -rf "$dir"`

// start brings up a throw-away server, with further options of mariadbd.
func start(more ...string) (*Server, error) {
	program, err := exec.LookPath("mariadbd")
	if err != nil {
		return nil, errNone
	}
	dir, err := os.MkdirTemp("", "bureaugraph-mariadb-")
	if err != nil {
		return nil, fmt.Errorf("dbtest: %w", err)
	}
	s, err := launch(program, dir, more)
	if err != nil {
		os.RemoveAll(dir)
		return nil, fmt.Errorf("dbtest: start mariadbd: %w", err)
	}
	return s, nil
}

// launch runs a server over a fresh copy of an empty data directory in dir.
func launch(program, dir string, more []string) (*Server, error) {
	pattern, err := emptyData(program)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	if err := os.CopyFS(data, os.DirFS(pattern)); err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	args := append([]string{"-c", watch, "mariadbd", dir, program}, options(data)...)
	args = append(args,
		"--bind-address=127.0.0.1", "--port="+addr.port,
		"--socket="+filepath.Join(dir, "sock"), "--pid-file="+filepath.Join(dir, "pid"),
		"--skip-networking=0", "--skip-name-resolve",
		"--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci",
		"--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite",
		"--max-connections=200", "--max-allowed-packet=16M")
	args = append(args, more...)
	config := mysql.NewConfig()
	config.User, config.Net, config.Addr = "root", "tcp", addr.String()
	s := &Server{config: config, run: &run{args: args}}
	return s, s.Resume()
}

// run is a server's process, and what begins it anew.
type run struct {
	args []string // of sh
	sh   *exec.Cmd
	word io.WriteCloser // its standard input
	log  bytes.Buffer   // of the process, or of the one before
}

// end ends the process by a word of watch's; "" removes the files.
func (r *run) end(word string) {
	if r.sh == nil {
		return
	}
	_, _ = io.WriteString(r.word, word)
	_ = r.word.Close()
	_ = r.sh.Wait() // its status is that of rm
	r.sh = nil
}

var errNotOurs = errors.New("dbtest: a server that " + dsnVariable + " names is not ours to stop")

// Stop shuts the server down as its administrators do; Resume begins it again, over the same
// data, at the same address.
func (s *Server) Stop() error { return s.endBy("stop\n") }

// Kill ends the server at once, as when its host loses power; Resume begins it again.
func (s *Server) Kill() error { return s.endBy("kill\n") }

func (s *Server) endBy(word string) error {
	if s.run == nil {
		return errNotOurs
	}
	s.run.end(word)
	return nil
}

// Resume begins a server that was stopped, and returns when it answers.
func (s *Server) Resume() error {
	if s.run == nil {
		return errNotOurs
	}
	r := s.run
	r.log.Reset()
	r.sh = exec.Command("sh", r.args...)
	r.sh.Stdout, r.sh.Stderr = &r.log, &r.log
	var err error
	if r.word, err = r.sh.StdinPipe(); err != nil {
		return err
	}
	if err := r.sh.Start(); err != nil {
		r.sh = nil
		return err
	}
	if err := s.await(); err != nil {
		r.end("stop\n")
		return fmt.Errorf("%w\n%s", err, r.log.String())
	}
	return nil
}

// close ends a server of ours for good, and removes its files.
func (s *Server) close() {
	if s.run == nil {
		return
	}
	if s.run.sh == nil { // was stopped, and its files kept
		_ = os.RemoveAll(s.run.args[3])
	}
	s.run.end("")
}

// await returns when the server answers.
func (s *Server) await() error {
	db, err := sql.Open("mysql", s.DSN(""))
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	ask := time.NewTicker(50 * time.Millisecond)
	defer ask.Stop()
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no answer in %s: %w", patience, err)
		case <-ask.C:
		}
	}
}

// options are what creating and running a data directory have in common. The small log
// keeps the copy small. Temporary tables stay in it too: a server that starts removes
// those that it finds in its temporary directory, whoever they belong to.
func options(data string) []string {
	all := []string{"--no-defaults", "--datadir=" + data, "--tmpdir=" + data, "--innodb-log-file-size=8M"}
	if os.Getuid() == 0 {
		all = append(all, "--user=root") // mariadbd refuses to run as root by mistake
	}
	return all
}

// emptyData is a data directory as mariadb-install-db makes it, which takes seconds: it
// is made once per server version and kept in the user's cache.
func emptyData(program string) (string, error) {
	version, err := exec.Command(program, "--no-defaults", "--version").Output()
	if err != nil {
		return "", fmt.Errorf("ask for the version: %w", err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	cache = filepath.Join(cache, "bureaugraph")
	name := regexp.MustCompile(`[^A-Za-z0-9.]+`).ReplaceAllString(string(bytes.TrimSpace(version)), "-")
	kept := filepath.Join(cache, name)
	if _, err := os.Stat(kept); err == nil {
		return kept, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	fresh, err := os.MkdirTemp(cache, "new-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	data := filepath.Join(fresh, "data")
	args := append(options(data), "--auth-root-authentication-method=normal", "--skip-test-db")
	if out, err := exec.Command("mariadb-install-db", args...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("mariadb-install-db: %w\n%s", err, out)
	}
	// another process may have been faster; its directory is as good
	if err := os.Rename(data, kept); err != nil {
		if _, statErr := os.Stat(kept); statErr != nil {
			return "", err
		}
	}
	return kept, nil
}

// address is a host and port.
type address struct{ host, port string }

func (a address) String() string { return net.JoinHostPort(a.host, a.port) }

// freeAddr finds a port that nobody listens on now.
func freeAddr() (address, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return address{}, err
	}
	defer l.Close()
	host, port, err := net.SplitHostPort(l.Addr().String())
	return address{host, port}, err
}
