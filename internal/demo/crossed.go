package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// crossedRows is how many rows get each kind of dirt that only several cells, or several
// rows, show.
const crossedRows = 2

// plantReversed dates the service of the first decisions before the decisions, as happens
// when a clerk takes the date from the wrong letter.
func plantReversed(db *legacy.Database) {
	t := tableOf(db, "T_FY_AJ")
	key, deleted, decided, served := columnOf(t, "AJID"), columnOf(t, "SFSC"), columnOf(t, "JDRQ"),
		columnOf(t, "SONGDRQ")
	left := crossedRows
	for _, row := range t.Rows {
		if left == 0 {
			return
		}
		on, err := time.Parse("2006-01-02", textOf(row[decided]))
		if _, unclean := time.Parse("2006/01/02", textOf(row[served])); err != nil || unclean != nil ||
			textOf(row[deleted]) == "1" {
			continue
		}
		row[served] = on.AddDate(0, 0, -12).Format("2006/01/02")
		db.Ledger = append(db.Ledger, legacy.Dirt{Record: "ReconsiderationCase", Key: textOf(row[key]),
			Field: "servedOn", Rule: "REVERSED_DATES"})
		left--
	}
}

// plantRepeated gives the last review files the number of the one before, in other
// brackets, as happens when two clerks number from one paper list.
func plantRepeated(db *legacy.Database) {
	t := tableOf(db, "biz_review_matter")
	key, number := columnOf(t, "matter_id"), columnOf(t, "review_no")
	deleted, by := columnOf(t, "del_flag"), columnOf(t, "create_by")
	left, before := crossedRows, -1
	for i := len(t.Rows) - 1; i >= 0 && left > 0; i-- {
		row := t.Rows[i]
		if text := textOf(row[number]); !strings.Contains(text, "〔") || !strings.HasSuffix(text, "号") ||
			textOf(row[by]) == "test01" ||
			textOf(row[deleted]) != "0" || isSpoilt(db, "LegalityReview", textOf(row[key]), "number") {
			continue
		}
		if before < 0 {
			before = i
			continue
		}
		row[number] = strings.NewReplacer("〔", "[", "〕", "]").Replace(textOf(t.Rows[before][number]))
		for _, r := range [][]any{row, t.Rows[before]} {
			db.Ledger = append(db.Ledger,
				legacy.Dirt{Record: "LegalityReview", Key: textOf(r[key]), Field: "number", Rule: "DUPLICATE_NUMBER"})
		}
		left, before = left-1, -1
	}
}

// isSpoilt tells whether a field of a row, or its normalised form, is in the ledger.
func isSpoilt(db *legacy.Database, record, key, field string) bool {
	return slices.ContainsFunc(db.Ledger, func(d legacy.Dirt) bool {
		return d.Record == record && d.Key == key && (d.Field == field || d.Field == field+"Key")
	})
}

func tableOf(db *legacy.Database, name string) *legacy.Table {
	return db.Tables[slices.IndexFunc(db.Tables, func(t *legacy.Table) bool { return t.Name == name })]
}

func columnOf(t *legacy.Table, name string) int {
	return slices.IndexFunc(t.Columns, func(c legacy.Column) bool { return c.Name == name })
}

// textOf is a cell of a text or whole-number column; "" for NULL.
func textOf(cell any) string {
	if cell == nil {
		return ""
	}
	return fmt.Sprint(cell)
}
