package questions

import (
	"fmt"
	"slices"
	"strings"
)

// computation answers a question twice, as lines of the same form: from the rows, and
// from what the gateway answered.
type computation struct {
	given    map[string]any // variables that have no default
	computed func(d *district) []string
	answered func(data node) []string
}

// joined makes a line.
func joined(parts ...any) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = fmt.Sprint(p)
	}
	return strings.Join(texts, " | ")
}

// each makes one sorted text of one text per element.
func each[T any](list []T, text func(T) string) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = text(v)
	}
	slices.Sort(texts)
	return strings.Join(texts, " ")
}

// cell gives one cell of each row.
func cells(field string) func(row) string { return func(r row) string { return r.text(field) } }

// totals gives the totalCount of each alias.
func totals(n node, aliases ...string) string {
	return each2(aliases, func(a string) string { return n.text(a, "totalCount") })
}

// each2 is each in the order given.
func each2[T any](list []T, text func(T) string) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = text(v)
	}
	return strings.Join(texts, " ")
}

// counts gives the number of rows of each selection.
func counts(selections ...[]row) string {
	return each2(selections, func(rows []row) string { return fmt.Sprint(len(rows)) })
}

// askedPerson is an invented person who asked for aid and for reconsideration.
const askedPerson = "330199196906240088"

func computations() map[string]computation {
	return map[string]computation{
		"01": {
			computed: func(d *district) (lines []string) {
				opinions := func(number string) string {
					return each(d.of("LegalityReview", refers("documentNumberKey", number)), cells("opinion"))
				}
				for _, c := range d.of("ReconsiderationCase", in("decidedOn", 2023), overturned) {
					lines = append(lines, joined(c.text("number"), d.department(c, "respondent"), d.town(c, "respondentTown"),
						c.text("challengedDocumentKey"), opinions(c.text("challengedDocumentKey")),
						c.text("attachedDocumentKey"), opinions(c.text("attachedDocumentKey"))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				opinion := func(r node) string { return r.text("opinion") }
				for _, c := range data.list("reconsiderationCases", "nodes") {
					lines = append(lines, joined(c.text("number"), c.text("respondent", "name"), c.text("respondentTown", "name"),
						c.text("challengedDocument", "number"), each(c.list("challengedDocument", "legalityReviews"), opinion),
						c.text("attachedDocument", "number"), each(c.list("attachedDocument", "legalityReviews"), opinion)))
				}
				return lines
			},
		},
		"02": {
			computed: func(d *district) (lines []string) {
				for _, u := range d.Departments.List {
					by, against := refers("draftingUnit", u.Code), refers("respondent", u.Code)
					sued := d.of("ReconsiderationCase", against, in("closedOn", 2023), is("hasLawsuit", "true"))
					lines = append(lines, joined(u.Name, counts(
						d.of("LegalityReview", by, in("receivedOn", 2023)),
						d.of("LegalityReview", by, in("receivedOn", 2023), is("opinion", "UNLAWFUL")),
						d.of("ReconsiderationCase", against, in("receivedOn", 2023)),
						d.of("ReconsiderationCase", against, in("closedOn", 2023)),
						d.of("ReconsiderationCase", against, in("closedOn", 2023), overturned)),
						each(sued, func(c row) string {
							return c.text("number") + each(d.of("ReconsiderationLawsuit", refers("reconsiderationCase", c.Key)), cells("isLost"))
						})))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, u := range data.list("departments") {
					lines = append(lines, joined(u.text("name"), totals(u, "reviewed", "unlawful", "challenged", "closed", "corrected"),
						each(u.list("sued", "nodes"), func(c node) string {
							return c.text("number") + each(c.list("lawsuits"), func(l node) string { return l.text("isLost") })
						})))
				}
				return lines
			},
		},
		"03": {
			computed: func(d *district) (lines []string) {
				for _, t := range d.Towns.List {
					here, came := refers("town", t.Code), in("receivedOn", 2023)
					lines = append(lines, joined(t.Name, counts(
						d.of("PublicityEvent", here, in("heldOn", 2023)),
						d.of("ReconsiderationCase", here, came),
						d.of("ReconsiderationCase", here, came, is("matter", "EXPROPRIATION")),
						d.of("ReconsiderationCase", here, came, is("matter", "PENALTY")),
						d.of("LegalAidCase", here, came),
						d.of("LegalAidCase", here, came, is("cause", "LABOUR_PAY")),
						d.of("LegalAidCase", here, came, is("cause", "INJURY")))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, t := range data.list("towns") {
					lines = append(lines, joined(t.text("name"), totals(t, "events", "reconsideration", "expropriation", "penalty", "aid", "labourPay", "injury")))
				}
				return lines
			},
		},
		"04": {
			given: map[string]any{"id": askedPerson},
			computed: func(d *district) (lines []string) {
				type filed struct{ day, line string }
				var timeline []filed
				var applications []string
				for _, c := range d.aidCases(askedPerson) {
					applications = append(applications, joined("aid", c.text("number"), c.text("title"), c.text("kind"), c.text("cause"), c.text("status"), c.text("receivedOn")))
					timeline = append(timeline, filed{c.text("receivedOn"), joined("LEGAL_AID", c.text("number"))})
				}
				for _, c := range d.reconsiderations(askedPerson) {
					applications = append(applications, joined("reconsideration", c.text("number"), c.text("title"), c.text("matter"), c.text("status"), c.text("outcome"), c.text("receivedOn"), d.department(c, "respondent")))
					timeline = append(timeline, filed{c.text("receivedOn"), joined("RECONSIDERATION", c.text("number"))})
				}
				slices.SortStableFunc(timeline, func(a, b filed) int { return strings.Compare(b.day, a.day) })
				for i, f := range timeline {
					lines = append(lines, joined(i, f.day, f.line))
				}
				return append(lines, append(applications, joined("groups", d.aidGroups(askedPerson), "granted", slices.ContainsFunc(d.aidCases(askedPerson), granted)))...)
			},
			answered: func(data node) (lines []string) {
				person := data.at("person")
				for i, r := range person.list("records", "nodes") {
					lines = append(lines, joined(i, r.text("receivedOn"), joined(r.text("system"), r.text("number"))))
				}
				for _, a := range person.list("legalAidApplications") {
					for _, c := range a.list("legalAidCases") {
						lines = append(lines, joined("aid", c.text("number"), c.text("title"), c.text("kind"), c.text("cause"), c.text("status"), c.text("receivedOn")))
					}
				}
				for _, a := range person.list("reconsiderationApplicants") {
					c := a.at("reconsiderationCase")
					lines = append(lines, joined("reconsideration", c.text("number"), c.text("title"), c.text("matter"), c.text("status"), c.text("outcome"), c.text("receivedOn"), c.text("respondent", "name")))
				}
				return append(lines, joined("groups", each2(person.list("aidGroups"), node.word), "granted", person.text("wasGrantedAid")))
			},
		},
		"05": {
			computed: func(d *district) (lines []string) {
				for _, c := range d.of("LegalAidCase", is("refusal", "NOT_POOR", "NOT_COVERED", "NO_MATERIAL", "OTHER")) {
					lines = append(lines, joined(c.text("number"), c.text("refusal"),
						each(d.of("LegalAidObjection", refers("legalAidCase", c.Key)), func(o row) string {
							return joined(o.text("against"), o.text("raisedOn"), o.text("outcome"),
								each(d.of("ReconsiderationCase", refers("numberKey", o.text("reconsiderationNumberKey"))), func(r row) string {
									return joined(r.text("status"), r.text("outcome"))
								}))
						}),
						each(d.of("LegalAidApplicant", key(c.text("applicant")), resident), func(a row) string {
							return each(d.reconsiderations(a.text("residentId")), cells("number"))
						})))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, c := range data.list("legalAidCases", "nodes") {
					lines = append(lines, joined(c.text("number"), c.text("refusal"),
						each(c.list("objections"), func(o node) string {
							followed := ""
							if r := o.at("reconsiderationCase"); r.value != nil {
								followed = joined(r.text("status"), r.text("outcome"))
							}
							return joined(o.text("against"), o.text("raisedOn"), o.text("outcome"), followed)
						}),
						each(c.list("applicant", "person", "reconsiderationApplicants"), func(a node) string { return a.text("reconsiderationCase", "number") })))
				}
				return lines
			},
		},
		"06": {
			computed: func(d *district) (lines []string) {
				for _, c := range d.of("ReconsiderationCase", in("receivedOn", 2023)) {
					for _, a := range d.of("ReconsiderationApplicant", refers("reconsiderationCase", c.Key), resident) {
						id := a.text("residentId")
						groups, aid := d.aidGroups(id), d.aidCases(id)
						if groups != "" && !slices.ContainsFunc(aid, granted) {
							lines = append(lines, joined(c.text("number"), groups, each(aid, func(r row) string { return joined(r.text("number"), r.text("status"), r.text("refusal")) })))
						}
					}
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, a := range data.list("reconsiderationApplicantsWithoutAid") {
					var aid []node
					for _, application := range a.list("person", "legalAidApplications") {
						aid = append(aid, application.list("legalAidCases")...)
					}
					lines = append(lines, joined(a.text("reconsiderationCase", "number"), each2(a.list("person", "aidGroups"), node.word),
						each(aid, func(r node) string { return joined(r.text("number"), r.text("status"), r.text("refusal")) })))
				}
				return lines
			},
		},
		"07": {
			computed: func(d *district) (lines []string) {
				for _, c := range d.of("ReconsiderationCase", is("isAttachedReviewRequested", "true")) {
					number := c.text("attachedDocumentKey")
					lines = append(lines, joined(c.text("number"), c.text("attachedReviewOutcome"), number,
						each(d.of("LegalityReview", refers("documentNumberKey", number)), func(r row) string {
							return joined(r.text("number"), r.text("opinion"), r.text("adoption"), r.text("documentState"), r.text("validUntil"), d.department(r, "draftingUnit"))
						}),
						each(d.of("ReconsiderationCase", refers("attachedDocumentKey", number)), cells("number"))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, c := range data.list("reconsiderationCases", "nodes") {
					document := c.at("attachedDocument")
					lines = append(lines, joined(c.text("number"), c.text("attachedReviewOutcome"), document.text("number"),
						each(document.list("legalityReviews"), func(r node) string {
							return joined(r.text("number"), r.text("opinion"), r.text("adoption"), r.text("documentState"), r.text("validUntil"), r.text("draftingUnit", "name"))
						}),
						each(document.list("reconsiderationCasesAttached"), func(r node) string { return r.text("number") })))
				}
				return lines
			},
		},
		"08": { // overdue on the day after the demo's last records
			computed: func(d *district) (lines []string) {
				for _, c := range d.of("ReconsiderationCase", is("hasOpinionLetter", "true")) {
					for _, l := range d.of("ReconsiderationOpinionLetter", refers("reconsiderationCase", c.Key)) {
						isLate := l.text("feedbackDueOn") != "" && l.text("feedbackDueOn") < "2024-07-01" && l.text("feedbackOn") == ""
						lines = append(lines, joined(c.text("number"), l.text("number"), d.department(l, "addressee"), d.town(l, "addresseeTown"), isLate))
					}
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, c := range data.list("reconsiderationCases", "nodes") {
					for _, l := range c.list("opinionLetters") {
						isLate := l.text("feedbackDueOn") != "" && l.text("feedbackDueOn") < "2024-07-01" && l.text("feedbackOn") == ""
						lines = append(lines, joined(c.text("number"), l.text("number"), l.text("addressee", "name"), l.text("addresseeTown", "name"), isLate))
					}
				}
				return lines
			},
		},
		"09": {
			computed: func(d *district) (lines []string) {
				for _, t := range d.Towns.List {
					here, came := refers("town", t.Code), in("receivedOn", 2023)
					lines = append(lines, joined(t.JudicialOffice, counts(
						d.of("LegalityReview", here, came),
						d.of("LegalityReview", here, in("opinionIssuedOn", 2023)),
						d.of("LegalityReview", here, in("opinionIssuedOn", 2023), func(r row) bool { return d.reviewed(r) == inTime }),
						d.of("LegalityReview", here, in("opinionIssuedOn", 2023), func(r row) bool { return d.reviewed(r) == late }),
						d.of("LegalityReview", here, came, is("opinion", "UNLAWFUL")),
						d.of("ReconsiderationCase", here, came),
						d.of("ReconsiderationCase", refers("respondentTown", t.Code), came),
						d.of("LegalAidCase", here, came),
						d.of("LegalAidCase", here, came, is("isUrgent", "true")),
						d.of("NotarialMatter", here, came),
						d.of("NotarialMatter", here, came, is("isDoorToDoor", "true")),
						d.of("PublicityEvent", here, in("heldOn", 2023)))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, t := range data.list("towns") {
					lines = append(lines, joined(t.text("judicialOffice"), totals(t, "reviews", "issued", "onTime", "late", "unlawful", "reconsideration", "againstTheTown",
						"aid", "aidUrgent", "notarial", "doorToDoor", "events")))
				}
				return lines
			},
		},
		"12": {
			computed: func(d *district) (lines []string) {
				for _, l := range d.of("Lawyer", is("asianGamesCorps", "LINPU", "GUALI", "CHENGXIANG", "NINGWEI", "YINGFENG", "AIRPORT")) {
					handled := refers("lawyer", l.text("licence"))
					firm := ""
					for _, f := range d.of("LawFirm") {
						if f.Key == l.text("firm") {
							firm = f.text("name")
						}
					}
					lines = append(lines, joined(l.text("licence"), l.text("asianGamesCorps"), l.text("asianGamesVenue"), l.text("isInTalentPool"), firm, counts(
						d.of("LegalAidCase", handled),
						d.of("LegalAidCase", handled, is("quality", "EXCELLENT")),
						d.of("LegalAidCase", handled, is("quality", "FAIL")))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, l := range data.list("lawyers", "nodes") {
					lines = append(lines, joined(l.text("licence"), l.text("asianGamesCorps"), l.text("asianGamesVenue"), l.text("isInTalentPool"), l.text("firm", "name"),
						totals(l, "cases", "excellent", "failed")))
				}
				return lines
			},
		},
		"14": {
			computed: func(d *district) (lines []string) {
				since := map[string]string{}
				for _, c := range d.of("LegalAidCase", in("receivedOn", 2023), granted) {
					for _, a := range d.of("LegalAidApplicant", key(c.text("applicant")), resident) {
						if first, known := since[a.text("residentId")]; !known || c.text("receivedOn") < first {
							since[a.text("residentId")] = c.text("receivedOn")
						}
					}
				}
				for _, a := range d.of("NotarialApplicant", is("role", "APPLICANT"), resident) {
					first, known := since[a.text("residentId")]
					for _, m := range d.of("NotarialMatter", key(a.text("matter"))) {
						for _, f := range d.of("NotarialFee", key(m.text("fee")), is("payment", "PAID")) {
							isFull := (f.text("reduction") == "" || f.text("reduction") == "0.00") && f.text("reductionReason") == "" && !d.isDirty("NotarialFee", f.Key, "reduction")
							if known && isFull && m.text("receivedOn") >= first {
								lines = append(lines, joined(m.text("number"), m.text("receivedOn"), f.text("notary"), f.text("total"), f.text("paidOn"),
									each(d.aidCases(a.text("residentId")), func(c row) string { return joined(c.text("number"), c.text("receivedOn"), c.text("status")) })))
							}
						}
					}
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, a := range data.list("aidRecipientsPayingFullFees") {
					m, aid := a.at("matter"), []node{}
					for _, application := range a.list("person", "legalAidApplications") {
						aid = append(aid, application.list("legalAidCases")...)
					}
					lines = append(lines, joined(m.text("number"), m.text("receivedOn"), m.text("fee", "notary"), m.text("fee", "total"), m.text("fee", "paidOn"),
						each(aid, func(c node) string { return joined(c.text("number"), c.text("receivedOn"), c.text("status")) })))
				}
				return lines
			},
		},
		"17": {
			computed: func(d *district) (lines []string) {
				for _, year := range []int{2022, 2023} {
					for _, r := range d.of("LegalityReview", is("matterType", "ADMINISTRATIVE_AGREEMENT"), in("receivedOn", year)) {
						number := r.text("documentNumberKey")
						led := append(d.of("ReconsiderationCase", refers("challengedDocumentKey", number)), d.of("ReconsiderationCase", refers("attachedDocumentKey", number))...)
						lines = append(lines, joined("reviewed", r.text("number"), r.text("contractAmount"), each(led, cells("matter"))))
					}
				}
				for _, c := range d.of("ReconsiderationCase", is("matter", "ADMIN_AGREEMENT")) {
					lines = append(lines, joined("disputed", c.text("number"), c.text("outcome"), c.text("challengedDocumentKey"),
						each(d.of("LegalityReview", refers("documentNumberKey", c.text("challengedDocumentKey"))), cells("contractAmount"))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, r := range data.list("reviewed", "nodes") {
					lines = append(lines, joined("reviewed", r.text("number"), r.text("contractAmount"),
						each(r.list("reconsiderationCases"), func(c node) string { return c.text("matter") })))
				}
				for _, c := range data.list("disputed", "nodes") {
					lines = append(lines, joined("disputed", c.text("number"), c.text("outcome"), c.text("challengedDocument", "number"),
						each(c.list("challengedDocument", "legalityReviews"), func(r node) string { return r.text("contractAmount") })))
				}
				return lines
			},
		},
		"18": {
			computed: func(d *district) (lines []string) {
				course := func(name string, cases []row) {
					for _, c := range cases {
						lines = append(lines, joined(name, c.text("number"), c.text("acceptedOn"), c.text("decidedOn"), c.text("outcome"),
							each(d.of("ReconsiderationHearing", refers("reconsiderationCase", c.Key)), func(h row) string {
								members, _ := h.Cells["members"].([]string)
								return fmt.Sprint(h.text("kind"), len(members))
							})))
					}
				}
				course("summary", d.of("ReconsiderationCase", is("procedure", "SUMMARY"), in("acceptedOn", 2024)))
				course("ordinary", d.of("ReconsiderationCase", is("procedure", "ORDINARY", "CONVERTED"), in("acceptedOn", 2024)))
				course("formerLaw", d.of("ReconsiderationCase", in("acceptedOn", 2023)))
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, name := range []string{"summary", "ordinary", "formerLaw"} {
					for _, c := range data.list(name, "nodes") {
						lines = append(lines, joined(name, c.text("number"), c.text("acceptedOn"), c.text("decidedOn"), c.text("outcome"),
							each(c.list("hearings"), func(h node) string { return fmt.Sprint(h.text("kind"), len(h.list("members"))) })))
					}
				}
				return lines
			},
		},
		"20": {
			computed: func(d *district) (lines []string) {
				for _, f := range d.annualFigures(2023) {
					lines = append(lines, joined(f.name, f.value, f.left.remarks()))
				}
				unreadable := map[string]int{}
				for _, s := range d.systems {
					for _, dirt := range s.Database.Ledger {
						if dirt.Rule == "UNREADABLE_DATE" {
							unreadable[dirt.Record+"."+dirt.Field]++
						}
					}
				}
				for at, n := range unreadable {
					lines = append(lines, joined(at, n))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, f := range data.list("annualReport", "figures") {
					lines = append(lines, joined(f.text("name"), f.text("value"), remarked(f)))
				}
				for _, f := range data.list("unreadableDates") {
					lines = append(lines, joined(f.text("record")+"."+f.text("field"), f.text("count")))
				}
				return lines
			},
		},
	}
}
