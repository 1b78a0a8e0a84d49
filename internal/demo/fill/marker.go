package fill

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// marker is the table that says a database is ours: it lists the tables Fill created.
const marker = "_bureaugraph_demo"

// refuseForeign returns an error if the database holds a table that no earlier Fill
// created.
func refuseForeign(ctx context.Context, conn *sql.Conn, database string) error {
	present,
		err := names(ctx, conn,
		"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME", database)
	if err != nil {
		return fmt.Errorf("fill: look into %s: %w", database, err)
	}
	var ours []string
	if slices.Contains(present, marker) {
		ours, err = names(ctx, conn, "SELECT name FROM "+quoteName(database)+"."+quoteName(marker))
		if err != nil {
			return fmt.Errorf("fill: look into %s: %w", database, err)
		}
		ours = append(ours, marker)
	}
	for _, table := range present {
		known := func(name string) bool { return strings.EqualFold(name, table) }
		if !slices.ContainsFunc(ours, known) {
			return fmt.Errorf("fill: the database %s holds the table %s, which this program did not create; "+
				"it will not drop that database: choose another server, or drop it yourself", database, table)
		}
	}
	return nil
}

// names runs a query of one text column.
func names(ctx context.Context, conn *sql.Conn, query string, args ...any) ([]string, error) {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}
