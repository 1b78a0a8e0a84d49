package reconsideration

import (
	"math/rand/v2"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// newLaw is the day the 2023 text of the Administrative Reconsideration Law came into
// force: it brought the summary procedure and the duty to hear views.
var newLaw = world.Day(2024, 1, 1)

// Codes of column ZT.
const (
	received            = "01"
	supplementRequested = "02"
	accepted            = "03"
	rejected            = "04"
	referred            = "05"
	settledBefore       = "06"
	answering           = "07"
	hearingViews        = "08"
	oralHearing         = "09"
	committee           = "10"
	suspended           = "11"
	extended            = "12"
	converted           = "13"
	decided             = "14"
	terminated          = "15"
	served              = "16"
	performance         = "17"
	archived            = "18"
	archivedBefore      = "4" // of migrated rows
)

// Codes of column SPCX.
const (
	ordinary         = "1"
	summary          = "2"
	turnedToOrdinary = "3"
)

// Codes of column JAFS.
const (
	upheld               = "01"
	revoked              = "02"
	partlyRevoked        = "03"
	altered              = "04"
	confirmedUnlawful    = "05"
	confirmedVoid        = "06"
	orderedToPerform     = "07"
	requestDismissed     = "08"
	applicationDismissed = "09"
	agreementDuty        = "10"
	mediated             = "11"
	withdrawnSettled     = "12"
	withdrawnAfterChange = "13"
	withdrawn            = "14"
	terminatedOther      = "19"
)

// course is how one case went up to the end of the demo's time: days that lie beyond it,
// or never came, are zero.
type course struct {
	received, entered                                time.Time
	supplementRequested, supplementDue, supplemented time.Time
	acceptanceDue, accepted, refused                 time.Time // refused: not accepted, referred or settled
	copySent, answerDue, answered, viewsHeard        time.Time
	hearingNotice, hearing, committee, converted     time.Time
	suspendedFrom, suspendedTo, extended, extendedTo time.Time
	decisionDue, decided, served                     time.Time
	performanceDue, performed, closed, archived      time.Time
	status, procedure, outcome                       string
}

// corrects tells whether an outcome counts into the correction rate (纠错率).
func corrects(outcome string) bool {
	switch outcome {
	case revoked, partlyRevoked, altered, confirmedUnlawful, confirmedVoid, orderedToPerform:
		return true
	}
	return false
}

// ends tells whether an outcome ends the proceedings without a decision on the merits.
func ends(outcome string) bool {
	switch outcome {
	case mediated, withdrawnSettled, withdrawnAfterChange, withdrawn, terminatedOther:
		return true
	}
	return false
}

// newCourse lets a case received on the day run its course. outcome is how it is to end;
// "" leaves it to chance. summaryFit tells whether the act allows the summary procedure.
func newCourse(r *rand.Rand, on time.Time, outcome string, summaryFit, founded bool) course {
	c := course{received: on, entered: days(on, r.IntN(2)), status: received, procedure: ordinary}
	isNew := !on.Before(newLaw)
	c.acceptanceDue = workdays(on, 5)
	check := workdays(on, between(r, 1, 5))
	if chance(r, 3) {
		check = workdays(on, between(r, 6, 8)) // late
	}
	if outcome == "" && chance(r, 12) {
		c.supplementRequested = workdays(on, between(r, 2, 5))
		c.supplementDue = workdays(c.supplementRequested, 10)
		if chance(r, 85) {
			c.supplemented = workdays(c.supplementRequested, between(r, 1, 10))
			check = workdays(c.supplemented, between(r, 1, 5))
		} else {
			check = workdays(c.supplementDue, 3)
		}
	}
	intake := r.IntN(100)
	switch {
	case outcome != "" || intake < 83:
		c.accepted = check
		c.proceed(r, isNew, outcome, summaryFit, founded)
	case intake < 91:
		c.refused, c.status = check, rejected
	case intake < 95:
		c.refused, c.status = check, referred
	default:
		c.refused, c.status = check, settledBefore
	}
	if !c.refused.IsZero() {
		c.closed = c.refused
		c.archived = days(c.closed, between(r, 20, 90))
	}
	c.cut(world.End)
	return c
}

// proceed takes an accepted case to its end.
func (c *course) proceed(r *rand.Rand, isNew bool, outcome string, summaryFit, founded bool) {
	limit, copyLimit, answerLimit := 60, 7, 10
	if isNew && summaryFit && chance(r, 60) {
		c.procedure, limit, copyLimit, answerLimit = summary, 30, 3, 5
	}
	c.copySent = workdays(c.accepted, between(r, 1, copyLimit))
	c.answerDue = workdays(c.copySent, answerLimit)
	c.answered = workdays(c.copySent, between(r, 2, answerLimit))
	if chance(r, 4) {
		c.answered = workdays(c.answerDue, between(r, 1, 6)) // late
	}
	c.decisionDue = days(c.accepted, limit)
	if isNew || chance(r, 30) {
		c.viewsHeard = workdays(c.answered, between(r, 1, 8))
	}
	if c.procedure == summary && chance(r, 6) {
		c.procedure = turnedToOrdinary
		c.converted = workdays(c.answered, between(r, 1, 5))
		limit = 60
		c.decisionDue = days(c.accepted, limit)
	}
	if c.procedure != summary {
		if percent := map[bool]int{true: 12, false: 6}[isNew]; chance(r, percent) {
			c.hearing = workdays(c.answered, between(r, 7, 14))
			c.hearingNotice = workdays(c.answered, between(r, 1, 2))
		}
		if founded && chance(r, 4) {
			c.committee = workdays(c.answered, between(r, 10, 18))
		}
	}
	end := days(c.accepted, between(r, limit*6/10, limit))
	if c.procedure != summary && chance(r, 11) {
		c.extended = days(c.accepted, between(r, limit-8, limit-1))
		c.extendedTo = days(c.accepted, limit+30)
		end = days(c.accepted, between(r, limit+5, limit+30))
	}
	if chance(r, 4) {
		c.suspendedFrom = days(c.accepted, between(r, 15, limit-5))
		pause := between(r, 20, 120)
		c.suspendedTo = days(c.suspendedFrom, pause)
		end = days(end, pause)
	}
	if chance(r, 2) {
		end = days(end, between(r, 1, 12)) // late
	}
	c.outcome = outcome
	if outcome == "" {
		c.outcome = anyOutcome(r)
	}
	if ends(c.outcome) { // most give up early
		if early := days(c.accepted, between(r, 12, limit)); early.Before(end) && c.suspendedFrom.IsZero() &&
			c.extended.IsZero() {
			end = early
		}
	}
	c.decided = later(workday(end), days(c.answered, 1))
	for _, step := range []*time.Time{&c.viewsHeard, &c.hearing, &c.committee, &c.converted} {
		if !step.Before(c.decided) {
			*step = time.Time{}
		}
	}
	if c.hearing.IsZero() {
		c.hearingNotice = time.Time{}
	}
	if c.converted.IsZero() && c.procedure == turnedToOrdinary {
		c.procedure = summary
	}
	c.served = workdays(c.decided, between(r, 1, 6))
	c.closed = c.served
	c.archived = days(c.closed, between(r, 30, 150))
	if c.outcome == orderedToPerform || c.outcome == agreementDuty || corrects(c.outcome) && chance(r, 20) {
		c.performanceDue = days(c.served, world.Pick(r, []int{15, 30, 60}))
		if chance(r, 88) {
			c.performed = days(c.served, between(r, 5, 55))
			c.archived = days(c.performed, between(r, 10, 60))
		} else {
			c.archived = time.Time{}
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// anyOutcome takes an outcome as often as a district office sees it.
func anyOutcome(r *rand.Rand) string {
	return weighted(r, []choice[string]{
		{upheld, 380}, {requestDismissed, 90}, {applicationDismissed, 90}, {withdrawnSettled, 120},
		{withdrawnAfterChange, 60}, {withdrawn, 80}, {mediated, 30}, {revoked, 50}, {partlyRevoked, 10},
		{altered, 12}, {confirmedUnlawful, 40}, {confirmedVoid, 3}, {orderedToPerform, 22}, {agreementDuty, 4},
		{terminatedOther, 9},
	})
}

// cut forgets what lies on or after the given day, and says where the case stands then.
func (c *course) cut(now time.Time) {
	if !c.entered.Before(now) {
		c.entered = c.received
	}
	for _, step := range []*time.Time{
		&c.supplementRequested, &c.supplemented, &c.accepted, &c.refused, &c.copySent, &c.answered,
		&c.viewsHeard, &c.hearingNotice, &c.hearing, &c.committee, &c.converted, &c.suspendedFrom, &c.suspendedTo,
		&c.extended, &c.decided, &c.served, &c.performed, &c.closed, &c.archived,
	} {
		if !step.Before(now) {
			*step = time.Time{}
		}
	}
	for _, plan := range []struct{ cause, due *time.Time }{
		{&c.supplementRequested, &c.supplementDue}, {&c.copySent, &c.answerDue}, {&c.accepted, &c.decisionDue},
		{&c.extended, &c.extendedTo}, {&c.served, &c.performanceDue},
	} {
		if plan.cause.IsZero() {
			*plan.due = time.Time{}
		}
	}
	if c.converted.IsZero() && c.procedure == turnedToOrdinary {
		c.procedure = summary
	}
	if c.decided.IsZero() {
		c.outcome = ""
	}
	c.status = c.stand()
}

// stand gives the state by the days that have come.
func (c *course) stand() string {
	switch {
	case !c.archived.IsZero():
		return archived
	case !c.refused.IsZero():
		return c.status
	case !c.served.IsZero() && !c.performanceDue.IsZero() && c.performed.IsZero():
		return performance
	case !c.served.IsZero():
		return served
	case !c.decided.IsZero() && ends(c.outcome):
		return terminated
	case !c.decided.IsZero():
		return decided
	case !c.suspendedFrom.IsZero() && c.suspendedTo.IsZero():
		return suspended
	case !c.extended.IsZero():
		return extended
	case !c.committee.IsZero():
		return committee
	case !c.converted.IsZero():
		return converted
	case !c.hearing.IsZero():
		return oralHearing
	case !c.viewsHeard.IsZero():
		return hearingViews
	case !c.copySent.IsZero():
		return answering
	case !c.accepted.IsZero():
		return accepted
	case !c.supplementRequested.IsZero() && c.supplemented.IsZero():
		return supplementRequested
	}
	return received
}

// oldCourse lets a case of the former system run; all of them are archived. outcome is a
// code of column JAFS_OLD, "" when the application was not accepted.
func oldCourse(r *rand.Rand, on time.Time) course {
	c := course{received: on, entered: on, status: archivedBefore}
	if chance(r, 10) {
		c.refused = workdays(on, between(r, 2, 5))
		c.closed = c.refused
	} else {
		c.accepted = workdays(on, between(r, 1, 5))
		c.copySent = workdays(c.accepted, between(r, 1, 7))
		c.answerDue = workdays(c.copySent, 10)
		c.answered = workdays(c.copySent, between(r, 3, 10))
		c.decisionDue = days(c.accepted, 60)
		c.decided = workday(days(c.accepted, between(r, 40, 60)))
		c.served = workdays(c.decided, between(r, 1, 6))
		c.closed = c.served
		c.outcome = weighted(r, []choice[string]{{"1", 14}, {"2", 50}, {"3", 6}, {"4", 7}, {"5", 2}, {"6", 3}, {"7", 4},
			{"8", 12}, {"9", 2}})
	}
	c.archived = days(c.closed, between(r, 30, 150))
	return c
}
