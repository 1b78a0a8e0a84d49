// Package reference is a server written by hand for the operations of package bench and
// for nothing else: one handler an operation, the best SQL for it, joins where one
// database allows them, and a JSON writer of a few lines. It is what the gateway's speed
// is compared with.
//
// It gives the gateway's bytes on the dirty data too. For that it shares with the gateway
// the decoding of single cells (package cell, with the codecs the mapping files declare)
// and the value types of package model; so the comparison is about everything else:
// planning, batching, executing and writing.
package reference

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/bench"
)

// Server answers the operations.
type Server struct {
	towns      *reference.Towns
	pools      map[model.System]*sql.DB
	record     record
	cases      cases
	lists      []list // of towns
	flat       flat
	statistics statistics
	bodies     sync.Pool // of *[]byte
}

// Open connects to the demo's databases on the server of the DSN, with so many
// connections to each at most, and prepares codecs and statement texts.
func Open(ctx context.Context, dsn string, connections int) (*Server, error) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		return nil, err
	}
	s := &Server{towns: towns, pools: map[model.System]*sql.DB{}}
	s.bodies.New = func() any { return new([]byte) }
	env := cell.Env{Towns: towns, Departments: departments, Divisions: towns}
	schema := mapping.SchemaOf(graph.Schema())
	c := &catalogue{ctx: ctx, env: env, files: map[model.System]*mapping.File{}, pools: s.pools}
	for _, site := range bench.Sites() {
		if s.pools[site.System], err = open(dsn, site.Database, connections); err != nil {
			return nil, errors.Join(err, s.Close())
		}
		if c.files[site.System], err = mapping.Parse(site.Mapping, nil, schema, env); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	s.record = newRecord(c)
	s.cases = newCases(c)
	s.flat = newFlat(c)
	s.statistics = newStatistics(c)
	s.lists = newLists(c, towns)
	if c.err != nil {
		return nil, errors.Join(c.err, s.Close())
	}
	return s, nil
}

// open prepares a pool with the settings the gateway uses.
func open(dsn, database string, connections int) (*sql.DB, error) {
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, errors.New("reference: the data source name cannot be read")
	}
	cfg.DBName = database
	cfg.InterpolateParams = true
	if err := cfg.Apply(mysql.Charset("utf8mb4", "")); err != nil {
		return nil, fmt.Errorf("reference: %w", err)
	}
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, fmt.Errorf("reference: %w", err)
	}
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool, nil
}

// Close ends all connections.
func (s *Server) Close() error {
	var err error
	for _, pool := range s.pools {
		err = errors.Join(err, pool.Close())
	}
	return err
}

// Handler answers GET /<operation>?<variables>.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /record", s.answer(s.writeRecord))
	mux.Handle("GET /cases", s.answer(s.writeCases))
	mux.Handle("GET /towns", s.answer(s.writeTowns))
	mux.Handle("GET /flat", s.answer(s.writeFlat))
	mux.Handle("GET /statistics", s.answer(s.writeStatistics))
	return mux
}

// answer sends what write appends, in the response map of GraphQL.
func (s *Server) answer(write func(ctx context.Context, b []byte, question url.Values) ([]byte, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := s.bodies.Get().(*[]byte)
		defer s.bodies.Put(body)
		b := append((*body)[:0], `{"data":{`...)
		b, err := write(r.Context(), b, r.URL.Query())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		b = append(b, `}}`...)
		*body = b
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(b)))
		_, _ = w.Write(b) // fails when the client has left
	})
}

// query calls row for each row; the cells are only valid during the call.
func query(ctx context.Context, pool *sql.DB, text string, args []any, row func(cells []sql.RawBytes) error) error {
	rows, err := pool.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	cells := make([]sql.RawBytes, len(names))
	dest := make([]any, len(names))
	for i := range cells {
		dest[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		if err := row(cells); err != nil {
			return err
		}
	}
	return rows.Err()
}
