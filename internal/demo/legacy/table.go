// Package legacy describes the five invented legacy databases as plain values: tables
// with columns, indexes and rows. The embedded engine serves them, the -dsn loader
// writes them into a real server, and both get the same bytes.
package legacy

// Database is one legacy system's database.
type Database struct {
	Name    string // schema name, "flyz"
	Charset string // default character set of its tables: utf8, latin1, utf8mb4
	Tables  []*Table
	Ledger  Ledger
}

// Table is one legacy table with its rows.
type Table struct {
	Name    string
	Comment string
	Engine  string // InnoDB or MyISAM; "" is InnoDB
	Columns []Column
	Primary []string   // primary key columns; empty for tables without a key
	Indexes [][]string // secondary indexes
	Rows    [][]any    // one value a column; see Column.Type for the Go types
}

// Column is one legacy column.
//
// Type is MySQL type text in lower case without options: varchar(n), char(n), text,
// longtext, enum('a','b'), int, bigint, bigint unsigned, smallint, tinyint, tinyint(1),
// bit(1), double, decimal(p,s), date, datetime, timestamp. Row values are nil (NULL), or
// string for text, enum, decimal, date and datetime types ("0000-00-00" included), int64
// for integers and bit, uint64 for bigint unsigned, float64 for double. Text of a latin1
// column is given as the server would show it to a utf8mb4 client, see Mojibake.
type Column struct {
	Name    string
	Type    string
	Charset string // of text; "" is the database's default
	NotNull bool
	Default string // SQL default literal, "'0000-00-00'"; "" for none
	Comment string
}

// Ledger lists every piece of dirt planted in a database that the gateway must report.
type Ledger []Dirt

// Dirt is one planted finding: the gateway must report exactly this.
type Dirt struct {
	Record string // GraphQL type, "LegalAidCase"
	Key    string // the row's primary key as text, parts joined by "|"
	Field  string // GraphQL field path, "acceptedOn"
	Rule   string // DataIssueRule, "IMPOSSIBLE_DATE"
}
