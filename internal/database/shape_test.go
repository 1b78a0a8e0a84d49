package database

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShape(t *testing.T) {
	for text, want := range map[string]string{
		"SELECT `a1`, t0.b FROM t WHERE b = ?":                      "SELECT `a1`, t0.b FROM t WHERE b = ?",
		"SELECT 1 FROM t2 WHERE n IN (?, ?, ?) AND m IN (?,?) OR ?": "SELECT ? FROM t2 WHERE n IN (?) AND m IN (?) OR ?",
		"x = '330121199001011234' AND y=\"张三\" -- why\nLIMIT 20":    "x = ? AND y=?  LIMIT ?",
		"x IN ('a\\'b', 'c', 1.5, 0xFF) /* 张 */ AND `330121` = ?":   "x IN (?)   AND `330121` = ?",
		"a LIKE CONCAT('%', ?) ESCAPE '|' AND (a, b) = (?, ?)":      "a LIKE CONCAT(?) ESCAPE ? AND (a, b) = (?)",
		"": "",
		"SELECT 姓名1, 330121199001011234, ab330121": "SELECT 姓名1, ?, ab330121",
	} {
		if got := (Statement{Text: text}).Shape(2000); got != want {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
	long := "SELECT " + strings.Repeat("姓名, ", 1000)
	for most := 2000; most < 2003; most++ {
		got := Statement{Text: long}.Shape(most)
		if len(got) > most+len("…") || !utf8.ValidString(got) || !strings.HasSuffix(got, "…") {
			t.Errorf("%d bytes of at most %d, %q", len(got), most, got[len(got)-10:])
		}
	}
	if got := (Statement{Text: "x IN (" + strings.Repeat("?, ", 10_000) + "?)"}).Shape(100); got != "x IN (?)" {
		t.Errorf("a long list is %.200s", got)
	}
}

func FuzzShape(f *testing.F) {
	f.Add("SELECT `a`, 'b', 1 FROM t -- c\nWHERE x IN (?, ?)")
	f.Fuzz(func(t *testing.T, text string) {
		got := Statement{Text: text}.Shape(50)
		isOpen := strings.Contains(got, "'") && !strings.Contains(got, "`")
		if len(got) > 50+len("…") || !utf8.ValidString(got) || isOpen {
			t.Errorf("%q is %q", text, got)
		}
	})
}
