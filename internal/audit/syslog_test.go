package audit

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/leodido/go-syslog/v4"
	"github.com/leodido/go-syslog/v4/octetcounting"
	"github.com/leodido/go-syslog/v4/rfc5424"
)

// inbox is what a syslog server got.
type inbox struct {
	mu    sync.Mutex
	lines []string
}

func (b *inbox) take(t *testing.T, m syslog.Message) {
	got := m.(*rfc5424.SyslogMessage)
	if *got.Priority != auditNotice || *got.Appname != "bureaugraph" || *got.MsgID != "audit" || got.Timestamp == nil {
		t.Errorf("%+v", got)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, *got.Message)
}

func (b *inbox) has(n int) func() bool {
	return func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return len(b.lines) >= n
	}
}

// streams takes connections of a listener; it reads messages counted in octets.
func streams(t *testing.T, at net.Listener, b *inbox) {
	go func() {
		for {
			conn, err := at.Accept()
			if err != nil {
				return // closed
			}
			go func() {
				defer conn.Close()
				took := syslog.WithListener(func(r *syslog.Result) {
					if r.Error == nil {
						b.take(t, r.Message)
					}
				})
				octetcounting.NewParser(syslog.WithMaxMessageLength(64<<10), took).Parse(conn)
			}()
		}
	}()
}

// packets takes datagrams.
func packets(t *testing.T, at net.PacketConn, b *inbox) {
	go func() {
		buffer := make([]byte, 65536)
		for {
			n, _, err := at.ReadFrom(buffer)
			if err != nil {
				return // closed
			}
			m, err := rfc5424.NewParser().Parse(buffer[:n])
			if err != nil {
				t.Error(err)
				continue
			}
			b.take(t, m)
		}
	}()
}

// TestSyslog: every line comes to the server as it stands in the file, over each transport.
func TestSyslog(t *testing.T) {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	sockets := t.TempDir()
	stream, err := net.Listen("unix", filepath.Join(sockets, "stream"))
	if err != nil {
		t.Fatal(err)
	}
	datagrams, err := net.ListenPacket("unixgram", filepath.Join(sockets, "datagrams"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []io.Closer{tcp, udp, stream, datagrams} {
		t.Cleanup(func() { _ = c.Close() })
	}
	for address, serve := range map[string]func(*inbox){
		"tcp://" + tcp.Addr().String():                  func(b *inbox) { streams(t, tcp, b) },
		"udp://" + udp.LocalAddr().String():             func(b *inbox) { packets(t, udp, b) },
		"unix://" + filepath.Join(sockets, "stream"):    func(b *inbox) { streams(t, stream, b) },
		"unix://" + filepath.Join(sockets, "datagrams"): func(b *inbox) { packets(t, datagrams, b) },
	} {
		t.Run(address[:4], func(t *testing.T) {
			var b inbox
			serve(&b)
			server, err := ParseSyslog(address)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			l := opened(t, dir, func(o *Options) { o.Syslog = server })
			for i := range 20 {
				ask(l, fmt.Sprint("R", i), zhang)
			}
			trail := l.Begin("M", "a", "/graphql")
			trail.Reason("核对案件")
			for i := range mostPersons {
				trail.Person(fmt.Sprintf("330199%012d", i))
			}
			trail.End(200, nil)
			eventually(t, "all lines arrive", b.has(22))
			closed(t, l)
			var want []string
			for name, data := range content(t, dir) {
				if name != headName {
					want = strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
				}
			}
			if got := strings.Join(b.lines, "\n"); got != strings.Join(want, "\n") {
				t.Errorf("the server got\n%.2000s\nthe file has\n%.2000s", got, strings.Join(want, "\n"))
			}
			if n := l.State().Dropped; n != 0 {
				t.Errorf("%d lines were dropped", n)
			}
		})
	}
}

// TestSyslogIsAway: requests do not wait for a server, lines wait for it, and what finds no room
// is counted and told.
func TestSyslogIsAway(t *testing.T) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := at.Addr().String()
	_ = at.Close() // nobody listens there now
	server, err := ParseSyslog("tcp://" + address)
	if err != nil {
		t.Fatal(err)
	}
	var said lockedBuffer
	l := opened(t, t.TempDir(), func(o *Options) {
		o.Syslog, o.Logger = server, slog.New(slog.NewTextHandler(&said, nil))
	})
	for i := range 50 {
		ask(l, fmt.Sprint("R", i), zhang)
	}
	eventually(t, "the log tells", func() bool { return strings.Contains(said.text(), "does not take the audit") })
	if !l.Writable() {
		t.Error("the audit is not writable without a syslog server")
	}
	again, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	var b inbox
	streams(t, again, &b)
	eventually(t, "the lines that waited arrive", b.has(51))
	eventually(t, "the log tells", func() bool { return strings.Contains(said.text(), "takes the audit again") })
	_ = again.Close()

	t.Run("for too long", func(t *testing.T) {
		var said lockedBuffer
		server, _ := ParseSyslog("tcp://" + address)
		l := opened(t, t.TempDir(), func(o *Options) {
			o.Syslog, o.Logger = server, slog.New(slog.NewTextHandler(&said, nil))
		})
		for range mostQueued + 100 {
			server.send([]byte("{}"))
		}
		if n := l.State().Dropped; n < 90 {
			t.Errorf("%d lines were dropped", n)
		}
		closed(t, l)
		if n := l.State().Dropped; n < mostQueued {
			t.Errorf("%d lines were dropped when the gateway stopped", n)
		}
		if !strings.Contains(said.text(), "were not sent to the syslog server") {
			t.Errorf("the log says %s", said.text())
		}
	})
}

// TestSyslogComesAndGoes: a server that closes the connection is asked anew, and no line is
// written into the closed one.
func TestSyslogComesAndGoes(t *testing.T) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	server, _ := ParseSyslog("tcp://" + at.Addr().String())
	l := opened(t, t.TempDir(), func(o *Options) { o.Syslog = server })
	first, err := at.Accept()
	if err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 1024)
	if _, err := first.Read(got); err != nil {
		t.Fatal(err)
	}
	_ = first.Close()
	var b inbox
	streams(t, at, &b)
	<-time.After(2 * idle) // in a pause lines are watched for a closed connection
	ask(l, "R1", zhang)
	eventually(t, "the line arrives", b.has(1))
}

func TestParseSyslog(t *testing.T) {
	for _, wrong := range []string{"", "10.1.2.5:514", "tcp://10.1.2.5", "tcp://:514", "udp://h:0", "udp://h:70000",
		"tcp://h:1/x", "unix://dev/log", "unix:", "http://h:1", "tcp://u:p@h:1", "tcp://h:1?x=y", "://"} {
		if _, err := ParseSyslog(wrong); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
	for _, right := range []string{"tcp://10.1.2.5:601", "udp://[::1]:514", "unix:///dev/log"} {
		if _, err := ParseSyslog(right); err != nil {
			t.Errorf("%q: %v", right, err)
		}
	}
}

// lockedBuffer is a log that is read while it is written.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
