package adapters

import (
	"iter"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
)

// batch is the keys of one statement.
type batch struct {
	keys  map[string][]string // folded -> as asked
	loose map[string][]string // the same without leading zeros; nil before the first that wants it
	texts []string            // every raw text that means one of them, once
}

// of gives the asked keys that a row's key is. One that is none of them was found because
// the column holds numbers, and 00042 is the 42 that was asked for.
func (b *batch) of(key string) []string {
	if asked := b.keys[fold(key)]; asked != nil {
		return asked
	}
	if b.loose == nil {
		b.loose = map[string][]string{}
		for folded, asked := range b.keys {
			b.loose[strings.TrimLeft(folded, "0")] = append(b.loose[strings.TrimLeft(folded, "0")], asked...)
		}
	}
	return b.loose[strings.TrimLeft(fold(key), "0")]
}

// batches deals keys out to statements. Usually there is one: only a request with
// thousands of keys, or a codec with very many spellings, needs a second.
func batches(table *plan.Table, by *mapping.Field, keys []string) iter.Seq[batch] {
	return func(yield func(batch) bool) {
		b := batch{keys: make(map[string][]string, len(keys))}
		size := 0
		seen := make(map[string]bool, len(keys))
		for i, k := range keys {
			texts := keys[i : i+1]
			if by != nil {
				texts = table.Spell(by, k)
			} else if others := table.Spell(nil, k); len(others) > 1 {
				texts = others
			}
			if len(b.texts)+len(texts) > textsPerStatement || size > bytesPerStatement {
				if !yield(b) {
					return
				}
				b, size, seen = batch{keys: map[string][]string{}}, 0, map[string]bool{}
			}
			if folded := fold(k); b.keys[folded] == nil {
				b.keys[folded] = keys[i : i+1 : i+1]
			} else {
				b.keys[folded] = append(b.keys[folded], k)
			}
			for _, text := range texts {
				if !seen[text] {
					seen[text] = true
					b.texts = append(b.texts, text)
					size += len(text) + 4
				}
			}
		}
		if len(b.keys) > 0 {
			yield(b)
		}
	}
}

func unique(keys []string) []string {
	seen := make(map[string]bool, len(keys))
	list := make([]string, 0, len(keys))
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			list = append(list, k)
		}
	}
	return list
}

// fold makes keys comparable the way the usual collations do, without case and trailing
// blanks, and the way references to them are read: 1234 is also written 1234.000.
func fold(key string) string { return strings.ToLower(cell.Key(key)) }
