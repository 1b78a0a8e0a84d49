package faults

import (
	"context"
	"errors"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// mostRecovery is how long a system may need to be served again.
const mostRecovery = time.Minute

// Run has the system fail once under load, for so long, and adds what came of it to the row, which
// may be that of earlier times. The error is of what stands around the gateway, not of it.
func (s *Site) Run(ctx context.Context, f Fault, hold time.Duration, row *Row) error {
	row.Fault, row.Times = f.Name, row.Times+1
	if row.Codes == nil {
		row.Codes = map[fault.Code]int{}
	}
	l := s.drive(ctx, f, row)
	defer l.end()
	if _, _, err := l.settled(ctx, mostRecovery); err != nil {
		row.find("before the fault: %v", err)
	}
	felt := l.enter(during)
	if err := f.begin(ctx, s); err != nil {
		return errors.Join(err, f.end(context.WithoutCancel(ctx), s))
	}
	lasting := time.After(hold)
	if f.IsFelt { // which takes as long as a statement may
		select {
		case <-felt:
		case <-time.After(mostRecovery):
			row.find("nobody felt the fault")
		case <-ctx.Done():
		}
	}
	select {
	case <-lasting:
	case <-ctx.Done():
	}
	if err := f.end(context.WithoutCancel(ctx), s); err != nil {
		return err
	}
	l.enter(after)
	first, last, err := l.settled(ctx, mostRecovery)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		row.find("after the fault: %v", err)
	}
	row.Recovery, row.Settled = append(row.Recovery, first), append(row.Settled, last)
	l.end()
	_, left, err := s.rested(ctx, &s.idle)
	if left != "" {
		row.Left = left
	}
	return err
}
