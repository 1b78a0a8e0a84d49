package model

// Personal is one field of the graph that holds personal data.
type Personal struct {
	Type, Field string
	Kind        PersonalKind
}

// Name is the field with its type, "LegalAidApplicant.name".
func (p Personal) Name() string { return p.Type + "." + p.Field }

// PersonalKind is a kind of personal data (Personal Information Protection Law Arts. 4, 28).
type PersonalKind string

// The kinds. Names, numbers, phones and addresses are masked for whoever may not see them whole;
// of texts and of what is sensitive a mask would show too much.
const (
	PersonalName      PersonalKind = "NAME"
	PersonalNumber    PersonalKind = "NUMBER"
	PersonalPhone     PersonalKind = "PHONE"
	PersonalAddress   PersonalKind = "ADDRESS"
	PersonalText      PersonalKind = "TEXT"
	PersonalSensitive PersonalKind = "SENSITIVE"
)

// IsMasked tells whether data of the kind are shown masked; others are shown or are not there.
func (k PersonalKind) IsMasked() bool { return k != PersonalText && k != PersonalSensitive }
