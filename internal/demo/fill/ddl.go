package fill

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// charset is how a character set is written in DDL. The collation is always named: the
// default differs from server to server.
type charset struct {
	clause string
	bytes  int // of the longest character
}

// charsetOf knows the character sets of the legacy systems.
func charsetOf(name string) (charset, error) {
	switch name {
	case "utf8":
		return charset{"CHARACTER SET utf8 COLLATE utf8_general_ci", 3}, nil
	case "utf8mb4":
		return charset{"CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci", 4}, nil
	case "latin1":
		return charset{"CHARACTER SET latin1 COLLATE latin1_swedish_ci", 1}, nil
	case "gbk":
		return charset{"CHARACTER SET gbk COLLATE gbk_chinese_ci", 2}, nil
	}
	return charset{}, fmt.Errorf("no character set %q", name)
}

// createTable is the table without its secondary indexes, which are faster to build over
// rows that are there.
func createTable(db *legacy.Database, t *legacy.Table) (string, error) {
	table, err := charsetOf(db.Charset)
	if err != nil {
		return "", err
	}
	var lines []string
	for _, c := range t.Columns {
		line := quoteName(c.Name) + " " + c.Type
		if isText(c) && c.Charset != "" {
			cs, err := charsetOf(c.Charset)
			if err != nil {
				return "", fmt.Errorf("column %s: %w", c.Name, err)
			}
			line += " " + cs.clause
		}
		if c.NotNull || slices.Contains(t.Primary, c.Name) {
			line += " NOT NULL"
		} else {
			line += " NULL" // a timestamp is otherwise NOT NULL on old servers
		}
		if c.Default != "" {
			line += " DEFAULT " + c.Default
		}
		if c.Comment != "" {
			line += " COMMENT " + quoteText(c.Comment)
		}
		lines = append(lines, line)
	}
	if len(t.Primary) > 0 {
		lines = append(lines, "PRIMARY KEY ("+nameList(t.Primary)+")")
	}
	engine := t.Engine
	if engine == "" {
		engine = "InnoDB"
	}
	return fmt.Sprintf("CREATE TABLE %s (\n  %s\n) ENGINE=%s %s COMMENT=%s",
		qualified(db, t), strings.Join(lines, ",\n  "), engine, table.clause, quoteText(t.Comment)), nil
}

// addIndexes is the statement that builds the secondary indexes, "" if there are none.
// They are not named; a server names them after their first column.
func addIndexes(db *legacy.Database, t *legacy.Table) (string, error) {
	if len(t.Indexes) == 0 {
		return "", nil
	}
	var clauses []string
	for _, names := range t.Indexes {
		parts := make([]string, len(names))
		for i, name := range names {
			at := slices.IndexFunc(t.Columns, func(c legacy.Column) bool { return c.Name == name })
			if at < 0 {
				return "", fmt.Errorf("an index names the column %s, which is not there", name)
			}
			prefix, err := indexPrefix(db, t.Columns[at])
			if err != nil {
				return "", err
			}
			parts[i] = quoteName(name) + prefix
		}
		clauses = append(clauses, "ADD INDEX ("+strings.Join(parts, ", ")+")")
	}
	return "ALTER TABLE " + qualified(db, t) + " " + strings.Join(clauses, ", "), nil
}

// maxIndexBytes is what every storage engine and version can index of one column.
const maxIndexBytes = 750

var typeLength = regexp.MustCompile(`^(?:var)?char\((\d+)\)$`)

// indexPrefix is "(n)" for text that is too long to be indexed whole.
func indexPrefix(db *legacy.Database, c legacy.Column) (string, error) {
	if !isText(c) || strings.HasPrefix(c.Type, "enum") {
		return "", nil
	}
	name := c.Charset
	if name == "" {
		name = db.Charset
	}
	cs, err := charsetOf(name)
	if err != nil {
		return "", err
	}
	if m := typeLength.FindStringSubmatch(c.Type); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n*cs.bytes <= maxIndexBytes {
			return "", nil
		}
	}
	return fmt.Sprintf("(%d)", maxIndexBytes/cs.bytes), nil
}

// isText reports whether a column has a character set.
func isText(c legacy.Column) bool {
	return strings.Contains(c.Type, "char") || strings.HasSuffix(c.Type, "text") || strings.HasPrefix(c.Type, "enum")
}

func qualified(db *legacy.Database, t *legacy.Table) string {
	return quoteName(db.Name) + "." + quoteName(t.Name)
}

func nameList(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = quoteName(n)
	}
	return strings.Join(quoted, ", ")
}

func quoteName(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

func quoteText(text string) string { return string(appendText(nil, text)) }

// appendText writes a text literal; backslash is the escape, as the session's sql_mode
// leaves it.
func appendText(b []byte, text string) []byte {
	b = append(b, '\'')
	for i := range len(text) {
		switch c := text[i]; c {
		case 0:
			b = append(b, `\0`...)
		case '\'', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case 0x1a:
			b = append(b, `\Z`...)
		default:
			b = append(b, c)
		}
	}
	return append(b, '\'')
}
