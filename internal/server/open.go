package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/annualreport"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/personid"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// open reads reference data, rules, definitions of figures, and mappings, which it gives as
// well, and prepares the pools. It does not connect. The error joins the findings of all files.
func open(c *config.Config, standing *standing,
	tracing *telemetry.Traces) (*resolvers.Resolver, map[model.System]*mapping.File, error) {
	r := &resolvers.Resolver{Systems: map[model.System]*database.DB{}, Today: today(c), SuppressBelow: c.SuppressBelow}
	var noPlaces, noMappings, noFigures error
	r.Reference, noPlaces = places(c)
	days, noCalendar := calendar.Parse(c.Reference.Calendar)
	rules, noRules := deadlines(c, days, r.Today)
	noFigures = figures(r, c)
	var files map[model.System]*mapping.File
	if noPlaces != nil { // mappings are checked by those that ship, so that all findings are told at once
		r.Reference, _ = places(&config.Config{})
	}
	env := cell.Env{Towns: r.Reference.Towns, Departments: r.Reference.Departments, Divisions: r.Reference.Towns}
	files, noMappings = parse(c, env)
	if err := errors.Join(noPlaces, noMappings, noCalendar, noRules, noFigures); err != nil {
		return nil, nil, err
	}
	var err error
	if r.Persons, err = persons(c, standing); err != nil {
		return nil, nil, err
	}
	err = connect(r, c, env, files, rules, days, standing, tracing)
	return r, files, err
}

// connect joins the graph's sources, mappings and rules.
func connect(r *resolvers.Resolver, c *config.Config, env cell.Env, files map[model.System]*mapping.File,
	rules *clock.Clock, days *calendar.Calendar, standing *standing, tracing *telemetry.Traces) (err error) {
	systems := map[model.System]adapters.System{}
	for _, system := range model.AllSystem {
		if source, deployed := c.Sources[system]; deployed {
			count := standing.instruments.statementsOf(system)
			r.Systems[system], err = database.Open(string(system), source.MySQL, database.Options{
				MaxOpen:   source.MaxConnections,
				Timeout:   source.Timeout,
				Budget:    source.Budget,
				Hours:     hours(source, days),
				Now:       standing.time,
				Breaker:   source.Breaker,
				Replicas:  source.Replicas,
				MaxLag:    source.MaxLag,
				NoSlowLog: source.NoSlowLog, IsThrottled: source.IsThrottled,
				TimeZone: source.TimeZone,
				Logger:   standing.log,
				Observe: func(ctx context.Context, s database.Statement) {
					count(s)
					tracing.Statement(ctx, string(system), s)
				},
			})
			if err != nil {
				return fmt.Errorf("server: %s: %w", system, err)
			}
		}
		systems[system] = adapters.System{DB: r.Systems[system], File: files[system], Large: int64(c.ScanRows),
			ShowRaw: c.ShowRaw, Sealer: r.Persons}
	}
	r.Today = rules.Today
	r.Set, err = adapters.Open(systems, env, rules)
	return err
}

// figures reads the definitions of metrics and of the annual report.
func figures(r *resolvers.Resolver, c *config.Config) error {
	var noMetrics, noReport error
	known := adapters.Systems()
	r.Metrics, noMetrics = metrics.Parse(graph.Schema(),
		yamlfile.Layers{Shipped: known.Figures(), Site: c.Reference.Figures})
	r.Report, noReport = annualreport.Parse(graph.Schema(),
		yamlfile.Layers{Shipped: known.AnnualReports(), Site: c.Reference.AnnualReport})
	return errors.Join(noMetrics, noReport)
}

// variablesOnly are scalars whose values must not stand in the text of an operation.
var variablesOnly = []string{"ResidentNumber"}

// persons makes the cipher of persons' ids, under a key that ends with the process when
// the deployment has none.
func persons(c *config.Config, standing *standing) (*personid.Cipher, error) {
	if c.PersonKey != nil {
		return personid.New(c.PersonKey, c.Suite)
	}
	if standing.personKey == nil {
		standing.log.Warn("no identity key is configured: ids of persons are not stable over restarts or replicas")
		standing.personKey = personid.RandomKey()
	}
	return personid.New(standing.personKey, c.Suite)
}

// deadlines makes the statutory clock.
func deadlines(c *config.Config, days *calendar.Calendar, today func() model.Date) (*clock.Clock, error) {
	rules, noRules := clock.Parse(graph.Schema(),
		yamlfile.Layers{Shipped: adapters.Systems().Deadlines(), Site: c.Reference.Deadlines})
	if noRules != nil {
		return nil, noRules
	}
	return clock.New(rules, days, today), nil
}

// hours are the office hours of a source: of days that are worked, in its zone.
func hours(source config.Source, days *calendar.Calendar) database.Hours {
	h := source.OfficeHours
	if !h.Are() {
		return database.Hours{}
	}
	zone := time.FixedZone("", 8*3600)
	if at, err := time.Parse("-07:00", source.TimeZone); err == nil {
		_, seconds := at.Zone()
		zone = time.FixedZone("", seconds)
	}
	return database.Hours{Profile: h.Profile, Is: func(at time.Time) bool {
		at = at.In(zone)
		day := model.Date{Year: int16(at.Year()), Month: uint8(at.Month()), Day: uint8(at.Day())}
		since := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute +
			time.Duration(at.Second())*time.Second
		return since >= h.From && since < h.To && days.IsWorkday(day)
	}}
}

// today tells the day of asking: the configured one, else the day it is in Shanghai.
func today(c *config.Config) func() model.Date {
	return func() model.Date {
		if c.Today != nil {
			return *c.Today
		}
		return calendar.Of(time.Now())
	}
}

// places reads towns and departments.
func places(c *config.Config) (resolvers.Reference, error) {
	towns, noTowns := reference.ParseTowns(c.Reference.Towns)
	departments, noDepartments := reference.ParseDepartments(c.Reference.Departments)
	return resolvers.Reference{Towns: towns, Departments: departments}, errors.Join(noTowns, noDepartments)
}

// parse reads the mappings of all systems with the site's overlays; the error joins the
// findings of all of them.
func parse(c *config.Config, env cell.Env) (map[model.System]*mapping.File, error) {
	schema := mapping.SchemaOf(graph.Schema())
	embedded := adapters.Systems().Mappings()
	files := map[model.System]*mapping.File{}
	var findings []error
	for _, system := range model.AllSystem {
		var overlays []mapping.Source
		if overlay, given := c.Overlays[system]; given {
			overlays = append(overlays, overlay)
		}
		file, err := mapping.Parse(embedded[system], overlays, schema, env)
		if err != nil {
			findings = append(findings, err)
		} else if strange := elsewhere(file, c.Sources[system]); len(strange) > 0 {
			findings = append(findings, strange)
		}
		files[system] = file
	}
	return files, errors.Join(findings...)
}

// elsewhere finds selects that read another schema than the source's: its account should not reach it, and
// nobody who looks at the configuration would know.
func elsewhere(file *mapping.File, source config.Source) (findings mapping.Findings) {
	if source.MySQL == nil {
		return nil
	}
	for _, record := range slices.Sorted(maps.Keys(file.Records)) {
		t := file.Records[record]
		for _, schema := range mapping.Schemas(t.Select) {
			if !strings.EqualFold(schema, source.MySQL.DBName) {
				findings = append(findings, file.Finding(t.Pos,
					"the select of %s reads the schema %s, and the system's source is the schema %s: leave the name out, or read a view",
					record, schema, source.MySQL.DBName))
			}
		}
	}
	return findings
}
