package quality

import (
	"context"
	"hash/maphash"
	"math/big"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Bounds of one assessment of data quality.
const (
	MostRows = 200_000 // records of one kind; a census of as many keys takes about 10 MB
	samples  = 5       // records shown with a finding
)

// Assessment finds what is wrong with all records of one kind. Its error is the system's.
type Assessment struct {
	Kind *model.Kind
	Run  func(ctx context.Context) ([]*model.DataQualityFinding, error)
}

// Assess makes the assessment of one source.
func Assess[T any, R interface {
	*T
	model.Node
	DataIssues() []*model.DataIssue
}](source *adapters.Source[T], checks []Check[T]) Assessment {
	return Assessment{Kind: source.Kind(), Run: func(ctx context.Context) ([]*model.DataQualityFinding, error) {
		t := tally{kind: source.Kind(), findings: map[place]*model.DataQualityFinding{}}
		var audits []audit[T]
		for _, c := range checks {
			broken, err := c.audit(ctx)
			if err != nil {
				return nil, err
			}
			audits = append(audits, audit[T]{c, broken})
		}
		read, isComplete, err := source.Each(ctx, nil, MostRows, func(row *T) {
			for _, issue := range R(row).DataIssues() {
				t.add(issue, 1, R(row))
			}
			for _, a := range audits {
				if n := a.broken(row); n > 0 {
					t.add(a.issue(), n, R(row))
				}
			}
		})
		if err != nil {
			return nil, err // what was read until then is no share of anything
		}
		return t.list(read, isComplete), nil
	}}
}

// audit is a check during one pass over all records.
type audit[P any] struct {
	Check[P]
	// broken tells how many records break the rule that did not until this one came: 2
	// when it has the same number as one before.
	broken func(record *P) int
}

// audit prepares the check for one pass: it takes a census of what references may say,
// as hashes of 64 bits. When there is more than an assessment reads, no reference can be
// called an orphan, and none is.
func (c Check[P]) audit(ctx context.Context) (broken func(record *P) int, err error) {
	if c.Census != nil {
		return c.Census(ctx)
	}
	seed := maphash.MakeSeed()
	hash := func(text string) uint64 { return maphash.String(seed, adapters.Fold(text)) }
	census := map[uint64]int{}
	if c.Targets == nil {
		return func(record *P) int {
			number := c.Value(record)
			if number == nil {
				return 0
			}
			h := hash(*number)
			census[h]++
			switch census[h] {
			case 1:
				return 0
			case 2:
				return 2
			}
			return 1
		}, nil
	}
	isComplete, err := c.Targets(ctx, MostRows, func(key string) { census[hash(key)] = 1 })
	if err != nil || !isComplete {
		return func(*P) int { return 0 }, err
	}
	return func(record *P) int {
		if to := c.Value(record); to != nil && census[hash(*to)] == 0 {
			return 1
		}
		return 0
	}, nil
}

// tally gathers the findings about one kind of record.
type tally struct {
	kind     *model.Kind
	findings map[place]*model.DataQualityFinding
}

// place is a field and the rule it breaks.
type place struct {
	field string
	rule  model.DataIssueRule
}

func (t *tally) add(issue *model.DataIssue, n int, record model.Node) {
	at := place{issue.Field, issue.Rule}
	f := t.findings[at]
	if f == nil {
		f = &model.DataQualityFinding{System: t.kind.System, Record: t.kind.Record, Field: issue.Field,
			Rule: issue.Rule}
		t.findings[at] = f
	}
	f.Count += n
	if len(f.Samples) < samples {
		f.Samples = append(f.Samples, record)
	}
}

// list gives the findings by field and rule, with their shares.
func (t *tally) list(read int, isComplete bool) []*model.DataQualityFinding {
	list := make([]*model.DataQualityFinding, 0, len(t.findings))
	for _, f := range t.findings {
		f.RecordsRead, f.IsComplete = read, isComplete
		f.Share = model.Decimal(big.NewRat(int64(f.Count), int64(read)).FloatString(6))
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b *model.DataQualityFinding) int {
		if c := strings.Compare(a.Field, b.Field); c != 0 {
			return c
		}
		return strings.Compare(string(a.Rule), string(b.Rule))
	})
	return list
}
