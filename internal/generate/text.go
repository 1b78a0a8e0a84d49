package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// sortedKeys are the keys of a map in order, so that the same input gives the same code.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// quotedList writes texts as the elements of a Go list.
func quotedList(list []string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = strconv.Quote(text)
	}
	return strings.Join(quoted, ", ")
}

// first is the first of a list, or nothing.
func first[T any](list []T) (none T) {
	if len(list) > 0 {
		return list[0]
	}
	return none
}
