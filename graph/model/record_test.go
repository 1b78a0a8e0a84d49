package model_test

import (
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// turned stands for a cipher.
type turned struct{}

func (turned) Seal(text string) string { return "\x00" + strings.Map(turn, text) }
func (turned) Unseal(text string) (string, bool) {
	if secret, sealed := strings.CutPrefix(text, "\x00"); sealed {
		return strings.Map(turn, secret), true
	}
	return text, true
}

func turn(r rune) rune {
	if r >= '0' && r <= '9' {
		return '9' - r + '0'
	}
	return r
}

// TestKeysThatAreNumbersOfPersons: the id of a row whose key is one does not tell it.
func TestKeysThatAreNumbersOfPersons(t *testing.T) {
	kind := &model.Kind{Record: "Notary", Sealer: turned{}}
	for key, hidden := range map[string]bool{"330199199001010011": true, "13899990001|2": true, "42": false,
		"20140102030405067890": false, "13301201810123456": false} {
		row := model.NewRow(kind, key, nil)
		record, shown, ok := model.DecodeID(row.ID())
		if !ok || record != "Notary" || (shown != key) != hidden {
			t.Errorf("the id of %s tells %q", key, shown)
		}
		if plain, ok := kind.Unhide(shown); plain != key || !ok {
			t.Errorf("the way back from %q leads to %q", shown, plain)
		}
	}
}
