package transport

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Persisted are documents that clients name instead of sending: by documentId (the
// appendix "Persisted Documents" of GraphQL over HTTP) or by Apollo's extension
// persistedQuery. Documents come in by a request only where Automatic says so. The zero value knows none.
type Persisted struct {
	// Only refuses every document that is not among these, also when its text is sent.
	Only bool
	// Automatic keeps documents that clients send with their hash, until others are named more often;
	// nil keeps none.
	Automatic *Automatic
	// Unlisted takes each valid document that is not among these, with its SHA-256, before it is run
	// for the first time; nil takes none.
	Unlisted func(ctx context.Context, hash, operation, text string)

	byID  map[string]string   // without the prefix sha256:
	texts map[string]struct{} // the same documents, to recognise one that is sent as text
}

// ReadPersisted reads a manifest, a JSON object of documents by id, as the client preset of
// graphql-codegen and the Relay compiler write it. Every document must be valid for the schema
// within the limits, with values of the scalars variablesOnly in variables, and an id that looks
// like a SHA-256 must be that of its document. The error is all that is wrong, each finding once as
// `file:line: sentence`.
func ReadPersisted(file string, data []byte, schema *ast.Schema, limits Limits,
	variablesOnly []string) (Persisted, error) {
	entries, err := manifest(data)
	if err != nil {
		return Persisted{}, fmt.Errorf("%s:%w", file, err)
	}
	p := Persisted{byID: make(map[string]string, len(entries)), texts: make(map[string]struct{}, len(entries))}
	documents := newDocuments(schema, limits, variablesOnly)
	var findings []error
	find := func(e entry, format string, args ...any) {
		findings = append(findings, fmt.Errorf("%s:%d: document %.12s: %s", file, e.line, e.id,
			fmt.Sprintf(format, args...)))
	}
	for _, e := range entries {
		if _, twice := p.byID[e.id]; twice {
			find(e, "the id stands twice")
		}
		if sha256Hex.MatchString(e.id) && hash(e.text) != e.id {
			find(e, "the id is not the SHA-256 of the text: generate the manifest once more")
		}
		_, problems := documents.read(e.text, true)
		for _, problem := range problems {
			find(e, "%s", problem.Message)
		}
		p.byID[e.id], p.texts[e.text] = e.text, struct{}{}
	}
	if len(entries) == 0 {
		findings = append(findings, fmt.Errorf("%s:1: the manifest holds no document: leave persistedDocuments out",
			file))
	}
	return p, errors.Join(findings...)
}

// Texts are the documents, each once, in no order.
func (p Persisted) Texts() []string { return slices.Collect(maps.Keys(p.texts)) }

var sha256Hex = regexp.MustCompile(`^[0-9a-f]{64}$`)

// bare takes off the prefix by which the appendix tells hashes from ids of other kinds.
func bare(id string) string { return strings.TrimPrefix(id, "sha256:") }

// entry is one document of a manifest.
type entry struct {
	id, text string
	line     int
}

// manifest reads the file's entries in their order. Errors begin with the line.
func manifest(data []byte) ([]entry, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	line := func() int { return 1 + bytes.Count(data[:decoder.InputOffset()], []byte("\n")) }
	broken := func() error {
		return fmt.Errorf(`%d: a manifest is a JSON object of documents by id, as in {"3f2a…": "query Towns { towns { code } }"}`, line())
	}
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('{') {
		return nil, broken()
	}
	var entries []entry
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, broken()
		}
		e := entry{line: line()}
		id, _ := key.(string) // a key always is
		if e.id = bare(id); decoder.Decode(&e.text) != nil || e.id == "" {
			return nil, broken()
		}
		entries = append(entries, e)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, broken()
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, broken()
	}
	return entries, nil
}

// find puts the document that the request names into its parameters, and refuses what is
// not on the list.
func (p *Persisted) find(body map[string]json.RawMessage, params *graphql.RawParams) *Refusal {
	named, by, refused := documentID(body, params.Extensions)
	switch {
	case refused != nil:
		return refused
	case params.Query != "" && by == byID:
		return malformed("send the document as query or name it by documentId, not both")
	case params.Query != "":
		return p.sent(params.Query, named, by)
	case by == "":
		return malformed("query is missing: send the GraphQL document as query")
	}
	text, known := p.byID[bare(named)]
	if !known && by == byHash {
		text, known = p.Automatic.text(named)
	}
	switch {
	case known:
		params.Query = text
		return nil
	case by == byHash && p.Automatic != nil: // clients of Apollo know the message, and send the text
		return &Refusal{Code: fault.DocumentNotFound, Message: "PersistedQueryNotFound"}
	case len(p.byID) == 0:
		return malformed("this gateway has no persisted documents: send the document as query")
	}
	return malformed(by +
		" names no document of this gateway's manifest: have it put there, or send the document as query")
}

// sent refuses a text that is not on the list, or whose hash is another's.
func (p *Persisted) sent(text, named, by string) *Refusal {
	if _, listed := p.texts[text]; p.Only && !listed {
		return &Refusal{Status: http.StatusForbidden, Code: fault.Forbidden,
			Message: "this gateway runs the documents of its manifest only: have this one put there"}
	}
	if by == byHash && named != hash(text) {
		return malformed("persistedQuery.sha256Hash is not the SHA-256 of query, in small hexadecimal digits")
	}
	return nil
}

// valid notes a document that is about to run.
func (p *Persisted) valid(ctx context.Context, params *graphql.RawParams, operation string) {
	_, listed := p.texts[params.Query]
	if listed || p.Automatic == nil && p.Unlisted == nil {
		return
	}
	sum := hash(params.Query)
	if apollo, _ := params.Extensions["persistedQuery"].(map[string]any); apollo != nil {
		p.Automatic.keep(sum, params.Query)
	}
	if p.Unlisted != nil {
		p.Unlisted(ctx, sum, operation, params.Query)
	}
}

// How a request names a document.
const (
	byID   = "documentId"
	byHash = "persistedQuery.sha256Hash"
)

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// documentID gives the id of the document that a request names, and where it stands; ""
// when it names none.
func documentID(body map[string]json.RawMessage, extensions map[string]any) (id, by string, refused *Refusal) {
	if raw, given := body["documentId"]; given {
		var text *string
		if decode(raw, &text) != nil {
			return "", "", malformed("documentId must be text")
		}
		if text != nil {
			return *text, byID, nil
		}
	}
	apollo, _ := extensions["persistedQuery"].(map[string]any)
	if sum, ok := apollo["sha256Hash"].(string); ok {
		return sum, byHash, nil
	}
	return "", "", nil
}
