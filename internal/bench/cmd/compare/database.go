package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	_ "github.com/go-sql-driver/mysql" // the driver's name

	"github.com/bureaugraph/bureaugraph/internal/bench"
)

// database is the server under both.
type database struct {
	pool    *sql.DB
	process bench.Process // 0 when it runs elsewhere
}

// connect finds the server's process, if it is one of this machine.
func connect(ctx context.Context, dsn string) (*database, error) {
	pool, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	var pidFile, data string
	if err := pool.QueryRowContext(ctx, "SELECT @@pid_file, @@datadir").Scan(&pidFile, &data); err != nil {
		pool.Close()
		return nil, err
	}
	if !filepath.IsAbs(pidFile) {
		pidFile = filepath.Join(data, pidFile)
	}
	d := &database{pool: pool}
	if text, err := os.ReadFile(pidFile); err == nil {
		pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
		if name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)); err == nil &&
			(strings.HasPrefix(string(name), "mariadbd") || strings.HasPrefix(string(name), "mysqld")) {
			d.process = bench.Process(pid)
		}
	}
	return d, nil
}

// statements is how many SELECTs the server has ever been sent.
func (d *database) statements(ctx context.Context) (int, error) {
	var name string
	var n int
	err := d.pool.QueryRowContext(ctx, "SHOW GLOBAL STATUS LIKE 'Com_select'").Scan(&name, &n)
	return n, err
}
