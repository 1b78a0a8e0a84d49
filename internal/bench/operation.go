// Package bench holds the operations that the gateway's speed is judged by, and what
// measures them: the gateway and a server written by hand (package reference) answer the
// same questions from the same real MariaDB, with the same bytes, in interleaved rounds.
// The command is internal/bench/cmd/compare; docs/performance.md has the figures.
package bench

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

//go:embed operations/*.graphql
var files embed.FS

// Operation is one question that both servers answer.
type Operation struct {
	Name  string // of the file and of the reference server's path: "cases"
	Query string // for the gateway
	// Variables are the values the question is asked with, in turn; at least one.
	Variables []Variables
}

// Variables are the GraphQL variables of one request; on the reference server they are
// the parameters of the address.
type Variables map[string]string

// Operations lists the operations. numbers are those of legal aid cases that exist.
func Operations(numbers []string) ([]Operation, error) {
	var record []Variables
	for _, n := range numbers {
		record = append(record, Variables{"number": n})
	}
	operations := []Operation{
		{Name: "record", Variables: record},
		{Name: "cases",
			Variables: []Variables{{"before": "2024-01-01"}, {"before": "2023-10-01"}, {"before": "2023-07-01"}}},
		{Name: "towns", Variables: []Variables{{}}},
		{Name: "flat", Variables: []Variables{{}}},
		{Name: "statistics", Variables: []Variables{{"from": "2023-01-01", "before": "2024-01-01"},
			{"from": "2022-07-01", "before": "2023-07-01"}}},
	}
	for i := range operations {
		text, err := files.ReadFile("operations/" + operations[i].Name + ".graphql")
		if err != nil {
			return nil, fmt.Errorf("bench: %w", err)
		}
		operations[i].Query = string(text)
	}
	return operations, nil
}

// GatewayRequests are the operation's requests to the gateway, as they go over the wire.
func (o Operation) GatewayRequests() ([][]byte, error) {
	var requests [][]byte
	for _, v := range o.Variables {
		body, err := json.Marshal(map[string]any{"query": o.Query, "variables": v})
		if err != nil {
			return nil, fmt.Errorf("bench: %w", err)
		}
		requests = append(requests,
			fmt.Appendf(nil,
				"POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body))
	}
	return requests, nil
}

// ReferenceRequests are the same questions to the reference server.
func (o Operation) ReferenceRequests() [][]byte {
	var requests [][]byte
	for _, v := range o.Variables {
		values := url.Values{}
		for name, value := range v {
			values.Set(name, value)
		}
		requests = append(requests, []byte("GET "+strings.TrimSuffix("/"+o.Name+"?"+values.Encode(),
			"?")+" HTTP/1.1\r\nHost: reference\r\n\r\n"))
	}
	return requests
}
