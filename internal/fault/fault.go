// Package fault is the one error type that reaches a client: a code for programs, a
// sentence for people. The cause stays in the log.
package fault

import (
	"errors"
	"fmt"
)

// Code is stable: clients switch on it.
type Code string

// The codes.
const (
	BadInput          Code = "BAD_INPUT"          // an argument is wrong; the message names it and the allowed range
	SourceUnavailable Code = "SOURCE_UNAVAILABLE" // a legacy system cannot be reached
	SourceTimeout     Code = "SOURCE_TIMEOUT"     // a legacy system did not answer in time
	SourceError       Code = "SOURCE_ERROR"       // a legacy system answered with an error of its own
	LimitExceeded     Code = "LIMIT_EXCEEDED"     // the answer or the question is too large
	Overloaded        Code = "OVERLOADED"         // too much was asked at once; the same question may be answered later
	Forbidden         Code = "FORBIDDEN"          // the deployment does not allow it
	AuditUnavailable  Code = "AUDIT_UNAVAILABLE"  // what must be recorded cannot be
	Internal          Code = "INTERNAL"           // a defect; only the request id is told
	Unauthenticated   Code = "UNAUTHENTICATED"    // who asks must say who they are

	DocumentNotFound Code = "PERSISTED_QUERY_NOT_FOUND" // a hash that names no document, to be sent with its text
)

// Error is what a client may know of a failure.
type Error struct {
	Code     Code
	System   string // GraphQL System value, "" when no system is involved
	Argument string // argument or input field at fault, "" when none is
	Message  string // one sentence
	// RetryAfter is in how many seconds it is worth asking again; 0 where nobody knows.
	RetryAfter int
	cause      error
}

// Error gives the sentence, without the cause.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause for logs; nil when there is none.
func (e *Error) Unwrap() error { return e.cause }

// IsOfSource tells whether a legacy system is at fault, so that what the others say can be
// served without it.
func (c Code) IsOfSource() bool {
	return c == SourceUnavailable || c == SourceTimeout || c == SourceError
}

// Input is a BAD_INPUT error about one argument.
func Input(argument, format string, args ...any) *Error {
	return &Error{Code: BadInput, Argument: argument, Message: argument + ": " + fmt.Sprintf(format, args...)}
}

// Probe refuses a text condition by which a person's number could be asked for piece by piece. It names
// no field: some are not in the caller's schema.
func Probe(argument string) *Error {
	return Input(argument, "looks like a part of a person's number, which texts are not searched for; "+
		"who may ask for a person does it by the whole number, and for a file by the number of the file")
}

// Limit is a LIMIT_EXCEEDED error about one argument; system is "" when none is involved.
func Limit(system, argument, format string, args ...any) *Error {
	return &Error{Code: LimitExceeded, System: system, Argument: argument,
		Message: argument + ": " + fmt.Sprintf(format, args...)}
}

// Source is an error of a legacy system; cause goes to the log only.
func Source(code Code, system, message string, cause error) *Error {
	return &Error{Code: code, System: system, Message: message, cause: cause}
}

// All lists the faults that errors.Join put together in err, in their order; a single
// fault is a list of one. It is nil when err holds none.
func All(err error) []*Error {
	switch e := err.(type) {
	case nil:
		return nil
	case *Error:
		return []*Error{e}
	case interface{ Unwrap() []error }:
		var all []*Error
		for _, part := range e.Unwrap() {
			all = append(all, All(part)...)
		}
		return all
	}
	return All(errors.Unwrap(err))
}

// Of finds the fault in err's chain; nil when err holds none.
func Of(err error) *Error {
	if f, ok := errors.AsType[*Error](err); ok {
		return f
	}
	return nil
}
