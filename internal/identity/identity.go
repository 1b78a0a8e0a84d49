// Package identity knows the check digits of the identifiers the graph joins by:
// resident identity numbers (GB 11643-1999), unified social credit codes
// (GB 32100-2015) and organisation codes (GB 11714-1997). It is pure and a leaf.
package identity

// residentWeights are the weights of GB 11643-1999, one per leading digit.
var residentWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// ResidentCheck computes the 18th character of a resident identity number from its
// first 17 digits (GB 11643-1999). It returns 0 when digits is not 17 ASCII digits.
func ResidentCheck(digits string) byte {
	if len(digits) != len(residentWeights) {
		return 0
	}
	sum := 0
	for i, w := range residentWeights {
		d := digits[i]
		if d < '0' || d > '9' {
			return 0
		}
		sum += int(d-'0') * w
	}
	return "10X98765432"[sum%11]
}

// ResidentFrom15 widens a 15-digit number of the years before 1999 to 18 characters:
// "19" goes in after the sixth digit and the check digit is appended. It returns ""
// when old is not 15 ASCII digits.
func ResidentFrom15(old string) string {
	if len(old) != 15 {
		return ""
	}
	wide := old[:6] + "19" + old[6:]
	check := ResidentCheck(wide)
	if check == 0 {
		return ""
	}
	return wide + string(check)
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var creditWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// CreditCheck computes the 18th character of a unified social credit code from its
// first 17 (GB 32100-2015). It returns 0 when a character is outside the standard's
// alphabet (no I, O, S, V, Z) or the length is not 17.
func CreditCheck(code string) byte {
	if len(code) != len(creditWeights) {
		return 0
	}
	sum := 0
	for i, w := range creditWeights {
		v := index(creditAlphabet, code[i])
		if v < 0 {
			return 0
		}
		sum += v * w
	}
	return creditAlphabet[(31-sum%31)%31]
}

var organisationWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// OrganisationCheck computes the ninth character of an organisation code from its
// first eight (GB 11714-1997). It returns 0 for other lengths or characters.
func OrganisationCheck(code string) byte {
	if len(code) != len(organisationWeights) {
		return 0
	}
	sum := 0
	for i, w := range organisationWeights {
		c := code[i]
		switch {
		case c >= '0' && c <= '9':
			sum += int(c-'0') * w
		case c >= 'A' && c <= 'Z':
			sum += int(c-'A'+10) * w
		default:
			return 0
		}
	}
	return "0123456789X0"[11-sum%11]
}

func index(alphabet string, c byte) int {
	for i := range len(alphabet) {
		if alphabet[i] == c {
			return i
		}
	}
	return -1
}
