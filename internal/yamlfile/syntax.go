// Package yamlfile knows where yaml.v3 means when it objects to a file.
package yamlfile

import (
	"bytes"
	"fmt"
	"strings"
)

// Syntax takes the line and the sentence out of a syntax error of yaml.v3 about data.
// The library gives its line in the text only, and counts from 0 where its parser, not
// its scanner, objects. line is 0 when none is told.
func Syntax(data []byte, err error) (line int, message string) {
	message = strings.TrimPrefix(err.Error(), "yaml: ")
	if n, _ := fmt.Sscanf(message, "line %d:", &line); n == 1 {
		_, message, _ = strings.Cut(message, ": ")
		for _, parser := range []string{"',' or", "key", "node content", "'-' indicator", "<document start>"} {
			if strings.HasPrefix(message, "did not find expected "+parser) {
				line++
				break
			}
		}
	}
	lines := 1 + bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n"))
	return max(0, min(line, lines)), message
}
