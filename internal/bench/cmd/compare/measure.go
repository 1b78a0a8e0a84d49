package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/bench"
)

// figures are what one server did in one round, per request.
type figures struct {
	rate        float64 // requests per second
	median, p99 time.Duration
	cpu, dbCPU  time.Duration // of the server, and of the database; 0 when not to be seen
	allocated   float64       // bytes
}

// measure runs the rounds of one operation and prints a line per number of connections.
func (c *comparison) measure(ctx context.Context, p pair) error {
	statements := map[*child]float64{}
	for _, server := range []*child{c.gateway, c.reference} {
		n, err := c.statements(ctx, p, server)
		if err != nil {
			return err
		}
		statements[server] = n
	}
	for _, connections := range c.connections {
		rounds := map[*child][]figures{}
		peaks := map[*child]int64{}
		order := []*child{c.gateway, c.reference}
		for _, server := range order { // fill pools and caches
			if _, err := c.round(ctx, p, server, connections, min(c.options.round, 500*time.Millisecond)); err != nil {
				return err
			}
			if err := server.process.ForgetPeak(); err != nil {
				return err
			}
		}
		for range c.rounds {
			for _, server := range order {
				f, err := c.round(ctx, p, server, connections, c.options.round)
				if err != nil {
					return err
				}
				rounds[server] = append(rounds[server], f)
			}
			slices.Reverse(order)
		}
		for _, server := range order {
			peak, err := server.process.PeakMemory()
			if err != nil {
				return err
			}
			peaks[server] = peak
		}
		line{
			operation: p.name, connections: connections,
			gateway: rounds[c.gateway], reference: rounds[c.reference],
			gatewayPeak: peaks[c.gateway], referencePeak: peaks[c.reference],
			gatewayStatements: statements[c.gateway], referenceStatements: statements[c.reference],
		}.print(c.out)
	}
	return nil
}

// round drives one server.
func (c *comparison) round(ctx context.Context, p pair, server *child, connections int,
	length time.Duration) (figures, error) {
	allocatedBefore, err := server.allocated() // asking costs CPU: before the first and after the last reading of it
	if err != nil {
		return figures{}, err
	}
	before, err := c.spent(server)
	if err != nil {
		return figures{}, err
	}
	sample, err := bench.Drive(ctx, server.address,
		bench.Load{Requests: p.asked[server], Connections: connections, For: length})
	if err != nil {
		return figures{}, fmt.Errorf("%s: %w", server.role, err)
	}
	after, err := c.spent(server)
	if err != nil {
		return figures{}, err
	}
	allocatedAfter, err := server.allocated()
	if err != nil {
		return figures{}, err
	}
	n := sample.Requests
	return figures{
		rate:      sample.Rate(),
		median:    sample.Latencies[n/2],
		p99:       sample.Latencies[n*99/100],
		cpu:       (after.cpu - before.cpu) / time.Duration(n),
		dbCPU:     (after.dbCPU - before.dbCPU) / time.Duration(n),
		allocated: float64(allocatedAfter-allocatedBefore) / float64(n),
	}, nil
}

// spending is what a server has used up since it began.
type spending struct {
	cpu, dbCPU time.Duration
}

func (c *comparison) spent(server *child) (s spending, err error) {
	if s.cpu, err = server.process.CPU(); err != nil {
		return s, err
	}
	if c.db.process != 0 {
		if s.dbCPU, err = c.db.process.CPU(); err != nil {
			return s, err
		}
	}
	return s, nil
}

// statements counts the SELECTs of one request, by the database's own count.
func (c *comparison) statements(ctx context.Context, p pair, server *child) (float64, error) {
	const times = 20
	load := bench.Load{Requests: p.asked[server], Connections: 1, For: time.Minute, AtMost: times}
	if _, err := c.round(ctx, p, server, bench.Connections, 300*time.Millisecond); err != nil { // connects the pools
		return 0, fmt.Errorf("%s: %w", server.role, err)
	}
	before, err := c.db.statements(ctx)
	if err != nil {
		return 0, err
	}
	if _, err := bench.Drive(ctx, server.address, load); err != nil {
		return 0, fmt.Errorf("%s: %w", server.role, err)
	}
	after, err := c.db.statements(ctx)
	return float64(after-before) / times, err
}
