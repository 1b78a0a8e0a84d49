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

// NumberMatch tells what the link to the person rests on, whatever the names.
func (a *LegalAidApplicant) NumberMatch() *IdentityMatch {
	return personMatch(&a.Row, "residentId", a.ResidentID)
}

// NumberMatch tells what the link to the person rests on, whatever the names.
func (h *DutyLawyerHelp) NumberMatch() *IdentityMatch {
	return personMatch(&h.Row, "residentId", h.ResidentID)
}

// NumberMatch tells what the link to the person or organisation rests on, whatever the names.
func (a *ReconsiderationApplicant) NumberMatch() *IdentityMatch {
	return first(personMatch(&a.Row, "residentId", a.ResidentID), organizationMatch(a.CreditCode))
}

// NumberMatch tells what the link to the person or organisation rests on, whatever the names.
func (p *ReconsiderationThirdParty) NumberMatch() *IdentityMatch {
	return first(personMatch(&p.Row, "residentId", p.ResidentID), organizationMatch(p.CreditCode))
}

// NumberMatch tells what the link to the person or organisation rests on, whatever the names.
func (a *NotarialApplicant) NumberMatch() *IdentityMatch {
	return first(personMatch(&a.Row, "residentId", a.ResidentID), organizationMatch(a.CreditCode))
}

// IdentityMatch tells what the link to the enterprise rests on.
func (s *KunpengService) IdentityMatch() *IdentityMatch { return organizationMatch(s.CreditCode) }

// CounterpartyMatch tells what the link to the other side rests on.
func (r *LegalityReview) CounterpartyMatch() *IdentityMatch {
	return organizationMatch(r.CounterpartyCreditCode)
}

// OpponentMatch tells what the link to the opposite party rests on.
func (c *LegalAidCase) OpponentMatch() *IdentityMatch { return organizationMatch(c.OpponentCreditCode) }

// Organization is the firm as an organisation.
func (f *LawFirm) Organization() *Organization { return OrganizationOf(f.CreditCode) }

// Organization is the office as an organisation.
func (o *NotaryOffice) Organization() *Organization { return OrganizationOf(o.CreditCode) }

// Organization is the enterprise.
func (s *KunpengService) Organization() *Organization { return OrganizationOf(s.CreditCode) }

// Organization is the applicant as an organisation.
func (a *ReconsiderationApplicant) Organization() *Organization { return OrganizationOf(a.CreditCode) }

// Organization is the third party as an organisation.
func (p *ReconsiderationThirdParty) Organization() *Organization { return OrganizationOf(p.CreditCode) }

// Organization is the party as an organisation.
func (a *NotarialApplicant) Organization() *Organization { return OrganizationOf(a.CreditCode) }

// CounterpartyOrganization is the other side of an agreement.
func (r *LegalityReview) CounterpartyOrganization() *Organization {
	return OrganizationOf(r.CounterpartyCreditCode)
}

// OpponentOrganization is the opposite party.
func (c *LegalAidCase) OpponentOrganization() *Organization {
	return OrganizationOf(c.OpponentCreditCode)
}

// What the computed fields above read of their own row.

// Needs names the mapped fields that computed fields read.
func (LegalAidApplicant) Needs() map[string][]string {
	return map[string][]string{
		"person":        {"residentId"},
		"identityMatch": {"residentId", "name"},
		"name":          {"name", "residentId"},
		"agentName":     {"agentName", "agentResidentId"},
		"legalAidCases": nil,
	}
}

// Needs names the mapped fields that computed fields read.
func (DutyLawyerHelp) Needs() map[string][]string {
	return map[string][]string{
		"person":        {"residentId"},
		"identityMatch": {"residentId", "recipientName"},
		"recipientName": {"recipientName", "residentId"},
		"lawyerMatch":   {"lawyer"},
	}
}

// partyNeeds are those of rows that may be a person or an organisation.
func partyNeeds() map[string][]string {
	return map[string][]string{
		"person":        {"residentId"},
		"organization":  {"creditCode"},
		"identityMatch": {"residentId", "creditCode", "name"},
		"name":          {"name", "residentId"},
	}
}

// Needs names the mapped fields that computed fields read.
func (ReconsiderationApplicant) Needs() map[string][]string {
	needs := partyNeeds()
	needs["agentLawyerMatch"] = []string{"agentLawyer"}
	return needs
}

// Needs names the mapped fields that computed fields read.
func (ReconsiderationThirdParty) Needs() map[string][]string { return partyNeeds() }

// Needs names the mapped fields that computed fields read.
func (NotarialApplicant) Needs() map[string][]string { return partyNeeds() }

// Needs names the mapped fields that computed fields read.
func (KunpengService) Needs() map[string][]string {
	return map[string][]string{"organization": {"creditCode"}, "identityMatch": {"creditCode"}}
}

// Needs names the mapped fields that computed fields read.
func (LawFirm) Needs() map[string][]string {
	return map[string][]string{"organization": {"creditCode"}, "lawyers": nil, "legalAidCases": nil}
}

// Needs names the mapped fields that computed fields read.
func (NotaryOffice) Needs() map[string][]string {
	return map[string][]string{"organization": {"creditCode"}, "notaries": nil}
}

// What fields of persons and organisations read of the rows they gather. The field a row
// is found by is read in any case.

// NeededBy names the mapped fields that fields of other types read.
func (LegalAidApplicant) NeededBy() map[string][]string {
	by := borne("name")
	by["Query.aidRecipientsPayingFullFees"] = []string{"residentId"}
	return by
}

// NeededBy names the mapped fields that fields of other types read.
func (DutyLawyerHelp) NeededBy() map[string][]string { return borne("recipientName") }

// NeededBy names the mapped fields that fields of other types read.
func (ReconsiderationApplicant) NeededBy() map[string][]string {
	by := partyNeededBy("reconsiderationCase")
	by["Query.reconsiderationApplicantsWithoutAid"] = []string{"residentId"}
	return by
}

// NeededBy names the mapped fields that fields of other types read.
func (ReconsiderationThirdParty) NeededBy() map[string][]string {
	return partyNeededBy("reconsiderationCase")
}

// NeededBy names the mapped fields that fields of other types read.
func (NotarialApplicant) NeededBy() map[string][]string {
	by := partyNeededBy("matter")
	by["Query.aidRecipientsPayingFullFees"] = []string{"role", "matter"}
	return by
}

// NeededBy names the mapped fields that fields of other types read.
func (NotarialFee) NeededBy() map[string][]string {
	return map[string][]string{"Query.aidRecipientsPayingFullFees": {"payment", "reduction", "reductionReason"}}
}

// NeededBy names the mapped fields that fields of other types read.
func (LawFirm) NeededBy() map[string][]string { return named("Organization", "name") }

// NeededBy names the mapped fields that fields of other types read.
func (NotaryOffice) NeededBy() map[string][]string { return named("Organization", "name") }

// NeededBy names the mapped fields that fields of other types read.
func (KunpengService) NeededBy() map[string][]string { return named("Organization", "enterpriseName") }

// NeededBy names the mapped fields that fields of other types read.
func (LegalityReview) NeededBy() map[string][]string {
	return listed(named("Organization", "counterparty"))
}

// NeededBy names the mapped fields that fields of other types read.
func (LegalAidCase) NeededBy() map[string][]string {
	return listed(map[string][]string{
		"Person.aidGroups":                          {"recipientGroups"},
		"Person.wasGrantedAid":                      {"status", "refusal"},
		"Query.reconsiderationApplicantsWithoutAid": {"recipientGroups", "status", "refusal"},
		"Query.aidRecipientsPayingFullFees":         {"status", "refusal", "receivedOn", "applicant"},
	})
}

// NeededBy names the mapped fields that fields of other types read.
func (ReconsiderationCase) NeededBy() map[string][]string { return listed(map[string][]string{}) }

// NeededBy names the mapped fields that fields of other types read.
func (NotarialMatter) NeededBy() map[string][]string {
	return listed(map[string][]string{"Query.aidRecipientsPayingFullFees": {"receivedOn", "fee"}})
}

// NeededBy names the mapped fields that fields of other types read.
func (Lawyer) NeededBy() map[string][]string {
	return map[string][]string{"LegalAidCase.lawyerCandidates": {"firm"}}
}

// named is what the name of a person or organisation reads.
func named(owner, field string) map[string][]string {
	return map[string][]string{owner + ".name": {field}, owner + ".names": {field}}
}

// borne is what a person's name in the field is read for: the person's own fields, and what
// is said of the names under one number.
func borne(field string) map[string][]string {
	by := named("Person", field)
	for _, row := range []string{"LegalAidApplicant", "DutyLawyerHelp", "ReconsiderationApplicant", "ReconsiderationThirdParty", "NotarialApplicant"} {
		by[row+".identityMatch"] = []string{field}
		by[row+".dataIssues"] = []string{field}
	}
	return by
}

// listed adds what the timeline of a person or organisation reads of a record.
func listed(by map[string][]string) map[string][]string {
	by["Person.records"] = []string{"receivedOn"}
	by["Organization.records"] = []string{"receivedOn"}
	return by
}

// partyNeededBy is what persons and organisations read of a party's row; record is its
// link to the record.
func partyNeededBy(record string) map[string][]string {
	by := borne("name")
	for field, needs := range named("Organization", "organizationName") {
		by[field] = needs
	}
	by["Person.records"] = []string{record}
	by["Organization.records"] = []string{record}
	return by
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
