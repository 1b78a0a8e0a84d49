package export

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/mask"
	"github.com/bureaugraph/bureaugraph/internal/report"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// problem is why there is no file (RFC 9457).
type problem struct {
	Title   string     `json:"title"` // of the code
	Status  int        `json:"status"`
	Detail  string     `json:"detail"` // the first sentence, and how many there are
	Code    fault.Code `json:"code"`
	Request string     `json:"request,omitempty"` // the request's id
	Errors  []detail   `json:"errors"`

	refusal transport.Refusal // for headers
}

// detail is one error of a problem.
type detail struct {
	Code      fault.Code `json:"code"`
	System    string     `json:"system,omitempty"`
	Parameter string     `json:"parameter,omitempty"`
	Path      string     `json:"path,omitempty"` // of the field in the answer
	Message   string     `json:"message"`
}

// Error makes a problem the error that it is.
func (p *problem) Error() string { return p.Detail }

// codes are the codes of errors, worst first, with their status and title.
var codes = []struct {
	code   fault.Code
	status int
	title  string
}{
	{fault.Internal, http.StatusInternalServerError, "Internal error · 内部错误"},
	{fault.Unauthenticated, http.StatusUnauthorized, "Not signed in · 未认证"},
	{fault.Forbidden, http.StatusForbidden, "Not allowed · 不允许"},
	{fault.BadInput, http.StatusBadRequest, "The request is wrong · 请求有误"},
	{fault.AuditUnavailable, http.StatusServiceUnavailable, "The audit cannot be written · 审计无法写入"},
	{fault.LimitExceeded, http.StatusUnprocessableEntity, "Too much was asked for · 超出限制"},
	{fault.Overloaded, http.StatusServiceUnavailable, "Too much is asked at once · 请求过多"},
	{fault.SourceError, http.StatusBadGateway, "A system answered with an error · 业务系统出错"},
	{fault.SourceUnavailable, http.StatusServiceUnavailable, "A system cannot be reached · 业务系统不可用"},
	{fault.SourceTimeout, http.StatusGatewayTimeout, "A system did not answer in time · 业务系统超时"},
}

// problemOf makes a problem of one sentence.
func problemOf(code fault.Code, message string) *problem {
	return problemWith([]detail{{Code: code, Message: message}})
}

// problemWith makes a problem of its errors: the worst decides the status.
func problemWith(errors []detail) *problem {
	p := &problem{Errors: errors, Code: fault.Internal, Status: http.StatusInternalServerError}
	for _, known := range codes {
		at := slices.IndexFunc(errors, func(d detail) bool { return d.Code == known.code })
		if at >= 0 {
			p.Code, p.Status, p.Title, p.Detail = known.code, known.status, known.title, errors[at].Message
			break
		}
	}
	return p
}

// findings makes a problem of what is wrong with a request.
func findings(list ...report.Finding) *problem {
	var errors []detail
	for _, f := range list {
		errors = append(errors, detail{Code: fault.BadInput, Parameter: f.Parameter, Message: f.Message})
	}
	return problemWith(errors)
}

// details takes over the errors of an answer.
func details(errs gqlerror.List) []detail {
	var list []detail
	for _, e := range errs {
		d := detail{Code: fault.Internal, Path: e.Path.String(), Message: e.Message}
		if code, ok := e.Extensions["code"].(fault.Code); ok {
			d.Code = code
		}
		d.System, _ = e.Extensions["system"].(string)
		list = append(list, d)
	}
	return list
}

// refusal makes a problem of a request that was refused before it became a job.
func refusal(because *transport.Refusal) *problem {
	p := problemOf(cmp.Or(because.Code, fault.BadInput), because.Message)
	p.Status, p.refusal = cmp.Or(because.Status, p.Status), *because
	return p
}

// Refuse answers a request that is not to reach the reports.
func (e *Exporter) Refuse(w http.ResponseWriter, r *http.Request, because *transport.Refusal) {
	prepare(w, r)
	e.refuse(w, r, refusal(because))
}

// refuse sends a problem.
func (e *Exporter) refuse(w http.ResponseWriter, r *http.Request, p *problem) {
	if p.Status == transport.StatusGone {
		w.WriteHeader(transport.StatusGone)
		return
	}
	p.Request = requestID(r.Context())
	if trace := transport.TraceOf(r.Context()); trace != nil {
		trace.Codes = []string{string(p.Code)}
	}
	header := w.Header()
	for _, of := range []string{"Content-Disposition", "Content-Length", "Report-Rows", "Report-Partial", "Report-Cut",
		"Report-Repeats"} {
		header.Del(of)
	}
	p.refusal.Header(header)
	p.Detail = mask.Text(p.Detail)
	for i := range p.Errors {
		p.Errors[i].Message = mask.Text(p.Errors[i].Message)
	}
	header.Set("Content-Type", "application/problem+json; charset=utf-8")
	w.WriteHeader(p.Status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(p) // fails when the client has left
}
