// Package engine serves the invented legacy databases over the MySQL wire protocol from
// read-only Go values: one server, many databases, no files, no network but its own
// listener, no CGO.
//
// SQL is parsed, planned and evaluated by github.com/dolthub/go-mysql-server. What is
// ours is the storage below it: rows kept in primary key order, sorted row-number arrays
// as indexes (built on first use), and a rewrite step that answers simple predicates,
// orders and limits from those arrays. Nothing in here can write.
//
// Known differences from a real server are listed in the package's conformance test.
package engine

import (
	"context"
	"errors"
	"fmt"
	"net"

	gms "github.com/dolthub/go-mysql-server"
	"github.com/dolthub/go-mysql-server/server"
	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/mysql_db"
	"github.com/sirupsen/logrus"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// The server calls itself 8.0.31, the release go-mysql-server follows, with a mark.
const (
	mark    = "bureaugraph-demo"
	version = "8.0.31-" + mark
)

// ReadOnlyUser is the account the gateway should use: no password, SELECT only.
const ReadOnlyUser = "bureaugraph"

// Server is a running embedded server.
type Server struct {
	listener net.Listener
	wire     *server.Server
	engine   *gms.Engine
	serving  fanout.Group // the accept loop
}

// Start loads the databases and serves them at addr ("127.0.0.1:0" picks a port). The
// users are root (everything a read-only server allows) and [ReadOnlyUser], both without
// a password. The rows are kept, not copied cell by cell: do not change them afterwards.
//
// It returns an error if the address is taken or a cell does not fit its column; the
// error names database, table, column and row number, never the value. ctx is only for
// loading; stop a running server with [Server.Close].
//
// Start silences the process's standard logrus logger: go-mysql-server writes every
// connection and every failed statement, with its values, to it.
func Start(ctx context.Context, addr string, dbs []*legacy.Database) (*Server, error) {
	logrus.SetLevel(logrus.PanicLevel)
	p, err := load(ctx, dbs)
	if err != nil {
		return nil, err
	}
	e := gms.New(newAnalyzer(p), &gms.Config{VersionPostfix: mark})
	addUsers(e)
	e.ReadOnly.Store(true)

	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("engine: %w", err)
	}
	w, err := server.NewServerWithHandler(server.Config{
		Protocol: "tcp",
		Address:  l.Addr().String(),
		Listener: l,
		Version:  version,
	}, e, sql.NewContext, newSession, nil, handlerOf(e))
	if err != nil {
		l.Close()
		return nil, fmt.Errorf("engine: %w", err)
	}
	s := &Server{listener: l, wire: w, engine: e}
	s.serving.Go(func() {
		_ = w.Start() // returns when the listener closes; it has no other error
	})
	return s, nil
}

// Addr is the host and port the server listens on.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Close stops accepting connections and ends the running statements. Open connections
// end when their clients close them.
func (s *Server) Close() error {
	if err := s.wire.Close(); err != nil {
		return fmt.Errorf("engine: %w", err)
	}
	if err := s.serving.Wait(); err != nil {
		return err
	}
	if err := s.engine.Close(); err != nil && !errors.Is(err, context.Canceled) { // that is how its threads end
		return fmt.Errorf("engine: %w", err)
	}
	return nil
}

// load builds the databases' tables, several at a time.
func load(ctx context.Context, dbs []*legacy.Database) (*provider, error) {
	p := &provider{}
	var loading fanout.Group
	var failures []*error // of each table
	for _, d := range dbs {
		db := &database{name: d.Name, charset: d.Charset, tables: make([]*table, len(d.Tables))}
		p.databases = append(p.databases, db)
		for i, t := range d.Tables {
			failed := new(error)
			failures = append(failures, failed)
			loading.Go(func() {
				if *failed = ctx.Err(); *failed != nil {
					return
				}
				content, err := newContent(d, t)
				if err != nil {
					*failed = fmt.Errorf("engine: %s.%s: %w", d.Name, t.Name, err)
					return
				}
				db.tables[i] = newTable(content)
			})
		}
	}
	if err := loading.Wait(); err != nil {
		return nil, err
	}
	for _, failed := range failures {
		if *failed != nil {
			return nil, *failed
		}
	}
	return p, nil
}

// newAnalyzer is go-mysql-server's planner with our steps in it.
func newAnalyzer(p *provider) *analyzer.Analyzer {
	b := analyzer.NewBuilder(p)
	b.AddPreAnalyzeRule(escapeLikeRule, escapeLike)
	b.AddPreAnalyzeRule(compileRegexpRule, compileRegexp)
	b.AddPreAnalyzeRule(readDirtRule, readDirtLikeMySQL)
	b.AddPreAnalyzeRule(padComparisonsRule, padComparisons)
	b.AddPreAnalyzeRule(datesAsTextRule, datesAsText)
	b.AddPreAnalyzeRule(exactSumsRule, exactSums)
	b.AddPreAnalyzeRule(balanceUnionsRule, balanceUnions)
	b.AddPostAnalyzeRule(useIndexRule, useIndex)
	b.AddPostAnalyzeRule(roomyGroupsRule, roomyGroups)
	return b.Build()
}

// addUsers creates the two accounts. The host is any: a container's port mapping hides
// the client's address.
func addUsers(e *gms.Engine) {
	db := e.Analyzer.Catalog.MySQLDb
	ed := db.Editor()
	db.AddSuperUser(ed, "root", "%", "")
	db.AddSuperUser(ed, "root", "localhost", "")
	for _, host := range []string{"%", "localhost"} {
		u := &mysql_db.User{
			User:         ReadOnlyUser,
			Host:         host,
			Plugin:       "mysql_native_password",
			PrivilegeSet: mysql_db.NewPrivilegeSet(),
		}
		u.PrivilegeSet.AddGlobalStatic(sql.PrivilegeType_Select)
		ed.PutUser(u)
	}
	ed.Close()
}
