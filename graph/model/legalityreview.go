package model

// LegalityReview is one matter a unit sent in for a legal opinion before it is tabled,
// decided, signed or published (合法性审查). A nil field was not recorded, does not
// apply, or was unreadable; the row's data issues tell the last case.
//
// A matter has one drafting unit: a department (DraftingUnitRef) or a town
// (DraftingTownRef), and its written name in either case (DraftingUnitText).
type LegalityReview struct {
	Row

	Number     *string // as written
	NumberKey  *string // normalised
	Title      *string
	ReceivedOn *Date
	ClosedOn   *Date
	TownRef    *string // division code

	Status         *LegalityReviewStatus
	StatusCode     *string // as stored
	MatterType     *LegalityReviewMatterType
	MatterTypeCode *string // as stored
	Urgency        *LegalityReviewUrgency
	Summary        *string

	DraftingUnitRef  *string // department code
	DraftingUnitText *string
	DraftingTownRef  *string // division code
	SubmittedBy      *PersonName
	ContactPhone     *Phone
	IssuingBody      *string

	ReviewBody        *LegalityReviewBody
	ReviewBodyText    *string
	ReviewBodyTownRef *string // division code of the judicial office's town
	Reviewer          *PersonName
	Approver          *PersonName
	AdviserRef        *string // practising licence
	AdviserName       *PersonName

	SubmittedOn         *Date
	MaterialsCompleteOn *Date // the time limit runs from here (国办发〔2018〕115号)
	AcceptedOn          *Date
	OpinionIssuedOn     *Date
	AdoptionReportedOn  *Date
	DecidedOn           *Date
	FiledOn             *Date
	ArchivedOn          *Date
	RoundCount          *int

	Opinion                   *LegalityReviewOpinion
	OpinionCode               *string // as stored
	Problems                  []LegalityReviewProblem
	Adoption                  *LegalityReviewAdoption
	NotAdoptedReason          *string
	PublicCommentDays         *int // calendar days
	IsFairCompetitionReviewed *bool

	DocumentNumber    *string // as written
	DocumentNumberKey *string // normalised, the bridge to reconsideration
	UnifiedCode       *string
	PublishedOn       *Date
	DocumentState     *NormativeDocumentState
	IsPublic          *bool
	ValidUntil        *Date // nil is also "open-ended"
	FiledUpwardOn     *Date

	Counterparty           *string
	CounterpartyCreditCode *string // 18 characters, or the 9 of an organisation code
	ContractAmount         *Money

	EnteredAt *Instant
	UpdatedAt *Instant
}

// IsNode marks the type as a GraphQL Node.
func (*LegalityReview) IsNode() {}

// IsRecord marks the type as a GraphQL Record.
func (*LegalityReview) IsRecord() {}

// StatusLabel is the state in Chinese; of a code the gateway does not know it is the
// code itself, and nil when there is no state.
func (r *LegalityReview) StatusLabel() *string {
	if r.Status == nil {
		return nil
	}
	if *r.Status == LegalityReviewStatusOther && r.StatusCode != nil {
		return r.StatusCode
	}
	return new(r.Status.Label())
}

// Needs names the stored fields that each computed field reads.
func (LegalityReview) Needs() map[string][]string {
	return map[string][]string{
		"statusLabel":          {"status", "statusCode"},
		"rounds":               nil,
		"reconsiderationCases": {"documentNumberKey"},
		"document":             {"documentNumberKey"},

		"counterpartyOrganization": {"counterpartyCreditCode"},
		"counterpartyMatch":        {"counterpartyCreditCode"},
		"adviserCandidates":        {"adviser", "adviserName"},
		"adviserMatch":             {"adviser"},
	}
}

// LegalityReviewRound is one time a matter was sent in (一轮送审). A nil field was not
// recorded, does not apply, or was unreadable.
type LegalityReviewRound struct {
	Row

	ReviewRef    *string // key of the matter
	RoundNumber  *int    // from 1
	SubmittedAt  *Instant
	ReturnedAt   *Instant // nil when the draft was not sent back
	ReturnReason *string
	Opinion      *LegalityReviewOpinion
	Reviewer     *PersonName
}

// IsNode marks the type as a GraphQL Node.
func (*LegalityReviewRound) IsNode() {}

// LegalityReviewConnection is one page of legality reviews.
type LegalityReviewConnection = Connection[LegalityReview]

// LegalityReviewEdge is one legality review of a page.
type LegalityReviewEdge = Edge[LegalityReview]
