package access

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// Disclosure says which personal fields one request may see whole, and keeps which it saw whole
// and which masked. It is safe for concurrent use. nil shows nothing whole and keeps nothing.
type Disclosure struct {
	may func(field string) bool // nil for no field

	mu    sync.Mutex
	whole map[string]bool // by field, whether it was shown whole
}

// Disclose makes the disclosure of a request: may tells which fields it may see whole, by their
// type, "LegalAidApplicant.name"; nil is none.
func Disclose(may func(field string) bool) *Disclosure {
	return &Disclosure{may: may, whole: map[string]bool{}}
}

// Shows tells whether a field is shown whole, and keeps that it is shown.
func (d *Disclosure) Shows(field string) bool {
	if d == nil {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	whole, known := d.whole[field]
	if !known {
		whole = d.may != nil && d.may(field)
		d.whole[field] = whole
	}
	return whole
}

// Fields gives the fields that were shown, masked and whole, in text order.
func (d *Disclosure) Fields() (masked, whole []string) {
	if d == nil {
		return nil, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, field := range slices.Sorted(maps.Keys(d.whole)) {
		if d.whole[field] {
			whole = append(whole, field)
		} else {
			masked = append(masked, field)
		}
	}
	return masked, whole
}

type disclosureKey struct{}

// WithDisclosure puts a request's disclosure into its context.
func WithDisclosure(ctx context.Context, d *Disclosure) context.Context {
	return context.WithValue(ctx, disclosureKey{}, d)
}

// DisclosureOf gives the request's disclosure; nil where there is none.
func DisclosureOf(ctx context.Context) *Disclosure {
	d, _ := ctx.Value(disclosureKey{}).(*Disclosure)
	return d
}
