package cell

// Canonical gives the texts by which filters name a decoded value: one, or those of the
// items of a list; none for no value, and for one that is compared by its size.
func Canonical(value any) []string {
	if items, ok := value.([]string); ok {
		return items
	}
	if text := canonicalText(value); text != "" {
		return []string{text}
	}
	return nil
}
