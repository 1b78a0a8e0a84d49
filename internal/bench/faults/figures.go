package faults

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Figure is how long something took, and how it ended.
type Figure struct {
	What  string
	Took  []time.Duration // one, or of several their median and maximum are told
	Ended string          // whole, or the code of the first error
}

// Questions of figures: of one level and of several levels of the system that fails, and a large one of a healthy
// system.
const (
	flat  = `{ legalAidCases(first: 20) { nodes { number status receivedOn } } }`
	deep  = `{ legalAidCases(first: 20) { nodes { number applicant { familySize } lawyer { firm { name } } lawyerChanges { id } objections { id } } } }`
	large = `{ publicityEvents(first: 200) { nodes { number title summary town { name } planItem { id } materials { id } trainings { id } } } }`
)

// besides is how many clients ask the frozen system while the large question is asked.
const besides = 32

// Figures measures what single clients wait for while the system is frozen, for as long as hold, and while it is slow.
// Nothing else should go on on the machine.
func (s *Site) Figures(ctx context.Context, hold time.Duration) (list []Figure, err error) {
	m := measuring{site: s, ctx: ctx}
	proxy := s.proxies[Faulty]
	m.each("a question to the system, nothing wrong", flat, 20)
	m.each("one of four levels, nothing wrong", deep, 20)
	m.each("a large one to a healthy system, alone", large, 20)

	for _, clients := range []int{8, 64, 500} {
		m.load(clients, hold)
	}

	proxy.Freeze()
	for i := range 100 {
		switch took, ended := m.one(flat); i + 1 {
		case 1, 10, 100:
			m.add(fmt.Sprintf("frozen: request %d to the system", i+1), ended, took)
		}
	}
	began := time.Now()
	stop := m.crowd(flat)
	m.each(fmt.Sprintf("frozen, and %d clients ask it: the large one to the healthy system", besides), large, 20)
	select {
	case <-time.After(hold - time.Since(began)):
	case <-ctx.Done():
	}
	stop()
	proxy.Thaw()
	m.recovery(fmt.Sprintf("after %s frozen: until the first whole answer", hold))

	proxy.Slow(3 * time.Second)
	m.each("slow by 3 s: a question to the system", flat, 1)
	m.each("slow by 3 s: one of four levels", deep, 1)
	proxy.Slow(0)
	m.recovery("after slow by 3 s: until the first whole answer")
	return m.list, errors.Join(m.err, ctx.Err())
}

type measuring struct {
	site *Site
	ctx  context.Context
	list []Figure
	err  error
}

func (m *measuring) add(what, ended string, took ...time.Duration) {
	m.list = append(m.list, Figure{what, took, ended})
}

// one asks once.
func (m *measuring) one(query string) (took time.Duration, ended string) {
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		m.err = errors.Join(m.err, err)
		return 0, ""
	}
	began := time.Now()
	a, err := m.site.ask(m.ctx, body)
	took = time.Since(began)
	switch {
	case err != nil:
		m.err = errors.Join(m.err, err)
	case len(a.Errors) > 0:
		return took, a.Errors[0].Extensions.Code
	}
	return took, "whole"
}

// each asks so often, one after the other.
func (m *measuring) each(what, query string, times int) {
	took := make([]time.Duration, times)
	var ended []string
	for i := range took {
		var as string
		if took[i], as = m.one(query); !slices.Contains(ended, as) {
			ended = append(ended, as)
		}
	}
	m.add(what, strings.Join(ended, ", "), took...)
}

// crowd has clients ask all the time, until stop has returned.
func (m *measuring) crowd(query string) (stop func()) {
	body, err := json.Marshal(map[string]any{"query": query})
	m.err = errors.Join(m.err, err)
	ctx, cancel := context.WithCancel(m.ctx)
	var done sync.WaitGroup
	for range besides {
		done.Go(func() {
			for ctx.Err() == nil {
				_, _ = m.site.ask(ctx, body)
				select {
				case <-time.After(20 * time.Millisecond):
				case <-ctx.Done():
				}
			}
		})
	}
	return func() {
		cancel()
		done.Wait()
	}
}

// load has clients ask all operations, each as fast as it is answered, for so long.
func (m *measuring) load(clients int, last time.Duration) {
	operations := slices.Concat(m.site.touching, m.site.healthy)
	var mu sync.Mutex
	var answered, refused []time.Duration
	others := map[string]int{}
	end := time.Now().Add(last)
	var done sync.WaitGroup
	for range clients {
		done.Go(func() {
			for time.Now().Before(end) && m.ctx.Err() == nil {
				began := time.Now()
				a, err := m.site.ask(m.ctx, operations[rand.IntN(len(operations))].body)
				took := time.Since(began)
				mu.Lock()
				switch {
				case err != nil:
					m.err = errors.Join(m.err, err)
				case len(a.Errors) == 0:
					answered = append(answered, took)
				case a.Errors[0].Extensions.Code == string(fault.Overloaded):
					refused = append(refused, took)
				default:
					others[a.Errors[0].Extensions.Code]++
				}
				mu.Unlock()
				if len(a.Errors) > 0 { // who is told to come again does not come at once
					select {
					case <-time.After(time.Second):
					case <-m.ctx.Done():
					}
				}
			}
		})
	}
	done.Wait()
	ended := fmt.Sprintf("%.0f a second answered", float64(len(answered))/last.Seconds())
	if len(refused) > 0 {
		ended += fmt.Sprintf(", %.0f a second told to come again, after %s", float64(len(refused))/last.Seconds(),
			span(refused))
	}
	if len(others) > 0 {
		ended += fmt.Sprint(", errors: ", others)
	}
	m.add(fmt.Sprintf("%d clients ask everything, nothing wrong", clients), ended, answered...)
}

// recovery asks until an answer is whole.
func (m *measuring) recovery(what string) {
	began := time.Now()
	for m.ctx.Err() == nil {
		if _, ended := m.one(flat); ended == "whole" {
			m.add(what, ended, time.Since(began))
			return
		}
		if time.Since(began) > mostRecovery {
			m.add(what, "never", time.Since(began))
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// PrintFigures writes the table.
func PrintFigures(out io.Writer, list []Figure) {
	fmt.Fprint(out, "\n| | took, p50 / max | ended |\n|---|--:|---|\n")
	for _, f := range list {
		took := span(f.Took)
		if len(f.Took) == 1 {
			took = brief(slices.Max(f.Took))
		}
		fmt.Fprintf(out, "| %s | %s | %s |\n", f.What, took, f.Ended)
	}
}
