package adapters

import (
	"testing"
	"time"
)

// TestUnit: a bucket spans the days that it is the bucket of, and no others.
func TestUnit(t *testing.T) {
	for _, unit := range []Unit{Day, Week, Month, Quarter, Year} {
		for day := time.Date(2019, 12, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2025; day = day.AddDate(0, 0, 1) {
			bucket := unit.Bucket(day)
			from, before := unit.Span(bucket)
			switch {
			case day.Before(from) || !day.Before(before):
				t.Errorf("%s: %s lies outside %s, %s to %s", unit, day, bucket, from, before)
			case unit.Bucket(from) != bucket || unit.Bucket(before.AddDate(0, 0, -1)) != bucket:
				t.Errorf("%s: %s holds days of other buckets", unit, bucket)
			case unit.Bucket(from.AddDate(0, 0, -1)) == bucket || unit.Bucket(before) == bucket:
				t.Errorf("%s: %s leaves days out", unit, bucket)
			}
		}
	}
}
