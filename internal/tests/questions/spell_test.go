package questions

import (
	"slices"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
)

// TestNumbersAreFound expects of every number written in the demo that its spelling is
// among those by which relations look for it: a spelling that can be read but not looked
// for would lose its record silently.
func TestNumbersAreFound(t *testing.T) {
	d := newDistrict(t, scale)
	codec, err := cell.New(cell.Spec{Kind: "caseNumber"}, cell.Env{})
	if err != nil {
		t.Fatal(err)
	}
	pairs := map[string]string{"number": "numberKey", "documentNumber": "documentNumberKey",
		"actDocumentNumber":      "challengedDocumentKey",
		"attachedDocumentNumber": "attachedDocumentKey", "reconsiderationNumber": "reconsiderationNumberKey"}
	n := 0
	for record, rows := range d.records {
		for _, r := range rows {
			for written, key := range pairs {
				if r.text(key) == "" || r.text(written) == "" {
					continue
				}
				n++
				if spelled, _ := codec.Spell(r.text(key)); !slices.Contains(spelled, r.text(written)) {
					t.Errorf("%s %s: %q is read as %s and not looked for", record, written, r.text(written),
						r.text(key))
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d numbers checked", n)
	}
}
