package legalityreview

import "testing"

func TestChineseDate(t *testing.T) {
	for iso, want := range map[string]string{
		"2023-03-15": "二〇二三年三月十五日",
		"2011-10-30": "二〇一一年十月三十日",
		"2024-12-01": "二〇二四年十二月一日",
		"2022-01-21": "二〇二二年一月二十一日",
	} {
		if got := chineseDate(dayOf(t, iso)); got != want {
			t.Errorf("%s: got %s, want %s", iso, got, want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{7: "7", 1200: "1,200", 3000000: "3,000,000"} {
		if got := grouped(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}
