package fill

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// wantedPacket is the size of an INSERT in bytes; larger ones are hardly faster.
const wantedPacket = 1 << 20

// writer writes databases over one connection.
type writer struct {
	conn     *sql.Conn
	progress func(database, table string, rows int)
	packet   int // size of an INSERT in bytes
}

// session is what the connection needs: no strict mode, so that zero dates and cut texts
// pass, and days such as 31 February kept as they are.
const session = "SET SESSION sql_mode = 'ALLOW_INVALID_DATES', autocommit = 0, foreign_key_checks = 0"

// prepare sets the session up.
func (w *writer) prepare(ctx context.Context) error {
	if err := w.exec(ctx, session); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	var allowed int
	if err := w.conn.QueryRowContext(ctx, "SELECT @@max_allowed_packet").Scan(&allowed); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	w.packet = min(wantedPacket, allowed*3/4)
	return nil
}

// database drops, creates and fills one database. The marker comes first: a Fill that
// breaks off leaves a database that the next one may drop.
func (w *writer) database(ctx context.Context, db *legacy.Database) error {
	cs, err := charsetOf(db.Charset)
	if err != nil {
		return err
	}
	mine := quoteName(db.Name) + "." + quoteName(marker)
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + quoteName(db.Name),
		"CREATE DATABASE " + quoteName(db.Name) + " " + cs.clause,
		"CREATE TABLE " + mine + " (name VARCHAR(64) CHARACTER SET utf8 NOT NULL PRIMARY KEY) " +
			"COMMENT='Tables that the demo of Bureaugraph created and may drop'",
	} {
		if err := w.exec(ctx, statement); err != nil {
			return err
		}
	}
	for _, t := range db.Tables {
		if err := w.exec(ctx, "INSERT INTO "+mine+" VALUES ("+quoteText(t.Name)+")"); err != nil {
			return err
		}
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return err
	}
	for _, t := range db.Tables {
		if err := w.table(ctx, db, t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// table creates, fills and indexes one table.
func (w *writer) table(ctx context.Context, db *legacy.Database, t *legacy.Table) error {
	create, err := createTable(db, t)
	if err != nil {
		return err
	}
	if err := w.exec(ctx, create); err != nil {
		return err
	}
	w.progress(db.Name, t.Name, 0)
	if err := w.rows(ctx, db, t); err != nil {
		return err
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return err
	}
	indexes, err := addIndexes(db, t)
	if err != nil || indexes == "" {
		return err
	}
	return w.exec(ctx, indexes)
}

// rows writes a table's rows, a packet at a time.
func (w *writer) rows(ctx context.Context, db *legacy.Database, t *legacy.Table) error {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = c.Name
	}
	head := "INSERT INTO " + qualified(db, t) + " (" + nameList(columns) + ") VALUES "
	packet := make([]byte, 0, w.packet+w.packet/8)
	pending, written := 0, 0
	send := func() error {
		if pending == 0 {
			return nil
		}
		if err := w.insert(ctx, string(packet)); err != nil {
			return fmt.Errorf("rows %d to %d: %w", written, written+pending-1, err)
		}
		written, pending = written+pending, 0
		w.progress(db.Name, t.Name, written)
		return nil
	}
	var row []byte
	for n, cells := range t.Rows {
		if len(cells) != len(columns) {
			return fmt.Errorf("row %d: %d values for %d columns", n, len(cells), len(columns))
		}
		var err error
		if row, err = appendRow(row[:0], cells); err != nil {
			return fmt.Errorf("row %d: %w", n, err)
		}
		if pending > 0 && len(packet)+1+len(row) > w.packet {
			if err := send(); err != nil {
				return err
			}
		}
		if pending == 0 {
			packet = append(packet[:0], head...)
		} else {
			packet = append(packet, ',')
		}
		packet = append(packet, row...)
		pending++
	}
	return send()
}

// appendRow writes one row's literals.
func appendRow(b []byte, cells []any) ([]byte, error) {
	for i, cell := range cells {
		if i == 0 {
			b = append(b, '(')
		} else {
			b = append(b, ',')
		}
		switch v := cell.(type) {
		case nil:
			b = append(b, "NULL"...)
		case string:
			b = appendText(b, v)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case uint64:
			b = strconv.AppendUint(b, v, 10)
		case float64:
			b = strconv.AppendFloat(b, v, 'e', -1, 64)
		default:
			return nil, fmt.Errorf("value %d is a %T", i, cell)
		}
	}
	return append(b, ')'), nil
}

// exec runs a statement.
func (w *writer) exec(ctx context.Context, statement string) error {
	_, err := w.conn.ExecContext(ctx, statement)
	return err
}

// insert runs an INSERT. The server's message may quote a value, and values look like
// personal data: of its errors only the number is kept.
func (w *writer) insert(ctx context.Context, statement string) error {
	err := w.exec(ctx, statement)
	if refused, ok := errors.AsType[*mysql.MySQLError](err); ok {
		return fmt.Errorf("the server refuses with error %d", refused.Number)
	}
	return err
}
