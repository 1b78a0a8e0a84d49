// Package cell turns the bytes of one dirty legacy cell into a Go value, or into
// nothing and the reason. It is pure: no I/O, no clock, no package state.
//
// A Codec is one habit of one column, both ways: Decode reads what the column holds,
// Spell lists every way the column may write a value, so that a filter on meaning
// becomes an IN list of raw texts. For every v and every s in Spell(v), Decode(s) is v.
package cell

// Rule names why a cell gave no value, or gave one only after repair. The names are
// those of the GraphQL enum DataIssueRule.
type Rule string

// The rules a codec can report.
const (
	UndecodableText Rule = "UNDECODABLE_TEXT" // bytes of which nothing can be read in the declared charset
	// U+FFFD, for a character that cannot be read too, or '?' standing where one of the name was
	LostCharacters    Rule = "LOST_CHARACTERS"
	NotANumber        Rule = "NOT_A_NUMBER"        // text in a number column
	NumberOutOfRange  Rule = "NUMBER_OUT_OF_RANGE" // a number that the type or the column's meaning excludes
	UnreadableDate    Rule = "UNREADABLE_DATE"     // no declared layout fits
	ImpossibleDate    Rule = "IMPOSSIBLE_DATE"     // a layout fits, the calendar has no such day (2021-02-31)
	ZeroDate          Rule = "ZERO_DATE"           // 0000-00-00 in a column that does not declare it as empty
	DateOutOfRange    Rule = "DATE_OUT_OF_RANGE"   // a real day outside the accepted range (1900-01-01, 9999-12-31)
	UnknownCode       Rule = "UNKNOWN_CODE"        // a code the table does not list; the value is the declared else
	LabelMismatch     Rule = "LABEL_MISMATCH"      // a code and its twin text column disagree
	NotAFlag          Rule = "NOT_A_FLAG"          // neither a yes nor a no word of the column
	BadChecksum       Rule = "BAD_CHECKSUM"        // an identifier of the right form with a wrong check digit
	NotAnIdentifier   Rule = "NOT_AN_IDENTIFIER"   // neither an identifier nor a declared placeholder
	OtherDocument     Rule = "OTHER_DOCUMENT"      // a passport or permit in a resident ID column: kept, not an ID
	UnknownTown       Rule = "UNKNOWN_TOWN"        // no division of the reference data fits
	UnknownDepartment Rule = "UNKNOWN_DEPARTMENT"  // no department of the reference data fits
	UnreadableNumber  Rule = "UNREADABLE_NUMBER"   // a document or case number without year or serial
	MarkupRemoved     Rule = "MARKUP_REMOVED"      // HTML fragments were stripped from a text
)

// Severity says what the gateway did with the cell.
type Severity string

// The severities.
const (
	Dropped  Severity = "DROPPED"  // null was answered
	Repaired Severity = "REPAIRED" // a value was answered that the cell does not spell literally
	Suspect  Severity = "SUSPECT"  // the value was answered as it stands, and is probably wrong
)

// Problem is a finding about one cell. Codecs return pointers to shared values, so a
// finding costs no allocation; the caller must not change it.
type Problem struct {
	Rule     Rule
	Severity Severity
}

// Codec reads and writes the cells of one column.
type Codec interface {
	// Decode turns a cell into a value. raw is nil for SQL NULL and is not retained.
	// The value is nil for "nothing there", else a pointer or slice of the codec's
	// Kind: *string for text and its relatives, *int, *bool, *model.Date and so on.
	// A problem with a nil value means the cell was dropped.
	Decode(raw []byte) (value any, problem *Problem)

	// Spell lists the raw texts, as the database compares them, that Decode reads as
	// the given canonical text (an enum value, a division code, a resident ID, "true").
	// known is false when the raw forms cannot be listed, as for dates and free text
	// stored in several forms; the planner then needs another way. The caller must not
	// change the list.
	Spell(canonical string) (raw []string, known bool)

	// Show gives the text of a cell as a reader of the column's charset sees it, with U+FFFD
	// for what cannot be read, and without any other reading.
	Show(raw []byte) string

	// Private tells whether the raw cell holds personal data, which must not be shown
	// in a data issue, a log or an error.
	Private() bool
}

// Gazetteer resolves the local spellings of towns or departments. The reference data
// of a site implement it.
type Gazetteer interface {
	// Find gives the canonical id of a code, old code, name or alias.
	Find(text string) (id string, ok bool)
	// Spellings lists every text that Find resolves to id.
	Spellings(id string) []string
}

// Divisions knows the names of divisions. The reference data of a site implement it.
type Divisions interface {
	// Within gives the divisions down to town or street by which an address begins, as they
	// stand in it; "" when it begins with none that is known.
	Within(address string) string
}

// Env is what codecs need besides their own spec.
type Env struct {
	Towns       Gazetteer
	Departments Gazetteer
	Divisions   Divisions // nil knows none: nothing is shown of an address
}

// Spec is the declaration of a codec, as a mapping file states it. Options says which
// fields apply to a kind; New refuses the others.
type Spec struct {
	// catalogue name: text, int, decimal, money, bool, day, instant, partialDay, enum, enums, key,
	// residentId, creditCode, personName, phone, address, town, department, caseNumber, list,
	// licence
	Kind string
	// day, instant, partialDay: Go layouts, or the words chinese, excel, epoch-ms, epoch-s; none:
	// DATE or DATETIME from the server
	Layouts []string
	// raw texts, trimmed, that mean "nothing there", besides NULL and blank; enums, list: items too
	Empty      []string
	Values     map[string]string // enum, enums, bool: raw code -> enum value, or true/false
	Labels     map[string]string // enum: raw code -> the label its twin text column should show
	Else       string            // enum, enums: value for an unlisted code; "" drops the cell
	Separator  string            // enums, list: the characters of which any stands between the items; default ","
	Positional bool              // enums: "0, 0, 1, 0": the n-th flag stands for Values[n] counted from "1"
	Unit       string            // money: yuan, fen, wan (10,000 yuan)
	Charset    string            // "", gbk, gbk-in-latin1, utf8-in-latin1
	Markup     bool              // text: strip HTML fragments (reported as REPAIRED when any was found)
	// day, instant, partialDay: first accepted day, default 1949-10-01; int, decimal, money: least
	// value
	From string
	// day, ...: first day no longer accepted, default 2100-01-01; numbers: first value too large;
	// money: both in yuan
	Before string
}
