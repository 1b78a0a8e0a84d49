package bench

import (
	"bufio"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
)

// replay is a way to a MySQL server that answers a command it has seen before from memory:
// behind it a benchmark measures the gateway and not the server. It knows the text
// protocol, one result a command.
type replay struct {
	to       string // the server
	mu       sync.Mutex
	answered map[string][]byte // by the command's packet: the packets of the answer
}

// replayed starts a replay in front of the server and gives its address.
func replayed(t testing.TB, to string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	r := &replay{to: to, answered: map[string][]byte{}}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return // closed
			}
			go func() {
				defer client.Close()
				if err := r.serve(client); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
					t.Log("replay:", err)
				}
			}()
		}
	}()
	return listener.Addr().String()
}

func (r *replay) serve(client net.Conn) error {
	server, err := net.Dial("tcp", r.to)
	if err != nil {
		return err
	}
	defer server.Close()
	fromServer, fromClient := bufio.NewReader(server), bufio.NewReader(client)
	greeting, err := packet(fromServer)
	if err != nil {
		return err
	}
	if _, err := client.Write(greeting); err != nil {
		return err
	}
	for isIn := false; ; {
		asked, err := packet(fromClient)
		if err != nil {
			return err
		}
		r.mu.Lock()
		answer := r.answered[string(asked)]
		r.mu.Unlock()
		if answer == nil || !isIn {
			if _, err := server.Write(asked); err != nil {
				return err
			}
			if answer, err = result(fromServer, isIn); err != nil {
				return err
			}
			if isIn {
				r.mu.Lock()
				r.answered[string(asked)] = answer
				r.mu.Unlock()
			} else {
				isIn = answer[4] == 0 // OK; before it come questions about the password
			}
		}
		if _, err := client.Write(answer); err != nil {
			return err
		}
	}
}

// packet reads one packet, header included.
func packet(from io.Reader) ([]byte, error) {
	header := make([]byte, 4)
	if _, err := io.ReadFull(from, header); err != nil {
		return nil, err
	}
	p := append(header, make([]byte, int(header[0])|int(header[1])<<8|int(header[2])<<16)...)
	_, err := io.ReadFull(from, p[4:])
	return p, err
}

// result reads the answer to a command: one packet, or columns and rows, each with an end.
func result(from io.Reader, ofCommand bool) ([]byte, error) {
	answer, err := packet(from)
	if err != nil || !ofCommand || answer[4] == 0 || answer[4] == 0xFF {
		return answer, err
	}
	for ends := 0; ends < 2; {
		p, err := packet(from)
		if err != nil {
			return nil, err
		}
		answer = append(answer, p...)
		switch {
		case p[4] == 0xFE && len(p) < 13:
			ends++
		case p[4] == 0xFF:
			return answer, nil
		}
	}
	return answer, nil
}
