package legacy

import (
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Mojibake shows text the way a utf8mb4 client sees it in a latin1 column that holds
// the text's bytes in another charset: "gbk" or "utf8". MySQL's latin1 is Windows-1252
// with the five holes filled by the C1 control characters of the same number. It
// panics on a character GBK does not have, or a charset it does not know: the demo's
// texts are constants of this program.
func Mojibake(text, charset string) string {
	var raw []byte
	switch charset {
	case "gbk":
		b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
		if err != nil {
			panic("legacy: not in GBK: " + text)
		}
		raw = b
	case "utf8":
		raw = []byte(text)
	default:
		panic("legacy: unknown charset " + charset)
	}
	return Latin1(raw)
}

// Latin1 shows raw bytes of a latin1 column as a utf8mb4 client sees them.
func Latin1(raw []byte) string {
	out := make([]rune, len(raw))
	for i, b := range raw {
		out[i] = rune(b)
		if b >= 0x80 && b <= 0x9f {
			out[i] = windows1252[b-0x80]
		}
	}
	return string(out)
}

// windows1252 is what 0x80 to 0x9f mean in MySQL's latin1.
var windows1252 = [32]rune{
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
}
