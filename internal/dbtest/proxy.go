package dbtest

import (
	"net"
	"sync"
	"testing"
	"time"
)

// Proxy stands between a client and a MySQL server and does to them what networks and hosts do.
// It is safe for concurrent use.
type Proxy struct {
	target string

	mu       sync.Mutex
	listener net.Listener
	address  string
	open     map[net.Conn]bool
	accepted int
	slow     time.Duration // until what has come is passed on
	passes   chan struct{} // closed while it passes on at all
	sent     int64         // bytes that the server sent since CutAfter
	limit    int64         // of them; below 0 there is none
	rows     int           // of an answer, after which it fails; below 0 none does
}

// StartProxy gives a proxy in front of the address, which ends with the test.
func StartProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	p, err := NewProxy(target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// NewProxy is StartProxy for a program that is no test: Close ends it.
func NewProxy(target string) (*Proxy, error) {
	p := &Proxy{target: target, address: "127.0.0.1:0", open: map[net.Conn]bool{}, passes: make(chan struct{}),
		limit: -1, rows: -1}
	close(p.passes)
	return p, p.Restore()
}

// Close ends the proxy and all connections through it.
func (p *Proxy) Close() {
	p.Thaw()
	p.Refuse()
}

// Address is where clients connect to.
func (p *Proxy) Address() string { return p.address }

// Accepted is how many connections there have been.
func (p *Proxy) Accepted() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.accepted
}

// Freeze has nothing answered any more: connections are taken, and all is silent, as where a
// host's disk or a switch has stopped. Thaw passes on what waited.
func (p *Proxy) Freeze() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.passes:
		p.passes = make(chan struct{})
	default: // it is frozen
	}
}

// Thaw is the end of Freeze.
func (p *Proxy) Thaw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.passes:
	default:
		close(p.passes)
	}
}

// Slow delays everything that the server sends by so much.
func (p *Proxy) Slow(by time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.slow = by
}

// CutAfter ends all connections, counts anew what the server sends, and ends all connections
// again, and every later one, when those are so many bytes, log-ins included; below 0 that is never.
func (p *Proxy) CutAfter(bytes int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent, p.limit = 0, bytes
	p.end()
}

// Sent is how many bytes the server has sent since CutAfter.
func (p *Proxy) Sent() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent
}

// FailAfter ends all connections; on later ones each answer ends with an error of the server after
// so many rows, unless it has no more; below 0 none does.
func (p *Proxy) FailAfter(rows int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rows = rows
	p.end()
}

// end ends all connections by a goodbye, so that what was sent arrives; mu is held.
func (p *Proxy) end() {
	for c := range p.open {
		_ = c.Close()
	}
	clear(p.open)
}

// Reset breaks all connections; new ones are taken.
func (p *Proxy) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		_ = c.(*net.TCPConn).SetLinger(0) // a reset, no goodbye
	}
	p.end()
}

// Refuse breaks all connections and takes no new ones, as where the server is stopped.
// Restore takes them again.
func (p *Proxy) Refuse() {
	_ = p.listener.Close()
	p.Reset()
}

// Restore is the end of Refuse. It fails where somebody else has taken the address meanwhile.
func (p *Proxy) Restore() error {
	l, err := net.Listen("tcp", p.address)
	if err != nil {
		return err
	}
	p.listener, p.address = l, l.Addr().String()
	go p.accept(l)
	return nil
}

func (p *Proxy) accept(l net.Listener) {
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.target)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.mu.Lock()
		p.accepted++
		if p.limit >= 0 && p.sent >= p.limit {
			_, _ = client.Close(), server.Close()
		} else {
			p.open[client], p.open[server] = true, true
			go p.pass(server, client, false)
			go p.pass(client, server, true)
		}
		p.mu.Unlock()
	}
}

// pass passes on what comes from one side.
func (p *Proxy) pass(to, from net.Conn, isAnswer bool) {
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.open, to)
		delete(p.open, from)
		_ = to.Close()
		_ = from.Close()
	}()
	p.mu.Lock()
	var of *packets // only where answers fail: what is encrypted has none
	if isAnswer && p.rows >= 0 {
		of = new(packets)
	}
	p.mu.Unlock()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		p.mu.Lock()
		passes, slow, rows := p.passes, p.slow, p.rows
		p.mu.Unlock()
		<-passes
		if isAnswer && slow > 0 {
			time.Sleep(slow)
		}
		out := buffer[:n]
		if of != nil {
			out = of.pass(out, rows)
		}
		isCut := false
		if isAnswer {
			out, isCut = p.cut(out)
		}
		if len(out) > 0 {
			if _, err := to.Write(out); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
		if isCut {
			p.mu.Lock()
			p.end()
			p.mu.Unlock()
			return
		}
	}
}

// cut counts what the server sends, and gives what of it is passed on before the limit.
func (p *Proxy) cut(out []byte) (_ []byte, isCut bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if isCut = p.limit >= 0 && p.sent+int64(len(out)) >= p.limit; isCut {
		out = out[:max(0, p.limit-p.sent)]
	}
	p.sent += int64(len(out))
	return out, isCut
}
