package figures

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// cells reads a legacy table as text, column by name.
func (s *site) cells(t *testing.T, table string, each func(cell func(column string) string)) {
	t.Helper()
	for _, system := range s.systems {
		for _, tab := range system.Database.Tables {
			if tab.Name != table {
				continue
			}
			for _, row := range tab.Rows {
				each(func(column string) string {
					i := slices.IndexFunc(tab.Columns, func(c legacy.Column) bool { return c.Name == column })
					if i < 0 {
						t.Fatalf("%s has no column %s", table, column)
					}
					if row[i] == nil {
						return ""
					}
					return fmt.Sprint(row[i])
				})
			}
			return
		}
	}
	t.Fatalf("no table %s", table)
}

// Some figures of 2023 from the raw legacy rows, past every codec.
func TestFiguresFromLegacyRows(t *testing.T) {
	s := embedded(t)
	in2023 := func(day string) bool { return len(day) >= 10 && day[:4] == "2023" }

	closed, corrected, settled := 0, 0, 0
	s.cells(t, "T_FY_AJ", func(cell func(string) string) {
		live := cell("SFSC") == "0" || cell("SFSC") == ""
		if !live || !in2023(cell("JASJ")) || cell("JAFS") == "" && cell("JAFS_OLD") == "" {
			return
		}
		closed++
		if slices.Contains([]string{"02", "03", "04", "05", "06", "07"}, cell("JAFS")) ||
			slices.Contains([]string{"3", "4", "5", "6"}, cell("JAFS_OLD")) {
			corrected++
		}
		if slices.Contains([]string{"11", "12", "13", "14"}, cell("JAFS")) || cell("JAFS_OLD") == "7" {
			settled++
		}
	})
	aid := 0
	s.cells(t, "flyz_ajxx", func(cell func(string) string) {
		if (cell("sc_bz") == "0" || cell("sc_bz") == "") && in2023(cell("bjrq")) {
			aid++
		}
	})
	issued := 0
	s.cells(t, "notarialCase", func(cell func(string) string) {
		if (cell("deleted") == "0" || cell("deleted") == "") && in2023(cell("issueDate")) {
			issued++
		}
	})
	opinions := 0
	s.cells(t, "biz_review_matter", func(cell func(string) string) {
		if (cell("del_flag") == "0" || cell("del_flag") == "") && cell("create_by") != "test01" &&
			in2023(cell("opinion_date")) {
			opinions++
		}
	})
	if closed == 0 || corrected == 0 || settled == 0 || aid == 0 || issued == 0 || opinions == 0 {
		t.Fatalf("a figure without rows: %d %d %d %d %d %d", closed, corrected, settled, aid, issued, opinions)
	}

	for _, tt := range []struct {
		metric      string
		numerator   int
		denominator int // 0: none
	}{
		{"reconsiderationClosed", closed, 0},
		{"reconsiderationCorrectionRate", corrected, closed},
		{"reconsiderationSettlementRate", settled, closed},
		{"legalAidClosed", aid, 0},
		{"notarialIssued", issued, 0},
		{"legalityReviewOpinions", opinions, 0},
	} {
		data := s.must(t,
			`{ metric(name: "`+tt.metric+`", period: {from: "2023-01-01", before: "2024-01-01"}) { numerator denominator } }`)
		got := data["metric"].(map[string]any)
		if got["numerator"] != json.Number(fmt.Sprint(tt.numerator)) || tt.denominator > 0 &&
			got["denominator"] != json.Number(fmt.Sprint(tt.denominator)) {
			t.Errorf("%s: %v of %v, the rows say %d of %d", tt.metric, got["numerator"], got["denominator"],
				tt.numerator, tt.denominator)
		}
	}
}
