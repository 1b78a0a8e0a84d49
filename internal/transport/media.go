package transport

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// media is a media type an answer can have.
type media string

const (
	responseJSON media = "application/graphql-response+json"
	plainJSON    media = "application/json" // the type of old, and of clients that name none
)

// rejected is the status of a document that was not run: its parsing, validation or
// coercion of variables failed. A client of application/json cannot tell a proxy's
// answer from ours, so it reads the body only with 200.
func (m media) rejected() int {
	if m == responseJSON {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// negotiate chooses by the lines of Accept (RFC 9110, 12.5.1); ok is false when none of
// our types is acceptable. A wildcard or no Accept at all gives application/json; of two
// named types that are equally welcome the newer is chosen.
func negotiate(accept []string) (chosen media, ok bool) {
	ranges := strings.Join(accept, ",")
	if strings.TrimSpace(ranges) == "" {
		return plainJSON, true
	}
	modern, modernNamed := weight(ranges, string(responseJSON))
	old, oldNamed := weight(ranges, string(plainJSON))
	switch {
	case modern <= 0 && old <= 0:
		return "", false
	case modern > old, modern == old && modernNamed >= oldNamed && modernNamed == exact:
		return responseJSON, true
	}
	return plainJSON, true
}

// Prefers gives the first of the media types that the lines of Accept prefer to those of
// this transport: named as it is, not by a wildcard, and more welcome than JSON, or as
// welcome and JSON is not named. "" is none of them.
func Prefers(accept []string, types ...string) string {
	ranges := strings.Join(accept, ",")
	best, named := 0.0, unnamed
	for _, own := range []media{responseJSON, plainJSON} {
		if q, how := weight(ranges, string(own)); q > best || q == best && how > named {
			best, named = q, how
		}
	}
	for _, other := range types {
		q, how := weight(ranges, other)
		if how == exact && q > 0 && (q > best || q == best && named != exact) {
			return other
		}
	}
	return ""
}

// How a range of Accept names a type: the more specific range decides.
const (
	unnamed  = iota
	anything // */*
	subtypes // application/*
	exact
)

// weight gives the q-value of a media type in Accept and how it is named there; unnamed
// is 0.
func weight(ranges, mediaType string) (q float64, named int) {
	for item := range strings.SplitSeq(ranges, ",") {
		given, params, err := mime.ParseMediaType(item)
		if err != nil {
			continue
		}
		specific := unnamed
		switch major, _, _ := strings.Cut(mediaType, "/"); given {
		case mediaType:
			specific = exact
		case major + "/*":
			specific = subtypes
		case "*/*":
			specific = anything
		}
		if charset, given := params["charset"]; given && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		if specific > named {
			q, named = quality(params["q"]), specific
		}
	}
	return q, named
}

// quality reads a q-value; 1 when there is none, 0 when it is none.
func quality(text string) float64 {
	if text == "" {
		return 1
	}
	q, err := strconv.ParseFloat(text, 64)
	if err != nil || q < 0 || q > 1 {
		return 0
	}
	return q
}
