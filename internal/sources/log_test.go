package sources

import (
	"testing"
	"time"
)

func TestMillisecondsAreRoundedOnce(t *testing.T) {
	log := New(false)
	for range 1000 {
		log.Statement("LEGAL_AID", "", OK, 1, 600*time.Microsecond)
	}
	if got := log.Entries()[0].Milliseconds; got != 600 {
		t.Errorf("a thousand statements of 0.6 ms took %d ms; want 600", got)
	}
}

func TestFailedCountsNoStatement(t *testing.T) {
	log := New(false)
	log.Failed("LEGAL_AID", Timeout)
	if got := log.Entries(); len(got) != 1 || got[0].Status != Timeout || got[0].Statements != 0 {
		t.Errorf("got %+v", got)
	}
}
