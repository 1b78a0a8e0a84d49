package plan

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// sqlText is a string literal of a constant of this package or of the checked mapping;
// backslashes are doubled because the default SQL mode reads them as escapes.
func sqlText(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", "''").Replace(s) + "'"
}

// regexpQuote makes literal text of a regular expression: by bracket expressions, which
// need no backslash, wherever every MySQL reads them alike.
func regexpQuote(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune(`.$*+?(){}|`, r):
			b.WriteString("[" + string(r) + "]")
		case strings.ContainsRune(`^[]\`, r):
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func runes(s string) int { return utf8.RuneCountInString(s) }

func intText(n int) string { return strconv.Itoa(n) }

func int64Text(n int64) string { return strconv.FormatInt(n, 10) }

// isNumber tells whether a text is a plain decimal number.
func isNumber(s string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return isDigits(whole) && whole != "" && (!point || isDigits(fraction) && fraction != "")
}

// wholes are those of the texts that a column of whole numbers can hold, each once, as it
// would show them.
func wholes(texts []string) []string {
	numbers, seen := make([]string, 0, len(texts)), make(map[string]bool, len(texts))
	for _, s := range texts {
		whole, fraction, _ := strings.Cut(s, ".")
		if !isNumber(s) || strings.Trim(fraction, "0") != "" {
			continue
		}
		if isZero(whole) {
			whole = "0"
		} else if digits := strings.TrimLeft(whole, "-0"); whole[0] == '-' {
			whole = "-" + digits
		} else {
			whole = digits
		}
		if !seen[whole] {
			numbers, seen[whole] = append(numbers, whole), true
		}
	}
	return numbers
}

// isZero tells whether a number is 0, in whatever spelling.
func isZero(number string) bool { return strings.Trim(number, "-0.") == "" }

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func isASCII(texts []string) bool {
	for _, s := range texts {
		for i := range len(s) {
			if s[i] >= utf8.RuneSelf {
				return false
			}
		}
	}
	return true
}

// widen writes graphic ASCII characters full-width, as an input method left in Chinese
// mode does.
func widen(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// narrow writes full-width characters half-width.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s)
}
