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

// regexpQuote makes literal text of a regular expression by bracket expressions, which
// need no backslash in any MySQL.
func regexpQuote(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(`.^$*+?()[]{}|\`, r) {
			b.WriteString("[" + string(r) + "]")
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func runes(s string) int { return utf8.RuneCountInString(s) }

func intText(n int) string { return strconv.Itoa(n) }

func int64Text(n int64) string { return strconv.FormatInt(n, 10) }

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
