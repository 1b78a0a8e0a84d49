package calendar

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

//go:embed calendar.yaml
var embedded []byte

// Embedded gives the calendar that comes with the program.
func Embedded() (*Calendar, error) { return Parse("calendar.yaml", embedded) }

// Parse reads a calendar file. The error joins every finding, each with file:line.
func Parse(file string, data []byte) (*Calendar, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		line, message := yamlfile.Syntax(data, err)
		return nil, fmt.Errorf("%s:%d: not YAML: %s", file, line, message)
	}
	p := &parser{file: file, calendar: &Calendar{years: map[int]bool{}, works: map[model.Date]bool{}}}
	if len(document.Content) == 0 {
		return nil, fmt.Errorf("%s:1: the file is empty: it needs years", file)
	}
	p.top(document.Content[0])
	if p.findings != nil {
		return nil, errors.Join(p.findings...)
	}
	return p.calendar, nil
}

// parser gathers findings and goes on after each.
type parser struct {
	file     string
	calendar *Calendar
	findings []error
}

func (p *parser) add(at *yaml.Node, format string, args ...any) {
	p.findings = append(p.findings, fmt.Errorf("%s:%d: %s", p.file, at.Line, fmt.Sprintf(format, args...)))
}

// each calls f with the keys and values of a map.
func (p *parser) each(at *yaml.Node, what string, f func(key, value *yaml.Node)) {
	if at.Kind != yaml.MappingNode {
		p.add(at, "%s must be a map", what)
		return
	}
	for i := 0; i < len(at.Content); i += 2 {
		f(at.Content[i], at.Content[i+1])
	}
}

func (p *parser) top(at *yaml.Node) {
	p.each(at, "the file", func(key, value *yaml.Node) {
		if key.Value != "years" {
			p.add(key, "unknown key %q; the file has years", key.Value)
			return
		}
		p.each(value, "years", p.year)
	})
	if len(p.calendar.years) == 0 && p.findings == nil {
		p.add(at, "the calendar has no year")
	}
}

func (p *parser) year(key, value *yaml.Node) {
	year, err := strconv.Atoi(key.Value)
	if err != nil || year < 1950 || year > 2100 {
		p.add(key, "%q is no year from 1950 to 2100", key.Value)
		return
	}
	if p.calendar.years[year] {
		p.add(key, "%d comes twice", year)
	}
	p.calendar.years[year] = true
	sourced := false
	p.each(value, key.Value, func(key, value *yaml.Node) {
		switch key.Value {
		case "source":
			sourced = value.Value != ""
		case "off", "work":
			p.days(year, key.Value == "work", value)
		default:
			p.add(key, "unknown key %q; a year has source, off and work", key.Value)
		}
	})
	if !sourced {
		p.add(key, "%d needs its source, the number of the notice", year)
	}
}

// days reads a list of days and spans of days.
func (p *parser) days(year int, works bool, list *yaml.Node) {
	if list.Kind != yaml.SequenceNode {
		p.add(list, "give a list of days")
		return
	}
	for _, item := range list.Content {
		from, to, isSpan := strings.Cut(item.Value, "..")
		if !isSpan {
			to = from
		}
		first, wrongFirst := model.ParseDate(from)
		last, wrongLast := model.ParseDate(to)
		if err := errors.Join(wrongFirst, wrongLast); err != nil || last.Compare(first) < 0 {
			p.add(item, "%q is neither a day like 2024-02-10 nor a span like 2024-02-10..2024-02-17", item.Value)
			continue
		}
		if int(first.Year) != year || int(last.Year) != year {
			p.add(item, "%s does not lie in %d", item.Value, year)
			continue
		}
		for d := first; d.Compare(last) <= 0; d = Add(d, 1) {
			if _, twice := p.calendar.works[d]; twice {
				p.add(item, "%s is named twice", d)
			}
			weekday := at(d).Weekday()
			if works && weekday != time.Saturday && weekday != time.Sunday {
				p.add(item, "%s is a %s: only a Saturday or Sunday makes up for a holiday", d, weekday)
			}
			p.calendar.works[d] = works
		}
	}
}
