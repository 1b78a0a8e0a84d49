package resolvers

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// asianGames is the year of the Hangzhou Asian Games, the only year whose report has the
// lawyers who served there.
const asianGames = 2023

// chapter is the part of the annual report that one kind of record answers.
type chapter struct {
	system  model.System
	source  string // GraphQL type
	figures []*model.AnnualReportFigure
	// fill computes the values and remarks of the figures, in their order.
	fill func(ctx context.Context, figures []*model.AnnualReportFigure) error
}

// AnnualReport computes the figures of a year. A system that fails leaves its figures
// null and adds its error.
func (r *queryResolver) AnnualReport(ctx context.Context, year int) (*model.AnnualReport, error) {
	if year < 2000 || year > 2099 {
		return nil, fault.Input("year", "%d is outside 2000..2099", year)
	}
	filled, err := once(ctx, &r.runs, "annualReport", fmt.Sprint("annualReport ", year), func() (filledReport, error) { return r.filledReport(ctx, year), nil })
	if err != nil {
		return nil, err
	}
	for _, err := range filled.failures {
		graphql.AddError(ctx, err)
	}
	return filled.report, nil
}

// filledReport is a report with what kept figures of it from being computed.
type filledReport struct {
	report   *model.AnnualReport
	failures []error
}

func (r *Resolver) filledReport(ctx context.Context, year int) filledReport {
	report := &model.AnnualReport{Year: year}
	var failures []error
	chapters := []chapter{r.talks(year), r.honours(year), r.midterm(year), r.kunpeng(year), r.provinceWide(), r.facilities(year), r.helperTeams()}
	if year == asianGames {
		chapters = append(chapters, r.gamesLawyers())
	}
	for _, c := range chapters {
		for _, f := range c.figures {
			f.System, f.Source, f.Remarks = c.system, c.source, []*model.AnnualReportRemark{}
		}
		if err := c.fill(ctx, c.figures); err != nil && !errors.Is(err, errNotRecorded) {
			failures = append(failures, err)
		}
		report.Figures = append(report.Figures, c.figures...)
	}
	return filledReport{report, failures}
}

// errNotRecorded says that the site lacks what a figure needs: it is null.
var errNotRecorded = errors.New("resolvers: not recorded")

// whole reads the named fields of all records of a small table. It is errNotRecorded where
// the site does not record one of them.
func whole[T any](ctx context.Context, source *adapters.Source[T], each func(*T), fields ...string) error {
	wanted := map[string]bool{}
	for _, f := range fields {
		wanted[f] = true
	}
	if source.Lacks(nil, fields...) != nil {
		return errNotRecorded
	}
	_, isComplete, err := source.Each(ctx, func(f string) bool { return wanted[f] }, assessedRows, each)
	if err == nil && !isComplete {
		return fault.Source(fault.LimitExceeded, string(source.Kind().System),
			fmt.Sprintf("there are more than %d records of %s, which a report does not read", assessedRows, source.Kind().Record), nil)
	}
	return err
}

// talks counts the talks on rule-of-law thought that were held at the venues of the “eight
// entries” (八进). The name is older than the list, which has grown: 青春讲堂 and 宗教场所 count, too.
func (r *Resolver) talks(year int) chapter {
	venues := []model.PublicityVenue{
		model.PublicityVenueGovernment, model.PublicityVenueVillage, model.PublicityVenueCommunity, model.PublicityVenueSchool,
		model.PublicityVenueEnterprise, model.PublicityVenueArmy, model.PublicityVenueAirport, model.PublicityVenueOnline,
		model.PublicityVenueYouthForum, model.PublicityVenueReligiousSite,
	}
	states := []model.PublicityStatus{
		model.PublicityStatusHeld, model.PublicityStatusReported, model.PublicityStatusVerified, model.PublicityStatusCounted,
	}
	return chapter{
		system: model.SystemPublicity, source: "PublicityEvent",
		figures: []*model.AnnualReportFigure{{
			Name: "publicityTalks", Label: "习近平法治思想“八进”宣讲", Unit: "场",
			Filter: fmt.Sprintf(`publicityEvents(filter: {form: [%s], theme: [%s], venue: [%s], status: [%s], heldOn: {from: "%d-01-01", before: "%d-01-01"}})`,
				model.PublicityFormLecture, model.PublicityThemeXiRuleOfLawThought, listed(venues), listed(states), year, year+1),
		}},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			var talks headcount
			err := whole(ctx, r.Set.PublicityEvents, func(e *model.PublicityEvent) {
				talks.add(readsDay(e.HeldOn, year),
					reads(&e.Row, "form", e.Form, model.PublicityFormLecture),
					reads(&e.Row, "theme", e.Theme, model.PublicityThemeXiRuleOfLawThought),
					reads(&e.Row, "venue", e.Venue, venues...),
					reads(&e.Row, "status", e.Status, states...))
			}, "heldOn", "form", "theme", "venue", "status")
			if err != nil {
				return err
			}
			figures[0].Value = &talks.count
			talks.remark(figures[0])
			return nil
		},
	}
}

// listed writes enum values as the items of a list in a filter.
func listed[T ~string](values []T) string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

// honours counts the new honours above the district.
func (r *Resolver) honours(year int) chapter {
	type award struct {
		name, label, unit string
		level             model.PublicityHonourLevel
		kind              model.PublicityHonourKind
	}
	awards := []award{
		{"provincialEducationBases", "省级法治教育基地", "个", model.PublicityHonourLevelProvincial, model.PublicityHonourKindEducationBase},
		{"provincialObservationPoints", "省级公民法治素养观测点", "个", model.PublicityHonourLevelProvincial, model.PublicityHonourKindLiteracyObservationPoint},
		{"provincialDemocraticVillages", "省级民主法治村（社区）", "个", model.PublicityHonourLevelProvincial, model.PublicityHonourKindDemocraticVillage},
		{"municipalEducationBases", "市级普法教育基地", "个", model.PublicityHonourLevelMunicipal, model.PublicityHonourKindEducationBase},
	}
	c := chapter{system: model.SystemPublicity, source: "PublicityHonour"}
	for _, a := range awards {
		c.figures = append(c.figures, &model.AnnualReportFigure{
			Name: a.name, Label: a.label, Unit: a.unit,
			Filter: fmt.Sprintf("publicityHonours(filter: {year: [%d], level: [%s], kind: [%s], isNew: true})", year, a.level, a.kind),
		})
	}
	c.fill = func(ctx context.Context, figures []*model.AnnualReportFigure) error {
		counts := make([]headcount, len(awards))
		err := whole(ctx, r.Set.PublicityHonours, func(h *model.PublicityHonour) {
			for i, a := range awards {
				counts[i].add(reads(&h.Row, "year", h.Year, year),
					reads(&h.Row, "level", h.Level, a.level), reads(&h.Row, "kind", h.Kind, a.kind), reads(&h.Row, "isNew", h.IsNew, true))
			}
		}, "year", "level", "kind", "isNew")
		if err != nil {
			return err
		}
		for i, f := range figures {
			f.Value = &counts[i].count
			counts[i].remark(f)
		}
		return nil
	}
	return c
}

// midterm is the share of the five-year plan's mid-term evaluation that is done.
func (r *Resolver) midterm(year int) chapter {
	return chapter{
		system: model.SystemPublicity, source: "PublicityPlanItem",
		figures: []*model.AnnualReportFigure{{
			Name: "midtermEvaluationDone", Label: "“八五”普法中期评估完成率", Unit: "%",
			Filter: fmt.Sprintf("publicityPlanItems(filter: {year: [%d], kind: [MIDTERM_EVALUATION], isDone: true})", year),
		}},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			var parts headcount
			done := 0
			err := whole(ctx, r.Set.PublicityPlanItems, func(i *model.PublicityPlanItem) {
				if parts.add(reads(&i.Row, "year", i.Year, year),
					reads(&i.Row, "kind", i.Kind, model.PublicityPlanKindMidtermEvaluation), reads(&i.Row, "isDone", i.IsDone, true, false)) && *i.IsDone {
					done++
				}
			}, "year", "kind", "isDone")
			if err != nil {
				return err
			}
			figures[0].Value = percent(done, parts.count)
			parts.remark(figures[0])
			return nil
		},
	}
}

// percent is the share in whole percent, rounded down so that 100 means all; nil of
// nothing.
func percent(part, all int) *int {
	if all == 0 {
		return nil
	}
	return new(part * 100 / all)
}

// kunpeng counts the Kunpeng enterprises with one-to-one notarial services, by credit
// code.
func (r *Resolver) kunpeng(year int) chapter {
	return chapter{
		system: model.SystemNotarization, source: "KunpengService",
		figures: []*model.AnnualReportFigure{{
			Name: "kunpengEnterprises", Label: "鲲鹏企业“一对一”公证服务", Unit: "家",
			Filter: fmt.Sprintf("kunpengServices(year: %d)", year),
		}},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			var services headcount
			served := map[string]bool{}
			err := whole(ctx, r.Set.KunpengServices, func(s *model.KunpengService) {
				enterprise := silent
				if s.CreditCode != nil {
					enterprise = holds
				}
				if services.add(reads(&s.Row, "year", s.Year, year), enterprise) {
					served[*s.CreditCode] = true
				}
			}, "year", "creditCode")
			if err != nil {
				return err
			}
			figures[0].Value = new(len(served))
			services.remark(figures[0])
			return nil
		},
	}
}

// provinceWide is the share of the listed notarial matters that any office of the
// province handles.
func (r *Resolver) provinceWide() chapter {
	return chapter{
		system: model.SystemNotarization, source: "NotarialServiceItem",
		figures: []*model.AnnualReportFigure{{
			Name: "provinceWideShare", Label: "清单内公证事项“全省通办”比例", Unit: "%", Filter: "notarialServiceItems",
		}},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			var items headcount
			can := 0
			err := whole(ctx, r.Set.NotarialServiceItems, func(i *model.NotarialServiceItem) {
				if items.add(holds, reads(&i.Row, "isListed", i.IsListed, true), reads(&i.Row, "isProvinceWide", i.IsProvinceWide, true, false)) && *i.IsProvinceWide {
					can++
				}
			}, "isListed", "isProvinceWide")
			if err != nil {
				return err
			}
			figures[0].Value = percent(can, items.count)
			items.remark(figures[0])
			return nil
		},
	}
}

// facilities counts what the reconsideration office set up or held in the year.
func (r *Resolver) facilities(year int) chapter {
	kinds := []model.ReconsiderationFacilityKind{
		model.ReconsiderationFacilityKindCommittee, model.ReconsiderationFacilityKindServiceStation, model.ReconsiderationFacilityKindContest,
	}
	return chapter{
		system: model.SystemReconsideration, source: "ReconsiderationFacility",
		figures: []*model.AnnualReportFigure{
			{Name: "reconsiderationCommittees", Label: "行政复议委员会成立", Unit: "个", Filter: "reconsiderationFacilities"},
			{Name: "reconsiderationStations", Label: "“5S”行政复议服务站启用", Unit: "个", Filter: "reconsiderationFacilities"},
			{Name: "reconsiderationContests", Label: "行政复议知识竞赛", Unit: "场", Filter: "reconsiderationFacilities"},
		},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			counts := make([]headcount, len(kinds))
			err := whole(ctx, r.Set.ReconsiderationFacilities, func(f *model.ReconsiderationFacility) {
				for i, kind := range kinds {
					counts[i].add(readsDay(f.OpenedOn, year), reads(&f.Row, "kind", f.Kind, kind))
				}
			}, "kind", "openedOn")
			if err != nil {
				return err
			}
			for i, f := range figures {
				f.Value = &counts[i].count
				counts[i].remark(f)
			}
			return nil
		},
	}
}

// helperTeams counts the legal-aid helper teams (帮帮团) that have members.
func (r *Resolver) helperTeams() chapter {
	return chapter{
		system: model.SystemLegalAid, source: "Lawyer",
		figures: []*model.AnnualReportFigure{{
			Name: "legalAidHelperTeams", Label: "法律援助帮帮团", Unit: "支",
			Filter: "lawyers(filter: {helperTeams: [WOMEN_CHILDREN, ELDERLY, DISABLED, SOLDIERS_KIN, MIGRANT_WORKERS, CRIMINAL_DEFENCE]})",
		}},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			var members headcount
			teams := map[model.LegalAidHelperTeam]bool{}
			err := whole(ctx, r.Set.Lawyers, func(l *model.Lawyer) {
				membership := holds
				if hasIssue(&l.Row, "helperTeams") {
					membership = silent // of one team at least nobody knows which
				}
				members.add(holds, membership)
				for _, team := range l.HelperTeams {
					teams[team] = true
				}
			}, "helperTeams")
			if err != nil {
				return err
			}
			delete(teams, model.LegalAidHelperTeamOther)
			figures[0].Value = new(len(teams))
			members.remark(figures[0])
			return nil
		},
	}
}

// gamesLawyers counts the lawyers who served the Asian Games, and the talent pool they
// were chosen from.
func (r *Resolver) gamesLawyers() chapter {
	corps := []model.AsianGamesCorps{
		model.AsianGamesCorpsLinpu, model.AsianGamesCorpsGuali, model.AsianGamesCorpsChengxiang, model.AsianGamesCorpsNingwei,
		model.AsianGamesCorpsYingfeng, model.AsianGamesCorpsAirport,
	}
	selected := fmt.Sprintf("lawyers(filter: {asianGamesCorps: [%s]})", listed(corps))
	return chapter{
		system: model.SystemLegalAid, source: "Lawyer",
		figures: []*model.AnnualReportFigure{
			{Name: "asianGamesLawyers", Label: "亚运公益法律服务团律师", Unit: "名", Filter: selected},
			{Name: "asianGamesCorps", Label: "亚运公益法律服务团", Unit: "支", Filter: selected},
			{Name: "asianGamesVenues", Label: "服务亚运场馆", Unit: "个", Filter: selected},
			{Name: "talentPool", Label: "区法治人才库", Unit: "名", Filter: "lawyers(filter: {isInTalentPool: true})"},
		},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			var lawyers, pool headcount
			served, venues := map[model.AsianGamesCorps]bool{}, map[string]bool{}
			err := whole(ctx, r.Set.Lawyers, func(l *model.Lawyer) {
				if lawyers.add(holds, readsMark(&l.Row, "asianGamesCorps", l.AsianGamesCorps, corps...)) {
					served[*l.AsianGamesCorps] = true
					if l.AsianGamesVenue != nil { // one corps served at the airport, which is no venue
						venues[*l.AsianGamesVenue] = true
					}
				}
				pool.add(holds, readsMark(&l.Row, "isInTalentPool", l.IsInTalentPool, true))
			}, "asianGamesCorps", "asianGamesVenue", "isInTalentPool")
			if err != nil {
				return err
			}
			for i, n := range []int{lawyers.count, len(served), len(venues), pool.count} {
				figures[i].Value = new(n)
			}
			for _, f := range figures[:3] {
				lawyers.remark(f)
			}
			pool.remark(figures[3])
			return nil
		},
	}
}
