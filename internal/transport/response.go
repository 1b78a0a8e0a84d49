package transport

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// largestKept is the capacity up to which a buffer is kept for the next answer.
const largestKept = 1 << 20

func (h *Handler) buffer() *bytes.Buffer {
	b := h.buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

func (h *Handler) release(b *bytes.Buffer) {
	if b.Cap() <= largestKept {
		h.buffers.Put(b)
	}
}

// refuse answers a request that never became an operation.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, m media, because *Refusal) {
	because.Header(w.Header())
	h.answer(w, r, cmp.Or(because.Status, m.rejected()), m, because.response())
}

// answer sends a response. Data that is nil has no entry: execution never began.
func (h *Handler) answer(w http.ResponseWriter, r *http.Request, status int, m media, response *graphql.Response) {
	sortErrors(response.Errors)
	response.Errors = bounded(response.Errors)
	if trace := TraceOf(r.Context()); trace != nil {
		trace.Codes = codes(response.Errors)
	}
	body := h.buffer()
	defer h.release(body)
	if err := envelope(body, response); err != nil {
		h.options.Logger.ErrorContext(r.Context(), "answer not written", "request", requestID(r.Context()), "cause",
			scrub(err.Error()))
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", string(m)+"; charset=utf-8")
	header.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // fails when the client has left
}

// envelope writes the response map. The data are copied as they are: they have been
// written as JSON once.
func envelope(b *bytes.Buffer, response *graphql.Response) error {
	b.WriteByte('{')
	if len(response.Errors) > 0 {
		b.WriteString(`"errors":`)
		if err := encode(b, response.Errors); err != nil {
			return err
		}
	}
	if response.Data != nil {
		comma(b)
		b.WriteString(`"data":`)
		b.Write(response.Data)
	}
	if len(response.Extensions) > 0 {
		comma(b)
		b.WriteString(`"extensions":`)
		if err := encode(b, response.Extensions); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func comma(b *bytes.Buffer) {
	if b.Len() > 1 {
		b.WriteByte(',')
	}
}

func encode(b *bytes.Buffer, value any) error {
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the encoder's line end
	return nil
}

// sortErrors brings errors into the order of their paths: siblings run concurrently, and
// the same question shall have the same answer. Errors without a path keep their order.
func sortErrors(list gqlerror.List) {
	slices.SortStableFunc(list, func(a, b *gqlerror.Error) int {
		return slices.CompareFunc(a.Path, b.Path, func(a, b ast.PathElement) int {
			if a, ok := a.(ast.PathIndex); ok {
				if b, ok := b.(ast.PathIndex); ok {
					return int(a) - int(b)
				}
			}
			return strings.Compare(element(a), element(b))
		})
	})
}

func element(e ast.PathElement) string {
	switch e := e.(type) {
	case ast.PathName:
		return string(e)
	case ast.PathIndex:
		return strconv.Itoa(int(e))
	}
	return ""
}

// codes lists the codes of the errors, each once.
func codes(list gqlerror.List) []string {
	var all []string
	for _, e := range list {
		code, _ := e.Extensions["code"].(fault.Code)
		if !slices.Contains(all, string(code)) {
			all = append(all, string(code))
		}
	}
	return all
}
