package yamlfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// A text of which every reader makes the same, also as a key and within brackets.
var harmless = regexp.MustCompile(`^[\pL\p{Nd}]([\pL\p{Nd} ·，。、；？！（）《》“”_/.-]*[\pL\p{Nd}，。、；？！（）《》“”])?$`)

// Quote writes a text in one line, so that Read gives it back: as it is where every reader takes
// it for a text, else in double quotes.
func Quote(text string) string {
	if harmless.MatchString(text) && kindOf(text) == Text {
		switch strings.ToLower(text) {
		case "y", "n", "yes", "no", "on", "off":
		default:
			return text
		}
	}
	quoted, err := Inline(text)
	if err != nil {
		panic(err) // every text has a JSON form
	}
	return quoted
}

// Inline writes a value as encoding/json has it in one line, so that Node.Value gives it back.
// The error is that of a value without a JSON form.
func Inline(value any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return "", fmt.Errorf("yamlfile: %w", err)
	}
	// Of the characters that Read refuses JSON escapes all but these.
	return strings.NewReplacer("\x7F", `\u007f`, "\uFEFF", `\ufeff`).Replace(strings.TrimSuffix(b.String(), "\n")), nil
}
