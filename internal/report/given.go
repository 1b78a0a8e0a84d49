package report

import (
	"encoding/json"
	"fmt"
	"strings"
)

// FromJSON reads a JSON object as a form: {"from": "2023-01-01", "filter": {"status":
// "CLOSED"}} is from and filter.status. null is not given; a list that holds objects is
// one JSON text.
func FromJSON(body []byte) (Given, error) {
	var object map[string]any
	if err := unmarshal(string(body), &object); err != nil || object == nil {
		return nil, fmt.Errorf("the body is no JSON object of parameters")
	}
	given := Given{}
	given.add("", object)
	return given, nil
}

func (g Given) add(place string, value any) {
	switch value := value.(type) {
	case nil:
	case map[string]any:
		for name, inside := range value {
			if place != "" {
				name = place + "." + name
			}
			g.add(name, inside)
		}
	case []any:
		for _, item := range value {
			switch item.(type) {
			case map[string]any, []any:
				text, _ := json.Marshal(value) // it came from JSON
				g[place] = append(g[place], string(text))
				return
			}
		}
		for _, item := range value {
			g.add(place, item)
		}
	case string:
		g[place] = append(g[place], value)
	default: // a number or a flag
		g[place] = append(g[place], fmt.Sprint(value))
	}
}

// unmarshal reads one JSON text and nothing behind it, with numbers as they are written.
func unmarshal(text string, into any) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if decoder.More() {
		return fmt.Errorf("more than one JSON text")
	}
	return nil
}
