package engine

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	gms "github.com/dolthub/go-mysql-server"
	"github.com/dolthub/go-mysql-server/server"
	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/vitess/go/mysql"
	"github.com/dolthub/vitess/go/sqltypes"
)

// handler is the wire server's handler with three differences: doubles are written as
// MySQL writes them, and a user may kill the statements of their own account without any
// privilege, as on a real server; and statements about information_schema wait for each other.
type handler struct {
	*server.Handler
	processes sql.ProcessList
	// schema is held by statements about information_schema: the planner keeps their
	// catalog in tables that all statements share.
	schema *sync.Mutex
}

var _ mysql.Handler = handler{}

// handlerOf wraps the wire server's own handler.
func handlerOf(e *gms.Engine) server.HandlerWrapper {
	return func(h mysql.Handler) (mysql.Handler, error) {
		own, ok := h.(*server.Handler)
		if !ok {
			return nil, fmt.Errorf("engine: the wire server's handler is a %T", h)
		}
		return handler{own, e.ProcessList, new(sync.Mutex)}, nil
	}
}

// ComQuery implements [mysql.Handler].
func (h handler) ComQuery(ctx context.Context, c *mysql.Conn, query string, callback mysql.ResultSpoolFn) error {
	if h.killed(c, query) {
		return callback(&sqltypes.Result{}, false)
	}
	defer h.alone(query)()
	return h.Handler.ComQuery(ctx, c, query, func(r *sqltypes.Result, more bool) error {
		return callback(likeMySQL(r), more)
	})
}

// ComMultiQuery implements [mysql.Handler].
func (h handler) ComMultiQuery(ctx context.Context, c *mysql.Conn, query string,
	callback mysql.ResultSpoolFn) (string, error) {
	if h.killed(c, query) {
		return "", callback(&sqltypes.Result{}, false)
	}
	defer h.alone(query)()
	return h.Handler.ComMultiQuery(ctx, c, query, func(r *sqltypes.Result, more bool) error {
		return callback(likeMySQL(r), more)
	})
}

// alone waits until no other statement about information_schema runs, if this is one, and
// gives what ends that.
func (h handler) alone(query string) (done func()) {
	if !strings.Contains(strings.ToLower(query), "information_schema") {
		return func() {}
	}
	h.schema.Lock()
	return h.schema.Unlock
}

var kill = regexp.MustCompile(`(?i)^\s*KILL\s+(?:QUERY\s+|CONNECTION\s+)?(\d+)\s*;?\s*$`)

// killed ends the statement of the session that "KILL QUERY n" or "KILL CONNECTION n"
// names if it belongs to the asking account; the session itself ends when its client
// leaves. Anything else is left to the planner, which wants a privilege.
func (h handler) killed(c *mysql.Conn, query string) bool {
	m := kill.FindStringSubmatch(query)
	if m == nil {
		return false
	}
	id, err := strconv.ParseUint(m[1], 10, 32)
	if err != nil {
		return false
	}
	for _, p := range h.processes.Processes() {
		if p.Connection == uint32(id) && p.User == c.User {
			h.processes.Kill(p.Connection)
			return true
		}
	}
	return false
}

// likeMySQL rewrites the doubles of a result in place.
func likeMySQL(r *sqltypes.Result) *sqltypes.Result {
	for i, f := range r.Fields {
		if f.Type != sqltypes.Float64 {
			continue
		}
		for _, row := range r.Rows {
			if i >= len(row) || row[i].IsNull() {
				continue
			}
			if text := row[i].ToString(); strings.ContainsRune(text, 'e') {
				row[i] = sqltypes.MakeTrusted(sqltypes.Float64, []byte(doubleText(text)))
			}
		}
	}
	return r
}

// doubleText turns Go's 1.5e+07 into MySQL's 15000000. MySQL writes an exponent only
// from the 16th digit before, or the 15th zero behind the point on (my_gcvt).
func doubleText(text string) string {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	mantissa, power, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	exponent, err := strconv.Atoi(power)
	if err != nil {
		return text // infinite
	}
	if exponent >= -15 && exponent < 15 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return mantissa + "e" + strconv.Itoa(exponent)
}
