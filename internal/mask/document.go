package mask

import (
	"unicode"
	"unicode/utf8"
)

// Lengths of a document's number that is known to be one: passports and permits have
// seven characters and more.
const leastDocument = 7

// Document shows the first three and the last four characters of a resident number, the
// first three and the last three of one of 15 digits, the first and the last two of a
// passport or permit, and of a number with words in it, such as 南字第0123456号, the first
// character and the last where that is a word too. All else is hidden.
func Document(number string) string {
	switch n := len(number); {
	case n == 18 && areDigits(number[:17]) && (isDigit(number[17]) || number[17] == 'X' || number[17] == 'x'):
		return between(number, 3, 4)
	case n == 15 && areDigits(number):
		return between(number, 3, 3)
	case utf8.RuneCountInString(number) < leastDocument || !utf8.ValidString(number):
		return hidden(number)
	}
	first, _ := utf8.DecodeRuneInString(number)
	last, _ := utf8.DecodeLastRuneInString(number)
	switch {
	case !unicode.IsLetter(first):
		return hidden(number)
	case isPlain(number):
		return between(number, 1, 2)
	case unicode.Is(unicode.Han, last):
		return between(number, 1, 1)
	}
	return between(number, 1, 0)
}

// isPlain tells whether a text holds nothing but Latin letters and digits.
func isPlain(text string) bool {
	for i := range len(text) {
		if b := text[i]; !isDigit(b) && (b|0x20 < 'a' || b|0x20 > 'z') {
			return false
		}
	}
	return true
}
