package faults

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Sweep cuts the connection at every byte of what the server says to one small question, log-in
// included, and every later connection at once: nothing may be taken for an answer but the whole.
// The gateway is one that leaves no system alone.
func (s *Site) Sweep(ctx context.Context) (*Row, error) {
	row := &Row{Fault: "cut at each byte of an answer", Times: 1, Codes: map[fault.Code]int{}}
	g, err := s.unbroken()
	if err != nil {
		return nil, err
	}
	defer g.Close()
	body, err := json.Marshal(map[string]string{"query": "{ legalAidCases(first: 2) { nodes { number title } } }"})
	if err != nil {
		return nil, err
	}
	proxy := s.proxies[Faulty]
	defer proxy.CutAfter(-1)
	l := load{site: s, of: Fault{Codes: []fault.Code{fault.SourceUnavailable}}, row: row, phase: during}
	uncut := func() (whole truth, err error) { // after an outage the gateway learns of the tables anew
		proxy.CutAfter(-1)
		a, err := s.askOf(ctx, g.URL(), body)
		if err == nil && len(a.Errors) > 0 {
			err = fmt.Errorf("faults: the question that is to be cut: %v", a.Errors)
		}
		if err != nil {
			return whole, err
		}
		return newTruth(a.Data)
	}
	if _, err = uncut(); err != nil {
		return nil, err
	}
	whole, err := uncut()
	if err != nil {
		return nil, err
	}
	// Until what is cut is behind the answer, which is not always of as many bytes: the numbers of
	// sessions grow, and after an outage more is asked.
	isThrough := false
	for at := int64(1); !isThrough && ctx.Err() == nil; at++ {
		if again, err := uncut(); err != nil || !bytes.Equal(again.data, whole.data) {
			row.find("uncut, after one that was: %s %v", again.data, err)
		}
		proxy.CutAfter(at)
		begun := time.Now()
		a, err := s.askOf(ctx, g.URL(), body)
		took := time.Since(begun)
		var v verdict
		if err == nil {
			v = judge(whole, a, string(Faulty))
		}
		if isThrough = v.isWhole; isThrough && at < 500 { // which a log-in takes
			row.find("cut after %d bytes, and whole", at)
		}
		if at > 10_000 {
			return nil, fmt.Errorf("faults: cut after %d bytes, and still no answer", at)
		}
		l.take(given{name: fmt.Sprintf("cut after %d bytes", at), answer: a, err: err, v: v,
			isTouching: true, phase: during, took: took})
	}
	return row, ctx.Err()
}
