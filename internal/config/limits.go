package config

import (
	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/transport"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// limits reads what one request may be, and how many rows of a table a list may look at.
func (r *reader) limits(at *yamlfile.Node) (requests transport.Limits, scanRows int) {
	d := r.Dict(at, "limits", "mode", "bodyBytes", "tokens", "depth", "fields", "aliases", "sameField", "rootFields",
		"fragments", "spreads", "directives", "nameBytes", "cost", "timeout", "records", "running", "waiting",
		"wait", "scanRows", "personsPerHour", "rate")
	var rate transport.Rate
	if at := d.Get("rate"); at != nil {
		of := r.Dict(at, "rate", "perSecond", "atOnce")
		if of.IsMap() && of.Needs("perSecond") {
			rate = transport.Rate{PerSecond: of.Int("perSecond", 1, 10_000), Burst: of.Int("atOnce", 1, 100_000)}
		}
	}
	persons := d.Int("personsPerHour", 0, 1_000_000)
	if persons == 0 && d.Has("personsPerHour") {
		persons = -1 // any number
	}
	return transport.Limits{
		BodyBytes: int64(d.Int("bodyBytes", 1024, 1<<30)),
		Tokens:    d.Int("tokens", 100, 1_000_000),
		Operation: cost.Limits{
			Depth:      d.Int("depth", 5, 100),
			Fields:     d.Int("fields", 100, 1_000_000),
			Aliases:    d.Int("aliases", 10, 1_000_000),
			SameField:  d.Int("sameField", 5, 100_000),
			RootFields: d.Int("rootFields", 1, 100_000),
			Fragments:  d.Int("fragments", 5, 100_000),
			Spreads:    d.Int("spreads", 10, 1_000_000),
			Directives: d.Int("directives", 10, 1_000_000),
			Name:       d.Int("nameBytes", 64, 1024),
			Cost:       d.Int("cost", 1000, 1_000_000_000),
			Measure:    d.Word("mode", "enforce", "measure") == "measure",
		},
		Timeout: r.duration(d, "timeout"),
		Rate:    rate,
		Persons: persons,
		Records: d.Int("records", 1000, 1_000_000_000),
		Running: d.Int("running", 4, 100_000),
		Waiting: d.Int("waiting", 1, 1_000_000),
		Wait:    r.duration(d, "wait"),
	}, d.Int("scanRows", 1, 1_000_000_000)
}
