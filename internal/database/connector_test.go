package database

import (
	"context"
	"fmt"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// TestClassify: what a server's error number tells a client.
func TestClassify(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx    context.Context
		number uint16 // 0: no server spoke
		want   fault.Code
	}{
		{t.Context(), 0, fault.SourceUnavailable},
		{gone, 0, fault.SourceTimeout},
		{t.Context(), 1040, fault.SourceUnavailable},
		{t.Context(), 1045, fault.SourceUnavailable},
		{t.Context(), 145, fault.SourceUnavailable},
		{t.Context(), 1194, fault.SourceUnavailable},
		{t.Context(), 3024, fault.SourceTimeout},
		{t.Context(), 1064, fault.Internal},
		{t.Context(), 1267, fault.Internal},
		{t.Context(), 1146, fault.SourceError}, // a table was dropped
		{t.Context(), 1054, fault.SourceError}, // a column was dropped
		{t.Context(), 1114, fault.SourceError}, // its disk is full
	} {
		err := fmt.Errorf("no way to the server")
		if c.number != 0 {
			err = fmt.Errorf("ask: %w", &mysql.MySQLError{Number: c.number, Message: "张三 330199199001010014"})
		}
		if got := classify(c.ctx, "LEGAL_AID", err); got.Code != c.want || got.System != "LEGAL_AID" {
			t.Errorf("%d: %s of %s, want %s", c.number, got.Code, got.System, c.want)
		}
	}
}
