package model

import "strconv"

// Group is one bucket of a statistic with its figures: what the groups of all kinds of
// records share.
type Group struct {
	Key    []*GroupKey // one for each dimension; empty, never nil, for totals
	Count  int         // rows
	Filter *string     // GraphQL text that lists the rows; nil where no filter does
	// Rates, Days and Sums are the figures by the name of their field; a field that the
	// operation does not ask for is missing.
	Rates map[string]*Rate
	Days  map[string]*DayStatistics
	Sums  map[string]Sum
}

// Sum is a sum of numbers, or of money in fen.
type Sum struct {
	Value int64
	Rows  int // rows with a readable number
}

func (g *Group) money(name string) *MoneySum {
	s := g.Sums[name]
	return &MoneySum{Sum: Money(s.Value), Counted: s.Rows}
}

func (g *Group) number(name string) *NumberSum {
	s := g.Sums[name]
	return &NumberSum{Sum: Decimal(strconv.FormatInt(s.Value, 10)), Counted: s.Rows}
}

// Statistics is the answer of one kind of record; G embeds Group.
type Statistics[G any] struct {
	Groups      []*G // never nil
	Total       *G
	Rest        *G           // what top left out; nil when it left out none
	Excluded    []*Exclusion // never nil
	Definitions []*MetricDefinition
}

// The statistics of each kind of record.
type (
	// LegalityReviewStats is the statistics of legality reviews.
	LegalityReviewStats = Statistics[LegalityReviewGroup]
	// ReconsiderationCaseStats is the statistics of reconsideration cases.
	ReconsiderationCaseStats = Statistics[ReconsiderationCaseGroup]
	// LegalAidCaseStats is the statistics of legal aid cases.
	LegalAidCaseStats = Statistics[LegalAidCaseGroup]
	// NotarialMatterStats is the statistics of notarial matters.
	NotarialMatterStats = Statistics[NotarialMatterGroup]
	// NotarialFeeStats is the statistics of notarial bills.
	NotarialFeeStats = Statistics[NotarialFeeGroup]
	// PublicityEventStats is the statistics of publicity events.
	PublicityEventStats = Statistics[PublicityEventGroup]
)

// The page of the bills.
type (
	// NotarialFeeConnection is one page of a list of bills.
	NotarialFeeConnection = Connection[NotarialFee]
	// NotarialFeeEdge is one bill of a page.
	NotarialFeeEdge = Edge[NotarialFee]
)

// LegalityReviewGroup is one group of legality reviews.
type LegalityReviewGroup struct{ Group }

// LawfulShare: Lawful as sent in among opinions on lawfulness (metric legalityReviewLawfulShare).
func (g *LegalityReviewGroup) LawfulShare() *Rate { return g.Rates["lawfulShare"] }

// UnlawfulShare: Unlawful among opinions on lawfulness (metric legalityReviewUnlawfulShare).
func (g *LegalityReviewGroup) UnlawfulShare() *Rate { return g.Rates["unlawfulShare"] }

// AdoptionRate: Opinions adopted fully or partly (metric legalityReviewAdoptionRate).
func (g *LegalityReviewGroup) AdoptionRate() *Rate { return g.Rates["adoptionRate"] }

// ReturnRate: Matters returned at least once (metric legalityReviewReturnRate).
func (g *LegalityReviewGroup) ReturnRate() *Rate { return g.Rates["returnRate"] }

// ReviewOnTimeShare: Opinions in time among those issued for which it can be told (metric legalityReviewOnTimeShare).
func (g *LegalityReviewGroup) ReviewOnTimeShare() *Rate { return g.Rates["reviewOnTimeShare"] }

// FilingOnTimeShare: Documents filed upward in time among those filed (metric legalityReviewFilingOnTimeShare).
func (g *LegalityReviewGroup) FilingOnTimeShare() *Rate { return g.Rates["filingOnTimeShare"] }

// OverdueShare: Matters with a step open past its deadline today (metric legalityReviewOverdueShare).
func (g *LegalityReviewGroup) OverdueShare() *Rate { return g.Rates["overdueShare"] }

// DaysToOpinion: Calendar days from acceptance to the opinion.
func (g *LegalityReviewGroup) DaysToOpinion() *DayStatistics { return g.Days["daysToOpinion"] }

// WorkdaysToOpinion: Working days from complete material to the opinion, by the State Council's calendar.
func (g *LegalityReviewGroup) WorkdaysToOpinion() *DayStatistics { return g.Days["workdaysToOpinion"] }

// ContractAmount: Amounts of agreements and contracts.
func (g *LegalityReviewGroup) ContractAmount() *MoneySum { return g.money("contractAmount") }

// ReconsiderationCaseGroup is one group of reconsideration cases.
type ReconsiderationCaseGroup struct{ Group }

// CorrectionRate: Acts put right among closed cases (metric reconsiderationCorrectionRate).
func (g *ReconsiderationCaseGroup) CorrectionRate() *Rate { return g.Rates["correctionRate"] }

// SettlementRate: Mediated, settled or withdrawn among closed cases (metric reconsiderationSettlementRate).
func (g *ReconsiderationCaseGroup) SettlementRate() *Rate { return g.Rates["settlementRate"] }

// SummaryShare: Summary procedure among accepted cases (metric reconsiderationSummaryShare).
func (g *ReconsiderationCaseGroup) SummaryShare() *Rate { return g.Rates["summaryShare"] }

// HearingShare: Oral hearings among closed cases (metric reconsiderationHearingShare).
func (g *ReconsiderationCaseGroup) HearingShare() *Rate { return g.Rates["hearingShare"] }

// LawsuitShare: Closed cases that were taken to court (metric reconsiderationLawsuitShare).
func (g *ReconsiderationCaseGroup) LawsuitShare() *Rate { return g.Rates["lawsuitShare"] }

// ExtendedShare: Decided cases whose period was extended (metric reconsiderationExtendedShare).
func (g *ReconsiderationCaseGroup) ExtendedShare() *Rate { return g.Rates["extendedShare"] }

// AcceptanceOnTimeShare: Checked for acceptance in time among accepted cases (metric reconsiderationAcceptanceOnTimeShare).
func (g *ReconsiderationCaseGroup) AcceptanceOnTimeShare() *Rate {
	return g.Rates["acceptanceOnTimeShare"]
}

// AnswerOnTimeShare: Answered in time by the respondent among answered cases (metric reconsiderationAnswerOnTimeShare).
func (g *ReconsiderationCaseGroup) AnswerOnTimeShare() *Rate { return g.Rates["answerOnTimeShare"] }

// DecisionOnTimeShare: Decided in time, suspensions and extensions included, among decided cases (metric reconsiderationDecisionOnTimeShare).
func (g *ReconsiderationCaseGroup) DecisionOnTimeShare() *Rate { return g.Rates["decisionOnTimeShare"] }

// OverdueShare: Cases with a step open past its deadline today (metric reconsiderationOverdueShare).
func (g *ReconsiderationCaseGroup) OverdueShare() *Rate { return g.Rates["overdueShare"] }

// DaysToAccept: Calendar days from receipt to acceptance.
func (g *ReconsiderationCaseGroup) DaysToAccept() *DayStatistics { return g.Days["daysToAccept"] }

// DaysToDecide: Calendar days from acceptance to decision, suspensions included.
func (g *ReconsiderationCaseGroup) DaysToDecide() *DayStatistics { return g.Days["daysToDecide"] }

// Applicants: How many people and organisations applied.
func (g *ReconsiderationCaseGroup) Applicants() *NumberSum { return g.number("applicants") }

// Fines: Fines challenged.
func (g *ReconsiderationCaseGroup) Fines() *MoneySum { return g.money("fines") }

// Compensation: Compensation awarded.
func (g *ReconsiderationCaseGroup) Compensation() *MoneySum { return g.money("compensation") }

// LegalAidCaseGroup is one group of legal aid cases.
type LegalAidCaseGroup struct{ Group }

// GrantRate: Granted among decided applications (metric legalAidGrantRate).
func (g *LegalAidCaseGroup) GrantRate() *Rate { return g.Rates["grantRate"] }

// DecisionOnTimeShare: Decided in time among decided applications (metric legalAidDecisionOnTimeShare).
func (g *LegalAidCaseGroup) DecisionOnTimeShare() *Rate { return g.Rates["decisionOnTimeShare"] }

// AssignmentOnTimeShare: Assigned in time among assigned cases (metric legalAidAssignmentOnTimeShare).
func (g *LegalAidCaseGroup) AssignmentOnTimeShare() *Rate { return g.Rates["assignmentOnTimeShare"] }

// OverdueShare: Cases with a step open past its deadline today (metric legalAidOverdueShare).
func (g *LegalAidCaseGroup) OverdueShare() *Rate { return g.Rates["overdueShare"] }

// DaysToDecide: Calendar days from receipt to decision.
func (g *LegalAidCaseGroup) DaysToDecide() *DayStatistics { return g.Days["daysToDecide"] }

// DaysToAssign: Calendar days from decision to assignment.
func (g *LegalAidCaseGroup) DaysToAssign() *DayStatistics { return g.Days["daysToAssign"] }

// DaysToClose: Calendar days from assignment to closing.
func (g *LegalAidCaseGroup) DaysToClose() *DayStatistics { return g.Days["daysToClose"] }

// Subsidy: Subsidies of the cases.
func (g *LegalAidCaseGroup) Subsidy() *MoneySum { return g.money("subsidy") }

// Recovered: Money recovered for recipients.
func (g *LegalAidCaseGroup) Recovered() *MoneySum { return g.money("recovered") }

// NotarialMatterGroup is one group of notarial matters.
type NotarialMatterGroup struct{ Group }

// OnlineShare: Online among received matters (metric notarialOnlineShare).
func (g *NotarialMatterGroup) OnlineShare() *Rate { return g.Rates["onlineShare"] }

// ProvinceWideShare: Province-wide among received matters (metric notarialProvinceWideShare).
func (g *NotarialMatterGroup) ProvinceWideShare() *Rate { return g.Rates["provinceWideShare"] }

// RefusalRate: Not accepted or refused among received matters (metric notarialRefusalRate).
func (g *NotarialMatterGroup) RefusalRate() *Rate { return g.Rates["refusalRate"] }

// IssueOnTimeShare: Issued in time among issued matters (metric notarialOnTimeShare).
func (g *NotarialMatterGroup) IssueOnTimeShare() *Rate { return g.Rates["issueOnTimeShare"] }

// OverdueShare: Matters with a step open past its deadline today (metric notarialOverdueShare).
func (g *NotarialMatterGroup) OverdueShare() *Rate { return g.Rates["overdueShare"] }

// DaysToIssue: Calendar days from acceptance to issue, verification included.
func (g *NotarialMatterGroup) DaysToIssue() *DayStatistics { return g.Days["daysToIssue"] }

// WorkdaysToIssue: Working days from acceptance to issue, verification included.
func (g *NotarialMatterGroup) WorkdaysToIssue() *DayStatistics { return g.Days["workdaysToIssue"] }

// Copies: Copies issued.
func (g *NotarialMatterGroup) Copies() *NumberSum { return g.number("copies") }

// NotarialFeeGroup is one group of notarial bills.
type NotarialFeeGroup struct{ Group }

// Notary: Notarial fees.
func (g *NotarialFeeGroup) Notary() *MoneySum { return g.money("notary") }

// Copies: Fees for copies.
func (g *NotarialFeeGroup) Copies() *MoneySum { return g.money("copies") }

// Translation: Translation fees.
func (g *NotarialFeeGroup) Translation() *MoneySum { return g.money("translation") }

// Courier: Courier fees.
func (g *NotarialFeeGroup) Courier() *MoneySum { return g.money("courier") }

// Reduction: Amounts taken off.
func (g *NotarialFeeGroup) Reduction() *MoneySum { return g.money("reduction") }

// Total: What was to be paid.
func (g *NotarialFeeGroup) Total() *MoneySum { return g.money("total") }

// PublicityEventGroup is one group of publicity events.
type PublicityEventGroup struct{ Group }

// CancelledShare: Cancelled among entered events (metric publicityCancelledShare).
func (g *PublicityEventGroup) CancelledShare() *Rate { return g.Rates["cancelledShare"] }

// Audience: People who came.
func (g *PublicityEventGroup) Audience() *NumberSum { return g.number("audience") }

// OnlineReach: People reached online.
func (g *PublicityEventGroup) OnlineReach() *NumberSum { return g.number("onlineReach") }
