package main

import (
	"os"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// small is the schema of a small system; the parts in braces are changed by the tests.
const small = `
enum System { LENDING }
enum DeadlineStep { RETURN }
interface Node { id: ID! }
interface Record implements Node { id: ID! }
scalar ResidentNumber
scalar PersonName
type Person { n: Int }
type Organization { n: Int }
type Document { n: Int }
type Town { loans: LoanConnection @via(field: "town") }
type Lawyer { n: Int }
type IdentityMatch { n: Int }
type LoanConnection { nodes: [Loan!] }
input LoanFilter { returnedOnTime: Boolean @onTime(step: RETURN) }
type Query { loans: LoanConnection }
enum ReaderKind { PERSON COMPANY }
`

const loan = `type Loan implements Node & Record @kind @scope(towns: ["town"]) {
  id: ID!
  number: String @unique @search(as: NUMBER)
  town: Town
  readers: [Reader!] @via(field: "loan")
}
`

const reader = `type Reader implements Node @kind
  @role(of: "loan", resident: "residentId", person: "name", code: "code", organization: "firm", when: {kind: COMPANY}) @scope(of: "loan") {
  id: ID!
  loan: Loan
  name: PersonName @minor(by: "residentId")
  residentId: ResidentNumber
  code: String
  firm: String
  kind: ReaderKind
  person: Person @via(from: "residentId")
  identityMatch: IdentityMatch @match(of: "residentId", else: "code")
}
`

func tablesOfSmall() map[string]*table {
	fields := func(names string) map[string]string {
		m := map[string]string{}
		for _, name := range strings.Fields(names) {
			m[name] = ""
		}
		return m
	}
	tables := map[string]*table{
		"Loan":   {file: "m.yaml", line: 3, system: "Lending", fields: fields("number town")},
		"Reader": {file: "m.yaml", line: 9, system: "Lending", fields: fields("loan name residentId code firm kind")},
	}
	tables["Reader"].fields["loan"] = "Loan"
	return tables
}

func declaredOf(t *testing.T, text string, tables map[string]*table) (*declared, error) {
	t.Helper()
	own, err := os.ReadFile("../../" + declarations)
	if err != nil {
		t.Fatal(err)
	}
	return declaredIn([]*ast.Source{{Name: declarations, Input: string(own)}, {Name: "s.graphqls", Input: text}},
		tables)
}

// TestDeclarations: what is wrong with declarations is told with its place, all of it, and
// nothing of it ends the generator.
func TestDeclarations(t *testing.T) {
	if _, err := declaredOf(t, small+loan+reader, tablesOfSmall()); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, from, to, want string }{
		{"a relation's field", `@via(field: "loan")`, `@via(field: "loans")`,
			"s.graphqls:22: @via names Reader.loans, which the mapping lacks"},
		{"a relation without a field", `@via(field: "loan")`, `@via`,
			"s.graphqls:22: @via: by which field of Reader are they found?"},
		{"a relation to nothing", `number: String @unique`, `number: String @via(field: "x") @unique`,
			"@via is for relations, and String is no kind, Person, Organization or Document"},
		{"a person from nowhere", `@via(from: "residentId")`, `@via`, "@via: from which field is the Person known?"},
		{"a person from what is not stored", `@via(from: "residentId")`, `@via(from: "id")`,
			"@via names Reader.id, which the mapping lacks"},
		{"a document that nobody writes", `person: Person @via(from: "residentId")`,
			`document: Document @via(from: "code")`, "@via: in which field is the document's number written?"},
		{"a relation without a column", "  town: Town\n", "  town: Town\n  branch: Town\n",
			"s.graphqls:22: Loan.branch leads to a Town by no column of the mapping"},
		{"a party's record", `of: "loan"`, `of: "name"`, "@role: Reader.name leads to no kind"},
		{"a party's field", `person: "name"`, `person: "nome"`, "@role names Reader.nome, which the mapping lacks"},
		{"half a way", `of: "loan", resident`, `record: "Loan", resident`, "@role: record and by belong together"},
		{"a value that is none", `{kind: COMPANY}`, `{kind: FIRM}`, "@role: when: Reader.kind is never FIRM"},
		{"searched rows that no record lists", `readers: [Reader!] @via(field: "loan")`, `n: Int`,
			"when is for rows that Loan lists, and no field of it does"},
		{"a minor by a name", `@minor(by: "residentId")`, `@minor(by: "firm")`,
			"@minor: Reader.firm is no ResidentNumber"},
		{"a match of nothing", `@match(of: "residentId", else: "code")`, `@match(of: "kind")`,
			"@match: Reader.kind is no number, code or lawyer"},
		{"a match else", `else: "code"`, `else: "kind"`, "@match: Reader.kind is no code"},
		{"a match without a role",
			`@role(of: "loan", resident: "residentId", person: "name", code: "code", organization: "firm", when: {kind: COMPANY})`, ``,
			"@match of a resident number needs the name beside it: declare the @role of Reader"},
		{"a number of no row", `type Lawyer { n: Int }`, `type Lawyer { n: Int @unique }`,
			"@unique is for stored fields"},
		{"a search in rows", `firm: String`, `firm: String @search(as: TITLE)`,
			"@search is for stored fields of a Record"},
		{"a reader of nothing", `type Query { loans: LoanConnection }`,
			`type Query { loans: LoanConnection @reads(of: "Loan", fields: ["title"]) }`,
			"@reads names Loan.title, which the mapping lacks"},
		{"a reader of no kind", `type Query { loans: LoanConnection }`,
			`type Query { loans: LoanConnection @reads(of: "Book", fields: ["title"]) }`, "@reads: Book is no kind"},
		{"a filter of nothing", `input LoanFilter`, `input BookFilter`, "@onTime is for filters of a @kind"},
		{"a key", `@kind @scope`, `@kind(key: "code") @scope`, "@kind names Loan.code, which the mapping lacks"},
		{"a link", `@kind @scope`, `@kind @link(name: "x", via: "number", field: "y") @scope`,
			"@link x: Loan.number leads to no kind"},
		{"an age without its number", `@kind @scope`, `@kind @link(name: "age", via: "book", field: "code", ageOn: "number") @scope`,
			"@link age: an age needs a link to its number and one to nothing but the row"},
		{"a lawyer by a name that is not stored", `number: String`, `lawyers: [Lawyer!] @candidates(lawyer: "number", name: "title")
  number: String`, "@candidates names Loan.title, which the mapping lacks"},
		{"a kind without a table", `type Lawyer {`, `type Lawyer @kind {`,
			"Lawyer is a @kind, but no mapping.yaml of the systems in adapters/systems.go has it"},
		{"a table without a kind", `& Record @kind @scope`, `& Record @scope`,
			"m.yaml:3: Loan is no type that the schema declares a @kind"},
		{"rows of nobody", ` @scope(of: "loan")`, ``, "s.graphqls:24: Reader lacks a @scope"},
		{"rows that belong by nothing", `@scope(of: "loan")`, `@scope`, "Reader belongs to nobody"},
		{"public rows with an owner", `@scope(of: "loan")`, `@scope(public: true, of: "loan")`, "Reader is public"},
		{"an owner that is no kind", `@scope(of: "loan")`, `@scope(of: "name")`,
			"@scope: Reader.name leads to no kind"},
		{"an owner by what is not stored", `@scope(of: "loan")`, `@scope(towns: ["branch"])`,
			"@scope names Reader.branch, which the mapping lacks"},
		{"half an owner", `@scope(of: "loan")`, `@scope(of: "loan", by: "number")`, "record and by belong together"},
		{"owners of public rows", `@scope(towns: ["town"])`, `@scope(public: true)`,
			"rows of Reader belong to rows of Loan, which are public"},
		{"rows that own each other", `@scope(towns: ["town"])`, `@scope(record: "Reader", by: "loan")`,
			"belong to rows of"},
		{"a column without a field", `  firm: String`, `  company: String`,
			"Reader has no field firm, which its mapping has"},
		{"an unknown system", `enum System { LENDING }`, `enum System { LIBRARY }`,
			"Loan is of the system LENDING, which the enum System lacks"},
	} {
		t.Run(test.name, func(t *testing.T) {
			whole := small + loan + reader
			if !strings.Contains(whole, test.from) {
				t.Fatal("the test changes nothing")
			}
			_, err := declaredOf(t, strings.Replace(whole, test.from, test.to, 1), tablesOfSmall())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
	t.Run("all at once", func(t *testing.T) {
		text := strings.NewReplacer(`@via(field: "loan")`, `@via(field: "x")`, `person: "name"`,
			`person: "y"`).Replace(small + loan + reader)
		_, err := declaredOf(t, text, tablesOfSmall())
		if err == nil || !strings.Contains(err.Error(), "Reader.x") || !strings.Contains(err.Error(), "Reader.y") {
			t.Error(err)
		}
	})
}

func TestPlural(t *testing.T) {
	for one, several := range map[string]string{"LegalAidCase": "LegalAidCases", "Notary": "Notaries", "Box": "Boxes",
		"MediationProcess": "MediationProcesses", "Branch": "Branches", "Survey": "Surveys"} {
		if got := plural(one); got != several {
			t.Errorf("%s: %s, want %s", one, got, several)
		}
	}
}
