package notarization

import (
	"strconv"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// every says which of the rows that could carry one kind of dirt do: the second and the
// fifth, so that small demos have it too, and then each period-th.
type every struct{ period, seen int }

func (e *every) due() bool {
	e.seen++
	return e.seen == 2 || e.seen == 5 || e.seen%e.period == 0
}

// plants are the kinds of dirt, by the column they stand in.
type plants struct {
	unnumbered, noSerial, lostTitle                         every
	zeroReceived, openReceived                              every
	unknownStatus, unknownMatter, unknownChannel            every
	unknownTown, secondsAccepted, secondsDelivered          every
	impossibleApproved, unreadableApproved, distantApproved every
	openClosed, impossibleArchived, zeroArchived            every
	noFlagProvince, noFlagDoor, unknownVisit                every
	unknownTask, unknownRefusal, unknownTermination         every
	copiesWord, copiesDate, lostApprover, lostAssistant     every
	orphanNotary, orphanOffice, orphanFee                   every
	unknownParty, unknownDocument, lostName                 every
	badID, noID, noBirthday, passport                       every
	badCredit, registration, noPhone                        every
	orphanUser, orphanOrder, orphanCertificate, orphanExtra every
	feeWord, courierWord, reductionWord, totalFraction      every
	secondsPaid, unknownPayment, unknownReduction           every
	unreadableCertificate, impossibleIssued, distantIssued  every
	unknownIssued, copiesCertificate, unknownCertificate    every
	lostExtra                                               every
	unreadableDecided, unknownOutcome, orphanReexamined     every
	orphanReexamination, zeroRequested                      every
	deleted                                                 every
}

func newPlants() plants {
	p := plants{}
	for _, e := range []struct {
		at     *every
		period int
	}{
		{&p.unnumbered, 160}, {&p.noSerial, 190}, {&p.lostTitle, 180},
		{&p.zeroReceived, 170}, {&p.openReceived, 200},
		{&p.unknownStatus, 150}, {&p.unknownMatter, 110}, {&p.unknownChannel, 140},
		{&p.unknownTown, 100}, {&p.secondsAccepted, 175}, {&p.secondsDelivered, 185},
		{&p.impossibleApproved, 130}, {&p.unreadableApproved, 165}, {&p.distantApproved, 195},
		{&p.openClosed, 145}, {&p.impossibleArchived, 155}, {&p.zeroArchived, 125},
		{&p.noFlagProvince, 135}, {&p.noFlagDoor, 115}, {&p.unknownVisit, 60},
		{&p.unknownTask, 30}, {&p.unknownRefusal, 30}, {&p.unknownTermination, 30},
		{&p.copiesWord, 105}, {&p.copiesDate, 198}, {&p.lostApprover, 188}, {&p.lostAssistant, 192},
		{&p.orphanNotary, 178}, {&p.orphanOffice, 199}, {&p.orphanFee, 182},
		{&p.unknownParty, 142}, {&p.unknownDocument, 118}, {&p.lostName, 168},
		{&p.badID, 122}, {&p.noID, 151}, {&p.noBirthday, 197}, {&p.passport, 75},
		{&p.badCredit, 52}, {&p.registration, 63}, {&p.noPhone, 112},
		{&p.orphanUser, 172}, {&p.orphanOrder, 184}, {&p.orphanCertificate, 174}, {&p.orphanExtra, 90},
		{&p.feeWord, 128}, {&p.courierWord, 85}, {&p.reductionWord, 40}, {&p.totalFraction, 162},
		{&p.secondsPaid, 158}, {&p.unknownPayment, 148}, {&p.unknownReduction, 35},
		{&p.unreadableCertificate, 132}, {&p.impossibleIssued, 138}, {&p.distantIssued, 194},
		{&p.unknownIssued, 164}, {&p.copiesCertificate, 152}, {&p.unknownCertificate, 186},
		{&p.lostExtra, 95},
		{&p.unreadableDecided, 21}, {&p.unknownOutcome, 23}, {&p.orphanReexamined, 25},
		{&p.orphanReexamination, 27}, {&p.zeroRequested, 29},
		{&p.deleted, 80},
	} {
		e.at.period = e.period
	}
	return p
}

// found enters a finding into the ledger, unless the row is not served.
func (b *office) found(served bool, record string, id int64, field, rule string) {
	if served {
		b.ledger = append(b.ledger,
			legacy.Dirt{Record: record, Key: strconv.FormatInt(id, 10), Field: field, Rule: rule})
	}
}

// rows grows a table's rows without one allocation each.
type rows struct {
	width int
	list  [][]any
	block []any
}

// next adds a row of NULLs.
func (r *rows) next() []any {
	if len(r.block) < r.width {
		r.block = make([]any, 256*r.width)
	}
	row := r.block[:r.width:r.width]
	r.block = r.block[r.width:]
	r.list = append(r.list, row)
	return row
}
