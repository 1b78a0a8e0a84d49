package adapters

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// Set has one source per kind of record. A source whose system is not part of the
// deployment answers SOURCE_UNAVAILABLE.
type Set struct {
	LegalityReviews      *Source[model.LegalityReview]
	LegalityReviewRounds *Source[model.LegalityReviewRound]

	ReconsiderationCases          *Source[model.ReconsiderationCase]
	ReconsiderationApplicants     *Source[model.ReconsiderationApplicant]
	ReconsiderationThirdParties   *Source[model.ReconsiderationThirdParty]
	ReconsiderationHearings       *Source[model.ReconsiderationHearing]
	ReconsiderationLawsuits       *Source[model.ReconsiderationLawsuit]
	ReconsiderationOpinionLetters *Source[model.ReconsiderationOpinionLetter]
	ReconsiderationFacilities     *Source[model.ReconsiderationFacility]

	LegalAidCases         *Source[model.LegalAidCase]
	LegalAidApplicants    *Source[model.LegalAidApplicant]
	LegalAidObjections    *Source[model.LegalAidObjection]
	LegalAidLawyerChanges *Source[model.LegalAidLawyerChange]
	LegalAidConsultations *Source[model.LegalAidConsultation]
	DutyLawyerHelps       *Source[model.DutyLawyerHelp]
	Lawyers               *Source[model.Lawyer]
	LawFirms              *Source[model.LawFirm]

	NotarialMatters        *Source[model.NotarialMatter]
	NotarialApplicants     *Source[model.NotarialApplicant]
	NotarialFees           *Source[model.NotarialFee]
	NotarialCertificates   *Source[model.NotarialCertificate]
	NotarialReexaminations *Source[model.NotarialReexamination]
	NotarialExtras         *Source[model.NotarialExtra]
	Notaries               *Source[model.Notary]
	NotaryOffices          *Source[model.NotaryOffice]
	NotarialServiceItems   *Source[model.NotarialServiceItem]
	KunpengServices        *Source[model.KunpengService]

	PublicityEvents    *Source[model.PublicityEvent]
	PublicityMaterials *Source[model.PublicityMaterial]
	PublicityPlanItems *Source[model.PublicityPlanItem]
	PublicityHonours   *Source[model.PublicityHonour]
	PublicityTrainings *Source[model.PublicityTraining]
}

// System is one legacy system as a Set reads it.
type System struct {
	DB   *database.DB // nil when the deployment does not have the system
	File *mapping.File
	// Large is how many rows of a table a list may look at without an index; 0 means
	// LargeTable.
	Large int64
	// ShowRaw lets data issues show cells as they are stored, where nothing in them looks as
	// if it could name somebody.
	ShowRaw bool
	Sealer  model.Sealer // of ids and cursors that hold the number of a person; nil leaves them in clear
}

// Open joins structs, mappings, servers and the statutory clock. It does not connect.
// systems holds all five kinds; an error is a defect of the program, since mapping.Parse
// has checked the files, or a deadline over a field that a site does not map.
func Open(systems map[model.System]System, env cell.Env, rules *clock.Clock) (*Set, error) {
	s := &Set{}
	o := &opener{systems: systems, env: env, clock: rules, catalogs: map[model.System]*catalog{}}
	for _, system := range model.AllSystem {
		c := &catalog{db: systems[system].DB, large: systems[system].Large}
		if c.large == 0 {
			c.large = LargeTable
		}
		o.catalogs[system] = c
	}

	open(o, model.SystemLegalityReview, "LegalityReview", &s.LegalityReviews)
	open(o, model.SystemLegalityReview, "LegalityReviewRound", &s.LegalityReviewRounds)

	open(o, model.SystemReconsideration, "ReconsiderationCase", &s.ReconsiderationCases)
	open(o, model.SystemReconsideration, "ReconsiderationApplicant", &s.ReconsiderationApplicants)
	open(o, model.SystemReconsideration, "ReconsiderationThirdParty", &s.ReconsiderationThirdParties)
	open(o, model.SystemReconsideration, "ReconsiderationHearing", &s.ReconsiderationHearings)
	open(o, model.SystemReconsideration, "ReconsiderationLawsuit", &s.ReconsiderationLawsuits)
	open(o, model.SystemReconsideration, "ReconsiderationOpinionLetter", &s.ReconsiderationOpinionLetters)
	open(o, model.SystemReconsideration, "ReconsiderationFacility", &s.ReconsiderationFacilities)

	open(o, model.SystemLegalAid, "LegalAidCase", &s.LegalAidCases)
	open(o, model.SystemLegalAid, "LegalAidApplicant", &s.LegalAidApplicants)
	open(o, model.SystemLegalAid, "LegalAidObjection", &s.LegalAidObjections)
	open(o, model.SystemLegalAid, "LegalAidLawyerChange", &s.LegalAidLawyerChanges)
	open(o, model.SystemLegalAid, "LegalAidConsultation", &s.LegalAidConsultations)
	open(o, model.SystemLegalAid, "DutyLawyerHelp", &s.DutyLawyerHelps)
	open(o, model.SystemLegalAid, "Lawyer", &s.Lawyers)
	open(o, model.SystemLegalAid, "LawFirm", &s.LawFirms)

	open(o, model.SystemNotarization, "NotarialMatter", &s.NotarialMatters)
	open(o, model.SystemNotarization, "NotarialApplicant", &s.NotarialApplicants)
	open(o, model.SystemNotarization, "NotarialFee", &s.NotarialFees)
	open(o, model.SystemNotarization, "NotarialCertificate", &s.NotarialCertificates)
	open(o, model.SystemNotarization, "NotarialReexamination", &s.NotarialReexaminations)
	open(o, model.SystemNotarization, "NotarialExtra", &s.NotarialExtras)
	open(o, model.SystemNotarization, "Notary", &s.Notaries)
	open(o, model.SystemNotarization, "NotaryOffice", &s.NotaryOffices)
	open(o, model.SystemNotarization, "NotarialServiceItem", &s.NotarialServiceItems)
	open(o, model.SystemNotarization, "KunpengService", &s.KunpengServices)

	open(o, model.SystemPublicity, "PublicityEvent", &s.PublicityEvents)
	open(o, model.SystemPublicity, "PublicityMaterial", &s.PublicityMaterials)
	open(o, model.SystemPublicity, "PublicityPlanItem", &s.PublicityPlanItems)
	open(o, model.SystemPublicity, "PublicityHonour", &s.PublicityHonours)
	open(o, model.SystemPublicity, "PublicityTraining", &s.PublicityTrainings)

	s.setParties()
	s.setLinks()
	return s, o.err
}

// Learn has each server tell of its tables, all at the same time, so that no request waits
// for it. A server that does not answer is asked again when requests come. The error is a
// defect of the program.
func (s *Set) Learn(ctx context.Context) error {
	var asked fanout.Group
	for source := range s.sources() {
		asked.Go(func() { source.learn(ctx) })
	}
	return asked.Wait()
}

// Orders reports every order of the mappings that no index serves well. Errors are the
// faults of systems that do not answer; the reports of the others are given nevertheless.
func (s *Set) Orders(ctx context.Context) (reports []OrderReport, err error) {
	for source := range s.sources() {
		of, failed := source.orderReports(ctx)
		reports = append(reports, of...)
		err = errors.Join(err, failed)
	}
	return reports, err
}

// source is a Source of any record.
type source interface {
	learn(ctx context.Context)
	orderReports(ctx context.Context) ([]OrderReport, error)
	undue() []Undue
	Kind() *model.Kind
	lost() []string
}

// Unrecorded lists what the site does not record of a system: "ReconsiderationFacility" of
// a whole record, "LegalAidCase.receivedOn" of a field. Empty, never nil.
func (s *Set) Unrecorded(system model.System) []string {
	list := []string{}
	for source := range s.sources() {
		if source.Kind().System == system {
			list = append(list, source.lost()...)
		}
	}
	return list
}

// Undue is a step of a record for which no deadline is told, since the site does not record
// the fields.
type Undue struct {
	Record string
	Step   string
	Lacks  []string
}

// Undue lists the steps of all records for which no deadline is told.
func (s *Set) Undue() (list []Undue) {
	for source := range s.sources() {
		list = append(list, source.undue()...)
	}
	return list
}

// sources gives all sources in the order of the fields.
func (s *Set) sources() iter.Seq[source] {
	return func(yield func(source) bool) {
		for _, field := range reflect.ValueOf(s).Elem().Fields() {
			if !yield(field.Interface().(source)) {
				return
			}
		}
	}
}

// opener keeps the first error, so that Open reads as the list it is.
type opener struct {
	systems  map[model.System]System
	env      cell.Env
	clock    *clock.Clock
	catalogs map[model.System]*catalog
	err      error
}

func open[T any](o *opener, system model.System, record string, into **Source[T]) {
	if o.err != nil {
		return
	}
	table := o.systems[system].File.Records[record]
	if table == nil {
		o.err = fmt.Errorf("adapters: the mapping of %s has no %s", system, record)
		return
	}
	if *into, o.err = NewSource[T](o.systems[system].DB, system, table, o.env); o.err == nil {
		(*into).catalog, (*into).showRaw = o.catalogs[system], o.systems[system].ShowRaw
		(*into).kind.Sealer = o.systems[system].Sealer
		o.err = (*into).setClock(o.clock)
	}
}
