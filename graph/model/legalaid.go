package model

// The legal aid system (法律援助). Every pointer is nil where the legacy cell holds
// nothing, or nothing readable; the row's DataIssues tell which. A field named …Ref
// holds the key by which a relation is resolved, never a value to show.

// LegalAidCase is one application for legal aid, or one notice by a judicial organ, and
// the aid case that follows.
type LegalAidCase struct {
	Row

	Number     *string // case number as written
	NumberKey  *string // case number in canonical spelling
	Title      *string
	ReceivedOn *Date // application or notice came in
	ClosedOn   *Date // nil while open
	TownRef    *string

	Status     *LegalAidStatus
	StatusCode *string
	StatusText *string // label stored beside the code
	Kind       *LegalAidKind
	KindCode   *string
	Source     *LegalAidSource
	Form       *LegalAidForm // Legal Aid Law Art. 22
	FormCode   *string
	Cause      *LegalAidCause // Legal Aid Law Art. 31
	CauseCode  *string

	RecipientGroups []LegalAidRecipientGroup
	HelperTeam      *LegalAidHelperTeam
	Workstation     *string

	ApplicantRef       *string // key of a LegalAidApplicant
	OpponentName       *PersonName
	OpponentCreditCode *string // 18 characters, or 9 of an old organisation code

	NotifyingOrgan     *LegalAidNotifyingOrgan
	NotifyingOrganName *string
	IsMandatoryDefence *bool // Legal Aid Law Art. 25
	MandatoryGround    *LegalAidMandatoryGround
	IsUrgent           *bool // aid first, papers later: Legal Aid Law Art. 44
	IsMeansTestWaived  *bool // Legal Aid Law Arts. 32, 42

	AcceptedOn      *Date
	DecidedOn       *Date // granted or refused; due 7 days after receipt, Art. 43
	AssignedOn      *Date // due 3 days after granting, Art. 43
	FileSubmittedOn *Date
	SubsidyPaidOn   *Date
	CreatedAt       *Instant // entered into the legacy system

	LawyerRef  *string // licence
	LawyerName *PersonName
	FirmRef    *string // key of a LawFirm: the lawyer's firm at the time

	Refusal         *LegalAidRefusal
	RefusalCode     *string
	Termination     *LegalAidTermination // Legal Aid Law Art. 48
	TerminationCode *string
	Result          *LegalAidResult
	ResultCode      *string
	Quality         *LegalAidQuality
	Subsidy         *Money
	Recovered       *Money
	Satisfaction    *LegalAidSatisfaction // nil when no answer is recorded
}

// IsNode marks the type as a GraphQL Node.
func (*LegalAidCase) IsNode() {}

// IsRecord marks the type as a GraphQL Record.
func (*LegalAidCase) IsRecord() {}

// IsGranted tells whether aid was granted, by the state and the absence of a refusal; aid
// that was terminated later was granted (Legal Aid Law Art. 48).
func (c *LegalAidCase) IsGranted() bool {
	if c.Status == nil || c.Refusal != nil {
		return false
	}
	switch *c.Status {
	case LegalAidStatusGranted, LegalAidStatusAssigned, LegalAidStatusInProgress, LegalAidStatusLawyerChanged, LegalAidStatusTerminated,
		LegalAidStatusClosed, LegalAidStatusFileSubmitted, LegalAidStatusQualityReviewed, LegalAidStatusSubsidyPaid, LegalAidStatusArchived:
		return true
	}
	return false
}

// Needs names the mapped fields that computed fields read.
func (LegalAidCase) Needs() map[string][]string {
	return map[string][]string{
		"statusLabel":          {"status", "statusCode", "statusText"},
		"lawyerChanges":        nil,
		"objections":           nil,
		"opponentOrganization": {"opponentCreditCode"},
		"opponentMatch":        {"opponentCreditCode"},
		"lawyerCandidates":     {"lawyer", "lawyerName", "firm"},
		"lawyerMatch":          {"lawyer"},
	}
}

// StatusLabel is the state in Chinese. For a state the graph does not know it is the
// label stored beside the code, or else the code itself; nil without a state.
func (c *LegalAidCase) StatusLabel() *string {
	switch {
	case c.Status == nil:
		return nil
	case *c.Status != LegalAidStatusOther:
		return new(c.Status.Label())
	case c.StatusText != nil:
		return c.StatusText
	}
	return c.StatusCode
}

// LegalAidSatisfaction is what a recipient answered when the centre called back.
type LegalAidSatisfaction struct {
	Rating      *LegalAidRating
	Score       *int // 0 to 100
	RevisitedOn *Date
}

// LegalAidApplicant is the applicant of one application; the same person may stand in
// several rows, told together by ResidentID only.
type LegalAidApplicant struct {
	Row

	Name             *PersonName
	Sex              *Sex
	DocumentKind     *LegalAidDocumentKind
	ResidentID       *ResidentNumber
	Phone            *Phone
	Address          *Address
	HouseholdTownRef *string // division code
	IncomeLevel      *LegalAidIncomeLevel
	IncomeLevelCode  *string
	FamilySize       *int
	MonthlyIncome    *Money // of the household, per head
	AgentName        *PersonName
	AgentResidentID  *ResidentNumber
	AgentRelation    *string
}

// IsNode marks the type as a GraphQL Node.
func (*LegalAidApplicant) IsNode() {}

// LegalAidObjection is an objection to a refusal or termination (Legal Aid Law Art. 49).
type LegalAidObjection struct {
	Row

	LegalAidCaseRef          *string // key of the LegalAidCase
	Against                  *LegalAidObjectionAgainst
	RaisedOn                 *Date
	DecidedOn                *Date // due 5 days after RaisedOn
	Outcome                  *LegalAidObjectionOutcome
	OutcomeCode              *string
	ReconsiderationNumber    *string // as written
	ReconsiderationNumberKey *string // in canonical spelling
}

// IsNode marks the type as a GraphQL Node.
func (*LegalAidObjection) IsNode() {}

// Needs names the mapped fields that computed fields read.
func (LegalAidObjection) Needs() map[string][]string {
	return map[string][]string{"reconsiderationCase": {"reconsiderationNumberKey"}}
}

// LegalAidLawyerChange is one change of the person who handles a case.
type LegalAidLawyerChange struct {
	Row

	LegalAidCaseRef  *string // key of the LegalAidCase
	ChangedOn        *Date
	Reason           *LegalAidChangeReason
	FormerLawyerRef  *string // licence
	FormerLawyerName *PersonName
	NewLawyerRef     *string // licence
	NewLawyerName    *PersonName
}

// IsNode marks the type as a GraphQL Node.
func (*LegalAidLawyerChange) IsNode() {}

// LegalAidConsultation is one consultation by telephone 12348, at a window or online.
type LegalAidConsultation struct {
	Row

	ReceivedOn      *Date
	ReceivedAt      *Instant
	Channel         *LegalAidConsultationChannel
	ChannelCode     *string
	Topic           *LegalAidConsultationTopic
	TopicCode       *string
	TownRef         *string // division code
	CallerName      *PersonName
	Phone           *Phone
	Minutes         *int
	IsReferredToAid *bool
}

// IsNode marks the type as a GraphQL Node.
func (*LegalAidConsultation) IsNode() {}

// DutyLawyerHelp is the help of a duty lawyer to a suspect or defendant who has no
// defender (Legal Aid Law Art. 30).
type DutyLawyerHelp struct {
	Row

	HelpedOn        *Date
	Place           *DutyLawyerPlace
	Services        []DutyLawyerService
	IsPleaWitnessed *bool
	LawyerRef       *string // licence
	LawyerName      *PersonName
	RecipientName   *PersonName
	ResidentID      *ResidentNumber
	Subsidy         *Money
}

// IsNode marks the type as a GraphQL Node.
func (*DutyLawyerHelp) IsNode() {}

// Lawyer is a practising lawyer.
type Lawyer struct {
	Row

	Licence         *string // 17 digits beginning with 1
	Name            *PersonName
	Kind            *LawyerKind
	KindCode        *string
	Sex             *Sex
	Phone           *Phone
	Status          *LawyerStatus
	PractisingSince *Date
	FirmRef         *string // key of the LawFirm
	HelperTeams     []LegalAidHelperTeam
	AsianGamesCorps *AsianGamesCorps
	AsianGamesVenue *string
	IsInTalentPool  *bool
}

// IsNode marks the type as a GraphQL Node.
func (*Lawyer) IsNode() {}

// Needs lists the mapped fields behind the fields that are not mapped themselves.
func (Lawyer) Needs() map[string][]string {
	needs := map[string][]string{}
	for _, list := range []string{"legalAidCases", "dutyLawyerHelps", "legalityReviews", "publicityEvents", "reconsiderationClients", "legalAidChangesFrom", "legalAidChangesTo"} {
		needs[list] = []string{"licence"}
	}
	return needs
}

// LawFirm is a law firm.
type LawFirm struct {
	Row

	CreditCode *string // 18 characters beginning with 31
	Name       *string
	OldLicence *string // 17 digits beginning with 2
	Status     *LawyerStatus
	TownRef    *string // division code
}

// IsNode marks the type as a GraphQL Node.
func (*LawFirm) IsNode() {}

// Pages of the lists of this system.
type (
	// LegalAidCaseConnection is one page of a list of cases.
	LegalAidCaseConnection = Connection[LegalAidCase]
	// LegalAidCaseEdge is one case of a page with its cursor.
	LegalAidCaseEdge = Edge[LegalAidCase]
	// LegalAidConsultationConnection is one page of a list of consultations.
	LegalAidConsultationConnection = Connection[LegalAidConsultation]
	// LegalAidConsultationEdge is one consultation of a page with its cursor.
	LegalAidConsultationEdge = Edge[LegalAidConsultation]
	// DutyLawyerHelpConnection is one page of a list of duty lawyers' help.
	DutyLawyerHelpConnection = Connection[DutyLawyerHelp]
	// DutyLawyerHelpEdge is one item of such a page with its cursor.
	DutyLawyerHelpEdge = Edge[DutyLawyerHelp]
	// LawyerConnection is one page of a list of lawyers.
	LawyerConnection = Connection[Lawyer]
	// LawyerEdge is one lawyer of a page with its cursor.
	LawyerEdge = Edge[Lawyer]
)

// LegalAidObjectionConnection is one page of objections to decisions on legal aid.
type LegalAidObjectionConnection = Connection[LegalAidObjection]

// LegalAidObjectionEdge is one objection of a page.
type LegalAidObjectionEdge = Edge[LegalAidObjection]
