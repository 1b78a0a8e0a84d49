package transport

import (
	"regexp"

	"github.com/bureaugraph/bureaugraph/internal/mask"
)

var (
	quoted    = regexp.MustCompile(`(?s)'[^']*'|"[^"]*"`)
	digits    = regexp.MustCompile(`[0-9]{6,}[0-9Xx]?`)
	plainName = regexp.MustCompile(`^[_0-9A-Za-z]{1,64}$`)
)

// scrub takes out of a cause what may be personal data, before it is logged: drivers
// quote the values they complain about.
func scrub(text string) string {
	return mask.Text(maskDigits(quoted.ReplaceAllString(text, "'…'")))
}

// maskDigits hides numbers that are long enough to be somebody's.
func maskDigits(text string) string { return digits.ReplaceAllString(text, "…") }

// name shows a name the client chose, unless it is no plain name.
func name(text string) string {
	if text != "" && !plainName.MatchString(text) {
		return "…"
	}
	return maskDigits(text)
}
