package engine

import (
	"strings"

	"github.com/dolthub/go-mysql-server/sql"
)

// provider is the fixed list of databases. It implements no creator or dropper, so
// CREATE and DROP DATABASE fail in the planner.
type provider struct {
	databases []*database
}

var _ sql.DatabaseProvider = (*provider)(nil)

// Database implements [sql.DatabaseProvider].
func (p *provider) Database(_ *sql.Context, name string) (sql.Database, error) {
	if d := p.find(name); d != nil {
		return d, nil
	}
	return nil, sql.ErrDatabaseNotFound.New(name)
}

// HasDatabase implements [sql.DatabaseProvider].
func (p *provider) HasDatabase(_ *sql.Context, name string) bool { return p.find(name) != nil }

// AllDatabases implements [sql.DatabaseProvider].
func (p *provider) AllDatabases(*sql.Context) []sql.Database {
	all := make([]sql.Database, len(p.databases))
	for i, d := range p.databases {
		all[i] = d
	}
	return all
}

// find returns the database of that name in any case, or nil.
func (p *provider) find(name string) *database {
	for _, d := range p.databases {
		if strings.EqualFold(d.name, name) {
			return d
		}
	}
	return nil
}

// database is one legacy database: a fixed list of tables.
type database struct {
	name    string
	charset string
	tables  []*table
}

var (
	_ sql.ReadOnlyDatabase = (*database)(nil)
	_ sql.CollatedDatabase = (*database)(nil)
	_ sql.ViewDatabase     = (*database)(nil) // without it the planner finds no table
)

// Name implements [sql.Nameable].
func (d *database) Name() string { return d.name }

// IsReadOnly implements [sql.ReadOnlyDatabase].
func (d *database) IsReadOnly() bool { return true }

// GetTableInsensitive implements [sql.Database].
func (d *database) GetTableInsensitive(_ *sql.Context, name string) (sql.Table, bool, error) {
	for _, t := range d.tables {
		if strings.EqualFold(t.name, name) {
			return t, true, nil
		}
	}
	return nil, false, nil
}

// GetTableNames implements [sql.Database].
func (d *database) GetTableNames(*sql.Context) ([]string, error) {
	names := make([]string, len(d.tables))
	for i, t := range d.tables {
		names[i] = t.name
	}
	return names, nil
}

// GetCollation implements [sql.CollatedDatabase].
func (d *database) GetCollation(*sql.Context) sql.CollationID { return collation(d.charset) }

// SetCollation implements [sql.CollatedDatabase] by refusing.
func (d *database) SetCollation(*sql.Context, sql.CollationID) error {
	return sql.ErrReadOnly.New()
}

// GetViewDefinition implements [sql.ViewDatabase]: there are no views.
func (d *database) GetViewDefinition(*sql.Context, string) (sql.ViewDefinition, bool, error) {
	return sql.ViewDefinition{}, false, nil
}

// AllViews implements [sql.ViewDatabase]: there are no views.
func (d *database) AllViews(*sql.Context) ([]sql.ViewDefinition, error) { return nil, nil }

// CreateView implements [sql.ViewDatabase] by refusing.
func (d *database) CreateView(*sql.Context, string, string, string) error {
	return sql.ErrReadOnly.New()
}

// DropView implements [sql.ViewDatabase] by refusing.
func (d *database) DropView(*sql.Context, string) error { return sql.ErrReadOnly.New() }
