package reference

import (
	"database/sql"
	"fmt"
	"os"
	"testing"
	"time"
)

func TestDump(t *testing.T) {
	s, err := Open(t.Context(), os.Getenv("DSN"), 8)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range s.lists {
		os.WriteFile("/tmp/sql_"+string(l.system)+".sql", []byte(l.text), 0o644)
		for range 3 {
			t0 := time.Now()
			n := 0
			if err := query(t.Context(), s.pools[l.system], l.text, nil, func([]sql.RawBytes) error { n++; return nil }); err != nil {
				t.Fatal(err)
			}
			fmt.Println(l.system, n, time.Since(t0), len(l.text))
		}
		rows := 0
		query(t.Context(), s.pools[l.system], "EXPLAIN "+l.text, nil, func(c []sql.RawBytes) error {
			if rows++; rows < 3 {
				fmt.Printf("  %s\n", c)
			}
			return nil
		})
	}
	for range 3 {
		t0 := time.Now()
		n := 0
		query(t.Context(), s.pools["LEGAL_AID"], casesSQL, []any{"2024-01-01"}, func([]sql.RawBytes) error { n++; return nil })
		fmt.Println("cases", n, time.Since(t0))
	}
	query(t.Context(), s.pools["LEGAL_AID"], "EXPLAIN "+casesSQL, []any{"2024-01-01"}, func(c []sql.RawBytes) error {
		fmt.Printf("  %s\n", c)
		return nil
	})
	for range 3 {
		t0 := time.Now()
		n := 0
		query(t.Context(), s.pools["NOTARIZATION"], s.flat.text, nil, func([]sql.RawBytes) error { n++; return nil })
		fmt.Println("flat", n, time.Since(t0))
	}
}
