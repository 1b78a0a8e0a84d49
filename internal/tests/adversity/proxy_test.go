package adversity

import (
	"io"
	"net"
	"sync"
	"testing"
)

// proxy stands between a gateway and a server, counts what the server sends, and cuts all
// connections, and every later one, when that has come to the limit.
type proxy struct {
	listener net.Listener
	to       string

	mu    sync.Mutex
	sent  int64
	limit int64 // below 0: none
	open  map[net.Conn]bool
}

func startProxy(t testing.TB, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, to: to, limit: -1, open: map[net.Conn]bool{}}
	go p.accept()
	t.Cleanup(func() {
		_ = l.Close()
		p.reset(0)
	})
	return p
}

// reset ends all connections and begins to count anew; sent is what had been counted.
func (p *proxy) reset(limit int64) (sent int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	sent, p.sent, p.limit = p.sent, 0, limit
	p.cut()
	return sent
}

// cut ends all connections; mu is held.
func (p *proxy) cut() {
	for c := range p.open {
		_ = c.Close()
	}
	clear(p.open)
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.to)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.mu.Lock()
		if p.limit >= 0 && p.sent >= p.limit {
			_, _ = client.Close(), server.Close()
		} else {
			p.open[client], p.open[server] = true, true
			go func() {
				_, _ = io.Copy(server, client)
				_ = server.Close()
			}()
			go p.answer(client, server)
		}
		p.mu.Unlock()
	}
}

// answer hands over what the server says, up to the limit.
func (p *proxy) answer(client, server net.Conn) {
	defer client.Close()
	buffer := make([]byte, 4096)
	for {
		n, err := server.Read(buffer)
		p.mu.Lock()
		ends := p.limit >= 0 && p.sent+int64(n) >= p.limit
		if ends {
			n = int(max(0, p.limit-p.sent))
		}
		p.sent += int64(n)
		p.mu.Unlock()
		if _, failed := client.Write(buffer[:n]); failed != nil || err != nil {
			return
		}
		if ends {
			p.mu.Lock()
			p.cut()
			p.mu.Unlock()
			return
		}
	}
}
