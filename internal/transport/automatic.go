package transport

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Automatic are documents that clients have sent with their hash. They are kept until so many others
// have been named since. It is safe for concurrent use; nil keeps none.
type Automatic struct {
	mu   sync.Mutex
	kept *simplelru.LRU[string, string] // texts by hash
}

// NewAutomatic keeps so many documents, above 0, each no longer than one that is kept parsed.
func NewAutomatic(most int) *Automatic {
	kept, _ := simplelru.NewLRU[string, string](most, nil) // fails for a size below one only
	return &Automatic{kept: kept}
}

// keep keeps a text whose hash has been checked.
func (a *Automatic) keep(hash, text string) {
	if a == nil || len(text) > mostKept {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.kept.Add(hash, text)
}

func (a *Automatic) text(hash string) (text string, known bool) {
	if a == nil {
		return "", false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.kept.Get(hash)
}
