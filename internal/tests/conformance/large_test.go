package conformance

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// counted is the server's estimate in a message.
var counted = regexp.MustCompile(`about [0-9,]+ records`)

// large asks a set whose every table of more than 20 rows is large: what the server's
// indexes serve is answered, the rest is refused with what would help.
func large(t *testing.T, s *adapters.Set) {
	from, before := day(t, "2023-01-01"), day(t, "2023-07-01")
	within := &model.DateRange{From: &from, Before: &before}
	since := &model.DateRange{From: &from}
	contains := &model.TextFilter{Contains: new("纠纷")}
	person := number(t, s)
	code := ""
	for _, c := range all(t, s.LegalAidCases) {
		if c.OpponentCreditCode != nil {
			code = *c.OpponentCreditCode
		}
	}
	type (
		aid   = model.LegalAidCaseFilter
		order = model.LegalAidCaseOrder
	)
	const help = "acceptedOn or decidedOn or closedOn with both from and before, or by "
	for _, test := range []struct {
		name   string
		filter *aid
		order  *order
		parent string // a town; "" asks the whole list
		want   string // of the refusal; "" is answered
	}{
		{"default order", nil, nil, "", ""},
		{"indexed order", nil, &order{By: model.LegalAidCaseOrderFieldNumber}, "", ""},
		{"order of text days", nil, &order{By: model.LegalAidCaseOrderFieldReceivedOn}, "",
			"orderBy: no index serves RECEIVED_ON DESC, and LegalAidCase has about N records; filter by " + help},
		{"order of text days within a period", &aid{AcceptedOn: within},
			&order{By: model.LegalAidCaseOrderFieldReceivedOn}, "", ""},
		{"contains", &aid{Title: contains}, nil, "",
			"filter: no index serves it, and LegalAidCase has about N records; filter by " + help},
		{"contains, within a period", &aid{Title: contains, AcceptedOn: within}, nil, "", ""},
		{"contains, since a day", &aid{Title: contains, AcceptedOn: since}, nil, "", "filter: no index serves it"},
		{"since a day", &aid{AcceptedOn: since}, nil, "", ""},
		{"number", &aid{Number: &model.TextFilter{Equals: []string{"浙萧援民〔2023〕1号"}}},
			&order{By: model.LegalAidCaseOrderFieldReceivedOn}, "", ""},
		{"amount", &aid{Recovered: &model.MoneyRange{}}, nil, "", "filter: no index serves it"},
		{"not", &aid{Not: &aid{AcceptedOn: within}}, nil, "", "filter: no index serves it"},
		{"party", &aid{Party: &model.PartyFilter{ResidentID: &person}},
			&order{By: model.LegalAidCaseOrderFieldReceivedOn}, "", ""},
		{"party without an index", &aid{Party: &model.PartyFilter{CreditCode: &code}}, nil, "",
			"filter.party: no index finds it among about"},
		{"findings within a period", &aid{HasDataIssue: new(true), AcceptedOn: within}, nil, "", ""},
		{"findings within a scan", &aid{HasDataIssue: new(true), Title: contains}, nil, "",
			"filter.hasDataIssue: needs all that the other conditions let through"},
		{"overdue, within a period", &aid{Overdue: new(true), AcceptedOn: within}, nil, "", ""},
		{"of a town", nil, nil, "330109105", ""},
		{"of a town, in another order", nil, &order{By: model.LegalAidCaseOrderFieldReceivedOn}, "330109105",
			"orderBy: no index"},
	} {
		t.Run("large/"+test.name, func(t *testing.T) {
			ask := adapters.Ask{Args: page.Args{First: new(5)}, Filter: test.filter, Order: test.order}
			var err error
			if test.parent == "" {
				_, err = s.LegalAidCases.List(t.Context(), ask)
			} else {
				_, err = s.LegalAidCases.Pages(t.Context(), "town", []string{test.parent}, ask)
			}
			f := fault.Of(err)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want == "":
			case f == nil || f.Code != fault.LimitExceeded || f.System != string(model.SystemLegalAid) ||
				!strings.Contains(counted.ReplaceAllString(f.Message, "about N records"), test.want) ||
				!strings.Contains(f.Message, "索引"):
				t.Errorf("got %v\nwant %s", err, test.want)
			case strings.Contains(f.Message, person.Reveal()):
				t.Error("the number is repeated")
			}
		})
	}
	t.Run("large/orders", func(t *testing.T) {
		reports, err := s.Orders(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, r := range reports {
			if r.System == model.SystemLegalAid || r.System == model.SystemNotarization {
				got[r.Record+" "+r.Order] = fmt.Sprint(r.Table, ".", r.Column, " computed ", r.IsComputed,
					" ties only ", r.TiesOnly)
			}
		}
		want := map[string]string{
			"DutyLawyerHelp HELPED_ON":         "flyz_zbls.bzrq computed false ties only true", // MyISAM
			"Lawyer PRACTISING_SINCE":          "flyz_ls.sczyrq computed false ties only false",
			"LegalAidCase ACCEPTED_ON":         "flyz_ajxx.slrq computed false ties only true",
			"LegalAidCase CLOSED_ON":           "flyz_ajxx.bjrq computed false ties only true",
			"LegalAidCase DECIDED_ON":          "flyz_ajxx.jdrq computed false ties only true",
			"LegalAidCase NUMBER":              "flyz_ajxx.ajbh computed false ties only true",
			"LegalAidCase RECEIVED_ON":         "flyz_ajxx.sqrq computed true ties only false",
			"LegalAidConsultation RECEIVED_ON": "flyz_zx.zxsj computed false ties only true",
			"NotarialMatter APPROVED_ON":       "notarialCase.approveDate computed true ties only false", // InnoDB
			"NotarialMatter CLOSED_ON":         "notarialCase.closedAt computed true ties only false",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}
