package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// answer is what a client gets.
type answer struct {
	Data       json.RawMessage
	Errors     []problem
	Extensions struct {
		Sources []struct{ System string }
	}
}

type problem struct {
	Message    string
	Path       []any
	Extensions struct{ Code, System string }
}

// truth is what an operation answers while nothing is wrong.
type truth struct {
	data json.RawMessage
	tree any
}

func newTruth(data json.RawMessage) (truth, error) {
	t := truth{data: slices.Clone(data)}
	var err error
	t.tree, err = tree(data)
	return t, err
}

func tree(data []byte) (value any, err error) {
	if len(data) == 0 {
		return nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return value, d.Decode(&value)
}

// verdict is what an answer is worth beside the truth.
type verdict struct {
	isWhole bool
	wrong   string // where a value differs, with both; "" nowhere
	silent  string // where a value is missing that nothing tells of; "" nowhere
}

// judge compares an answer with the truth. Values of one system may be missing where an error of
// that system covers their path, or where the answer itself names the system as missing: a null,
// and an element of a list, but never another value.
func judge(t truth, a answer, system string) (v verdict) {
	if len(a.Errors) == 0 && bytes.Equal(t.data, a.Data) {
		return verdict{isWhole: true}
	}
	got, err := tree(a.Data)
	if err != nil {
		return verdict{wrong: err.Error()}
	}
	j := judging{system: system}
	if got == nil {
		if t.tree != nil && len(a.Errors) == 0 {
			v.silent = "data"
		}
		return v
	}
	for _, e := range a.Errors {
		if e.Extensions.System == system || e.Extensions.System == "" {
			j.told = append(j.told, e.Path)
		}
	}
	j.compare(t.tree, got, nil)
	return verdict{isWhole: len(a.Errors) == 0 && !j.isPartial && j.wrong == "" && j.silent == "",
		wrong: j.wrong, silent: j.silent}
}

type judging struct {
	system        string
	told          [][]any // paths of errors
	isPartial     bool    // an object says that a system is missing from it
	wrong, silent string
}

func (j *judging) compare(want, got any, path []any) {
	if got == nil {
		if want != nil && !j.isTold(path, true) {
			j.silent = fmt.Sprint(path)
		}
		return
	}
	switch want := want.(type) {
	case map[string]any:
		object, is := got.(map[string]any)
		if !is || len(object) != len(want) {
			j.differ(want, got, path)
			return
		}
		if missing, _ := object["missingSystems"].([]any); len(missing) > 0 {
			if len(missing) != 1 || missing[0] != j.system {
				j.differ(want["missingSystems"], missing, path)
			}
			j.isPartial = true // what is left of a page that others fill is not judged
			return
		}
		for name := range want {
			value, has := object[name]
			if !has {
				j.differ(want, got, path)
				return
			}
			j.compare(want[name], value, append(path, name))
		}
	case []any:
		list, is := got.([]any)
		switch {
		case is && len(list) == len(want):
			for i := range want {
				j.compare(want[i], list[i], append(path, i))
			}
		case !is || len(list) > len(want) || !j.isTold(path, false):
			j.differ(want, got, path)
		default: // a list of all systems, of which an error says that one is missing
			j.isPartial = true
			for _, element := range want {
				if len(list) > 0 && reflect.DeepEqual(element, list[0]) {
					list = list[1:]
				}
			}
			if len(list) > 0 {
				j.differ(want, list[0], path)
			}
		}
	default:
		if want != got {
			j.differ(want, got, path)
		}
	}
}

// isTold tells whether an error accounts for what is missing at the path: it is of that place, of
// one above it that was answered as far as it could be, or, for a null, of one below it that could
// not be null.
func (j *judging) isTold(path []any, isNull bool) bool {
	return slices.ContainsFunc(j.told, func(of []any) bool {
		if len(of) == 0 || len(of) > len(path) && !isNull {
			return false
		}
		for i := range min(len(of), len(path)) {
			if fmt.Sprint(path[i]) != fmt.Sprint(of[i]) {
				return false
			}
		}
		return true
	})
}

func (j *judging) differ(want, got any, path []any) {
	j.wrong = fmt.Sprintf("%v is %s, and in truth %s", path, beginning(got), beginning(want))
}

func beginning(value any) string { return fmt.Sprintf("%.100s", fmt.Sprint(value)) }
