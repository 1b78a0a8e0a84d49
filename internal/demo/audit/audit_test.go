package audit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// TestFindings audits a table of files and a table of parties, whose rows have one fault
// each.
func TestFindings(t *testing.T) {
	db := &legacy.Database{Name: "test", Tables: []*legacy.Table{
		{
			Name: "FILE",
			Columns: []legacy.Column{{Name: "ID", Type: "int"}, {Name: "ZT", Type: "varchar(2)"},
				{Name: "ZTJS", Type: "varchar(20)"}, {Name: "JJ", Type: "bit(1)"}, {Name: "DEL", Type: "bit(1)"}},
			Rows: [][]any{
				{int64(1), "10", "待审", int64(1), int64(0)},
				{int64(2), "10", "通过", int64(0), int64(0)}, // label disagrees
				{int64(3), "99", "未知", nil, int64(0)},      // unknown code, whose label is not known either
				{int64(4), "99", "", int64(1), int64(1)},   // deleted
				{int64(5), "", "待审", int64(1), nil},
			},
		},
		{
			Name: "PARTY",
			Columns: []legacy.Column{{Name: "FILE_ID", Type: "double"}, {Name: "SEQ", Type: "decimal(5,1)"},
				{Name: "KIND", Type: "varchar(2)"}, {Name: "XM", Type: "varchar(20)"}},
			Rows: [][]any{
				{float64(1), "1.0", "A", "王一"},
				{float64(1), "2.0", "B", "王二"}, // B is in the dictionary under a label the mapping does not know
				{float64(4), "1.0", "a", "王三"}, // its file is deleted; codes are told apart by case
				{float64(0), "1.0", "A", "王四"}, // 0 refers to nothing
				{float64(1), "3.0", "Z", "合计"}, // dropped
			},
		},
		{
			Name: "DICT",
			Columns: []legacy.Column{{Name: "T", Type: "varchar(9)"}, {Name: "C", Type: "varchar(9)"},
				{Name: "L", Type: "varchar(9)"}},
			Rows: [][]any{{"kind", "A", "公民"}, {"kind", "B", "其他组织"}, {"sex", "Z", "公民"}},
		},
	}}
	zero, total := "0", "合计"
	file := &mapping.File{Records: map[string]*mapping.Table{
		"File": {
			Record: "File", Name: "file", Key: []string{"id"},
			Keep: []mapping.Condition{{Column: "DEL", Values: []*string{&zero, nil}}},
			Fields: []*mapping.Field{
				{Name: "status", Column: "ZT", Twin: "ZTJS",
					Spec: cell.Spec{Kind: "enum", Values: map[string]string{"10": "OPEN"},
						Labels: map[string]string{"10": "待审"}, Else: "OTHER"}},
				{Name: "urgent", Column: "JJ",
					Spec: cell.Spec{Kind: "bool", Values: map[string]string{"1": "true", "0": "false"}}},
			},
		},
		"Party": {
			Record: "Party", Name: "PARTY", Key: []string{"FILE_ID", "SEQ"},
			Drop: []mapping.Condition{{Column: "XM", Values: []*string{&total}}},
			Fields: []*mapping.Field{
				{Name: "file", Column: "FILE_ID", Refers: "File", Spec: cell.Spec{Kind: "key"}},
				{
					Name: "kind", Column: "KIND", Spec: cell.Spec{Kind: "enum", Else: "OTHER"},
					Dictionary: &mapping.Dictionary{Table: "DICT", Code: "C", Label: "L",
						Where: map[string]string{"T": "kind"}, Labels: map[string]string{"公民": "CITIZEN"}},
				},
			},
		},
		"View": {Record: "View", Select: "SELECT 1"},
	}}
	want := legacy.Ledger{
		{Record: "File", Key: "2", Field: "status", Rule: "LABEL_MISMATCH"},
		{Record: "File", Key: "3", Field: "status", Rule: "UNKNOWN_CODE"},
		{Record: "Party", Key: "1|2.0", Field: "kind", Rule: "UNKNOWN_CODE"},
		{Record: "Party", Key: "4|1.0", Field: "file", Rule: "ORPHAN_LINK"},
		{Record: "Party", Key: "4|1.0", Field: "kind", Rule: "UNKNOWN_CODE"},
	}
	if diff := cmp.Diff(want, Findings(db, file, cell.Env{})); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestWire(t *testing.T) {
	for _, test := range []struct {
		name string
		cell any
		bit  bool
		want string
	}{
		{"text", "张三", false, "张三"},
		{"integer", int64(-7), false, "-7"},
		{"unsigned", uint64(1 << 63), false, "9223372036854775808"},
		{"double", float64(1234), false, "1234"},
		{"large double", 1.5e20, false, "1.5e20"},
		{"bit", int64(1), true, "\x01"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := string(wire(position{bit: test.bit}, []any{test.cell})); got != test.want {
				t.Errorf("wire(%v) = %q, want %q", test.cell, got, test.want)
			}
		})
	}
	if wire(position{}, []any{nil}) != nil {
		t.Error("NULL is nil")
	}
}
