package questions

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
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

// joined2 is each2 as a line.
func joined2[T any](list []T, text func(T) string) string {
	texts := make([]any, len(list))
	for i, v := range list {
		texts[i] = text(v)
	}
	return joined(texts...)
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
					lines = append(lines, joined(c.text("number"), d.department(c, "respondent"),
						d.town(c, "respondentTown"),
						c.text("challengedDocumentKey"), opinions(c.text("challengedDocumentKey")),
						c.text("attachedDocumentKey"), opinions(c.text("attachedDocumentKey"))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				opinion := func(r node) string { return r.text("opinion") }
				for _, c := range data.list("reconsiderationCases", "nodes") {
					lines = append(lines, joined(c.text("number"), c.text("respondent", "name"),
						c.text("respondentTown", "name"),
						c.text("challengedDocument", "number"),
						each(c.list("challengedDocument", "legalityReviews"), opinion),
						c.text("attachedDocument", "number"),
						each(c.list("attachedDocument", "legalityReviews"), opinion)))
				}
				return lines
			},
		},
		"02": {
			computed: func(d *district) (lines []string) {
				for _, u := range d.Departments.List {
					by, against := refers("draftingUnit", u.Code), refers("respondent", u.Code)
					lines = append(lines, joined(u.Name, counts(
						d.of("LegalityReview", by, in("receivedOn", 2023)),
						d.of("LegalityReview", by, in("receivedOn", 2023), is("opinion", "UNLAWFUL")),
						d.of("ReconsiderationCase", against, in("receivedOn", 2023)),
						d.of("ReconsiderationCase", against, in("closedOn", 2023)),
						d.of("ReconsiderationCase", against, in("closedOn", 2023), overturned),
						d.of("ReconsiderationCase", against, in("closedOn", 2023), is("hasLawsuit", "true")))))
				}
				for _, l := range d.of("ReconsiderationLawsuit", is("isLost", "true"), in("judgedOn", 2023)) {
					lines = append(lines, joined("lost", l.text("instance"), l.text("judgedOn"), l.text("result"),
						each(d.of("ReconsiderationCase", key(l.text("reconsiderationCase"))), func(c row) string {
							return joined(c.text("number"), d.department(c, "respondent"), d.town(c, "respondentTown"))
						})))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, u := range data.list("departments") {
					lines = append(lines, joined(u.text("name"),
						totals(u, "reviewed", "unlawful", "challenged", "closed", "corrected", "sued")))
				}
				for _, l := range data.list("lost", "nodes") {
					c := l.at("reconsiderationCase")
					lines = append(lines, joined("lost", l.text("instance"), l.text("judgedOn"), l.text("result"),
						joined(c.text("number"), c.text("respondent", "name"), c.text("respondentTown", "name"))))
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
					lines = append(lines, joined(t.text("name"),
						totals(t, "events", "reconsideration", "expropriation", "penalty", "aid", "labourPay",
							"injury")))
				}
				return lines
			},
		},
		"04": {
			given: map[string]any{"id": askedPerson},
			computed: func(d *district) (lines []string) {
				var days []string
				file := func(system string, r row) {
					lines = append(lines, joined(system, r.text("number"), r.text("receivedOn")))
					days = append(days, r.text("receivedOn"))
				}
				for _, c := range d.aidCases(askedPerson) {
					lines = append(lines, joined("aid", c.text("number"), c.text("title"), c.text("kind"),
						c.text("cause"), c.text("status"), c.text("receivedOn")))
					file("LEGAL_AID", c)
				}
				for _, c := range d.reconsiderations(askedPerson) {
					lines = append(lines, joined("reconsideration", c.text("number"), c.text("title"), c.text("matter"),
						c.text("status"), c.text("outcome"), c.text("receivedOn"), d.department(c, "respondent")))
					file("RECONSIDERATION", c)
				}
				for _, p := range d.of("ReconsiderationThirdParty", refers("residentId", askedPerson)) {
					for _, c := range d.of("ReconsiderationCase", key(p.text("reconsiderationCase"))) {
						lines = append(lines, joined("third party", c.text("number")))
						file("RECONSIDERATION", c)
					}
				}
				for _, a := range d.of("NotarialApplicant", refers("residentId", askedPerson)) {
					for _, m := range d.of("NotarialMatter", key(a.text("matter"))) {
						file("NOTARIZATION", m)
					}
				}
				slices.Sort(days)
				slices.Reverse(days) // the last first, those without a day behind
				return append(lines, joined("order", days),
					joined("groups", d.aidGroups(askedPerson), "granted",
						slices.ContainsFunc(d.aidCases(askedPerson), granted)))
			},
			answered: func(data node) (lines []string) {
				person := data.at("person")
				var days []string
				for _, r := range person.list("records", "nodes") {
					lines = append(lines, joined(r.text("system"), r.text("number"), r.text("receivedOn")))
					days = append(days, r.text("receivedOn"))
				}
				for _, a := range person.list("legalAidApplications") {
					for _, c := range a.list("legalAidCases") {
						lines = append(lines, joined("aid", c.text("number"), c.text("title"), c.text("kind"),
							c.text("cause"), c.text("status"), c.text("receivedOn")))
					}
				}
				for _, a := range person.list("reconsiderationApplicants") {
					c := a.at("reconsiderationCase")
					lines = append(lines, joined("reconsideration", c.text("number"), c.text("title"), c.text("matter"),
						c.text("status"), c.text("outcome"), c.text("receivedOn"), c.text("respondent", "name")))
				}
				for _, p := range person.list("reconsiderationThirdParties") {
					lines = append(lines, joined("third party", p.text("reconsiderationCase", "number")))
				}
				return append(lines, joined("order", days),
					joined("groups", each2(person.list("aidGroups"), node.word), "granted",
						person.text("wasGrantedAid")))
			},
		},
		"05": {
			computed: func(d *district) (lines []string) {
				for _, o := range d.of("LegalAidObjection", is("against", "REFUSAL")) {
					lines = append(lines, joined(o.text("raisedOn"), o.text("decidedOn"), o.text("outcome"),
						each(d.of("LegalAidCase", key(o.text("legalAidCase"))), func(c row) string {
							return joined(c.text("number"), c.text("refusal"), c.text("decidedOn"),
								each(d.of("LegalAidApplicant", key(c.text("applicant")), resident), func(a row) string {
									return each(d.reconsiderations(a.text("residentId")), cells("number"))
								}))
						}),
						each(d.of("ReconsiderationCase", refers("numberKey", o.text("reconsiderationNumberKey"))),
							func(r row) string {
								return joined(r.text("status"), r.text("outcome"))
							})))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, o := range data.list("legalAidObjections", "nodes") {
					c, followed := "", ""
					if a := o.at("legalAidCase"); a.value != nil {
						c = joined(a.text("number"), a.text("refusal"), a.text("decidedOn"),
							each(a.list("applicant", "person", "reconsiderationApplicants"),
								func(a node) string { return a.text("reconsiderationCase", "number") }))
					}
					if r := o.at("reconsiderationCase"); r.value != nil {
						followed = joined(r.text("status"), r.text("outcome"))
					}
					lines = append(lines,
						joined(o.text("raisedOn"), o.text("decidedOn"), o.text("outcome"), c, followed))
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
							lines = append(lines, joined(c.text("number"), groups,
								each(aid, func(r row) string {
									return joined(r.text("number"), r.text("status"), r.text("refusal"))
								})))
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
					lines = append(lines, joined(a.text("reconsiderationCase", "number"),
						each2(a.list("person", "aidGroups"), node.word),
						each(aid, func(r node) string {
							return joined(r.text("number"), r.text("status"), r.text("refusal"))
						})))
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
							return joined(r.text("number"), r.text("opinion"), r.text("adoption"),
								r.text("documentState"), r.text("validUntil"), d.department(r, "draftingUnit"))
						}),
						each(d.of("ReconsiderationCase", refers("attachedDocumentKey", number)), cells("number"))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, c := range data.list("reconsiderationCases", "nodes") {
					document := c.at("attachedDocument")
					lines = append(lines, joined(c.text("number"), c.text("attachedReviewOutcome"),
						document.text("number"),
						each(document.list("legalityReviews"), func(r node) string {
							return joined(r.text("number"), r.text("opinion"), r.text("adoption"),
								r.text("documentState"), r.text("validUntil"), r.text("draftingUnit", "name"))
						}),
						each(document.list("reconsiderationCasesAttached"),
							func(r node) string { return r.text("number") })))
				}
				return lines
			},
		},
		"08": {
			computed: func(d *district) (lines []string) {
				line := func(table string, l row) string {
					return joined(table, l.text("kind"), l.text("number"), l.text("issuedOn"),
						d.department(l, "addressee"), d.town(l, "addresseeTown"),
						each(d.of("ReconsiderationCase", key(l.text("reconsiderationCase"))), cells("number")))
				}
				for _, l := range d.of("ReconsiderationOpinionLetter") {
					if l.text("feedbackOn") != "" {
						continue
					}
					lines = append(lines, line("unanswered", l))
					if l.text("kind") == "OPINION" && d.dayLate(l.text("issuedOn"), 60) &&
						!d.isDirty("ReconsiderationOpinionLetter", l.Key, "feedbackOn") {
						lines = append(lines, line("overdue", l))
					}
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, table := range []string{"overdue", "unanswered"} {
					for _, l := range data.list(table, "nodes") {
						lines = append(lines, joined(table, l.text("kind"), l.text("number"), l.text("issuedOn"),
							l.text("addressee", "name"), l.text("addresseeTown", "name"),
							l.text("reconsiderationCase", "number")))
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
						d.of("LegalityReview", here, in("opinionIssuedOn", 2023),
							func(r row) bool { return d.reviewed(r) == inTime }),
						d.of("LegalityReview", here, in("opinionIssuedOn", 2023),
							func(r row) bool { return d.reviewed(r) == late }),
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
					lines = append(lines, joined(t.text("judicialOffice"),
						totals(t, "reviews", "issued", "onTime", "late", "unlawful", "reconsideration",
							"againstTheTown",
							"aid", "aidUrgent", "notarial", "doorToDoor", "events")))
				}
				return lines
			},
		},
		"12": {
			computed: func(d *district) (lines []string) {
				for _, l := range d.of("Lawyer",
					is("asianGamesCorps", "LINPU", "GUALI", "CHENGXIANG", "NINGWEI", "YINGFENG", "AIRPORT")) {
					handled := refers("lawyer", l.text("licence"))
					firm := ""
					for _, f := range d.of("LawFirm") {
						if f.Key == l.text("firm") {
							firm = f.text("name")
						}
					}
					lines = append(lines, joined(l.text("licence"), l.text("asianGamesCorps"),
						l.text("asianGamesVenue"), l.text("isInTalentPool"), firm, counts(
							d.of("LegalAidCase", handled),
							d.of("LegalAidCase", handled, is("quality", "EXCELLENT")),
							d.of("LegalAidCase", handled, is("quality", "FAIL")))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, l := range data.list("lawyers", "nodes") {
					lines = append(lines, joined(l.text("licence"), l.text("asianGamesCorps"),
						l.text("asianGamesVenue"), l.text("isInTalentPool"), l.text("firm", "name"),
						totals(l, "cases", "excellent", "failed")))
				}
				return lines
			},
		},
		"13": { // which cases are overdue, TestLawyersOnBothSides tells
			computed: func(d *district) (lines []string) {
				for _, c := range d.of("LegalAidCase", is("quality", "FAIL")) {
					lines = append(lines, joined(c.text("number"),
						each(d.of("Lawyer", is("licence", c.text("lawyer"))), func(l row) string {
							return joined(l.text("licence"),
								each(d.of("ReconsiderationApplicant", refers("agentLawyer", l.text("licence"))),
									func(a row) string {
										return each(d.of("ReconsiderationCase", key(a.text("reconsiderationCase"))),
											func(r row) string {
												return joined(r.text("number"), d.department(r, "respondent"),
													d.town(r, "respondentTown"))
											})
									}),
								each(d.of("LegalityReview", refers("adviser", l.text("licence"))), func(r row) string {
									return joined(r.text("number"), d.department(r, "draftingUnit"),
										d.town(r, "draftingTown"))
								}))
						})))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, c := range data.list("legalAidCases", "nodes") {
					if c.text("quality") != "FAIL" {
						continue
					}
					lawyer := ""
					if l := c.at("lawyer"); l.value != nil {
						lawyer = joined(l.text("licence"),
							each(l.list("reconsiderationClients"), func(a node) string {
								r := a.at("reconsiderationCase")
								if r.value == nil {
									return ""
								}
								return joined(r.text("number"), r.text("respondent", "name"),
									r.text("respondentTown", "name"))
							}),
							each(l.list("legalityReviews", "nodes"), func(r node) string {
								return joined(r.text("number"), r.text("draftingUnit", "name"),
									r.text("draftingTown", "name"))
							}))
					}
					lines = append(lines, joined(c.text("number"), lawyer))
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
							isFull := (f.text("reduction") == "" || f.text("reduction") == "0.00") &&
								f.text("reductionReason") == "" && !d.isDirty("NotarialFee", f.Key, "reduction")
							if known && isFull && m.text("receivedOn") >= first {
								lines = append(lines,
									joined(m.text("number"), m.text("receivedOn"), f.text("notary"), f.text("total"),
										f.text("paidOn"),
										each(d.aidCases(a.text("residentId")),
											func(c row) string {
												return joined(c.text("number"), c.text("receivedOn"), c.text("status"))
											})))
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
					lines = append(lines, joined(m.text("number"), m.text("receivedOn"), m.text("fee", "notary"),
						m.text("fee", "total"), m.text("fee", "paidOn"),
						each(aid, func(c node) string {
							return joined(c.text("number"), c.text("receivedOn"), c.text("status"))
						})))
				}
				return lines
			},
		},
		"17": {
			computed: func(d *district) (lines []string) {
				for _, year := range []int{2022, 2023} {
					reviews := d.of("LegalityReview", is("matterType", "ADMINISTRATIVE_AGREEMENT"),
						in("receivedOn", year))
					sum, counted := new(big.Rat), 0
					for _, r := range reviews {
						if amount, ok := new(big.Rat).SetString(r.text("contractAmount")); ok {
							sum.Add(sum, amount)
							counted++
						}
					}
					lines = append(lines, joined("reviewed", year, len(reviews), sum.FloatString(2), counted))
				}
				reviews := func(number string) string {
					return each(d.of("LegalityReview", refers("documentNumberKey", number)), func(r row) string {
						return joined(r.text("number"), r.text("matterType"), r.text("contractAmount"))
					})
				}
				for _, c := range d.of("ReconsiderationCase", is("matter", "ADMIN_AGREEMENT")) {
					lines = append(lines, joined("disputed", c.text("number"), c.text("outcome"),
						c.text("challengedDocumentKey"), reviews(c.text("challengedDocumentKey")),
						c.text("attachedDocumentKey"), reviews(c.text("attachedDocumentKey"))))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, g := range data.list("reviewed", "groups") {
					lines = append(lines, joined("reviewed", strings.TrimSuffix(g.list("key")[0].text("label"), "年"),
						g.text("count"), g.text("contractAmount", "sum"), g.text("contractAmount", "counted")))
				}
				reviews := func(of node) string {
					return each(of.list("legalityReviews"),
						func(r node) string {
							return joined(r.text("number"), r.text("matterType"), r.text("contractAmount"))
						})
				}
				for _, c := range data.list("disputed", "nodes") {
					lines = append(lines, joined("disputed", c.text("number"), c.text("outcome"),
						c.text("challengedDocument", "number"), reviews(c.at("challengedDocument")),
						c.text("attachedDocument", "number"), reviews(c.at("attachedDocument"))))
				}
				return lines
			},
		},
		"18": {
			computed: func(d *district) (lines []string) {
				for _, course := range []struct {
					procedures, outcomes string
					year                 int
				}{{"procedures", "outcomes", 2024}, {"former", "formerOutcomes", 2023}} {
					procedures, outcomes := map[string][]row{}, map[string]int{}
					for _, c := range d.of("ReconsiderationCase", in("acceptedOn", course.year)) {
						procedures[c.text("procedure")] = append(procedures[c.text("procedure")], c)
						outcomes[joined(c.text("procedure"), c.text("outcome"))]++
					}
					for procedure, cases := range procedures {
						var days []int
						for _, c := range cases {
							if from, to := c.text("acceptedOn"), c.text("decidedOn"); to >= from {
								days = append(days, daysBetween(from, to))
							}
						}
						slices.Sort(days)
						average, p90 := "", ""
						if len(days) > 0 {
							sum := 0
							for _, n := range days {
								sum += n
							}
							average = fmt.Sprintf("%.2f", float64(sum)/float64(len(days)))
							p90 = fmt.Sprint(days[(len(days)*90+99)/100-1])
						}
						lines = append(lines, joined(course.procedures, procedure, len(cases), average, p90, len(days)))
					}
					for outcome, n := range outcomes {
						lines = append(lines, joined(course.outcomes, outcome, n))
					}
				}
				for _, c := range d.of("ReconsiderationCase", in("acceptedOn", 2024), is("isHeard", "true")) {
					lines = append(lines, joined("heard", c.text("number"), c.text("procedure"),
						each(d.of("ReconsiderationHearing", refers("reconsiderationCase", c.Key)), func(h row) string {
							members, _ := h.Cells["members"].([]string)
							return fmt.Sprint(h.text("kind"), len(members))
						})))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				keys := func(g node) string {
					return joined2(g.list("key"), func(k node) string { return k.text("value") })
				}
				for _, table := range []string{"procedures", "former"} {
					for _, g := range data.list(table, "groups") {
						average := g.text("daysToDecide", "average")
						if average != "" {
							n, _ := strconv.ParseFloat(average, 64)
							average = fmt.Sprintf("%.2f", n)
						}
						lines = append(lines, joined(table, keys(g), g.text("count"), average,
							g.text("daysToDecide", "p90"), g.text("daysToDecide", "counted")))
					}
				}
				for _, table := range []string{"outcomes", "formerOutcomes"} {
					for _, g := range data.list(table, "groups") {
						lines = append(lines, joined(table, keys(g), g.text("count")))
					}
				}
				for _, c := range data.list("heard", "nodes") {
					lines = append(lines, joined("heard", c.text("number"), c.text("procedure"),
						each(c.list("hearings"), func(h node) string {
							return fmt.Sprint(h.text("kind"), len(h.list("members")))
						})))
				}
				return lines
			},
		},
		"20": {
			computed: func(d *district) (lines []string) {
				for _, f := range d.annualFigures(2023) {
					lines = append(lines, joined(f.name, f.value, f.left.remarks()))
				}
				quality := map[string]int{}
				for _, s := range d.systems {
					for _, dirt := range s.Database.Ledger {
						quality[fmt.Sprint(dirt.Record, ".", dirt.Field, " ", dirt.Rule)]++
					}
				}
				for at, n := range quality {
					lines = append(lines, joined(at, n))
				}
				return lines
			},
			answered: func(data node) (lines []string) {
				for _, f := range data.list("annualReport", "figures") {
					lines = append(lines, joined(f.text("name"), f.text("value"), remarked(f)))
				}
				for _, f := range data.list("quality") {
					lines = append(lines,
						joined(f.text("record")+"."+f.text("field")+" "+f.text("rule"), f.text("count")))
				}
				return lines
			},
		},
	}
}
