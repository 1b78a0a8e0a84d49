package audit

import (
	"context"
	"hash"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/identity"
	"github.com/bureaugraph/bureaugraph/internal/mask"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// Trail gathers what the audit will say of one request. It is safe for concurrent use, and a
// nil Trail takes everything and keeps nothing: of a gateway without an audit, or outside a
// request.
type Trail struct {
	log   *Log
	began time.Time

	mu       sync.Mutex
	entry    Entry
	persons  map[string]bool // numbers of those answered
	lookups  map[string]bool // numbers of those asked for
	unmasked map[string]bool
	settled  bool // its line is on the disk
	corrects bool // a line that says otherwise may be there
}

// Begin begins the trail of a request, named by its id, from an address, for a route.
func (l *Log) Begin(request, address, route string) *Trail {
	if l == nil {
		return nil
	}
	now := l.options.Now()
	return &Trail{log: l, began: now,
		entry: Entry{Time: moment(now), Request: request, Address: address, Route: route}}
}

type trailKey struct{}

// With puts the trail into the context.
func With(ctx context.Context, t *Trail) context.Context {
	return context.WithValue(ctx, trailKey{}, t)
}

// From gives the request's trail; nil when it has none.
func From(ctx context.Context) *Trail {
	t, _ := ctx.Value(trailKey{}).(*Trail)
	return t
}

// fill changes the entry.
func (t *Trail) fill(change func(e *Entry)) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	change(&t.entry)
}

// By says who asks; nil is nobody. It replaces what was said before.
func (t *Trail) By(p *access.Principal) {
	t.fill(func(e *Entry) {
		e.Principal, e.Name = p.ID(), ""
		if p != nil {
			e.Name = p.Name
		}
	})
}

// Roles says as what they ask.
func (t *Trail) Roles(roles ...string) { t.fill(func(e *Entry) { e.Roles = roles }) }

// Reason says why they ask, in their own words, which are masked; "" is no reason.
func (t *Trail) Reason(text string) {
	if t == nil || text == "" {
		return
	}
	text = mask.Free(text)
	if r := []rune(text); len(r) > mostReason {
		text = string(r[:mostReason])
	}
	t.fill(func(e *Entry) { e.Reason = text })
}

// Operation says what is asked: the operation's name, of which it is known that it names
// nobody, and its text.
func (t *Trail) Operation(name, text string) {
	if t == nil {
		return
	}
	digest := t.log.digests.Of(text)
	t.fill(func(e *Entry) { e.Operation, e.Text = name, digest })
}

// Sources says what was asked of the legacy systems, all in all: it replaces what was said before.
func (t *Trail) Sources(entries []sources.Entry) {
	t.fill(func(e *Entry) {
		e.Systems = e.Systems[:0]
		for _, s := range entries {
			e.Systems = append(e.Systems, System{s.System, s.Status, s.Statements, s.Rows})
		}
	})
}

// Records counts objects that are answered.
func (t *Trail) Records(n int) { t.fill(func(e *Entry) { e.Records += n }) }

// Person notes that data of the person with the number are answered.
func (t *Trail) Person(number string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	put(&t.persons, number)
}

// Lookup notes that somebody is asked for by number.
func (t *Trail) Lookup(number string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	put(&t.lookups, number)
}

// Unmasked notes that a field, Type.field, is shown unmasked. The line of such a request is on
// the disk before its answer leaves, see Settle.
func (t *Trail) Unmasked(field string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	put(&t.unmasked, field)
}

func put(set *map[string]bool, member string) {
	if *set == nil {
		*set = map[string]bool{}
	}
	(*set)[member] = true
}

// Sum begins the sum of a file's bytes; nil for a nil Trail.
func (t *Trail) Sum() hash.Hash {
	if t == nil {
		return nil
	}
	return t.log.signer.hash.New()
}

// Exported says which file is sent, by its rows and what Sum made of its bytes. Its line is on
// the disk before it leaves, see Settle.
func (t *Trail) Exported(rows int, sum []byte) {
	t.fill(func(e *Entry) { e.Export = &Export{Rows: rows, Hash: hashed(t.log.signer.hash, sum)} })
}

// Writable tells whether what is asked now will be recorded; see Log.Writable.
func (t *Trail) Writable() bool { return t != nil && t.log.Writable() }

// Unrecorded is the refusal of what would be shown unmasked, and of a file, while the audit cannot
// be written.
func Unrecorded() *fault.Error {
	return fault.Source(fault.AuditUnavailable, "", "the audit cannot be written, so nothing is shown unmasked and no "+
		"file is made until it can; try again later, or tell the gateway's operators", nil)
}

// Settle is called before an answer leaves. What shows anything unmasked, and a file, is written
// down now: when the error is not nil it is not on the disk, and must not leave. For others, and
// for a nil Trail, it does nothing.
func (t *Trail) Settle(ctx context.Context, status int, codes []string) error {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.settled || len(t.unmasked) == 0 && t.entry.Export == nil {
		return nil
	}
	if err := t.log.submitNow(ctx, t.body(status, codes)); err != nil {
		t.corrects, t.unmasked, t.entry.Export = true, nil, nil
		return err
	}
	t.settled = true
	return nil
}

// End is called when a request has been answered, and writes its line, unless that was done
// before.
func (t *Trail) End(status int, codes []string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.settled {
		return
	}
	t.settled = true
	t.log.submit(t.body(status, codes))
}

// body is the entry as it stands in a line.
func (t *Trail) body(status int, codes []string) []byte {
	e := t.entry
	e.Outcome, e.Codes, e.Corrects = OutcomeOf(status, codes), codes, t.corrects
	e.Milliseconds = float64(t.log.options.Now().Sub(t.began).Microseconds()) / 1000
	e.Persons, e.MorePersons = t.log.signer.tokensOf(t.persons)
	e.Lookups, _ = t.log.signer.tokensOf(t.lookups)
	e.Unmasked = sorted(t.unmasked)
	if len(e.Unmasked) > mostUnmasked {
		e.Unmasked, e.MoreUnmasked = e.Unmasked[:mostUnmasked], len(e.Unmasked)-mostUnmasked
	}
	return marshal(e)
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for member := range set {
		list = append(list, member)
	}
	slices.Sort(list)
	return list
}

// tokensOf gives the tokens of persons, sorted, and how many there are besides.
func (s *signer) tokensOf(numbers map[string]bool) (tokens []string, more int) {
	for number := range numbers {
		tokens = append(tokens, s.token(plain(number)))
	}
	slices.Sort(tokens)
	tokens = slices.Compact(tokens)
	if len(tokens) > mostPersons {
		tokens, more = tokens[:mostPersons:mostPersons], len(tokens)-mostPersons
	}
	return tokens, more
}

// plain writes a number in the one way in which it has a token: 18 characters where it is the
// number of a resident, whatever it was typed like.
func plain(number string) string {
	number = strings.ToUpper(strings.Join(strings.Fields(number), ""))
	if wide := identity.ResidentFrom15(number); wide != "" {
		return wide
	}
	return number
}
