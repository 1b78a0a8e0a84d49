package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// FromJSON reads a JSON object as a form: {"from": "2023-01-01", "filter": {"status":
// "CLOSED"}} is from and filter.status. null is not given; a list that holds objects is
// one JSON text. Bytes that are no UTF-8 stay in the texts they stand in (see
// Undecodable); where they leave no JSON, the body is what is wrong.
func FromJSON(body []byte) (Given, error) {
	valid := utf8.Valid(body)
	if !valid {
		body = bytes.ToValidUTF8(body, []byte(undecodable)) // the decoder would make U+FFFD of them
	}
	var object map[string]any
	if err := unmarshal(string(body), &object); err != nil || object == nil {
		if !valid {
			return nil, fmt.Errorf("the body is not valid UTF-8")
		}
		return nil, fmt.Errorf("the body is no JSON object of parameters")
	}
	given := Given{}
	given.add("", object)
	if valid {
		return given, nil
	}
	broken := Given{}
	for name, texts := range given {
		for _, text := range texts {
			name := strings.ReplaceAll(name, undecodable, "\xff")
			broken[name] = append(broken[name], strings.ReplaceAll(text, undecodable, "\xff"))
		}
	}
	return broken, nil
}

// undecodable stands for bytes that are no UTF-8 while JSON is read: a noncharacter,
// which Unicode keeps for use inside a program.
const undecodable = "\ufdd0"

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
