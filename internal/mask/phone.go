package mask

import (
	"strings"
	"unicode/utf8"
)

// Phone masks what stands in a cell for telephone numbers, number by number: a mobile
// number shows its first three and last four digits, a landline its area code and the last
// four, 138****1234 and 0571-****1234. A cell in which anything else stands is hidden.
func Phone(cell string) string {
	var out strings.Builder
	rest := cell
	for rest != "" {
		if size := divider(rest); size > 0 {
			out.WriteString(rest[:size])
			rest = rest[size:]
			continue
		}
		shown, size := number(rest)
		if size == 0 {
			return hidden(cell)
		}
		out.WriteString(shown)
		rest = rest[size:]
	}
	return out.String()
}

// divider is the length of what stands between two numbers at the beginning of a text.
func divider(text string) int {
	switch r, size := utf8.DecodeRuneInString(text); r {
	case ' ', '/', ',', ';', '-', '、', '，', '；', '或', '和', '|', '\n', '\t':
		return size
	}
	return 0
}

// number reads one telephone number at the beginning of a text; size is 0 where none
// stands there, or where it goes on in a way that is not understood.
func number(text string) (shown string, size int) {
	at := 0
	for _, country := range []string{"+86", "0086", "(+86)", "86"} {
		if rest, ok := strings.CutPrefix(text, country); ok && len(digitsOf(strings.TrimLeft(rest, " -"), 11)) == 11 {
			at = len(text) - len(strings.TrimLeft(rest, " -"))
			break
		}
	}
	rest := text[at:]
	switch digits := digitsOf(rest, 11); {
	case isMobile(digits):
		size = spanOf(rest, 11)
		shown = digits[:3] + "****" + digits[7:]
	default:
		area, after := areaOf(rest)
		if area == "" {
			return "", 0
		}
		local := leading(rest[after:])
		if grouped := digitsOf(rest[after:], 8); len(local) < 7 && len(grouped) == 8 { // 8237 1234
			local, size = grouped, after+spanOf(rest[after:], 8)
		} else {
			size = after + len(local)
		}
		if len(local) != 7 && len(local) != 8 {
			return "", 0
		}
		shown = area + "****" + local[len(local)-4:]
		if after > len(area) {
			shown = area + "-****" + local[len(local)-4:]
		}
		if extension := extensionOf(rest[size:]); extension > 0 {
			shown += hidden(rest[size : size+extension])
			size += extension
		}
	}
	if after := rest[size:]; after != "" && divider(after) == 0 {
		return "", 0
	}
	return shown, at + size
}

// isMobile tells whether digits are a mobile number of the mainland.
func isMobile(digits string) bool {
	return len(digits) == 11 && digits[0] == '1' && digits[1] >= '3' && areDigits(digits)
}

// leading gives the digits at the beginning of a text.
func leading(text string) string {
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	return text[:n]
}

// digitsOf gives the first n digits of a text, in groups with a blank or dash between
// them; fewer where something else comes first, or where a digit more follows.
func digitsOf(text string, n int) string {
	size := spanOf(text, n)
	if size == 0 {
		return ""
	}
	return strings.NewReplacer(" ", "", "-", "").Replace(text[:size])
}

// spanOf is how long the text of n digits is; 0 where they do not stand there.
func spanOf(text string, n int) int {
	for i := 0; i < len(text); i++ {
		switch {
		case isDigit(text[i]):
			if n--; n == 0 {
				if i+1 < len(text) && isDigit(text[i+1]) {
					return 0
				}
				return i + 1
			}
		case i == 0 || text[i] != ' ' && text[i] != '-' || !isDigit(text[i-1]):
			return 0
		}
	}
	return 0
}

// areaOf reads an area code: 010, 02 and one digit, or 0 and three more, with brackets
// around it or a dash or blank behind. after is where the local number begins.
func areaOf(text string) (area string, after int) {
	inside := strings.TrimPrefix(text, "(")
	if len(inside) < 4 || inside[0] != '0' || inside[1] == '0' || !areDigits(inside[:3]) {
		return "", 0
	}
	n := 4
	if inside[1] <= '2' {
		n = 3
	}
	if !areDigits(inside[:n]) {
		return "", 0
	}
	after = len(text) - len(inside) + n
	if len(inside) < len(text) {
		if !strings.HasPrefix(text[after:], ")") {
			return "", 0
		}
		after++
	}
	if after < len(text) && (text[after] == '-' || text[after] == ' ') {
		after++
	}
	return inside[:n], after
}

// extensionOf is the length of an extension such as 转8001, -8001, 分机12.
func extensionOf(text string) int {
	for _, word := range []string{"转分机", "转", "分机", "-", "*", "#", "ext"} {
		if rest, ok := strings.CutPrefix(text, word); ok {
			if digits := leading(rest); len(digits) >= 1 && len(digits) <= 5 {
				return len(text) - len(rest) + len(digits)
			}
		}
	}
	return 0
}
