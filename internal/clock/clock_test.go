package clock_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// record is invented facts: days as ISO text, enum values as they are.
type record map[string]string

func (r record) Day(field string) *model.Date {
	d, err := model.ParseDate(r[field])
	if err != nil {
		return nil
	}
	return &d
}

func (r record) Value(field string) string { return r[field] }

func (r record) Filled(field string) bool { return r[field] != "" }

// Unreadable: codes are upper-case letters and days are digits; 五日内 is neither.
func (r record) Unreadable(field string) bool { return r[field] > "\x80" }

func on(t testing.TB, today string) *clock.Clock {
	t.Helper()
	days, err := calendar.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := clock.Parse(graph.Schema(), yamlfile.Layers{Shipped: adapters.Systems().Deadlines()})
	if err != nil {
		t.Fatal(err)
	}
	d, err := model.ParseDate(today)
	if err != nil {
		t.Fatal(err)
	}
	return clock.New(rules, days, func() model.Date { return d })
}

// text is a day, "-" for none.
func text(d *model.Date) string {
	if d == nil {
		return "-"
	}
	return d.String()
}

func TestDueDays(t *testing.T) {
	const (
		ordinary2017 = "行政复议法（2017年修正）第三十一条"
		summary2023  = "行政复议法（2023年修订）第六十二条第二款"
		ordinary2023 = "行政复议法（2023年修订）第六十二条第一款"
	)
	for _, test := range []struct {
		name, kind string
		step       model.DeadlineStep
		record     record
		due        string
		article    string // "" is not looked at
	}{
		{"fifteen working days over the Spring Festival", "NotarialMatter", model.DeadlineStepCertificate,
			record{"acceptedOn": "2024-01-29"}, "2024-02-22", "公证法第三十条"},
		{"fifteen working days over National Day", "NotarialMatter", model.DeadlineStepCertificate,
			record{"acceptedOn": "2023-09-25"}, "2023-10-20", ""},
		// 2..6 September and 9..20 without the 10th and 11th
		{"verification is not counted", "NotarialMatter", model.DeadlineStepCertificate,
			record{"acceptedOn": "2024-08-30", "verifyingFrom": "2024-09-09", "verifyingTo": "2024-09-11"},
			"2024-09-25", ""},
		{"material and verification overlap", "NotarialMatter", model.DeadlineStepCertificate,
			// 5 to 12 March are not
			record{"acceptedOn": "2024-03-01", "materialsRequestedOn": "2024-03-04",
				"materialsCompletedOn": "2024-03-08", "verifyingFrom": "2024-03-06", "verifyingTo": "2024-03-12"},
			"2024-04-01", ""},
		{"stop that ends before it begins", "NotarialMatter", model.DeadlineStepCertificate,
			// how long it was, nobody knows
			record{"acceptedOn": "2024-03-01", "verifyingFrom": "2024-03-12", "verifyingTo": "2024-03-06"}, "-", ""},

		{"sixty days end in the holidays and run to a make-up Saturday", "ReconsiderationCase",
			model.DeadlineStepDecision,
			record{"acceptedOn": "2023-08-01"}, "2023-10-07", ordinary2017},
		{"last day of the old law knows no summary procedure", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2023-12-31", "procedure": "SUMMARY"}, "2024-02-29", ordinary2017},
		{"first day of the new law", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-01", "procedure": "SUMMARY"}, "2024-01-31", summary2023},
		{"summary ends at the Spring Festival and runs to a make-up Sunday", "ReconsiderationCase",
			model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-11", "procedure": "SUMMARY"}, "2024-02-18", summary2023},
		{"extended", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-02", "extendedOn": "2024-02-20"}, "2024-04-01", ordinary2023},
		{"extended by less than the law allows", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-02", "extendedOn": "2024-02-20", "extendedTo": "2024-03-12"}, "2024-03-12",
			ordinary2023},
		{"extended by more than the law allows", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-02", "extendedOn": "2024-02-20", "extendedTo": "2024-06-12"}, "2024-04-01",
			ordinary2023},
		{"extended, says the state", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-02", "status": "EXTENDED"}, "2024-04-01", ordinary2023},
		{"extended on a day that cannot be read", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-02", "extendedOn": "同上"}, "2024-04-01", ordinary2023},
		{"extended, then suspended for ten days", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-02", "extendedOn": "2024-02-20", "extendedTo": "2024-03-12",
				"suspendedFrom": "2024-03-01", "suspendedTo": "2024-03-11"}, "2024-03-22", ordinary2023},
		{"accepted under the former law, copied under the new", "ReconsiderationCase", model.DeadlineStepAnswer,
			// the 13th is a Saturday
			record{"acceptedOn": "2023-12-28", "copySentOn": "2024-01-03"}, "2024-01-15", "行政复议法（2017年修正）第二十三条"},
		{"received under the former law, accepted under the new", "ReconsiderationCase", model.DeadlineStepAcceptance,
			record{"receivedOn": "2023-12-28", "acceptedOn": "2024-01-03"}, "2024-01-05", "行政复议法（2023年修订）第三十条、第八十八条"},
		{"summary cannot be extended", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-02", "extendedOn": "2024-01-20", "procedure": "SUMMARY"}, "2024-02-01",
			summary2023},
		{"converted is ordinary", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-03-01", "procedure": "CONVERTED"}, "2024-04-30", ordinary2023},
		{"suspension is not counted", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-03-01", "suspendedFrom": "2024-03-20", "suspendedTo": "2024-04-09"},
			"2024-05-20", ordinary2023},
		{"suspension goes on", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-03-01", "suspendedFrom": "2024-03-20"}, "-", ordinary2023},
		{"suspension after the due day changes nothing", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-01-02", "suspendedFrom": "2024-03-05"}, "2024-03-04", ordinary2023},
		{"state says suspended, no day does", "ReconsiderationCase", model.DeadlineStepDecision,
			record{"acceptedOn": "2024-03-01", "status": "SUSPENDED"}, "-", ""},
		{"five working days over the Spring Festival", "ReconsiderationCase", model.DeadlineStepAcceptance,
			record{"receivedOn": "2024-02-07"}, "2024-02-20", "行政复议法（2023年修订）第三十条、第八十八条"},
		{"supplement starts the check anew", "ReconsiderationCase", model.DeadlineStepAcceptance,
			record{"receivedOn": "2024-03-01", "supplementRequestedOn": "2024-03-05", "supplementedOn": "2024-03-15"},
			"2024-03-22", ""},
		{"supplement is awaited", "ReconsiderationCase", model.DeadlineStepAcceptance,
			record{"receivedOn": "2024-03-01", "supplementRequestedOn": "2024-03-05"}, "-", ""},

		{"opinion letter under the old rules", "ReconsiderationOpinionLetter", model.DeadlineStepFeedback,
			// 31 December, New Year
			record{"kind": "OPINION", "issuedOn": "2023-11-01"}, "2024-01-02", "行政复议法实施条例第五十七条"},
		{"opinion letter", "ReconsiderationOpinionLetter", model.DeadlineStepFeedback,
			record{"kind": "OPINION", "issuedOn": "2024-05-06"}, "2024-07-05", "行政复议法（2023年修订）第七十六条"},

		{"legal aid decision before the law", "LegalAidCase", model.DeadlineStepDecision,
			record{"source": "APPLICATION", "acceptedOn": "2021-12-31"}, "2022-01-12",
			"法律援助条例；办理法律援助案件程序规定（司法部令第124号）第十三条"},
		{"legal aid decision on the first day of the law", "LegalAidCase", model.DeadlineStepDecision,
			record{"source": "APPLICATION", "receivedOn": "2022-01-01", "acceptedOn": "2022-01-01"}, "2022-01-10",
			"法律援助法第四十三条"},
		{"legal aid received before the law, accepted under it", "LegalAidCase", model.DeadlineStepDecision,
			record{"source": "APPLICATION", "receivedOn": "2021-12-31", "acceptedOn": "2022-01-04"}, "2022-01-13",
			"法律援助条例；办理法律援助案件程序规定（司法部令第124号）第十三条"},
		{"legal aid counts from receipt until acceptance is known", "LegalAidCase", model.DeadlineStepDecision,
			record{"source": "APPLICATION", "receivedOn": "2024-06-26"}, "2024-07-03", ""},
		{"day before the new procedure rules", "LegalAidCase", model.DeadlineStepDecision,
			record{"source": "TRANSFER", "receivedOn": "2023-08-31", "acceptedOn": "2023-08-31"}, "2023-09-07",
			"法律援助法第四十三条"},
		{"first day of the new procedure rules", "LegalAidCase", model.DeadlineStepDecision,
			record{"source": "APPLICATION", "receivedOn": "2023-09-01", "acceptedOn": "2023-09-01"}, "2023-09-08",
			"法律援助法第四十三条；办理法律援助案件程序规定（司法部令第148号）"},
		{"assignment", "LegalAidCase", model.DeadlineStepAssignment, // the third day is a Sunday
			record{"source": "APPLICATION", "status": "GRANTED", "decidedOn": "2024-06-20"}, "2024-06-24", ""},
		{"assignment upon notice", "LegalAidCase", model.DeadlineStepAssignment,
			record{"source": "NOTICE", "receivedOn": "2024-06-24"}, "2024-06-27", "法律援助法第三十六条；办理法律援助案件程序规定（司法部令第148号）"},
		{"assignment of a criminal case under the old rules", "LegalAidCase", model.DeadlineStepAssignment,
			// Sunday the 25th was worked
			record{"source": "APPLICATION", "kind": "CRIMINAL", "status": "CLOSED", "decidedOn": "2021-04-23"},
			"2021-04-27", ""},
		{"assignment of a civil case under the old rules", "LegalAidCase", model.DeadlineStepAssignment,
			record{"source": "APPLICATION", "kind": "CIVIL", "status": "CLOSED", "decidedOn": "2021-04-23"},
			"2021-05-06", ""},

		{"normative document", "LegalityReview", model.DeadlineStepReview,
			record{"matterType": "NORMATIVE_DOCUMENT", "materialsCompleteOn": "2023-09-25"}, "2023-10-20",
			"国办发〔2018〕115号"},
		{"agreement", "LegalityReview", model.DeadlineStepReview,
			record{"matterType": "ADMINISTRATIVE_AGREEMENT", "materialsCompleteOn": "2023-09-25", "urgency": "NORMAL"},
			"2023-10-08", ""},
		{"urgent agreement", "LegalityReview", model.DeadlineStepReview,
			record{"matterType": "ADMINISTRATIVE_AGREEMENT", "materialsCompleteOn": "2023-09-25", "urgency": "URGENT"},
			"2023-09-28", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, d := range on(t, "2024-07-01").Deadlines(test.kind, test.record) {
				if d.Step != test.step {
					continue
				}
				if got := text(d.DueOn); got != test.due {
					t.Errorf("due on %s, want %s", got, test.due)
				}
				if test.article != "" && d.Article != test.article {
					t.Errorf("by %s, want %s", d.Article, test.article)
				}
				return
			}
			t.Error("no such deadline")
		})
	}
}

// Hand-computed days round the Spring Festival and National Day of each year that the
// calendar knows; the working days counted stand beside those that need it.
func TestDueDaysRoundTheHolidays(t *testing.T) {
	const (
		review, aid, notary, objection, again = "LegalityReview", "LegalAidCase", "NotarialMatter", "LegalAidObjection",
			"NotarialReexamination"
		reconsideration, letter = "ReconsiderationCase", "ReconsiderationOpinionLetter"
	)
	for _, test := range []struct {
		name, kind string
		step       model.DeadlineStep
		record     record
		due        string
	}{
		// 2021: off 11 to 17 February and 1 to 7 October; worked 7 and 20 February, 26 September, 9 October
		// January 26-29, February 1-5, 7-10, 18, 19
		{"2021 certificate, Spring Festival", notary, model.DeadlineStepCertificate,
			record{"acceptedOn": "2021-01-25"}, "2021-02-19"},
		{"2021 legal aid, seven working days", aid, model.DeadlineStepDecision, // February 9, 10, 18, 19, 20, 22, 23
			record{"source": "APPLICATION", "acceptedOn": "2021-02-08"}, "2021-02-23"},
		// September 23, 24, 26-30, October 8, 9, 11-15, 18
		{"2021 certificate, National Day", notary, model.DeadlineStepCertificate,
			record{"acceptedOn": "2021-09-22"}, "2021-10-18"},
		{"2021 sixty days end on 2 October", reconsideration, model.DeadlineStepDecision,
			record{"acceptedOn": "2021-08-03"}, "2021-10-08"},
		{"2021 answer in ten calendar days ends on 3 October", reconsideration, model.DeadlineStepAnswer,
			record{"acceptedOn": "2021-09-22", "copySentOn": "2021-09-23"}, "2021-10-08"},
		{"2021 objection in five working days", objection, model.DeadlineStepObjectionReview, // October 8, 9, 11-13
			record{"raisedOn": "2021-09-30"}, "2021-10-13"},
		// 2022: off 31 January to 6 February and 1 to 7 October; worked 29, 30 January, 8, 9 October
		{"2022 legal aid, seven days end on 1 February", aid, model.DeadlineStepDecision,
			record{"source": "APPLICATION", "receivedOn": "2022-01-25", "acceptedOn": "2022-01-25"}, "2022-02-07"},
		// January 21, 24-30, February 7-11, 14, 15
		{"2022 certificate, Spring Festival", notary, model.DeadlineStepCertificate,
			record{"acceptedOn": "2022-01-20"}, "2022-02-15"},
		// January 28-30, February 7, 8
		{"2022 check for acceptance, Spring Festival", reconsideration, model.DeadlineStepAcceptance,
			record{"receivedOn": "2022-01-27"}, "2022-02-08"},
		// September 30, October 8-11
		{"2022 check for acceptance, National Day", reconsideration, model.DeadlineStepAcceptance,
			record{"receivedOn": "2022-09-29"}, "2022-10-11"},
		{"2022 assignment ends on 2 October, make-up Saturday", aid, model.DeadlineStepAssignment,
			record{"source": "APPLICATION", "status": "GRANTED", "decidedOn": "2022-09-29"}, "2022-10-08"},
		// 2023: off 21 to 27 January and 29 September to 6 October; worked 28, 29 January, 7, 8 October
		// January 11-13, 16-20, 28-31, February 1-3
		{"2023 certificate, Spring Festival", notary, model.DeadlineStepCertificate,
			record{"acceptedOn": "2023-01-10"}, "2023-02-03"},
		{"2023 sixty days end on 24 January, make-up Saturday", reconsideration, model.DeadlineStepDecision,
			record{"acceptedOn": "2022-11-25"}, "2023-01-28"},
		{"2023 filing ends on 30 September, make-up Saturday", review, model.DeadlineStepFiling,
			record{"matterType": "NORMATIVE_DOCUMENT", "publishedOn": "2023-09-15"}, "2023-10-07"},
		{"2023 copy under the former law", reconsideration, model.DeadlineStepCopy, // September 26-28, October 7-10
			record{"acceptedOn": "2023-09-25", "procedure": "SUMMARY"}, "2023-10-10"},
		// 2024: off 10 to 17 February and 1 to 7 October; worked 4, 18 February, 14, 29 September, 12 October
		{"2024 copy", reconsideration, model.DeadlineStepCopy, // February 6-9, 18-20
			record{"acceptedOn": "2024-02-05"}, "2024-02-20"},
		{"2024 copy, summary", reconsideration, model.DeadlineStepCopy,
			record{"acceptedOn": "2024-02-05", "procedure": "SUMMARY"}, "2024-02-08"},
		{"2024 answer", reconsideration, model.DeadlineStepAnswer, // February 9, 18-23, 26-28
			record{"copySentOn": "2024-02-08"}, "2024-02-28"},
		{"2024 answer, summary", reconsideration, model.DeadlineStepAnswer, // February 9, 18-21
			record{"copySentOn": "2024-02-08", "procedure": "SUMMARY"}, "2024-02-21"},
		{"2024 request for a supplement", reconsideration, model.DeadlineStepSupplementRequest, // February 7-9, 18, 19
			record{"receivedOn": "2024-02-06", "supplementRequestedOn": "2024-02-19"}, "2024-02-19"},
		{"2024 supplement", reconsideration, model.DeadlineStepSupplement, // February 7-9, 18-23, 26
			record{"receivedOn": "2024-02-05", "supplementRequestedOn": "2024-02-06"}, "2024-02-26"},
		// September 13, 14, 18-20, 23-27, 29, 30, October 8-10
		{"2024 certificate, Mid-Autumn and National Day", notary, model.DeadlineStepCertificate,
			record{"acceptedOn": "2024-09-12"}, "2024-10-10"},
		{"2024 objection ends on 1 October", objection, model.DeadlineStepObjectionReview,
			record{"raisedOn": "2024-09-26"}, "2024-10-08"},
		{"2024 re-examination ends on 4 October", again, model.DeadlineStepReexamination,
			record{"requestedOn": "2024-09-04"}, "2024-10-08"},
		// 2025: off 28 January to 4 February and 1 to 8 October; worked 26 January, 8 February, 28
		// September, 11 October
		// January 16, 17, 20-24, 26, 27, February 5-8, 10, 11
		{"2025 certificate, Spring Festival", notary, model.DeadlineStepCertificate,
			record{"acceptedOn": "2025-01-15"}, "2025-02-11"},
		{"2025 summary procedure ends on 31 January", reconsideration, model.DeadlineStepDecision,
			record{"acceptedOn": "2025-01-01", "procedure": "SUMMARY"}, "2025-02-05"},
		// September 18, 19, 22-26, 28-30, October 9-11, 13, 14
		{"2025 normative document, National Day", review, model.DeadlineStepReview,
			record{"matterType": "NORMATIVE_DOCUMENT", "materialsCompleteOn": "2025-09-17"}, "2025-10-14"},
		{"2025 legal aid, seven days end on 2 October", aid, model.DeadlineStepDecision,
			record{"source": "APPLICATION", "receivedOn": "2025-09-25", "acceptedOn": "2025-09-25"}, "2025-10-09"},
		// 2026: off 15 to 23 February and 1 to 7 October; worked 14, 28 February, 20 September, 10 October
		// February 6, 9-14, 24-28, March 2-4
		{"2026 certificate, Spring Festival", notary, model.DeadlineStepCertificate,
			record{"acceptedOn": "2026-02-05"}, "2026-03-04"},
		{"2026 extended case ends on 18 February", reconsideration, model.DeadlineStepDecision,
			record{"acceptedOn": "2025-11-20", "extendedOn": "2026-01-15"}, "2026-02-24"},
		{"2026 subsidy ends on 15 February", aid, model.DeadlineStepSubsidy,
			record{"fileSubmittedOn": "2026-01-16"}, "2026-02-24"},
		// September 29, 30, October 8-10
		{"2026 check for acceptance ends on a make-up Saturday", reconsideration, model.DeadlineStepAcceptance,
			record{"receivedOn": "2026-09-28"}, "2026-10-10"},
		{"2026 opinion letter ends on 3 October", letter, model.DeadlineStepFeedback,
			record{"kind": "OPINION", "issuedOn": "2026-08-04"}, "2026-10-08"},
		{"2026 file ends on 3 October", aid, model.DeadlineStepFileSubmission,
			record{"status": "CLOSED", "closedOn": "2026-09-03"}, "2026-10-08"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, d := range on(t, "2024-07-01").Deadlines(test.kind, test.record) {
				if d.Step == test.step {
					if got := text(d.DueOn); got != test.due || d.IsEstimate {
						t.Errorf("due on %s, estimated: %v; want %s", got, d.IsEstimate, test.due)
					}
					return
				}
			}
			t.Error("no such deadline")
		})
	}
}

func TestNoDeadline(t *testing.T) {
	c := on(t, "2024-07-01")
	for _, test := range []struct {
		name, kind string
		record     record
	}{
		{"nothing begun", "NotarialMatter", record{"receivedOn": "2024-01-01"}},
		{"agreement before the province rule", "LegalityReview",
			record{"matterType": "CIVIL_CONTRACT", "materialsCompleteOn": "2023-03-31"}},
		{"major decision", "LegalityReview",
			record{"matterType": "MAJOR_DECISION", "materialsCompleteOn": "2024-01-01"}},
		{"suggestion letter", "ReconsiderationOpinionLetter", record{"kind": "SUGGESTION", "issuedOn": "2024-01-01"}},
		{"refused application is not assigned", "LegalAidCase",
			record{"source": "APPLICATION", "status": "REFUSED", "decidedOn": "2024-01-01"}},
		{"record without rules", "PublicityEvent", record{"heldOn": "2024-01-01"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := c.Deadlines(test.kind, test.record); got == nil || len(got) > 0 {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestStates(t *testing.T) {
	accepted := func(more record) record {
		r := record{"acceptedOn": "2024-01-29"} // due on 2024-02-22
		for k, v := range more {
			r[k] = v
		}
		return r
	}
	for _, test := range []struct {
		name, today string
		record      record
		state       model.DeadlineState
		left        *int
		onTime      *bool
	}{
		{"days left over the holidays", "2024-02-09", accepted(nil), model.DeadlineStateRunning, new(5), nil},
		{"due today", "2024-02-22", accepted(nil), model.DeadlineStateRunning, new(0), nil},
		{"overdue", "2024-02-23", accepted(nil), model.DeadlineStateOverdue, new(-1), nil},
		{"overdue, asked on a Saturday", "2024-02-24", accepted(nil), model.DeadlineStateOverdue, new(-1), nil},
		{"done in time", "2024-07-01", accepted(record{"issuedOn": "2024-02-22"}), model.DeadlineStateMet, nil,
			new(true)},
		{"done too late", "2024-07-01", accepted(record{"issuedOn": "2024-02-23"}), model.DeadlineStateMissed, nil,
			new(false)},
		{"refused instead", "2024-07-01", accepted(record{"closedOn": "2024-02-20", "status": "REFUSED"}),
			model.DeadlineStateMet, nil, new(true)},
		{"done on an unknown day", "2024-07-01", accepted(record{"status": "DELIVERED"}), model.DeadlineStateUnknown,
			nil, nil},
		{"stopped", "2024-07-01", accepted(record{"verifyingFrom": "2024-02-01"}), model.DeadlineStateStopped, nil,
			nil},
		{"done before it began", "2024-07-01", accepted(record{"issuedOn": "2024-01-26"}), model.DeadlineStateUnknown,
			nil, nil},
		{"done in time in spite of a stop for good", "2024-07-01",
			accepted(record{"verifyingFrom": "2024-02-01", "issuedOn": "2024-02-22"}), model.DeadlineStateMet, nil,
			new(true)},
		{"done while stopped for good", "2024-07-01",
			accepted(record{"verifyingFrom": "2024-02-01", "issuedOn": "2024-03-01"}), model.DeadlineStateUnknown, nil,
			nil},
		{"done on a day that cannot be read", "2024-07-01", accepted(record{"issuedOn": "五日内"}),
			model.DeadlineStateUnknown, nil, nil},
		{"and closed on one that can", "2024-07-01", accepted(record{"issuedOn": "同上", "closedOn": "2024-03-20"}),
			model.DeadlineStateUnknown, nil, nil},
		{"not issued, closed on a day that cannot be read", "2024-07-01", accepted(record{"closedOn": "次日"}),
			model.DeadlineStateUnknown, nil, nil},
		{"an outcome without a day", "2024-07-01", accepted(record{"refusalReason": "OTHER"}),
			model.DeadlineStateUnknown, nil, nil},
		{"an outcome that nobody knows", "2024-07-01", accepted(record{"refusalReason": "补录"}),
			model.DeadlineStateUnknown, nil, nil},
		{"a state that nobody knows", "2024-07-01", accepted(record{"status": "补录"}), model.DeadlineStateUnknown, nil,
			nil},
		{"a stop of unknown length, late without it", "2024-07-01",
			accepted(record{"verifyingFrom": "2024-02-01", "verifyingTo": "次日"}), model.DeadlineStateUnknown, nil, nil},
		{"a stop of which only the end is known", "2024-07-01",
			accepted(record{"verifyingTo": "2024-02-01", "issuedOn": "2024-03-01"}), model.DeadlineStateUnknown, nil,
			nil},
		{"a stop of unknown length, in time without it", "2024-07-01",
			accepted(record{"verifyingFrom": "同上", "issuedOn": "2024-02-22"}), model.DeadlineStateMet, nil, new(true)},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := clock.Current(on(t, test.today).Deadlines("NotarialMatter", test.record))
			if d.State != test.state || d.Overdue() != (test.state == model.DeadlineStateOverdue) {
				t.Errorf("state %s, overdue %v, want %s", d.State, d.Overdue(), test.state)
			}
			if diff := cmp.Diff(test.left, d.DaysLeft); diff != "" {
				t.Errorf("days left -want +got\n%s", diff)
			}
			if diff := cmp.Diff(test.onTime, d.OnTime); diff != "" {
				t.Errorf("on time -want +got\n%s", diff)
			}
		})
	}
}

func TestCurrent(t *testing.T) {
	day := func(text string) *model.Date {
		d, err := model.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	met := &model.Deadline{State: model.DeadlineStateMet, DueOn: day("2024-01-01")}
	missed := &model.Deadline{State: model.DeadlineStateMissed, DueOn: day("2024-02-01")}
	stopped := &model.Deadline{State: model.DeadlineStateStopped}
	soon := &model.Deadline{State: model.DeadlineStateRunning, DueOn: day("2024-07-02")}
	later := &model.Deadline{State: model.DeadlineStateRunning, DueOn: day("2024-07-20")}
	for _, test := range []struct {
		name string
		list []*model.Deadline
		want *model.Deadline
	}{
		{"none", nil, nil},
		{"last of the done", []*model.Deadline{met, missed}, missed},
		{"open before done", []*model.Deadline{soon, missed}, soon},
		{"first due of the open", []*model.Deadline{met, later, soon}, soon},
		{"running before stopped", []*model.Deadline{stopped, later}, later},
		{"stopped before done", []*model.Deadline{stopped, missed}, stopped},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := clock.Current(test.list); got != test.want {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestEstimate(t *testing.T) {
	c := on(t, "2024-07-01")
	if d := clock.Current(c.Deadlines("NotarialMatter", record{"acceptedOn": "2019-09-20"})); !d.IsEstimate {
		t.Error("2019 is not in the calendar, and the deadline does not say so")
	}
	if d := clock.Current(c.Deadlines("NotarialMatter", record{"acceptedOn": "2023-09-20"})); d.IsEstimate {
		t.Error("2023 is in the calendar")
	}
}

func TestParseFindings(t *testing.T) {
	const head = "rules:\n  - record: NotarialMatter\n    step: CERTIFICATE\n    start: [acceptedOn]\n    done: [issuedOn]\n"
	schema := graph.Schema()
	for _, test := range []struct{ name, file, want string }{
		{"no YAML", "rules: {", "d.yaml:1: not YAML: could not find flow mapping end token '}'"},
		{"empty", "", "d.yaml: the file is empty: it needs rules"},
		{"unknown key", "rule: []",
			"d.yaml:1: unknown key \"rule\" in the file; did you mean rules? Known: rules\nd.yaml:1: the file lacks rules"},
		{"rule without start", "rules:\n  - {record: NotarialMatter, step: REVIEW, done: [], limits: []}",
			"d.yaml:2: the rule lacks start"},
		{"unknown record", "rules:\n  - {record: Dispute, step: REVIEW, start: [], done: [], limits: []}",
			`d.yaml:2: "Dispute" is no record of the graph`},
		{"unknown field",
			head + "    stops: [[verifyingFrom, verifiedOn]]\n    limits: [{days: 1, unit: WORKING_DAYS, rule: x, article: y}]", `d.yaml:6: NotarialMatter has no field "verifiedOn" that is a Date`},
		{"unknown state", head + "    over: [DONE]\n    limits: [{days: 1, unit: WORKING_DAYS, rule: x, article: y}]",
			`d.yaml:6: "DONE" is no value of NotarialStatus`},
		{"stop of one day",
			head + "    stops: [[verifyingFrom]]\n    limits: [{days: 1, unit: WORKING_DAYS, rule: x, article: y}]",
			"d.yaml:6: a stop is a pair of days: [suspendedFrom, suspendedTo]"},
		{"no article", head + "    limits:\n      - {days: 15, unit: WORKING_DAYS, rule: x}",
			"d.yaml:7: the limit lacks article"},
		{"no number of days", head + "    limits:\n      - {days: fifteen, unit: WORKING_DAYS, rule: x, article: y}",
			`d.yaml:7: days must be a whole number from 1 to 3650, not "fifteen"`},
		{"unknown unit", head + "    limits:\n      - {days: 15, unit: WEEKS, rule: x, article: y}",
			`d.yaml:7: "WEEKS" is no unit; write WORKING_DAYS or CALENDAR_DAYS`},
		{"versions the wrong way round",
			head + "    limits:\n      - {from: 2024-01-01, before: 2023-01-01, days: 15, unit: WORKING_DAYS, rule: x, article: y}", "d.yaml:7: from 2024-01-01 must lie before 2023-01-01"},
		{"condition on a text",
			head + "    limits:\n      - {when: {title: [x]}, days: 15, unit: WORKING_DAYS, rule: x, article: y}",
			`d.yaml:7: NotarialMatter has no field "title" that is an enum`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := clock.Parse(schema,
				yamlfile.Layers{Shipped: []yamlfile.Source{{Name: "d.yaml", Data: []byte(test.file)}}})
			if err == nil {
				t.Fatal("no finding")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestSite: the rules of a step that a site gives take the place of all that ship of it.
func TestSite(t *testing.T) {
	const own = "rules:\n  - {record: LegalAidCase, step: SUBSIDY, start: [fileSubmittedOn], done: [subsidyPaidOn], limits: [{days: 5, unit: CALENDAR_DAYS, rule: 甲, article: 乙}]}\n"
	steps := func(text string) (list []string) {
		rules, err := clock.Parse(graph.Schema(), yamlfile.Layers{Shipped: adapters.Systems().Deadlines(),
			Site: &yamlfile.Source{Name: "site.yaml", Data: []byte(text)}})
		if err != nil {
			return []string{err.Error()}
		}
		days, err := calendar.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		today, _ := model.ParseDate("2024-05-01")
		c := clock.New(rules, days, func() model.Date { return today })
		for _, d := range c.Deadlines("LegalAidCase",
			record{"closedOn": "2024-03-01", "fileSubmittedOn": "2024-03-04", "status": "FILE_SUBMITTED"}) {
			list = append(list, string(d.Step)+" "+d.DueOn.String())
		}
		return list
	}
	for _, test := range []struct {
		name, file string
		want       []string
	}{
		{"replaces all", own, []string{"SUBSIDY 2024-03-11"}},
		{"takes the place", "extend: true\n" + own, []string{"FILE_SUBMISSION 2024-04-01", "SUBSIDY 2024-03-11"}},
		{"removes", "extend: true\nrules: [{record: LegalAidCase, step: SUBSIDY, limits: ~}]",
			[]string{"FILE_SUBMISSION 2024-04-01"}},
		{"removes nothing", "extend: true\nrules: [{record: LegalAidCase, step: ACCEPTANCE, limits: ~}]",
			[]string{"site.yaml:2: nothing to remove: what ships with the gateway has nothing of this name"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, steps(test.file)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
