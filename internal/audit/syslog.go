package audit

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/leodido/go-syslog/v4/rfc5424"

	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// Syslog sends lines to a syslog server as RFC 5424 has them. Over TCP and over a stream socket
// they are counted in octets (RFC 6587, 3.4.1). It keeps lines while the server is away, and
// counts those for which it has no room: no request waits for it.
type Syslog struct {
	network, address string
	host             string
	logger           *slog.Logger
	queue            chan message
	stop             chan struct{}
	running          fanout.Group
	dropped          atomic.Uint64
	told             uint64       // of dropped, in the log
	queued           atomic.Int64 // bytes in queue
	conn             net.Conn
	sent             time.Time // when it was last written to
	down             bool
}

type message struct {
	at   time.Time
	line string
}

const (
	// mostQueued are the lines that wait for a server that is away; they have mostWaiting bytes at most.
	mostQueued  = 10_000
	dialFor     = 5 * time.Second
	sendFor     = 5 * time.Second
	idle        = 50 * time.Millisecond
	retryFirst  = time.Second
	retrySlowed = 30 * time.Second
	drainFor    = 2 * time.Second // when the gateway stops
)

// auditNotice is the priority of all lines: facility 13 (log audit), severity 5 (notice).
const auditNotice = 13*8 + 5

// ErrSyslog says what an address of a syslog server looks like.
var ErrSyslog = errors.New("is no address of a syslog server, as in tcp://10.1.2.5:601, udp://10.1.2.5:514 or unix:///dev/log")

// ParseSyslog reads the address of a server; it connects to nothing.
func ParseSyslog(text string) (*Syslog, error) {
	u, err := url.Parse(text)
	if err != nil || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, ErrSyslog
	}
	s := &Syslog{network: u.Scheme, address: u.Host}
	switch u.Scheme {
	case "tcp", "udp":
		port, err := strconv.Atoi(u.Port())
		if u.Hostname() == "" || u.Path != "" || err != nil || port < 1 || port > 65535 {
			return nil, ErrSyslog
		}
	case "unix":
		if s.address = u.Path; u.Host != "" || u.Path == "" {
			return nil, ErrSyslog
		}
	default:
		return nil, ErrSyslog
	}
	return s, nil
}

// start begins to send.
func (s *Syslog) start(logger *slog.Logger) {
	s.logger = logger
	s.host, _ = os.Hostname() // "" is told as unknown
	s.queue, s.stop = make(chan message, mostQueued), make(chan struct{})
	s.running.Go(s.run)
}

// send takes a line, or counts that it had no room.
func (s *Syslog) send(line []byte) {
	if s.queued.Add(int64(len(line))) <= mostWaiting {
		select {
		case s.queue <- message{time.Now(), string(line)}:
			return
		default:
		}
	}
	s.queued.Add(-int64(len(line)))
	s.dropped.Add(1)
}

// next takes a line out of the queue, as a message; "" where it cannot be one.
func (s *Syslog) next(m message) string {
	s.queued.Add(-int64(len(m.line)))
	text, err := s.format(m)
	if err != nil {
		s.dropped.Add(1)
		return ""
	}
	return text
}

// close sends what waits, for a short while.
func (s *Syslog) close() {
	close(s.stop)
	_ = s.running.Wait() // a panic is in the log
	s.dropped.Add(uint64(len(s.queue)))
	s.tell()
	if s.conn != nil {
		_ = s.conn.Close()
	}
}

func (s *Syslog) run() {
	for {
		select {
		case <-s.stop:
			s.drain()
			return
		case m := <-s.queue:
			if text := s.next(m); text != "" {
				s.insist(text)
			}
		}
	}
}

// drain sends what waits when the gateway stops, as far as that goes at once.
func (s *Syslog) drain() {
	until := time.Now().Add(drainFor)
	for len(s.queue) > 0 && time.Now().Before(until) {
		if text := s.next(<-s.queue); text != "" && s.deliver(text) != nil {
			s.dropped.Add(1)
			return
		}
	}
}

// insist sends a line, until it is sent or the gateway stops.
func (s *Syslog) insist(text string) {
	for wait := retryFirst; ; wait = min(2*wait, retrySlowed) {
		err := s.deliver(text)
		if err == nil {
			if s.down {
				s.down = false
				s.logger.Info("the syslog server takes the audit again", "server", s.address)
			}
			s.tell()
			return
		}
		if !s.down {
			s.down = true
			s.logger.Error("the syslog server does not take the audit; its lines wait, and are in the files in any case",
				"server", s.address, "cause", err.Error())
		}
		select {
		case <-time.After(wait):
			s.tell()
		case <-s.stop:
			s.dropped.Add(1)
			return
		}
	}
}

// tell logs how many lines the server will never get.
func (s *Syslog) tell() {
	if n := s.dropped.Load(); n > s.told {
		s.logger.Error("lines of the audit were not sent to the syslog server; they are in the files", "server", s.address,
			"lines", n-s.told)
		s.told = n
	}
}

// deliver sends a message over the connection there is, or a new one.
func (s *Syslog) deliver(text string) error {
	if s.conn != nil && s.gone() {
		_ = s.conn.Close()
		s.conn = nil
	}
	if s.conn == nil {
		if err := s.connect(); err != nil {
			return err
		}
	}
	if s.isStream() {
		text = strconv.Itoa(len(text)) + " " + text
	}
	s.sent = time.Now()
	_ = s.conn.SetWriteDeadline(s.sent.Add(sendFor)) // a socket has one
	if _, err := io.WriteString(s.conn, text); err != nil {
		_ = s.conn.Close()
		s.conn = nil
		return err
	}
	return nil
}

// gone tells whether the server has closed a stream: what is written to it then would be lost
// without a word. Servers of syslog say nothing, so that there is nothing else to read. While
// one line follows another, the system tells by itself.
func (s *Syslog) gone() bool {
	if !s.isStream() || time.Since(s.sent) < idle {
		return false
	}
	_ = s.conn.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, err := s.conn.Read(make([]byte, 64))
	e, isNet := errors.AsType[net.Error](err)
	return err != nil && !(isNet && e.Timeout())
}

// isStream tells whether lines need their lengths before them.
func (s *Syslog) isStream() bool {
	switch s.conn.LocalAddr().Network() {
	case "tcp", "unix":
		return true
	}
	return false
}

func (s *Syslog) connect() (err error) {
	networks := []string{s.network}
	if s.network == "unix" {
		networks = []string{"unixgram", "unix"} // as the server has it
	}
	for _, network := range networks {
		var conn net.Conn
		if conn, err = net.DialTimeout(network, s.address, dialFor); err == nil {
			s.conn = conn
			return nil
		}
	}
	return err
}

// format writes a line as a message.
func (s *Syslog) format(m message) (string, error) {
	var text rfc5424.SyslogMessage
	text.SetPriority(auditNotice)
	text.SetVersion(1)
	text.SetTimestamp(m.at.UTC().Format("2006-01-02T15:04:05.000000Z07:00"))
	text.SetHostname(s.host)
	text.SetAppname("bureaugraph")
	text.SetProcID(strconv.Itoa(os.Getpid()))
	text.SetMsgID("audit")
	text.SetMessage(m.line)
	return text.String()
}
