package adapters

import (
	"database/sql"
	"reflect"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// step is two days of one record that cannot lie the other way round; the same day is
// fine. The finding is about the later one.
type step struct{ earlier, later string }

// steps lists the steps of a kind of record. Only what the law or logic puts in order is
// listed: planned days (…DueOn) may be missed, and a subsidy may be paid before the
// recipient is called back.
func steps(record string) []step {
	switch record {
	case "LegalityReview":
		return []step{
			{"receivedOn", "acceptedOn"},              // nothing is accepted before it came in
			{"receivedOn", "closedOn"},                // nor ended
			{"acceptedOn", "opinionIssuedOn"},         // the opinion is on an accepted matter
			{"opinionIssuedOn", "adoptionReportedOn"}, // the unit answers an opinion
			{"opinionIssuedOn", "publishedOn"},        // review is a precondition of publication (浙江省行政合法性审查工作规定)
			{"publishedOn", "filedUpwardOn"},          // filing upward is of a published document (省政府令372号)
			{"publishedOn", "validUntil"},             // a document cannot expire before it exists
			{"closedOn", "archivedOn"},                // only closed files are archived
		}
	case "ReconsiderationCase":
		return []step{
			{"actKnownOn", "receivedOn"},                // the time to apply runs from knowing the act (Art. 20)
			{"receivedOn", "acceptedOn"},                // Art. 30
			{"receivedOn", "closedOn"},                  // as everywhere
			{"supplementRequestedOn", "supplementedOn"}, // Art. 31
			{"copySentOn", "answeredOn"},                // the answer is to the copy (Art. 48)
			{"acceptedOn", "decidedOn"},                 // Art. 62
			{"suspendedFrom", "suspendedTo"},            // Art. 39
			{"decidedOn", "servedOn"},                   // a decision is served after it is made
			{"closedOn", "archivedOn"},                  // as everywhere
		}
	case "ReconsiderationHearing":
		return []step{{"noticeOn", "heldOn"}} // notice is given 5 working days before (Art. 51)
	case "ReconsiderationLawsuit":
		return []step{{"filedOn", "judgedOn"}}
	case "ReconsiderationOpinionLetter":
		return []step{{"issuedOn", "feedbackOn"}} // Art. 76
	case "LegalAidCase":
		return []step{
			{"receivedOn", "acceptedOn"},
			{"receivedOn", "closedOn"},
			{"acceptedOn", "decidedOn"},          // 法律援助法 Art. 43
			{"decidedOn", "assignedOn"},          // assigned within 3 days after granting (Art. 43)
			{"assignedOn", "closedOn"},           // work ends after it began
			{"closedOn", "fileSubmittedOn"},      // the file is handed in after the matter ends
			{"fileSubmittedOn", "subsidyPaidOn"}, // the subsidy follows the check of the file
		}
	case "LegalAidObjection":
		return []step{{"raisedOn", "decidedOn"}} // 法律援助法 Art. 49
	case "NotarialMatter":
		return []step{
			{"receivedOn", "acceptedOn"},
			{"receivedOn", "closedOn"},
			{"materialsRequestedOn", "materialsCompletedOn"}, // the clock stops from one to the other
			{"verifyingFrom", "verifyingTo"},                 // the same
			{"acceptedOn", "approvedOn"},
			{"approvedOn", "issuedOn"}, // 公证程序规则: approval precedes the certificate
			{"issuedOn", "deliveredOn"},
			{"closedOn", "archivedOn"},
		}
	case "NotarialReexamination":
		return []step{{"requestedOn", "decidedOn"}}
	case "PublicityEvent":
		return []step{
			{"receivedOn", "approvedOn"},
			{"receivedOn", "closedOn"},
			{"approvedOn", "heldOn"},
			{"heldOn", "reportedOn"}, // the report is on an event that was held
			{"reportedOn", "verifiedOn"},
		}
	case "PublicityTraining":
		return []step{{"startsOn", "endsOn"}}
	}
	return nil
}

// pair is a step whose two days a statement reads.
type pair struct{ earlier, later *column }

// pairs finds the steps that the columns can show; a site may not record every day.
func pairs(record string, columns []column) []pair {
	byName := map[string]*column{}
	for i := range columns {
		byName[columns[i].field.Name] = &columns[i]
	}
	var list []pair
	for _, s := range steps(record) {
		if earlier, later := byName[s.earlier], byName[s.later]; earlier != nil && later != nil {
			list = append(list, pair{earlier, later})
		}
	}
	return list
}

// reversed lists the later days of a record that lie before an earlier step, once each.
func (r *reader[T]) reversed(record reflect.Value, cells []sql.RawBytes) []*model.DataIssue {
	var issues []*model.DataIssue
	for _, p := range r.pairs {
		earlier, later := p.earlier.day(record), p.later.day(record)
		if earlier == nil || later == nil || later.Compare(*earlier) >= 0 ||
			slices.ContainsFunc(issues, func(i *model.DataIssue) bool { return i.Field == p.later.field.Name }) {
			continue
		}
		problem := cell.Problem{Rule: cell.Rule(model.DataIssueRuleReversedDates), Severity: cell.Suspect}
		issues = append(issues, r.issue(p.later, problem, cells[p.later.at]))
	}
	return issues
}

// day reads a day of a decoded record; nil when there is none.
func (c *column) day(record reflect.Value) *model.Date {
	v, err := record.FieldByIndexErr(c.place.index)
	if err != nil {
		return nil
	}
	d, _ := v.Interface().(*model.Date)
	return d
}
