package cell

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

func TestExcelSerial(t *testing.T) {
	spelled{"day", Spec{Kind: "day", Layouts: []string{"2006-1-2", "excel"}, From: "1900-01-01"}, []reading{
		{raw: "45000", want: day(2023, 3, 15)},
		{raw: "45000.0", want: day(2023, 3, 15)},
		{raw: "45000.99", want: day(2023, 3, 15)},
		{raw: "45000.999999", want: day(2023, 3, 15)},
		{raw: "45000.9999999999", want: day(2023, 3, 15)},
		{raw: "45,000", finding: "UNREADABLE_DATE DROPPED"},
		{raw: "4.5e4", finding: "UNREADABLE_DATE DROPPED"},
		{raw: "045000", finding: "UNREADABLE_DATE DROPPED"},
		{raw: "1", want: day(1900, 1, 1)},
		{raw: "59", want: day(1900, 2, 28)},
		{raw: "60", finding: "IMPOSSIBLE_DATE DROPPED"},
		{raw: "61", want: day(1900, 3, 1)},
		{raw: "2023-3-15", want: day(2023, 3, 15)},
		{raw: "99999", finding: "DATE_OUT_OF_RANGE DROPPED"},
		{raw: "100000", finding: "UNREADABLE_DATE DROPPED"},
		{raw: "-5", finding: "UNREADABLE_DATE DROPPED"},
		{raw: "0.5", finding: "ZERO_DATE DROPPED"},
		{raw: "45000天", finding: "UNREADABLE_DATE DROPPED"},
	}}.run(t)
	half, _ := model.NewInstant(day(2023, 3, 15), 9, 30, 0)
	last, _ := model.NewInstant(day(2023, 3, 15), 23, 59, 59)
	spelled{"instant", Spec{Kind: "instant", Layouts: []string{"excel"}}, []reading{
		{raw: "45000.3958333333", want: half.String()},
		{raw: "45000.395833333333333333333333333333", want: half.String()},
		{raw: "45000.999999", want: last.String()},
		{raw: "45000.9999999", want: last.String()},
	}}.run(t)
}

func TestEpoch(t *testing.T) {
	at, _ := model.NewInstant(day(2023, 3, 15), 9, 30, 5)
	before, _ := model.NewInstant(day(1969, 12, 31), 23, 59, 59)
	spelled{"milliseconds", Spec{Kind: "instant", Layouts: []string{"epoch-ms"}}, []reading{
		{raw: "1678843805000", want: at.String()},
		{raw: "1678843805999", want: at.String()},
		{raw: "1678843805999.900", want: at.String()},
		{raw: "1.678843805E12", want: at.String()},
		{raw: "-28800001", want: before.String()},
		{raw: "0", finding: "ZERO_DATE DROPPED"},
		{raw: "99999999999999999", finding: "UNREADABLE_DATE DROPPED"},
		{raw: "253402185600000", finding: "DATE_OUT_OF_RANGE DROPPED"},
		{raw: "2023-03-15", finding: "UNREADABLE_DATE DROPPED"},
	}}.run(t)
	spelled{"seconds", Spec{Kind: "instant", Layouts: []string{"epoch-s"}}, []reading{
		{raw: "1678843805", want: at.String()},
		{raw: "1678843805000", finding: "UNREADABLE_DATE DROPPED"},
	}}.run(t)
	spelled{"day", Spec{Kind: "day", Layouts: []string{"epoch-ms"}}, []reading{
		{name: "just after midnight in Shanghai", raw: "1678809600000", want: day(2023, 3, 15)},
		{name: "just before", raw: "1678809599999", want: day(2023, 3, 14)},
	}}.run(t)
}
