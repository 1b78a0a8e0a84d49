package model

// ReconsiderationCase is one case of administrative reconsideration (行政复议). Fields
// named …Ref hold what a relation of the graph is looked up by; every nil means "not
// recorded, or not readable".
type ReconsiderationCase struct {
	Row

	Number     *string // as written
	NumberKey  *string // normalised
	Title      *string
	ReceivedOn *Date
	ClosedOn   *Date
	TownRef    *string // where the act took place

	Status     *ReconsiderationStatus
	StatusCode *string

	DecisionNumber    *string
	NoticeNumber      *string
	OnlineID          *string
	IsMigrated        *bool
	Channel           *ReconsiderationChannel
	ReceptionPointRef *string // key of a ReconsiderationFacility
	Matter            *ReconsiderationMatter
	MatterCode        *string
	InactionKind      *ReconsiderationInactionKind
	Field             *ReconsiderationField
	FieldCode         *string
	FormerField       *ReconsiderationFormerField
	Requests          []ReconsiderationRequest

	ApplicantKind   *ReconsiderationApplicantKind
	ApplicantCount  *int
	IsCollective    *bool
	Representatives []PersonName

	RespondentRef     *string // department code
	RespondentTownRef *string // division code
	RespondentText    *string
	RespondentKind    *ReconsiderationRespondentKind
	RespondentCode    *string // path code of the old unit dictionary

	Handlers []PersonName
	Approval *ReconsiderationApproval

	ActDocumentNumber         *string // as written
	ChallengedDocumentKey     *string // the same, normalised
	ActOn                     *PartialDate
	ActKnownOn                *Date
	Fine                      *Money
	IsAttachedReviewRequested *bool
	AttachedDocumentNumber    *string // as written
	AttachedDocumentKey       *string // the same, normalised
	AttachedReviewOutcome     *ReconsiderationAttachedOutcome

	Procedure             *ReconsiderationProcedure
	EnteredOn             *Date
	CreatedAt             *Instant
	SupplementRequestedOn *Date
	SupplementDueOn       *Date
	SupplementedOn        *Date
	AcceptanceDueOn       *Date
	AcceptedOn            *Date
	NotAcceptedReason     *ReconsiderationNotAcceptedReason
	OutOfScopeKind        *ReconsiderationOutOfScopeKind
	CopySentOn            *Date
	AnswerDueOn           *Date
	AnsweredOn            *Date
	ViewsHeardOn          *Date
	ViewChannels          []ReconsiderationViewChannel
	IsHeard               *bool
	IsCommitteeConsulted  *bool
	ConvertedOn           *Date
	SuspendedFrom         *Date
	SuspendedTo           *Date
	SuspensionReason      *string
	ExtendedOn            *Date
	ExtendedTo            *Date
	DecisionDueOn         *Date
	DecidedOn             *Date
	Outcome               *ReconsiderationOutcome
	OutcomeCode           *string
	FormerOutcome         *ReconsiderationFormerOutcome
	Compensation          *Money
	ServedOn              *Date
	PerformanceDueOn      *Date
	PerformedOn           *Date
	ArchivedOn            *Date
	HasLawsuit            *bool
	HasOpinionLetter      *bool
}

// IsNode marks the type as a GraphQL Node.
func (*ReconsiderationCase) IsNode() {}

// IsRecord marks the type as a GraphQL Record.
func (*ReconsiderationCase) IsRecord() {}

// StatusLabel is the state in Chinese; the raw code where the state is not among the
// known ones, nil where none is recorded.
func (c *ReconsiderationCase) StatusLabel() *string {
	switch {
	case c.Status == nil:
		return nil
	case *c.Status == ReconsiderationStatusOther:
		return c.StatusCode
	}
	return new(c.Status.Label())
}

// Needs names the mapped fields that each computed field reads.
func (ReconsiderationCase) Needs() map[string][]string {
	return map[string][]string{
		"statusLabel":               {"status", "statusCode"},
		"attachedDocument":          {"attachedDocumentKey"},
		"attachedDocumentReviews":   {"attachedDocumentKey"},
		"challengedDocument":        {"challengedDocumentKey"},
		"challengedDocumentReviews": {"challengedDocumentKey"},
		"legalAidObjections":        {"numberKey"},
		"applicants":                nil,
		"thirdParties":              nil,
		"hearings":                  nil,
		"lawsuits":                  nil,
		"opinionLetters":            nil,
	}
}

// ReconsiderationApproval holds the three numbered approval columns of the old form.
type ReconsiderationApproval struct {
	FirstBy  *PersonName
	FirstOn  *Date
	SecondBy *PersonName
	SecondOn *Date
	ThirdBy  *PersonName
	ThirdOn  *Date
}

// ReconsiderationApplicant is one applicant of a case: a citizen (Name, ResidentID) or
// an organisation (OrganizationName, CreditCode).
type ReconsiderationApplicant struct {
	Row

	ReconsiderationCaseRef *string // key of the case
	Kind                   *ReconsiderationApplicantKind
	Name                   *PersonName
	ResidentID             *ResidentNumber
	OrganizationName       *string
	CreditCode             *string
	LegalRepresentative    *PersonName
	Phone                  *Phone
	Address                *Address
	Agent                  *PersonName
	AgentLawyerRef         *string // licence
}

// IsNode marks the type as a GraphQL Node.
func (*ReconsiderationApplicant) IsNode() {}

// ReconsiderationThirdParty is a third party of a case: a citizen or an organisation.
type ReconsiderationThirdParty struct {
	Row

	ReconsiderationCaseRef *string // key of the case
	Kind                   *ReconsiderationApplicantKind
	Name                   *PersonName
	ResidentID             *ResidentNumber
	OrganizationName       *string
	CreditCode             *string
	Phone                  *Phone
	JoinedOn               *Date
}

// IsNode marks the type as a GraphQL Node.
func (*ReconsiderationThirdParty) IsNode() {}

// ReconsiderationHearing is an oral hearing, a committee session or an inquiry.
type ReconsiderationHearing struct {
	Row

	ReconsiderationCaseRef *string // key of the case
	Kind                   *ReconsiderationHearingKind
	NoticeOn               *Date
	HeldOn                 *Date
	Place                  *string
	Chair                  *PersonName
	Members                []PersonName
	AttendeeCount          *int
	IsOnline               *bool
}

// IsNode marks the type as a GraphQL Node.
func (*ReconsiderationHearing) IsNode() {}

// ReconsiderationLawsuit is one instance of a lawsuit that followed a case.
type ReconsiderationLawsuit struct {
	Row

	ReconsiderationCaseRef *string // key of the case
	PlaintiffRef           *string // key of the applicant who sued
	Instance               *ReconsiderationLawsuitInstance
	CourtCaseNumber        *string
	Court                  *string
	FiledOn                *Date
	JudgedOn               *Date
	Result                 *ReconsiderationLawsuitResult
	IsLost                 *bool
	IsJointDefendant       *bool
}

// IsNode marks the type as a GraphQL Node.
func (*ReconsiderationLawsuit) IsNode() {}

// ReconsiderationOpinionLetter tells an authority what to put right; it has 60 days to
// report (行政复议法 2023, Art. 76).
type ReconsiderationOpinionLetter struct {
	Row

	ReconsiderationCaseRef *string // key of the case
	Kind                   *ReconsiderationLetterKind
	Number                 *string
	AddresseeRef           *string // department code
	AddresseeTownRef       *string // division code
	AddresseeText          *string
	Problem                *string
	IssuedOn               *Date
	FeedbackDueOn          *Date
	FeedbackOn             *Date
}

// IsNode marks the type as a GraphQL Node.
func (*ReconsiderationOpinionLetter) IsNode() {}

// ReconsiderationFacility is the committee, a station, a grassroots point or a contest
// of the reconsideration office.
type ReconsiderationFacility struct {
	Row

	Kind     *ReconsiderationFacilityKind
	Name     *string
	TownRef  *string
	OpenedOn *Date
}

// IsNode marks the type as a GraphQL Node.
func (*ReconsiderationFacility) IsNode() {}

// ReconsiderationCaseConnection is one page of cases.
type ReconsiderationCaseConnection = Connection[ReconsiderationCase]

// ReconsiderationCaseEdge is one case of a page.
type ReconsiderationCaseEdge = Edge[ReconsiderationCase]

// ReconsiderationOpinionLetterConnection is one page of opinion and suggestion letters.
type ReconsiderationOpinionLetterConnection = Connection[ReconsiderationOpinionLetter]

// ReconsiderationOpinionLetterEdge is one letter of a page.
type ReconsiderationOpinionLetterEdge = Edge[ReconsiderationOpinionLetter]

// ReconsiderationLawsuitConnection is one page of lawsuits after reconsideration.
type ReconsiderationLawsuitConnection = Connection[ReconsiderationLawsuit]

// ReconsiderationLawsuitEdge is one lawsuit of a page.
type ReconsiderationLawsuitEdge = Edge[ReconsiderationLawsuit]

// ReconsiderationHearingConnection is one page of hearings and sessions.
type ReconsiderationHearingConnection = Connection[ReconsiderationHearing]

// ReconsiderationHearingEdge is one hearing of a page.
type ReconsiderationHearingEdge = Edge[ReconsiderationHearing]
