package model

// PublicityEvent is one law publicity event (普法活动): a talk, a stall, a contest, from
// plan to assessment. Unless a field says otherwise, nil means that nothing was
// recorded or that the stored cell could not be read; DataIssues tells which.
type PublicityEvent struct {
	Row

	Number            *string // PF-2023-0123 as written
	NumberKey         *string // the same, normalised
	DocumentNumber    *string // of the notice that ordered it, as written
	DocumentNumberKey *string // the same, normalised
	Title             *string
	Summary           *string // without markup
	Status            *PublicityStatus
	StatusCode        *string
	Venue             *PublicityVenue
	VenueCode         *string
	Form              *PublicityForm
	FormCode          *string
	Theme             *PublicityTheme
	ThemeCode         *string

	OrganiserRef     *string // canonical department code; nil when a town organises
	OrganiserText    *string
	OrganiserTownRef *string // canonical town code; nil when a department organises
	CoOrganisers     []string
	TownRef          *string // where it takes place
	Village          *string
	Place            *string
	Speakers         []PersonName
	LawyerRef        *string // licence of a lawyer among the speakers
	ContactName      *PersonName
	ContactPhone     *Phone

	PlannedFor *PartialDate
	ReceivedOn *Date // the day it was registered
	ApprovedOn *Date
	HeldOn     *Date
	ReportedOn *Date
	VerifiedOn *Date
	ClosedOn   *Date // the day it was counted or cancelled

	Audience     *int // people on the spot
	OnlineReach  *int // people online
	PhotoCount   *int
	IsCounted    *bool
	Score        *Decimal // 0 to 100
	CancelReason *string
	Remark       *string

	PlanItemRef *string // key of a PublicityPlanItem
}

// IsNode marks the type as a GraphQL Node.
func (*PublicityEvent) IsNode() {}

// IsRecord marks the type as a GraphQL Record.
func (*PublicityEvent) IsRecord() {}

// StatusLabel is the state in Chinese; for a state the code table does not list it is
// the raw code. It is nil when the state is missing.
func (e *PublicityEvent) StatusLabel() *string {
	switch {
	case e.Status == nil:
		return nil
	case *e.Status == PublicityStatusOther:
		return e.StatusCode
	}
	return new(e.Status.Label())
}

// Needs names the mapped fields that computed fields read.
func (PublicityEvent) Needs() map[string][]string {
	return map[string][]string{
		"statusLabel": {"status", "statusCode"},
		"document":    {"documentNumberKey"},
		"lawyerMatch": {"lawyer"},
		"materials":   nil,
		"trainings":   nil,
	}
}

// PublicityMaterial is what was handed out of one kind at an event.
type PublicityMaterial struct {
	Row

	EventRef    *string // key of a PublicityEvent
	Name        *string
	Kind        *PublicityMaterialKind
	KindCode    *string
	Quantity    *int
	Unit        *string
	Cost        *Money
	HandedOutOn *Date
}

// IsNode marks the type as a GraphQL Node.
func (*PublicityMaterial) IsNode() {}

// PublicityPlanItem is one item of a year's publicity plan (年度普法计划).
type PublicityPlanItem struct {
	Row

	Number            *string
	DocumentNumber    *string // of the plan document, as written
	DocumentNumberKey *string // the same, normalised
	Year              *int
	Title             *string
	Kind              *PublicityPlanKind
	KindCode          *string
	Theme             *PublicityTheme
	DepartmentRef     *string // canonical department code; nil when a town answers for it
	DepartmentText    *string
	TownRef           *string // nil when a department answers for it
	PlannedEvents     *int
	DoneEvents        *int     // as the unit reported
	PercentDone       *Decimal // 0 to 100
	IsDone            *bool
	PlannedFor        *PartialDate
	DueOn             *Date
	DoneOn            *Date
}

// IsNode marks the type as a GraphQL Node.
func (*PublicityPlanItem) IsNode() {}

// Needs names the mapped fields that computed fields read.
func (PublicityPlanItem) Needs() map[string][]string {
	return map[string][]string{"document": {"documentNumberKey"}, "events": nil}
}

// PublicityHonour is one honour (阵地、荣誉), a row of a spreadsheet that was imported as
// it stood.
type PublicityHonour struct {
	Row

	Year           *int
	Title          *string
	Level          *PublicityHonourLevel
	LevelText      *string
	Kind           *PublicityHonourKind
	KindText       *string
	Holder         *string
	TownRef        *string
	GrantedBy      *string
	DocumentNumber *string
	GrantedOn      *Date
	IsNew          *bool // false for a renewal
	ContactName    *PersonName
	ContactPhone   *Phone
}

// IsNode marks the type as a GraphQL Node.
func (*PublicityHonour) IsNode() {}

// PublicityTraining is one legal training course or exam.
type PublicityTraining struct {
	Row

	Number        *string
	Title         *string
	Kind          *PublicityTrainingKind
	KindCode      *string
	Target        *PublicityTrainingTarget
	TargetCode    *string
	OrganiserRef  *string // canonical department code
	OrganiserText *string
	TownRef       *string
	Lecturers     []PersonName
	StartsOn      *Date
	EndsOn        *Date
	Hours         *Decimal
	Invited       *int
	Attended      *int
	Examined      *int
	Passed        *int
	AverageScore  *Decimal
	EventRef      *string // key of a PublicityEvent; nil when it stood alone
}

// IsNode marks the type as a GraphQL Node.
func (*PublicityTraining) IsNode() {}

// The pages of the publicity records.
type (
	// PublicityEventConnection is a page of events.
	PublicityEventConnection = Connection[PublicityEvent]
	// PublicityEventEdge is one event of a page.
	PublicityEventEdge = Edge[PublicityEvent]
	// PublicityPlanItemConnection is a page of plan items.
	PublicityPlanItemConnection = Connection[PublicityPlanItem]
	// PublicityPlanItemEdge is one plan item of a page.
	PublicityPlanItemEdge = Edge[PublicityPlanItem]
	// PublicityHonourConnection is a page of honours.
	PublicityHonourConnection = Connection[PublicityHonour]
	// PublicityHonourEdge is one honour of a page.
	PublicityHonourEdge = Edge[PublicityHonour]
	// PublicityTrainingConnection is a page of trainings.
	PublicityTrainingConnection = Connection[PublicityTraining]
	// PublicityTrainingEdge is one training of a page.
	PublicityTrainingEdge = Edge[PublicityTraining]
)

// PublicityMaterialConnection is one page of materials handed out.
type PublicityMaterialConnection = Connection[PublicityMaterial]

// PublicityMaterialEdge is one material of a page.
type PublicityMaterialEdge = Edge[PublicityMaterial]
