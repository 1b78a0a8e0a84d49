package cell

// Encodings writes text in every way in which a column with the declared charset holds it,
// as a client of the server sees it, the usual one first: the planner needs them for
// literals in patterns. There is none for an unknown charset and for a character the
// charset lacks, U+FFFD among them, which stands for what is lost.
func Encodings(charset, text string) []string {
	c, err := parseCharset(charset)
	if err != nil {
		return nil
	}
	return c.encodings(text)
}

// Latin1 gives bytes as a client of the server sees them in a column that it takes for
// latin1.
func Latin1(b []byte) string { return showLatin1(b) }

// IsLatin1 tells whether a latin1 column of MySQL can hold a text.
func IsLatin1(text string) bool {
	for raw := []byte(text); len(raw) > 0; {
		b, size := nextLatin1(raw)
		if b == 0xFF && string(raw[:size]) != "ÿ" {
			return false
		}
		raw = raw[size:]
	}
	return true
}
