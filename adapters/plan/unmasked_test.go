package plan

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// TestUnmaskedMissesNothing puts numbers of persons together with all that may stand round
// and in them: whatever package mask hides, the pattern finds.
func TestUnmaskedMissesNothing(t *testing.T) {
	pattern := regexp.MustCompile(unmasked{&mapping.Field{Name: "number"}}.pattern())
	plain := func(text string) string { // as SQL does it, see unmasked.plain
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(mask.Separators, r) {
				return '-'
			}
			if narrow := narrow(string(r)); narrow[0] >= '0' && narrow[0] <= '9' {
				return rune(narrow[0])
			}
			return r
		}, text)
	}
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"330199199001010011", "33019919900101001X", "330199900101001", "13800000001", "8613800000001",
		"0086", "0571-82000001", "057182000001", "01082000001", "6222021202000000005",
		"0", "1", "3", "330199", "2023", "12", "X", "x", " ", "-", "－", "　", "(", "）", "·", "+", ".", "号", "A", "张三",
		"〔", "〕", "/", "，"}
	held := 0
	for range 300_000 {
		var b strings.Builder
		for range 1 + random.IntN(4) {
			piece := pieces[random.IntN(len(pieces))]
			for _, r := range piece {
				if random.IntN(12) == 0 {
					r = '0' + rune(random.IntN(10))
				}
				text := string(r)
				if random.IntN(10) == 0 {
					text = widen(text)
				}
				b.WriteString(text)
				if random.IntN(25) == 0 {
					b.WriteString([]string{" ", "-", "  ", "　", "."}[random.IntN(5)])
				}
			}
		}
		if text := b.String(); mask.Holds(text) {
			held++
			if !pattern.MatchString(plain(text)) {
				t.Fatalf("%q shows as %q, and the pattern does not see why", text, mask.Text(text))
			}
		}
	}
	if held < 10_000 {
		t.Errorf("%d texts held a number", held)
	}
}

// TestUnmaskedLeavesOthers tries numbers that are no person's.
func TestUnmaskedLeavesOthers(t *testing.T) {
	for _, charset := range []string{"", "gbk-in-latin1"} {
		pattern := regexp.MustCompile(unmasked{&mapping.Field{Name: "number",
			Spec: cell.Spec{Charset: charset}}}.pattern())
		for _, text := range []string{"3301092011170", "A0133200501066", "13301201810123456",
			"07f1c077ee52215379bb334e1de1e3e2", "萧政复〔2023〕0012号",
			"2023-03-15 12:30:45", "20230315123045", "330109105013", "91330109MA2X00035K", "(2023)浙0109行初123号",
			"1234567890"} {
			if pattern.MatchString(text) {
				t.Errorf("%s %q is taken for a person's number", charset, text)
			}
		}
	}
}
