package dataset

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// filtered reads a filter behind a value: a Go layout of a day, or a word with what stands behind
// its colon. A NULL stays one.
func (f *reading) filtered(at yamlfile.Pos, made value, written string) value {
	apply := f.filter(at, written)
	return func(r *Row) any {
		v := made(r)
		if v == nil {
			return nil
		}
		return apply(r, v)
	}
}

func (f *reading) filter(at yamlfile.Pos, written string) func(r *Row, v any) any {
	if strings.Contains(written, "2006") {
		return func(_ *Row, v any) any { return v.(time.Time).Format(written) }
	}
	word, argument, hasArgument := strings.Cut(written, ":")
	if apply := texts()[word]; apply != nil && argument != "" {
		return func(_ *Row, v any) any { return apply(text(v), argument) }
	}
	if apply := plain()[word]; apply != nil && !hasArgument {
		return apply
	}
	if apply := counting()[word]; apply != nil && hasArgument {
		n := f.whole(at, argument)
		return func(r *Row, v any) any { return apply(v, n(r)) }
	}
	switch word {
	case "label": // of a code; "" for one that has none
		list, ok := f.codes[argument]
		if !ok {
			f.Add(at, "there are no codes %s%s", argument, yamlfile.Suggest(argument, keysOf(f.codes)))
		}
		return func(_ *Row, v any) any { return list.labels[text(v)] }
	case "town": // a part of the town with the code
		return func(r *Row, v any) any { return part(r.World.Towns.ByCode(text(v)), argument) }
	case "age": // in full years, on the day of that name
		on := f.name(at, argument)
		return func(r *Row, v any) any { return age(v.(time.Time), on(r).(time.Time)) }
	}
	f.Add(at, "there is no filter %s", written)
	return func(_ *Row, v any) any { return v }
}

// plain are the filters without an argument.
func plain() map[string]func(r *Row, v any) any {
	return map[string]func(r *Row, v any) any{
		"workday": func(_ *Row, v any) any { // the day itself, or the Monday after
			day := v.(time.Time)
			switch day.Weekday() {
			case time.Saturday:
				return day.AddDate(0, 0, 2)
			case time.Sunday:
				return day.AddDate(0, 0, 1)
			}
			return day
		},
		"past": func(_ *Row, v any) any { // NULL for a day that has not come when the demo's time ends
			if !v.(time.Time).Before(world.End) {
				return nil
			}
			return v
		},
		"year":    func(_ *Row, v any) any { return v.(time.Time).Year() },
		"chinese": func(_ *Row, v any) any { return chineseDay(v.(time.Time)) }, // 二〇二三年三月十五日
		"excel": func(_ *Row, v any) any { // the number of an unformatted cell: 45000 is 2023-03-15
			return strconv.Itoa(int(v.(time.Time).Sub(world.Day(1899, 12, 30)).Hours() / 24))
		},
		"lower": func(_ *Row, v any) any { return strings.ToLower(text(v)) },
		"wide":  func(_ *Row, v any) any { return Wide(text(v)) },
		"thousands": func(_ *Row, v any) any { // 12,345
			s := text(v)
			for i := len(s) - 3; i > 0; i -= 3 {
				s = s[:i] + "," + s[i:]
			}
			return s
		},
		"townSpelling":       func(r *Row, v any) any { return r.World.TownSpelling(r.Rand, codeOf(v)) },
		"departmentSpelling": func(r *Row, v any) any { return r.World.DepartmentSpelling(r.Rand, text(v)) },
		"cut":                func(r *Row, v any) any { return cut(r, text(v)) },
		"lose":               func(_ *Row, v any) any { return lose(text(v)) },
		"wrongCheck": func(_ *Row, v any) any { // another check character
			s := text(v)
			if strings.HasSuffix(s, "3") {
				return s[:len(s)-1] + "5"
			}
			return s[:len(s)-1] + "3"
		},
	}
}

// texts are the filters with a text behind the colon.
func texts() map[string]func(s, argument string) any {
	return map[string]func(s, argument string) any{
		"trim":   func(s, end string) any { return strings.TrimSuffix(s, end) },
		"before": func(s, mark string) any { before, _, _ := strings.Cut(s, mark); return before },
		"after":  func(s, mark string) any { _, after, _ := strings.Cut(s, mark); return after },
	}
}

// counting are the filters with a number, a range, or the name of a number behind the colon.
func counting() map[string]func(v any, n int) any {
	return map[string]func(v any, n int) any{
		"days":    func(v any, n int) any { return v.(time.Time).AddDate(0, 0, n) },
		"earlier": func(v any, n int) any { return v.(time.Time).AddDate(0, 0, -n) }, // days before
		"seconds": func(v any, n int) any { return v.(time.Time).Add(time.Duration(n) * time.Second) },
		"pad":     func(v any, n int) any { s := text(v); return strings.Repeat("0", max(0, n-len(s))) + s },
		"times":   func(v any, n int) any { return wholeOf(v) * n },
		"plus":    func(v any, n int) any { return wholeOf(v) + n },
		"percent": func(v any, n int) any { return wholeOf(v) * n / 100 },
		// true or false
		"least": func(v any, n int) any { return wholeOf(v) >= n },
		"first": func(v any, n int) any { return string([]rune(text(v))[:n]) }, // characters
		// characters at the end
		"drop": func(v any, n int) any { s := []rune(text(v)); return string(s[:max(0, len(s)-n)]) },
		// the n-th byte
		"from": func(v any, n int) any { return text(v)[n:] },
		"to":   func(v any, n int) any { return text(v)[:n] },
		"min":  func(v any, n int) any { return min(wholeOf(v), n) },
		"is":   func(v any, n int) any { return wholeOf(v) == n }, // true or false
		"div":  func(v any, n int) any { return wholeOf(v) / n },
		"mod":  func(v any, n int) any { return wholeOf(v) % n },
	}
}

func age(birth, on time.Time) int {
	years := on.Year() - birth.Year()
	if birth.AddDate(years, 0, 0).After(on) {
		years--
	}
	return years
}

func codeOf(v any) string {
	if town, ok := v.(*model.Town); ok {
		return town.Code
	}
	return text(v)
}

// Wide writes ASCII full-width, as an input method left in Chinese mode does.
func Wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// cut gives the bytes of a text but for the last, as a program did that counted bytes.
func cut(r *Row, s string) octets {
	raw := []byte(s)
	if r.file.latin1 == "gbk" {
		raw, _ = simplifiedchinese.GBK.NewEncoder().Bytes(raw) // the demo's texts are all in GBK
	}
	return raw[:len(raw)-1]
}

// lose replaces a character between two others by the question mark that a charset without it
// leaves.
func lose(s string) string {
	runes := []rune(s)
	at := len(runes) / 2
	for isHan := func(r rune) bool { return r >= 0x4E00 && r < 0xA000 }; !isHan(runes[at-1]) || !isHan(runes[at+1]); {
		at--
	}
	runes[at] = '?'
	return string(runes)
}

// chineseDay writes 二〇二三年三月十五日.
func chineseDay(day time.Time) string {
	digits := []rune("〇一二三四五六七八九")
	small := func(n int) string {
		written := ""
		if n >= 20 {
			written = string(digits[n/10])
		}
		if n >= 10 {
			written += "十"
		}
		if n%10 > 0 {
			written += string(digits[n%10])
		}
		return written
	}
	var year strings.Builder
	for _, digit := range day.Format("2006") {
		year.WriteRune(digits[digit-'0'])
	}
	return year.String() + "年" + small(int(day.Month())) + "月" + small(day.Day()) + "日"
}
