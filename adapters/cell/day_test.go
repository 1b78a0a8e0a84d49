package cell

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

func day(year, month, d int) model.Date {
	date, _ := model.NewDate(year, month, d)
	return date
}

func TestDay(t *testing.T) {
	const (
		unreadable = "UNREADABLE_DATE DROPPED"
		impossible = "IMPOSSIBLE_DATE DROPPED"
		zero       = "ZERO_DATE DROPPED"
		outside    = "DATE_OUT_OF_RANGE DROPPED"
	)
	ides := day(2023, 3, 15)
	spelled{"native", Spec{Kind: "day", Empty: []string{"1970-01-01"}}, []reading{
		{raw: "2023-03-15", want: ides},
		{raw: "2023-03-15 23:59:59", want: ides},
		{raw: "2023-03-15 09:30:00.123456", want: ides},
		{raw: "1970-01-01"},
		{raw: "0000-00-00", finding: zero},
		{raw: "0000-00-00 00:00:00", finding: zero},
		{raw: "2023-00-00", finding: impossible},
		{raw: "2021-02-31", finding: impossible},
		{raw: "0000-03-15", finding: impossible},
		{raw: "1900-01-01", finding: outside},
		{raw: "1949-09-30", finding: outside},
		{raw: "1949-10-01", want: day(1949, 10, 1)},
		{raw: "2099-12-31", want: day(2099, 12, 31)},
		{raw: "2100-01-01", finding: outside},
		{raw: "3000-01-01", finding: outside},
		{raw: "9999-12-31", finding: outside},
		{raw: "20230315", finding: unreadable},
		{raw: "2023-3-15", finding: unreadable},
	}}.run(t)
	spelled{"text", Spec{Kind: "day", Layouts: []string{"20060102", "2006-1-2", "2006/01/02", "2006.1.2", "2006年1月2日",
		"2006-01-02 15:04:05.0", "20060102150405", "chinese"}, Empty: []string{"", "长期", "19000101"}}, []reading{
		{raw: "20230315", want: ides},
		{raw: "2023-3-15", want: ides},
		{raw: "2023-03-15", want: ides},
		{raw: "2023/03/15", want: ides},
		{raw: "2023.3.15", want: ides},
		{raw: "2023年3月15日", want: ides},
		{raw: "２０２３年０３月１５日", want: ides},
		{raw: "2023年03月15日（通知）", want: ides},
		{raw: "2023年03月15日 (通知)", want: ides},
		{raw: "2023-03-15 09:30:00.0", want: ides},
		{raw: "2023-03-15 09:30:00.000", want: ides},
		{raw: "20230315093000", want: ides},
		{raw: "二〇二三年三月十五日", want: ides},
		{raw: "长期"},
		{raw: "19000101"},
		{raw: "00000000", finding: zero},
		{raw: "0000-00-00", finding: zero},
		{raw: "0", finding: zero},
		{raw: "20230231", finding: impossible},
		{raw: "20231301", finding: impossible},
		{raw: "2023年2月30日", finding: impossible},
		{raw: "2023/3/15", finding: unreadable},
		{raw: "2023-03-15 09:30:00", finding: unreadable},
		{raw: "2023-03", finding: unreadable},
		{raw: "2023-03-15x", finding: unreadable},
		{raw: "2023-03-15（通知", finding: unreadable},
		{raw: "2023-03-15（一）（二）", finding: unreadable},
		{raw: "约2023年", finding: unreadable},
		{raw: "去年", finding: unreadable},
		{raw: "99991231", finding: outside},
		{raw: "30000101", finding: outside},
	}}.run(t)
	spelled{"birth", Spec{Kind: "day", From: "1900-01-02", Before: "2024-01-01", Layouts: []string{"2006-01-02"}},
		[]reading{
			{raw: "1930-05-01", want: day(1930, 5, 1)},
			{raw: "1900-01-01", finding: outside},
			{raw: "2024-01-01", finding: outside},
		}}.run(t)
	spelled{"latin1", Spec{Kind: "day", Layouts: []string{"2006年1月2日"}, Charset: "utf8-in-latin1"}, []reading{
		{raw: "2023å¹´3æœˆ15æ—¥", want: ides},
		{raw: "2023年3月15日", finding: "UNREADABLE_DATE DROPPED"},
	}}.run(t)
}

func TestInstant(t *testing.T) {
	at, _ := model.NewInstant(day(2023, 3, 15), 9, 30, 5)
	midnight, _ := model.NewInstant(day(2023, 3, 15), 0, 0, 0)
	spelled{"native", Spec{Kind: "instant"}, []reading{
		{raw: "2023-03-15 09:30:05", want: at.String()},
		{raw: "2023-03-15 09:30:05.000000", want: at.String()},
		{raw: "2023-03-15", want: midnight.String()},
		{raw: "2023-03-15 24:00:00", finding: "IMPOSSIBLE_DATE DROPPED"},
		{raw: "2023-02-29 10:00:00", finding: "IMPOSSIBLE_DATE DROPPED"},
		{raw: "0000-00-00 00:00:00", finding: "ZERO_DATE DROPPED"},
		{raw: "9999-12-31 23:59:59", finding: "DATE_OUT_OF_RANGE DROPPED"},
		{raw: "x", finding: "UNREADABLE_DATE DROPPED"},
	}}.run(t)
	spelled{"text", Spec{Kind: "instant", Layouts: []string{"2006/1/2 15:4:5", "20060102150405", "2006年1月2日 15:04"}},
		[]reading{
			{raw: "2023/3/15 09:30:5", want: at.String()},
			{raw: "20230315093005", want: at.String()},
			{raw: "2023年3月15日 00:00", want: midnight.String()},
			{raw: "2023年3月15日 0:00", finding: "UNREADABLE_DATE DROPPED"},
		}}.run(t)
}

func TestPartialDay(t *testing.T) {
	spelled{"partialDay", Spec{Kind: "partialDay",
		Layouts: []string{"2006-01-02", "2006-01", "2006", "2006年1月", "chinese"}, From: "2000-06-15"}, []reading{
		{raw: "2023-03-15", want: model.PartialDate{Year: 2023, Month: 3, Day: 15}},
		{raw: "2023-03", want: model.PartialDate{Year: 2023, Month: 3}},
		{raw: "2023", want: model.PartialDate{Year: 2023}},
		{raw: "2023年3月", want: model.PartialDate{Year: 2023, Month: 3}},
		{raw: "二〇二三年", want: model.PartialDate{Year: 2023}},
		{raw: "二〇二三年十二月", want: model.PartialDate{Year: 2023, Month: 12}},
		{raw: "2024-00-00", want: model.PartialDate{Year: 2024}},
		{raw: "2024-05-00", want: model.PartialDate{Year: 2024, Month: 5}},
		{raw: "2024-00-05", finding: "IMPOSSIBLE_DATE DROPPED"},
		{raw: "2024-13", finding: "IMPOSSIBLE_DATE DROPPED"},
		{raw: "0000", finding: "ZERO_DATE DROPPED"},
		{raw: "2000", want: model.PartialDate{Year: 2000}},
		{raw: "2000-06", want: model.PartialDate{Year: 2000, Month: 6}},
		{raw: "2000-05", finding: "DATE_OUT_OF_RANGE DROPPED"},
		{raw: "1999", finding: "DATE_OUT_OF_RANGE DROPPED"},
		{raw: "2100", finding: "DATE_OUT_OF_RANGE DROPPED"},
		{raw: "2023-3", finding: "UNREADABLE_DATE DROPPED"},
	}}.run(t)
}
