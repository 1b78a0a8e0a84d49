package cell

import (
	"slices"
	"strconv"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// spellings encodes the candidates in the column's charset and keeps those that the codec
// reads as the canonical text, each once, in order. Hence the promise of Codec holds for
// every kind by construction.
func spellings(codec Codec, cs charset, canonical string, candidates ...string) []string {
	var kept []string
	for _, candidate := range candidates {
		for _, raw := range cs.encodings(candidate) {
			if slices.Contains(kept, raw) {
				continue
			}
			if value, _ := codec.Decode([]byte(raw)); value != nil && canonicalText(value) == canonical {
				kept = append(kept, raw)
			}
		}
	}
	return kept
}

// canonicalText is the text that filters name a value by; "" for values without one.
func canonicalText(value any) string {
	switch v := value.(type) {
	case *string:
		return *v
	case *bool:
		return strconv.FormatBool(*v)
	case *model.ResidentNumber:
		return string(*v)
	case *model.PersonName:
		return string(*v)
	case *model.Phone:
		return string(*v)
	}
	return ""
}
