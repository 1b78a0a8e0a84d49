// Package fill writes the invented legacy databases into a real MySQL or MariaDB, so
// that the gateway can be tried and tested against the genuine article.
package fill

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// Fill drops, creates and fills every database on the server that dsn names, in the
// driver's form "user:password@tcp(host:port)/". The account needs the right to create,
// drop and write them; no account is created or changed. A database selected in dsn is
// ignored.
//
// A database of the same name is dropped only if every table in it is one that an
// earlier Fill created; otherwise nothing is touched and the error says which table is
// foreign. Cells arrive as legacy.Table gives them: zero and impossible dates stay, text
// too long for its column is cut, and text of a latin1 column becomes the bytes it is
// the mojibake of. timestamp cells are local times of the session: read them in the
// session time zone that dsn sets.
//
// progress, if not nil, is called after each packet with the rows written to the table
// so far, and with 0 when the table has been created.
func Fill(ctx context.Context, dsn string, dbs []*legacy.Database,
	progress func(database, table string, rows int)) error {
	connector, err := connect(dsn)
	if err != nil {
		return err
	}
	pool := sql.OpenDB(connector)
	defer pool.Close()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("fill: connect: %w", err)
	}
	defer conn.Close()
	if progress == nil {
		progress = func(string, string, int) {}
	}

	for _, db := range dbs {
		if err := refuseForeign(ctx, conn, db.Name); err != nil {
			return err
		}
	}
	w := &writer{conn: conn, progress: progress}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	for _, db := range dbs {
		if err := w.database(ctx, db); err != nil {
			return fmt.Errorf("fill: %s: %w", db.Name, err)
		}
	}
	return nil
}

// connect reads the dsn and sets what writing dirt needs. Its error never quotes the
// dsn, which holds a password.
func connect(dsn string) (driver.Connector, error) {
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil,
			errors.New("fill: the data source name cannot be read; it should look like user:password@tcp(host:3306)/")
	}
	c.DBName = ""
	c.InterpolateParams = true
	if c.Params == nil {
		c.Params = map[string]string{}
	}
	c.Params["time_zone"] = "'+08:00'" // a TIMESTAMP is a moment, and the demo's are of Beijing
	if err := c.Apply(mysql.Charset("utf8mb4", "utf8mb4_general_ci")); err != nil {
		return nil, fmt.Errorf("fill: %w", err)
	}
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, errors.New("fill: the data source name has settings that do not go together")
	}
	return connector, nil
}
