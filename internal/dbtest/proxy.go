package dbtest

import (
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// Proxy stands between a client and a server and does to them what networks and hosts do.
// It is safe for concurrent use.
type Proxy struct {
	t      testing.TB
	target string

	mu       sync.Mutex
	listener net.Listener
	address  string
	open     map[net.Conn]bool
	accepted int
	slow     time.Duration // until what has come is passed on
	passes   chan struct{} // closed while it passes on at all
}

// StartProxy gives a proxy in front of the address, which ends with the test.
func StartProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	p := &Proxy{t: t, target: target, address: "127.0.0.1:0", open: map[net.Conn]bool{}, passes: make(chan struct{})}
	close(p.passes)
	p.listen()
	t.Cleanup(func() {
		p.Thaw()
		p.Refuse()
	})
	return p
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
	p.passes = make(chan struct{})
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

// Reset breaks all connections; new ones are taken.
func (p *Proxy) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		_ = c.(*net.TCPConn).SetLinger(0) // a reset, no goodbye
		_ = c.Close()
	}
	clear(p.open)
}

// Refuse breaks all connections and takes no new ones, as where the server is stopped.
// Restore takes them again.
func (p *Proxy) Refuse() {
	_ = p.listener.Close()
	p.Reset()
}

// Restore is the end of Refuse.
func (p *Proxy) Restore() { p.listen() }

func (p *Proxy) listen() {
	p.t.Helper()
	l, err := net.Listen("tcp", p.address)
	if err != nil {
		p.t.Fatal(err)
	}
	p.listener, p.address = l, l.Addr().String()
	go p.accept(l)
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
		p.open[client], p.open[server] = true, true
		p.mu.Unlock()
		go p.pass(server, client, false)
		go p.pass(client, server, true)
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
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		p.mu.Lock()
		passes, slow := p.passes, p.slow
		p.mu.Unlock()
		<-passes
		if isAnswer && slow > 0 {
			time.Sleep(slow)
		}
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil && err != io.EOF {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
