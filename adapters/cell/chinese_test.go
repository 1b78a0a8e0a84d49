package cell

import "testing"

func TestChineseDate(t *testing.T) {
	const unreadable, impossible = "UNREADABLE_DATE DROPPED", "IMPOSSIBLE_DATE DROPPED"
	spelled{"chinese", Spec{Kind: "day", Layouts: []string{"chinese"}}, []reading{
		{raw: "二〇二三年三月十五日", want: day(2023, 3, 15)},
		{raw: "二零二三年十月十日", want: day(2023, 10, 10)},
		{raw: "二○二三年十一月一日", want: day(2023, 11, 1)},
		{raw: "一九九八年十二月三十一日", want: day(1998, 12, 31)},
		{raw: "二〇二三年三月二十号", want: day(2023, 3, 20)},
		{raw: "二〇二三年三月廿日", want: day(2023, 3, 20)},
		{raw: "二〇二三年三月廿九日", want: day(2023, 3, 29)},
		{raw: "二〇二三年三月卅日", want: day(2023, 3, 30)},
		{raw: "二〇二三年三月卅一日", want: day(2023, 3, 31)},
		{raw: "二〇二三年三月一十五日", want: day(2023, 3, 15)},
		{raw: "二〇二三年三月十五日（公告）", want: day(2023, 3, 15)},
		{raw: "二〇二三年二月三十日", finding: impossible},
		{raw: "二〇二三年十三月一日", finding: impossible},
		{raw: "二〇二三年三月", finding: impossible},
		{raw: "二〇二三年", finding: impossible},
		{raw: "〇〇〇〇年", finding: "ZERO_DATE DROPPED"},
		{raw: "二〇二三年元月一日", finding: unreadable},
		{raw: "二〇二三年三月十五", finding: unreadable},
		{raw: "二三年三月十五日", finding: unreadable},
		{raw: "二〇二三三月", finding: unreadable},
		{raw: "二〇二三年三十五日", finding: unreadable},
		{raw: "二〇二三年四十月一日", finding: unreadable},
	}}.run(t)
}
