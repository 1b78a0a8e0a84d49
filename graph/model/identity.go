package model

// Persons and organisations are virtual: no system owns them. They are what rows of
// several systems share by a valid identifier.

// Person is a natural person, known by resident identity number.
type Person struct {
	Number  ResidentNumber // 18 characters, valid
	IsMinor bool           // under 18 on the day of asking
	NodeID  string         // does not reveal the number
}

// IsNode marks the type as a GraphQL Node.
func (*Person) IsNode() {}

// ID is the Node id.
func (p *Person) ID() string { return p.NodeID }

// Key is what rows refer to the person by: the number.
func (p *Person) Key() string { return string(p.Number) }

// ResidentID is the number as it may be shown.
func (p *Person) ResidentID() ResidentNumber {
	if p.IsMinor {
		return p.Number.Hidden()
	}
	return p.Number
}

// BirthYear is nil: the number is masked. Area, sequence and check digit are shown, so that
// the year of birth would leave some thirty numbers of which one is right.
func (p *Person) BirthYear() *int { return nil }

// Sex is that of the number: the third digit of its sequence is odd for men.
func (p *Person) Sex() Sex {
	if (p.Number[16]-'0')%2 == 1 {
		return SexMale
	}
	return SexFemale
}

// Organization is a legal person or other organisation, known by organisation code.
type Organization struct {
	OrganizationCode string  // nine characters, valid
	KnownCode        *string // its unified social credit code; nil when the row at hand has the old code
}

// IsNode marks the type as a GraphQL Node.
func (*Organization) IsNode() {}

// ID is the Node id.
func (o *Organization) ID() string { return EncodeID("Organization", o.OrganizationCode) }

// Code is the longest code known without asking.
func (o *Organization) Code() string {
	if o.KnownCode != nil {
		return *o.KnownCode
	}
	return o.OrganizationCode
}

// OrganizationOf gives the organisation of a valid code of 18 or 9 characters, as the
// codecs of cells and NormalizeCreditCode give them; nil for nil.
func OrganizationOf(code *string) *Organization {
	switch {
	case code == nil:
		return nil
	case len(*code) == 18:
		return &Organization{OrganizationCode: (*code)[8:17], KnownCode: code}
	}
	return &Organization{OrganizationCode: *code}
}

// What each rule of a link is worth. An older form proves less: 15 digits have no check
// digit, and an organisation code lacks registrar and place.
const (
	certain Decimal = "1"
	older   Decimal = "0.95"
)

// personMatch tells what the link from a row's field to a person rests on; nil without
// a link.
func personMatch(row *Row, field string, number *ResidentNumber) *IdentityMatch {
	switch {
	case !number.IsResident():
		return nil
	case row.Widened(field):
		return &IdentityMatch{Rule: IdentityRuleResidentID15, Confidence: older}
	}
	return &IdentityMatch{Rule: IdentityRuleResidentID, Confidence: certain}
}

// organizationMatch is like personMatch for an organisation's code.
func organizationMatch(code *string) *IdentityMatch {
	switch {
	case code == nil:
		return nil
	case len(*code) == 18:
		return &IdentityMatch{Rule: IdentityRuleCreditCode, Confidence: certain}
	}
	return &IdentityMatch{Rule: IdentityRuleOrganisationCode, Confidence: older}
}

// ByLicence is the match of a lawyer by the practising licence.
func ByLicence() *IdentityMatch {
	return &IdentityMatch{Rule: IdentityRuleLicence, Confidence: certain}
}

func first(matches ...*IdentityMatch) *IdentityMatch {
	for _, m := range matches {
		if m != nil {
			return m
		}
	}
	return nil
}

// IsResident tells whether the number, as a codec gave it, is a resident identity
// number: codecs keep those with a right check digit only, and other documents.
func (n *ResidentNumber) IsResident() bool {
	return n != nil && len(*n) == 18 && isDigits(string((*n)[:17]))
}

// RecordConnection is one page of a timeline over several systems.
type RecordConnection struct {
	Nodes          []Record // never nil
	Cursors        []string // of the nodes
	HasNext        bool
	HasPrevious    bool
	MissingSystems []System // asked, and did not answer; never nil
}

// RecordEdge is one record of a timeline with its cursor.
type RecordEdge struct {
	Node   Record
	Cursor string
}

// Edges pairs the nodes with their cursors.
func (c *RecordConnection) Edges() []*RecordEdge {
	edges := make([]*RecordEdge, len(c.Nodes))
	for i, n := range c.Nodes {
		edges[i] = &RecordEdge{Node: n, Cursor: c.Cursors[i]}
	}
	return edges
}

// PageInfo describes the page's place in the timeline; its cursors are nil on an empty
// page.
func (c *RecordConnection) PageInfo() *PageInfo {
	info := &PageInfo{HasNextPage: c.HasNext, HasPreviousPage: c.HasPrevious}
	if n := len(c.Cursors); n > 0 {
		info.StartCursor, info.EndCursor = &c.Cursors[0], &c.Cursors[n-1]
	}
	return info
}
