package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// stream sends one statement and hands over its rows as the driver reads them. It goes
// past database/sql, whose Rows cost a goroutine a statement, two locks a row and a
// conversion a cell; sessions are still the pool's.
//
// When ctx ends while the statement may be at work the session is abandoned: the driver
// only drops the connection, and the server works on.
func (s *session) stream(ctx context.Context, text string, args []any,
	row func(cells []sql.RawBytes) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err // nothing is sent, and nothing is to be stopped
	}
	defer func() { s.abandoned = err != nil && ctx.Err() != nil }()
	named := make([]driver.NamedValue, len(args))
	for i, a := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
		if err := s.CheckNamedValue(&named[i]); err != nil {
			return defect{err}
		}
	}
	if len(named) > 0 && strings.Count(text, "?") != len(named) {
		if text, err = filled(text, named); err != nil {
			return defect{err}
		}
		named = nil
	}
	rows, err := s.QueryContext(ctx, text, named)
	if err == driver.ErrSkip { // the text would grow too long for one packet
		var statement driver.Stmt
		if statement, err = s.PrepareContext(ctx, text); err != nil {
			return heard(err)
		}
		defer statement.Close()
		rows, err = statement.(driver.StmtQueryContext).QueryContext(ctx, named)
	}
	if err != nil {
		return heard(err)
	}
	defer rows.Close() // skips what was not read; a failure shows at the session's next use
	as := asText(rows)
	values := make([]driver.Value, len(rows.Columns()))
	cells := make([]sql.RawBytes, len(values))
	var numbers []byte
	for {
		if err := rows.Next(values); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		numbers = numbers[:0]
		for i, v := range values {
			if text, ok := v.([]byte); ok {
				cells[i], numbers = as.cell(i, text, numbers)
			} else if cells[i], numbers, err = bytesOf(v, numbers); err != nil {
				return defect{err}
			}
		}
		if err := row(cells); err != nil {
			return defect{err}
		}
	}
}

// unheard is the loss of a connection before the server had said anything.
type unheard struct{ error }

func (u unheard) Unwrap() error { return u.error }

// heard tells by the error of a statement without rows whether the server spoke.
func heard(err error) error {
	_, isNet := errors.AsType[net.Error](err)
	if isNet || errors.Is(err, driver.ErrBadConn) || errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, io.EOF) {
		return unheard{err}
	}
	return err
}

// defect is an error that is not the server's: of the arguments, or of who reads the rows.
type defect struct{ error }

func (d defect) Unwrap() error { return d.error }

// bytesOf is the text of a cell that is no text: NULL, or a number of a prepared
// statement, whose text is appended to numbers.
func bytesOf(v driver.Value, numbers []byte) (cell, more []byte, err error) {
	start := len(numbers)
	switch v := v.(type) {
	case nil:
		return nil, numbers, nil
	case int64:
		numbers = strconv.AppendInt(numbers, v, 10)
	case uint64:
		numbers = strconv.AppendUint(numbers, v, 10)
	case float32:
		numbers = appendFloat(numbers, float64(v), 32)
	case float64:
		numbers = appendFloat(numbers, v, 64)
	default:
		return nil, numbers, fmt.Errorf("database: the driver gave a %T", v)
	}
	return numbers[start:len(numbers):len(numbers)], numbers, nil
}
