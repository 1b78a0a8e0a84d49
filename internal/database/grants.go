package database

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// harmless are privileges with which nothing can be changed.
var harmless = []string{"USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES", "PROCESS", "REPLICATION CLIENT",
	"BINLOG MONITOR", "SLAVE MONITOR", "REPLICA MONITOR"}

// Excess lists what the account may do besides reading, as the server's SHOW GRANTS has it: "INSERT on
// `flyz`.*", or "what the role `r` may", since a role's privileges are not looked into. Empty means that
// it only reads.
func (db *DB) Excess(ctx context.Context) (list []string, err error) {
	err = db.Query(sources.With(ctx, nil), "SHOW GRANTS", nil, func(cells []sql.RawBytes) error {
		for _, more := range excess(string(cells[0])) {
			if !slices.Contains(list, more) {
				list = append(list, more)
			}
		}
		return nil
	})
	return list, err
}

// excess reads one line of SHOW GRANTS.
func excess(grant string) (list []string) {
	text, ok := strings.CutPrefix(grant, "GRANT ")
	if !ok {
		return nil // SET DEFAULT ROLE of MariaDB, say
	}
	granted, where, ok := cutOutside(text, " ON ")
	if !ok {
		role, _, _ := cutOutside(text, " TO ")
		return []string{"what the role " + role + " may"}
	}
	where, _, _ = cutOutside(where, " TO ")
	if strings.HasPrefix(granted, "PROXY") {
		return []string{"PROXY on an account"}
	}
	for _, privilege := range split(granted) {
		name, _, _ := strings.Cut(privilege, " (") // of some columns only
		if !slices.Contains(harmless, strings.TrimSpace(name)) {
			list = append(list, name+" on "+where)
		}
	}
	if strings.HasSuffix(grant, "WITH GRANT OPTION") {
		list = append(list, "GRANT OPTION on "+where)
	}
	return list
}

// cutOutside cuts at the first separator that does not stand in quotes.
func cutOutside(text, separator string) (before, after string, found bool) {
	quote := byte(0)
	for i := range len(text) {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '`' || c == '"':
			quote = c
		case strings.HasPrefix(text[i:], separator):
			return text[:i], text[i+len(separator):], true
		}
	}
	return text, "", false
}

// split cuts a list of privileges at commas outside of brackets, in which columns stand.
func split(text string) (list []string) {
	depth, from := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				list = append(list, strings.TrimSpace(text[from:i]))
				from = i + 1
			}
		}
	}
	return append(list, strings.TrimSpace(text[from:]))
}
