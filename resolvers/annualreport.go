package resolvers

import (
	"context"
	"fmt"

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

// annualReport computes the figures of a year. A system that fails leaves its figures
// null and adds its error.
func (r *Resolver) annualReport(ctx context.Context, year int) (*model.AnnualReport, error) {
	if year < 2000 || year > 2099 {
		return nil, fault.Input("year", "%d is outside 2000..2099", year)
	}
	report := &model.AnnualReport{Year: year}
	chapters := []chapter{r.talks(year), r.honours(year), r.midterm(year), r.kunpeng(year), r.provinceWide(), r.facilities(year), r.helperTeams()}
	if year == asianGames {
		chapters = append(chapters, r.gamesLawyers())
	}
	for _, c := range chapters {
		for _, f := range c.figures {
			f.System, f.Source, f.Remarks = c.system, c.source, []*model.AnnualReportRemark{}
		}
		if err := c.fill(ctx, c.figures); err != nil {
			graphql.AddError(ctx, err)
		}
		report.Figures = append(report.Figures, c.figures...)
	}
	return report, nil
}

// remark notes records that a figure leaves out; none need no remark.
func remark(f *model.AnnualReportFigure, rule model.AnnualReportRule, count int) {
	if count > 0 {
		f.Remarks = append(f.Remarks, &model.AnnualReportRemark{Rule: rule, Count: count})
	}
}

// whole reads the named fields of all records of a small table.
func whole[T any](ctx context.Context, source *adapters.Source[T], each func(*T), fields ...string) error {
	wanted := map[string]bool{}
	for _, f := range fields {
		wanted[f] = true
	}
	_, isComplete, err := source.Each(ctx, func(f string) bool { return wanted[f] }, assessedRows, each)
	if err == nil && !isComplete {
		return fault.Source(fault.LimitExceeded, string(source.Kind().System),
			fmt.Sprintf("there are more than %d records of %s, which a report does not read", assessedRows, source.Kind().Record), nil)
	}
	return err
}

// yearOf is the half-open range of a year's days.
func yearOf(year int) *model.DateRange {
	from, _ := model.NewDate(year, 1, 1)
	before, _ := model.NewDate(year+1, 1, 1)
	return &model.DateRange{From: &from, Before: &before}
}

// days is the literal of a year's range in a filter.
func days(year int) string {
	return fmt.Sprintf(`{from: "%d-01-01", before: "%d-01-01"}`, year, year+1)
}

// talks counts the talks on rule-of-law thought that were held at the eight kinds of
// venues (八进).
func (r *Resolver) talks(year int) chapter {
	const condition = "form: [LECTURE], theme: [XI_RULE_OF_LAW_THOUGHT], venue: [GOVERNMENT, VILLAGE, COMMUNITY, SCHOOL, ENTERPRISE, ARMY, AIRPORT, ONLINE], " +
		"status: [HELD, REPORTED, VERIFIED, COUNTED]"
	filter := func() *model.PublicityEventFilter {
		return &model.PublicityEventFilter{
			Form:  []model.PublicityForm{model.PublicityFormLecture},
			Theme: []model.PublicityTheme{model.PublicityThemeXiRuleOfLawThought},
			Venue: []model.PublicityVenue{
				model.PublicityVenueGovernment, model.PublicityVenueVillage, model.PublicityVenueCommunity, model.PublicityVenueSchool,
				model.PublicityVenueEnterprise, model.PublicityVenueArmy, model.PublicityVenueAirport, model.PublicityVenueOnline,
			},
			Status: []model.PublicityStatus{model.PublicityStatusHeld, model.PublicityStatusReported, model.PublicityStatusVerified, model.PublicityStatusCounted},
		}
	}
	return chapter{
		system: model.SystemPublicity, source: "PublicityEvent",
		figures: []*model.AnnualReportFigure{{
			Name: "publicityTalks", Label: "习近平法治思想“八进”宣讲", Unit: "场",
			Filter: "publicityEvents(filter: {" + condition + ", heldOn: " + days(year) + "})",
		}},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			held := filter()
			held.HeldOn = yearOf(year)
			n, _, err := r.Set.PublicityEvents.Count(ctx, held)
			if err != nil {
				return err
			}
			first, _ := model.NewDate(1, 1, 1)
			undated := filter()
			undated.Not = &model.PublicityEventFilter{HeldOn: &model.DateRange{From: &first}}
			left, _, err := r.Set.PublicityEvents.Count(ctx, undated)
			if err != nil {
				return err
			}
			figures[0].Value = &n
			remark(figures[0], model.AnnualReportRuleUndated, left)
			return nil
		},
	}
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
		count, undated, unmatched := make([]int, len(awards)), make([]int, len(awards)), make([]int, len(awards))
		err := whole(ctx, r.Set.PublicityHonours, func(h *model.PublicityHonour) {
			for i, a := range awards {
				switch {
				case differs(h.Year, year) || differs(h.Level, a.level) || differs(h.Kind, a.kind) || differs(h.IsNew, true):
				case h.Year == nil:
					undated[i]++
				case h.Level == nil || h.Kind == nil || h.IsNew == nil:
					unmatched[i]++
				default:
					count[i]++
				}
			}
		}, "year", "level", "kind", "isNew")
		if err != nil {
			return err
		}
		for i, f := range figures {
			f.Value = &count[i]
			remark(f, model.AnnualReportRuleUndated, undated[i])
			remark(f, model.AnnualReportRuleUnmatched, unmatched[i])
		}
		return nil
	}
	return c
}

// differs tells whether a cell says something else; one that says nothing may mean the
// same.
func differs[T comparable](v *T, same T) bool { return v != nil && *v != same }

// midterm is the share of the five-year plan's mid-term evaluation that is done.
func (r *Resolver) midterm(year int) chapter {
	return chapter{
		system: model.SystemPublicity, source: "PublicityPlanItem",
		figures: []*model.AnnualReportFigure{{
			Name: "midtermEvaluationDone", Label: "“八五”普法中期评估完成率", Unit: "%",
			Filter: fmt.Sprintf("publicityPlanItems(filter: {year: [%d], kind: [MIDTERM_EVALUATION], isDone: true})", year),
		}},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			var done, all, undated, unmatched int
			err := whole(ctx, r.Set.PublicityPlanItems, func(i *model.PublicityPlanItem) {
				switch {
				case differs(i.Year, year) || differs(i.Kind, model.PublicityPlanKindMidtermEvaluation):
				case i.Year == nil:
					undated++
				case i.Kind == nil || i.IsDone == nil:
					unmatched++
				case *i.IsDone:
					done++
					all++
				default:
					all++
				}
			}, "year", "kind", "isDone")
			if err == nil {
				figures[0].Value = percent(done, all)
			}
			remark(figures[0], model.AnnualReportRuleUndated, undated)
			remark(figures[0], model.AnnualReportRuleUnmatched, unmatched)
			return err
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
			served := map[string]bool{}
			undated, unmatched := 0, 0
			err := whole(ctx, r.Set.KunpengServices, func(s *model.KunpengService) {
				switch {
				case differs(s.Year, year):
				case s.Year == nil:
					undated++
				case s.CreditCode == nil:
					unmatched++
				default:
					served[*s.CreditCode] = true
				}
			}, "year", "creditCode")
			if err == nil {
				figures[0].Value = new(len(served))
			}
			remark(figures[0], model.AnnualReportRuleUndated, undated)
			remark(figures[0], model.AnnualReportRuleUnmatched, unmatched)
			return err
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
			var can, all, unmatched int
			err := whole(ctx, r.Set.NotarialServiceItems, func(i *model.NotarialServiceItem) {
				switch {
				case i.IsListed == nil:
					unmatched++
				case !*i.IsListed:
				case i.IsProvinceWide == nil:
					unmatched++
				case *i.IsProvinceWide:
					can++
					all++
				default:
					all++
				}
			}, "isListed", "isProvinceWide")
			if err == nil {
				figures[0].Value = percent(can, all)
			}
			remark(figures[0], model.AnnualReportRuleUnmatched, unmatched)
			return err
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
			count, undated := make([]int, len(kinds)), make([]int, len(kinds))
			err := whole(ctx, r.Set.ReconsiderationFacilities, func(f *model.ReconsiderationFacility) {
				for i, kind := range kinds {
					switch {
					case f.Kind == nil || *f.Kind != kind:
					case f.OpenedOn == nil:
						undated[i]++
					case f.OpenedOn.Time().Year() == year:
						count[i]++
					}
				}
			}, "kind", "openedOn")
			if err != nil {
				return err
			}
			for i, f := range figures {
				f.Value = &count[i]
				remark(f, model.AnnualReportRuleUndated, undated[i])
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
			teams := map[model.LegalAidHelperTeam]bool{}
			unmatched := 0
			err := whole(ctx, r.Set.Lawyers, func(l *model.Lawyer) {
				for _, team := range l.HelperTeams {
					if team == model.LegalAidHelperTeamOther {
						unmatched++
					} else {
						teams[team] = true
					}
				}
			}, "helperTeams")
			if err == nil {
				figures[0].Value = new(len(teams))
			}
			remark(figures[0], model.AnnualReportRuleUnmatched, unmatched)
			return err
		},
	}
}

// gamesLawyers counts the lawyers who served the Asian Games, and the talent pool they
// were chosen from.
func (r *Resolver) gamesLawyers() chapter {
	const selected = "lawyers(filter: {asianGamesCorps: [LINPU, GUALI, CHENGXIANG, NINGWEI, YINGFENG, AIRPORT]})"
	return chapter{
		system: model.SystemLegalAid, source: "Lawyer",
		figures: []*model.AnnualReportFigure{
			{Name: "asianGamesLawyers", Label: "亚运公益法律服务团律师", Unit: "名", Filter: selected},
			{Name: "asianGamesCorps", Label: "亚运公益法律服务团", Unit: "支", Filter: selected},
			{Name: "asianGamesVenues", Label: "服务亚运场馆", Unit: "个", Filter: selected},
			{Name: "talentPool", Label: "区法治人才库", Unit: "名", Filter: "lawyers(filter: {isInTalentPool: true})"},
		},
		fill: func(ctx context.Context, figures []*model.AnnualReportFigure) error {
			corps, venues := map[model.AsianGamesCorps]bool{}, map[string]bool{}
			var lawyers, pool, unmatched int
			err := whole(ctx, r.Set.Lawyers, func(l *model.Lawyer) {
				switch {
				case l.AsianGamesCorps == nil:
				case *l.AsianGamesCorps == model.AsianGamesCorpsOther:
					unmatched++
				default:
					lawyers++
					corps[*l.AsianGamesCorps] = true
					if l.AsianGamesVenue != nil {
						venues[*l.AsianGamesVenue] = true
					}
				}
				if l.IsInTalentPool != nil && *l.IsInTalentPool {
					pool++
				}
			}, "asianGamesCorps", "asianGamesVenue", "isInTalentPool")
			if err != nil {
				return err
			}
			for i, n := range []int{lawyers, len(corps), len(venues), pool} {
				figures[i].Value = new(n)
			}
			for _, f := range figures[:3] {
				remark(f, model.AnnualReportRuleUnmatched, unmatched)
			}
			return nil
		},
	}
}
