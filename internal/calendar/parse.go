package calendar

import (
	_ "embed"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

//go:embed calendar.yaml
var embedded []byte

// Embedded gives the calendar that comes with the program.
func Embedded() (*Calendar, error) { return Parse(nil) }

// Parse reads the calendar that comes with the program, and a site's, nil for none, which
// replaces it or adds years to it; see yamlfile.Layers. The error is yamlfile.Findings, all of
// them.
func Parse(site *yamlfile.Source) (*Calendar, error) {
	p := &parser{calendar: &Calendar{years: map[int]bool{}, works: map[model.Date]bool{}}}
	shipped := []yamlfile.Source{{Name: "calendar.yaml", Data: embedded}}
	layers := p.Layers(yamlfile.Layers{Shipped: shipped, Site: site}, "it needs years", "years")
	for _, file := range layers.Files() {
		file.Needs("years")
	}
	years := layers.Entries("years")
	if at := layers.Get("years"); at != nil && len(years) == 0 {
		p.Add(at.Pos, "the calendar has no year")
	}
	for _, year := range years {
		p.year(year)
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	return p.calendar, nil
}

// parser gathers findings and goes on after each.
type parser struct {
	yamlfile.Reader
	calendar *Calendar
}

func (p *parser) year(e *yamlfile.Entry) {
	name := e.Key.Text
	year, err := strconv.Atoi(name)
	if err != nil || year < 1950 || year > 2100 {
		p.Add(e.Key.Pos, "%q is no year from 1950 to 2100", name)
		return
	}
	if p.calendar.years[year] { // 2024 and 02024 are two keys
		p.Add(e.Key.Pos, "%d comes twice", year)
	}
	p.calendar.years[year] = true
	d := p.Dict(e.Value, name, "source", "off", "work")
	if text, _ := d.Value("source"); d.IsMap() && text == "" {
		p.Add(e.Key.Pos, "%d needs its source, the number of the notice", year)
	}
	p.days(year, false, d.Items("off"))
	p.days(year, true, d.Items("work"))
}

// days reads a list of days and spans of days.
func (p *parser) days(year int, works bool, list []*yamlfile.Node) {
	for _, item := range list {
		from, to, isSpan := strings.Cut(item.Text, "..")
		if !isSpan {
			to = from
		}
		first, wrongFirst := model.ParseDate(from)
		last, wrongLast := model.ParseDate(to)
		if err := errors.Join(wrongFirst, wrongLast); err != nil || last.Compare(first) < 0 {
			p.Add(item.Pos, "%q is neither a day like 2024-02-10 nor a span like 2024-02-10..2024-02-17", item.Text)
			continue
		}
		if int(first.Year) != year || int(last.Year) != year {
			p.Add(item.Pos, "%s does not lie in %d", item.Text, year)
			continue
		}
		for d := first; d.Compare(last) <= 0; d = Add(d, 1) {
			if _, twice := p.calendar.works[d]; twice {
				p.Add(item.Pos, "%s is named twice", d)
			}
			weekday := at(d).Weekday()
			if works && weekday != time.Saturday && weekday != time.Sunday {
				p.Add(item.Pos, "%s is a %s: only a Saturday or Sunday makes up for a holiday", d, weekday)
			}
			p.calendar.works[d] = works
		}
	}
}
