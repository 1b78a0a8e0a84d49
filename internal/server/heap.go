package server

import (
	"os"

	"github.com/bytedance/gopkg/util/gctuner"
)

// heap is what the heap may grow to before garbage is collected, in bytes. In a gateway at
// rest 5 MB live, of which Go would make a collection every few requests.
const heap = 64 << 20

// PaceHeap has the process collect garbage when its heap reaches 64 MiB rather than twice
// what lives; when more than half of that lives, as Go does by itself, and sooner when more
// than that does. It does nothing where the operator has set GOGC or GOMEMLIMIT.
func PaceHeap() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		gctuner.Tuning(heap)
	}
}
