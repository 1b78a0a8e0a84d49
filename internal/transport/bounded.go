package transport

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// Bounds of the errors of one answer. Of what a client must mend before anything runs some are enough;
// what failed on the way is told field by field, so that no null is silent, up to where it only repeats itself.
const (
	mostErrors   = 20    // of a request that did not run
	mostFailures = 1000  // of fields
	longestEcho  = 64    // characters of one name or value that is repeated in a message
	longestRead  = 8_192 // bytes of a message that are looked at
	longestTold  = 2000  // characters of one message
)

// bounded words errors for the client: without what looks like somebody's, no longer than needed, and
// no more than help. What is left out is said.
func bounded(list gqlerror.List) gqlerror.List {
	var mine, others int
	kept := list[:0:0]
	more := map[fault.Code]int{}
	for _, e := range list {
		code, _ := e.Extensions["code"].(fault.Code)
		count, most := &others, mostFailures
		switch code {
		case fault.BadInput, fault.LimitExceeded, fault.Forbidden:
			if len(e.Path) == 0 {
				count, most = &mine, mostErrors
			}
		}
		if *count++; *count > most {
			more[code]++
			continue
		}
		e.Message = short(e.Message)
		kept = append(kept, e)
	}
	for _, code := range []fault.Code{fault.BadInput, fault.LimitExceeded, fault.Forbidden, fault.SourceUnavailable,
		fault.SourceTimeout, fault.SourceError, fault.Overloaded, fault.Internal} {
		if n := more[code]; n > 0 {
			kept = append(kept, &gqlerror.Error{Message: fmt.Sprintf(
				"at least %d more errors like these are not told here. 另有至少 %[1]d 个同类错误未列出。", n),
				Extensions: map[string]any{"code": code, "more": n}})
		}
	}
	return kept
}

var longQuote = regexp.MustCompile(`"[^"]{` + strconv.Itoa(longestEcho+1) + `,}"`)

// short cuts what a message repeats of a request, and says so.
func short(message string) string {
	if len(message) > longestRead {
		message = message[:longestRead]
		for !utf8.ValidString(message) && message != "" { // within a character
			message = message[:len(message)-1]
		}
		message += "…"
	}
	message = mask.Text(message) // an argument that is repeated in it
	message = longQuote.ReplaceAllStringFunc(message, func(quoted string) string {
		return `"` + first(quoted[1:], longestEcho/2) + `… (cut)"`
	})
	if utf8.RuneCountInString(message) > longestTold {
		message = first(message, longestTold) + "… (cut)"
	}
	return message
}

// first gives so many characters of the beginning.
func first(text string, n int) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}

// Introspection says who may ask for the schema.
type Introspection int

// Who may. The zero value is everybody.
const (
	ForAll      Introspection = iota
	ForSignedIn               // who has said who they are
	ForNobody
)

// ShowsSchema refuses to show the schema to who must not see it; nil shows it.
func (h *Handler) ShowsSchema(ctx context.Context) *Refusal {
	switch in := h.options.Introspection; {
	case in == ForNobody, in == ForSignedIn && access.PrincipalOf(ctx) == nil:
		return &Refusal{Status: http.StatusForbidden, Code: fault.Forbidden,
			Message: "this gateway does not show its schema to you; its operators have the text. 本网关不对您开放数据结构查询，请向管理员索取。"}
	}
	return nil
}

// hints tells whether who asks is told what is near to a wrong name.
func (h *Handler) hints(ctx context.Context) bool {
	return h.ShowsSchema(ctx) == nil && (!h.options.Asked || access.PrincipalOf(ctx) != nil)
}
