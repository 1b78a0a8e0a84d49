package database

import (
	"context"
	"sync"
	"time"
)

// budgets are how long one request may still wait for each system. It is safe for concurrent
// use: systems are asked at the same time.
type budgets struct {
	isBounded bool
	mu        sync.Mutex
	of        map[string]*allowance // by system
}

// allowance is one request's at one system. All that the request waits there for counts once,
// however much it is that it waits for: connections, log-ins, answers.
type allowance struct {
	mu      sync.Mutex
	spent   time.Duration // before since
	waiting int           // for so much at once
	since   time.Time     // when waiting began last
	failed  int64         // turn of the breaker in which the request has counted as a failure

	at      *host   // the address that it asks; nil before it has asked
	isHeard bool    // which has answered: the request stays there
	gone    []*host // addresses that gave it no answer
}

type budgetsKey struct{}

// WithBudgets gives the request of the context a budget at each system, see Options.Budget:
// what it has spent on one level of its answer, the next has no longer. Without it each
// statement has all the time of Options.Timeout, as suits work that reads whole tables. The
// request stays at one address of each system, so that what it reads there is of one server.
func WithBudgets(ctx context.Context) context.Context {
	return context.WithValue(ctx, budgetsKey{}, &budgets{isBounded: true, of: map[string]*allowance{}})
}

// WithoutBudgets has the request of the context stay at one address of each system, as WithBudgets
// does, and gives it all the time of Options.Timeout for each statement.
func WithoutBudgets(ctx context.Context) context.Context {
	return context.WithValue(ctx, budgetsKey{}, &budgets{of: map[string]*allowance{}})
}

// allowanceOf is the request's at the system. Who is no request gets an empty one.
func allowanceOf(ctx context.Context, system string) (a *allowance, isBounded bool) {
	all, _ := ctx.Value(budgetsKey{}).(*budgets)
	if all == nil {
		return new(allowance), false
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.of[system] == nil {
		all.of[system] = new(allowance)
	}
	return all.of[system], all.isBounded
}

// begin counts somebody who waits, and tells when the budget will have been spent.
func (a *allowance) begin(now time.Time, budget time.Duration) (until time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.waiting == 0 {
		a.since = now
	}
	a.waiting++
	return a.since.Add(budget - a.spent)
}

// end is that of one begin.
func (a *allowance) end(now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.waiting--; a.waiting == 0 {
		a.spent += now.Sub(a.since)
	}
}

// fail tells whether the request has not counted as a failure in this turn yet, and counts it.
func (a *allowance) fail(turn int64) (isFirst bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	isFirst = a.failed != turn
	a.failed = turn
	return isFirst
}
