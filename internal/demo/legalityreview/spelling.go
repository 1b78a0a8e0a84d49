package legalityreview

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// text is a key cell as the wire shows it.
func text(cell any) string {
	switch v := cell.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case string:
		return v
	}
	return ""
}

func account(i int) string { return "user" + strconv.Itoa(100+i) }

// fileNumber writes a document or file number the way one clerk or another does: mostly
// prefix〔year〕serial号, else with other brackets, 第 and leading zeros.
func fileNumber(r *rand.Rand, prefix string, year, serial int) string {
	brackets := [][2]string{{"〔", "〕"}, {"[", "]"}, {"（", "）"}, {"(", ")"}, {"【", "】"}, {"［", "］"}}
	b, digits, ordinal := brackets[0], strconv.Itoa(serial), ""
	if r.IntN(7) == 0 {
		b = brackets[1+r.IntN(len(brackets)-1)]
		if r.IntN(3) == 0 {
			ordinal = "第"
		}
		if width := 2 + r.IntN(3); r.IntN(3) == 0 && len(digits) < width {
			digits = strings.Repeat("0", width-len(digits)) + digits
		}
	}
	return prefix + b[0] + strconv.Itoa(year) + b[1] + ordinal + digits + "号"
}

// splitNumber takes the canonical number 萧政发〔2021〕12号 apart.
func splitNumber(canonical string) (prefix string, year, serial int) {
	prefix, rest, _ := strings.Cut(canonical, "〔")
	y, s, _ := strings.Cut(rest, "〕")
	year, _ = strconv.Atoi(y)
	serial, _ = strconv.Atoi(strings.TrimSuffix(s, "号"))
	return prefix, year, serial
}

// typedDate is a date as clerks type it into a text field; all forms are declared in the
// mapping of every column that uses it.
func typedDate(r *rand.Rand, d time.Time) string {
	switch r.IntN(12) {
	case 0:
		return d.Format("2006-1-2")
	case 1:
		return d.Format("2006/1/2")
	case 2:
		return d.Format("2006/01/02")
	case 3:
		return d.Format("20060102")
	}
	return d.Format("2006-01-02")
}

// letterDate is the date of a letter as copied from its scan.
func letterDate(r *rand.Rand, d time.Time) string {
	switch r.IntN(40) {
	case 0:
		return d.Format("2006年01月02日（通知）")
	case 1:
		return fullWidth(d.Format("2006-1-2"))
	case 2, 3:
		return d.Format("2006-01-02") + " 09:30:00"
	case 4, 5, 6:
		return d.Format("2006.1.2")
	case 7, 8, 9:
		return d.Format("2006年1月2日")
	}
	return typedDate(r, d)
}

// publishedDate is the date printed under a document.
func publishedDate(r *rand.Rand, d time.Time) string {
	switch r.IntN(10) {
	case 0:
		return d.Format("2006.1.2")
	case 1:
		return d.Format("2006年1月2日")
	}
	return typedDate(r, d)
}

// decidedDate comes from minutes and spreadsheets.
func decidedDate(r *rand.Rand, d time.Time) string {
	switch r.IntN(14) {
	case 0:
		return chineseDate(d)
	case 1:
		return strconv.Itoa(number(d) + 25569) // days since 1899-12-30
	case 2, 3:
		return d.Format("2006年1月2日")
	}
	return d.Format("2006-1-2")
}

// chineseDate writes 二〇二三年三月十五日.
func chineseDate(d time.Time) string {
	digits := []rune("〇一二三四五六七八九")
	var b strings.Builder
	for _, c := range strconv.Itoa(d.Year()) {
		b.WriteRune(digits[c-'0'])
	}
	small := func(n int) {
		if n >= 20 {
			b.WriteRune(digits[n/10])
		}
		if n >= 10 {
			b.WriteString("十")
		}
		if n%10 > 0 {
			b.WriteRune(digits[n%10])
		}
	}
	b.WriteString("年")
	small(int(d.Month()))
	b.WriteString("月")
	small(d.Day())
	b.WriteString("日")
	return b.String()
}

// fullWidth writes ASCII digits full-width, as an input method left in Chinese mode does.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

// grouped writes thousands commas.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// amountText is a contract amount in a column of 万元; amount is in units of 100 yuan.
func amountText(r *rand.Rand, amount int) string {
	whole, part := amount/100, amount%100
	switch r.IntN(16) {
	case 0:
		return grouped(amount*100) + "元"
	case 1:
		return strconv.Itoa(whole) + "万元"
	case 2:
		return strconv.Itoa(whole) + "万"
	case 3:
		return grouped(whole)
	case 4:
		return fullWidth(strconv.Itoa(whole))
	}
	if part == 0 {
		return strconv.Itoa(whole)
	}
	cents := strconv.Itoa(100 + part)[1:]
	return strconv.Itoa(whole) + "." + strings.TrimRight(cents, "0")
}
