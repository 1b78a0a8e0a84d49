package adapters

import (
	"database/sql"
	"fmt"
	"runtime"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
)

// A million rows that come one by one take the memory of their buckets, not their own.
func TestTallyIsBoundedByItsBuckets(t *testing.T) {
	day := &mapping.Field{Name: "receivedOn", Column: "sj", Spec: cell.Spec{Kind: "day"}}
	amount := &mapping.Field{Name: "recovered", Column: "je", Spec: cell.Spec{Kind: "money", Unit: "yuan"}}
	table := &plan.Table{Mapping: &mapping.Table{Fields: []*mapping.Field{day, amount}},
		Codecs: map[string]cell.Codec{}}
	for _, f := range table.Mapping.Fields {
		codec, err := cell.New(f.Spec, cell.Env{})
		if err != nil {
			t.Fatal(err)
		}
		table.Codecs[f.Name] = codec
	}
	q := Question{
		Axes: []Axis{{Name: "RECEIVED_MONTH", Field: "receivedOn", Unit: Month, Kind: "day"}},
		Measures: []Measure{{Name: "recovered", Sum: "recovered"},
			{Name: "days", From: "receivedOn", To: "receivedOn"}},
	}
	source := &Statistics{&settler{store: &store{}}}
	tl := newTallier(table, nil, q)
	if err := source.prepare(t.Context(), tl); err != nil {
		t.Fatal(err)
	}
	const rows = 1_000_000
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	cells := make([]sql.RawBytes, 6)
	for i := range rows {
		cells[0] = fmt.Appendf(cells[0][:0], "%04d-%02d", 2014+i%10, i%12+1)
		cells[1], cells[2] = nil, sql.RawBytes("0")
		cells[3] = fmt.Appendf(cells[3][:0], "%d.50元", i)
		cells[4] = fmt.Appendf(cells[4][:0], "%d", i%400)
		cells[5] = sql.RawBytes("1")
		if err := tl.line(cells); err != nil {
			t.Fatal(err)
		}
	}
	if grown := int64(heap()) - int64(before); grown > 4<<20 {
		t.Errorf("the heap grew by %d KB over %d rows", grown>>10, rows)
	}
	total := tl.answer.Total
	if total.Rows != rows || len(tl.buckets) != 60 {
		t.Errorf("%d rows in %d buckets", total.Rows, len(tl.buckets))
	}
	if sum := total.Figures[0]; sum.Rows != rows || sum.Sum != (rows*(rows-1)/2)*100+rows*50 {
		t.Errorf("sum %d of %d rows", sum.Sum, sum.Rows)
	}
	if p := total.Figures[1].Percentile(90); p == nil || *p != 359 {
		t.Errorf("90th percentile %v", p)
	}
	runtime.KeepAlive(tl)
}
