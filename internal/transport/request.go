package transport

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// Refusal is a request that never became an operation.
type Refusal struct {
	Status  int           // 0 means that of a document that validation refuses
	Code    fault.Code    // "" means BAD_INPUT
	Message string        // one sentence; "" where Over has them
	Over    []cost.Excess // limits that it is over, each an error of its own
	Allow   string        // methods for the header Allow; "" sends none
	Wait    time.Duration // until it may be asked again, for the header Retry-After; 0 sends none
	// Challenges are ways to prove who one is, for headers WWW-Authenticate.
	Challenges []string
}

// Header sets what a refusal says in headers.
func (r *Refusal) Header(h http.Header) {
	if r.Allow != "" {
		h.Set("Allow", r.Allow)
	}
	if r.Wait > 0 {
		h.Set("Retry-After", strconv.Itoa(r.seconds()))
	}
	for _, challenge := range r.Challenges {
		h.Add("WWW-Authenticate", challenge)
	}
}

// response is the refusal as an answer without data.
func (r *Refusal) response() *graphql.Response {
	extensions := map[string]any{"code": cmp.Or(r.Code, fault.BadInput)}
	if r.Wait > 0 {
		extensions["retryAfter"] = r.seconds()
	}
	if len(r.Over) == 0 {
		return &graphql.Response{Errors: gqlerror.List{{Message: r.Message, Extensions: extensions}}}
	}
	errs := exceeded(r.Over)
	for _, e := range errs {
		maps.Copy(e.Extensions, extensions)
	}
	return &graphql.Response{Errors: errs}
}

// seconds is how long to wait in whole seconds.
func (r *Refusal) seconds() int { return int((r.Wait + time.Second - 1) / time.Second) }

func malformed(message string) *Refusal {
	return &Refusal{Status: http.StatusBadRequest, Message: message}
}

// read takes the parameters out of a request.
func (h *Handler) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *Refusal) {
	switch r.Method {
	case http.MethodGet:
		return h.readQuery(r)
	case http.MethodPost:
		if refused := jsonContent(r.Header); refused != nil {
			return nil, refused
		}
		return h.readBody(w, r)
	}
	return nil, &Refusal{Status: http.StatusMethodNotAllowed, Allow: "GET, POST",
		Message: "use POST, or GET for a query"}
}

// jsonContent refuses bodies that are no plain JSON in UTF-8.
func jsonContent(header http.Header) *Refusal {
	unsupported := &Refusal{Status: http.StatusUnsupportedMediaType,
		Message: "send the body as Content-Type: application/json in UTF-8, uncompressed"}
	contentType, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || contentType != string(plainJSON) {
		return unsupported
	}
	if charset, given := params["charset"]; given && !strings.EqualFold(charset, "utf-8") {
		return unsupported
	}
	if coding := header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return unsupported
	}
	return nil
}

func (h *Handler) readBody(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *Refusal) {
	buffer := h.buffer()
	defer h.release(buffer)
	limit := h.options.Limits.BodyBytes
	if _, err := buffer.ReadFrom(http.MaxBytesReader(w, r.Body, limit)); err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return nil, h.tooLarge()
		}
		return nil, malformed("the body could not be read to its end")
	}
	if !utf8.Valid(buffer.Bytes()) {
		return nil, malformed("the body is not valid UTF-8")
	}
	body := map[string]json.RawMessage{}
	switch err := decode(buffer.Bytes(), &body); {
	case errors.Is(err, errLonely):
		return nil, malformed("the body names half of a character: \\uD800 to \\uDFFF stand in pairs")
	case err != nil:
		return nil, malformed("the body is not a JSON object with a query")
	}
	return h.parameters(body)
}

func (h *Handler) tooLarge() *Refusal {
	return &Refusal{Status: http.StatusRequestEntityTooLarge, Code: fault.LimitExceeded,
		Message: fmt.Sprintf("the request is larger than %d bytes", h.options.Limits.BodyBytes)}
}

// readQuery reads the parameters of a GET, where maps are JSON texts.
func (h *Handler) readQuery(r *http.Request) (*graphql.RawParams, *Refusal) {
	if int64(len(r.URL.RawQuery)) > h.options.Limits.BodyBytes {
		return nil, h.tooLarge()
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, malformed("the parameters of the address are not URL-encoded")
	}
	if personal(values) {
		return nil,
			malformed("what looks like a person's number must not stand in an address, which is logged and kept: send it in the body of a POST")
	}
	body := map[string]json.RawMessage{}
	for _, key := range []string{"query", "documentId", "operationName", "variables", "extensions"} {
		given := values[key]
		switch {
		case len(given) == 0 || given[0] == "" && key != "query":
			continue
		case len(given) > 1:
			return nil, malformed(key + " stands twice in the address")
		case !utf8.ValidString(given[0]):
			return nil, malformed(key + " is not valid UTF-8")
		case key == "variables" || key == "extensions":
			body[key] = json.RawMessage(given[0])
		default:
			body[key], _ = json.Marshal(given[0]) // a valid string always can
		}
	}
	return h.parameters(body)
}

// personal tells whether the number of a person stands in the parameters of an address,
// escaped as JSON and GraphQL do it or not.
func personal(values url.Values) bool {
	for name, texts := range values {
		if mask.Holds(name) {
			return true
		}
		for _, text := range texts {
			plain := escaped.ReplaceAllStringFunc(text, func(e string) string {
				code, _ := strconv.ParseUint(strings.Trim(e, `\u{}`), 16, 32) // four digits or more, by the pattern
				return string(rune(code))
			})
			if mask.Holds(text) || mask.Holds(plain) {
				return true
			}
		}
	}
	return false
}

var escaped = regexp.MustCompile(`\\u([0-9A-Fa-f]{4}|\{[0-9A-Fa-f]{1,8}\})`)

// parameters checks the types of the parameters and finds the document that is named
// instead of sent. Other parameters are ignored, as the specification wants for its future.
func (h *Handler) parameters(body map[string]json.RawMessage) (*graphql.RawParams, *Refusal) {
	p := &graphql.RawParams{}
	var query *string
	if raw, given := body["query"]; given && decode(raw, &query) != nil {
		return nil, malformed("query must be text")
	}
	if query != nil {
		p.Query = *query
	}
	if raw, given := body["operationName"]; given && decode(raw, &p.OperationName) != nil {
		return nil, malformed("operationName must be text or null")
	}
	if raw, given := body["variables"]; given && decode(raw, &p.Variables) != nil {
		return nil, malformed("variables must be a map or null")
	}
	if raw, given := body["extensions"]; given && decode(raw, &p.Extensions) != nil {
		return nil, malformed("extensions must be a map or null")
	}
	if refused := h.options.Persisted.find(body, p); refused != nil {
		return nil, refused
	}
	for key, value := range p.Variables {
		p.Variables[key] = numbers(value)
	}
	return p, nil
}

// errLonely is the error of a JSON text that names half of a character.
var errLonely = errors.New("half of a surrogate pair")

// decode reads one JSON text and nothing behind it.
func decode(data []byte, into any) error {
	if surrogate.Match(data) && isLonely(data) {
		return errLonely
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("more than one JSON text")
	}
	return nil
}

// numbers replaces the decoder's numbers by int64 where exact, else float64: gqlparser
// would let a json.Number pass for a String.
func numbers(value any) any {
	switch value := value.(type) {
	case json.Number:
		if i, err := value.Int64(); err == nil {
			return i
		}
		f, _ := value.Float64() // out of range gives an infinity, which no type accepts
		return f
	case []any:
		for i := range value {
			value[i] = numbers(value[i])
		}
	case map[string]any:
		for key := range value {
			value[key] = numbers(value[key])
		}
	}
	return value
}

// operation tells which kind of operation the request wants to run, also when validation
// refused the document, which then is parsed once more; "" when it cannot be told.
func operation(params *graphql.RawParams, op *graphql.OperationContext, tokens int) ast.Operation {
	if op.Operation != nil {
		return op.Operation.Operation
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, tokens)
	if err != nil {
		return ""
	}
	if wanted := document.Operations.ForName(params.OperationName); wanted != nil {
		return wanted.Operation
	}
	return ""
}
