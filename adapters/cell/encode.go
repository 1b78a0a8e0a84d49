package cell

// Encode writes text the way a column with the declared charset holds it, as a client of
// the server sees it: the planner needs it for literals in patterns. ok is false for an
// unknown charset and for a character the charset lacks.
func Encode(charset, text string) (raw string, ok bool) {
	c, err := parseCharset(charset)
	if err != nil {
		return "", false
	}
	return c.encode(text)
}
