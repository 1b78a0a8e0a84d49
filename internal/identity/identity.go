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

// IsCreditCode tells whether 18 characters are a unified social credit code by all that GB
// 32100-2015 says of one: its check character, a division or 100000 (a registrar of the
// state) in places 3 to 8, and in 9 to 17 an organisation code with a check character of
// its own. The check character alone lets one resident number in 31 pass.
func IsCreditCode(code string) bool {
	return len(code) == 18 && CreditCheck(code[:17]) == code[17] &&
		(code[2:8] == "100000" || IsDivision(code[2:8])) && OrganisationCheck(code[8:16]) == code[16]
}

// IsResidentNumber tells whether 18 characters are a resident number: division, day of
// birth and check digit.
func IsResidentNumber(number string) bool {
	return len(number) == 18 && ResidentCheck(number[:17]) == number[17] && IsDivision(number[:6]) &&
		isBirth(number[6:14])
}

// LooksResident tells whether a text of at least 14 digits begins like a resident number,
// with a division and a day of birth; the check digit is not looked at.
func LooksResident(digits string) bool {
	return len(digits) >= 14 && IsDivision(digits[:6]) && isBirth(digits[6:14])
}

// LooksResident15 is LooksResident for the 15 digits of before 1999. Their holders were
// grown up by then; years before 1910 are taken for another kind of number.
func LooksResident15(digits string) bool {
	return len(digits) == 15 && IsDivision(digits[:6]) && digits[6] != '0' && isBirth("19"+digits[6:12])
}

// IsDivision tells whether six digits can be the code of a division (GB/T 2260): the first
// two are those of a province.
func IsDivision(code string) bool {
	const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "
	if len(code) != 6 || number(code) < 0 {
		return false
	}
	for i := 0; i < len(provinces); i += 3 {
		if provinces[i:i+2] == code[:2] {
			return true
		}
	}
	return false
}

// isBirth tells whether eight digits are a day on which somebody in the files can have been
// born, up to the length of the month: numbers are told from other numbers here.
func isBirth(day string) bool {
	year, month, of := number(day[:4]), number(day[4:6]), number(day[6:8])
	return year >= 1850 && year < 2100 && month >= 1 && month <= 12 && of >= 1 && of <= 31
}

// number reads a few digits; -1 where others stand among them.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return -1
		}
		n = n*10 + int(digits[i]-'0')
	}
	return n
}
