package faults

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/playground"
)

// operation is what clients ask, and what it truly answers.
type operation struct {
	name string
	body []byte // of the request
	truth
}

// asksForStates finds operations that tell how the systems are, which a fault changes.
var asksForStates = regexp.MustCompile(`\bsystems\s*\{`)

// learn asks for the truth of every operation, several times: the first answers also read code
// tables, and what differs between two others, or has errors, is no operation for judging; what
// takes too long by itself would be all that the load consists of.
func (s *Site) learn(ctx context.Context, golden fs.FS) error {
	all, err := written(golden)
	if err != nil {
		return err
	}
	for _, o := range all {
		var last answer
		isSteady, least := true, s.Heaviest
		for turn := range 3 {
			begun := time.Now()
			a, err := s.ask(ctx, o.body)
			least = min(least, time.Since(begun))
			if err != nil {
				return fmt.Errorf("%s: %w", o.name, err)
			}
			isSteady = isSteady && len(a.Errors) == 0 && (turn < 2 || bytes.Equal(a.Data, last.Data))
			last = a
		}
		if !isSteady || least >= s.Heaviest {
			continue
		}
		if o.truth, err = newTruth(last.Data); err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
		asked := make([]string, len(last.Extensions.Sources))
		for i, source := range last.Extensions.Sources {
			asked[i] = source.System
		}
		switch {
		case slices.Contains(asked, string(Faulty)):
			s.touching = append(s.touching, o)
		case len(asked) > 0:
			s.healthy = append(s.healthy, o)
		}
	}
	if len(s.touching) < 10 || len(s.healthy) < 10 {
		return fmt.Errorf("faults: of %d operations %d ask the system that is to fail, and %d others: too few", len(all),
			len(s.touching), len(s.healthy))
	}
	return nil
}

// written are the operations that ship as saved queries and those of golden answers, as requests.
func written(golden fs.FS) (all []operation, err error) {
	saved, err := library.Read(playground.Queries())
	if err != nil {
		return nil, err
	}
	add := func(name, query string, variables map[string]any) error {
		if asksForStates.MatchString(query) {
			return nil
		}
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		all = append(all, operation{name: name, body: body})
		return err
	}
	for _, o := range saved {
		variables := map[string]any{}
		for _, v := range o.Variables {
			if v.Default != nil {
				variables[v.Name] = v.Default
			}
		}
		if err := add(o.Name, o.Query, variables); err != nil {
			return nil, err
		}
	}
	files, err := fs.Glob(golden, "*.graphql")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		query, err := fs.ReadFile(golden, file)
		if err != nil {
			return nil, err
		}
		if err := add(strings.TrimSuffix(file, ".graphql"), string(query), nil); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ask sends a request to the site's gateway.
func (s *Site) ask(ctx context.Context, body []byte) (answer, error) {
	return s.askOf(ctx, s.gateway.URL(), body)
}

// askOf sends a request and reads the answer. The error is that of HTTP: there is no answer.
func (s *Site) askOf(ctx context.Context, url string, body []byte) (a answer, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := s.client.Do(r)
	if err != nil {
		return a, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(text, &a); err != nil {
		return a, fmt.Errorf("%s: %w in %.200s", response.Status, err, text)
	}
	return a, nil
}
