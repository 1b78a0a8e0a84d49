package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// client is one kept-alive HTTP connection. It does as little as HTTP/1.1 allows: the
// driver shares the machine with what it measures.
type client struct {
	conn   net.Conn
	reader *bufio.Reader
}

func dial(ctx context.Context, address string) (*client, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	return &client{conn: conn, reader: bufio.NewReaderSize(conn, 64<<10)}, nil
}

// patience is how long one answer may take.
const patience = 30 * time.Second

// do sends a request and reads the answer's body, which must come with its length, into
// into.
func (c *client) do(request []byte, into io.Writer) error {
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := c.conn.Write(request); err != nil {
		return err
	}
	status, err := c.reader.ReadSlice('\n')
	if err != nil {
		return err
	}
	ok := bytes.HasPrefix(status, []byte("HTTP/1.1 200 "))
	length := int64(-1)
	for {
		line, err := c.reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64); err != nil {
				return err
			}
		}
	}
	if length < 0 {
		return fmt.Errorf("bench: an answer without Content-Length")
	}
	if _, err := io.CopyN(into, c.reader, length); err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("bench: an answer that is not 200 OK")
	}
	return nil
}

// expectData sends a request and reads the answer, which must begin with its data: an
// answer with errors would be a fast one.
func (c *client) expectData(request []byte) error {
	var answer start
	if err := c.do(request, &answer); err != nil {
		return err
	}
	if !bytes.HasPrefix(answer, []byte(`{"data"`)) {
		return fmt.Errorf("bench: an answer with errors")
	}
	return nil
}

// start keeps the first bytes written to it.
type start []byte

// Write implements io.Writer.
func (s *start) Write(b []byte) (int, error) {
	const kept = 16
	*s = append(*s, b[:min(len(b), max(0, kept-len(*s)))]...)
	return len(b), nil
}

// Ask sends one request and gives the member data of the answer, byte by byte as it
// came. Errors in the answer are an error.
func Ask(ctx context.Context, address string, request []byte) (data []byte, err error) {
	c, err := dial(ctx, address)
	if err != nil {
		return nil, err
	}
	defer c.conn.Close()
	var body bytes.Buffer
	if err := c.do(request, &body); err != nil {
		return nil, fmt.Errorf("%w: %.500s", err, body.String())
	}
	var answer struct{ Data, Errors json.RawMessage }
	if err := json.Unmarshal(body.Bytes(), &answer); err != nil {
		return nil, fmt.Errorf("bench: the answer is no JSON: %w", err)
	}
	if answer.Errors != nil {
		return nil, fmt.Errorf("bench: the answer has errors: %.500s", answer.Errors)
	}
	return answer.Data, nil
}

// Load is what a server is asked in one round.
type Load struct {
	Requests    [][]byte // sent in turn
	Connections int
	For         time.Duration // no request is begun later
	AtMost      int           // requests; 0 means any number
}

// Sample is what came of it.
type Sample struct {
	Requests  int
	Took      time.Duration
	Latencies []time.Duration // of each request, sorted
}

// Rate is in requests per second.
func (s Sample) Rate() float64 { return float64(s.Requests) / s.Took.Seconds() }

// Drive asks the server. Connections are made before the clock starts.
func Drive(ctx context.Context, address string, load Load) (Sample, error) {
	clients := make([]*client, load.Connections)
	for i := range clients {
		c, err := dial(ctx, address)
		if err != nil {
			return Sample{}, err
		}
		defer c.conn.Close()
		clients[i] = c
	}
	var sent atomic.Int64
	latencies := make([][]time.Duration, len(clients))
	errs := make([]error, len(clients))
	var running sync.WaitGroup
	started := time.Now()
	end := started.Add(load.For)
	for i, c := range clients {
		running.Go(func() {
			for {
				begun := time.Now()
				if begun.After(end) || ctx.Err() != nil {
					return
				}
				n := int(sent.Add(1)) - 1
				if load.AtMost > 0 && n >= load.AtMost {
					return
				}
				if errs[i] = c.expectData(load.Requests[n%len(load.Requests)]); errs[i] != nil {
					return
				}
				latencies[i] = append(latencies[i], time.Since(begun))
			}
		})
	}
	running.Wait()
	sample := Sample{Took: time.Since(started)}
	for i := range clients {
		if errs[i] != nil {
			return Sample{}, errs[i]
		}
		sample.Latencies = append(sample.Latencies, latencies[i]...)
	}
	sample.Requests = len(sample.Latencies)
	slices.Sort(sample.Latencies)
	return sample, ctx.Err()
}
