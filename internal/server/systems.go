package server

import (
	"context"
	"slices"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/statistics"
)

// State says whether a system answers now: OK, or the code of the fault.
type State string

// Answering is the state of a system that answers.
const Answering State = "OK"

// SystemState is the state of one system of the deployment.
type SystemState struct {
	System       model.System `json:"system"`
	State        State        `json:"state"`
	Milliseconds int64        `json:"milliseconds"` // until it answered or failed
	// Connections is how many the server lets the gateway have at once, where it has refused as
	// many as are configured; nil where it has not.
	Connections *int `json:"connections,omitempty"`
	// AtOnce is how many statements are sent to its main address at once; nil where that is not throttled.
	AtOnce *int `json:"atOnce,omitempty"`
	// Breaker says whether the system is asked at all.
	Breaker database.Circuit `json:"breaker"`
	// Addresses are those of a system that has replicas; nil where it has none.
	Addresses []database.Address `json:"addresses,omitempty"`
	// OfficeHours says what the system is asked now, where that depends on the hour; nil where it does not.
	OfficeHours *OfficeHours `json:"officeHours,omitempty"`
	Version     string       `json:"-"` // of the database server; "" when it does not answer
	Message     string       `json:"-"` // what is wrong; "" when it answers
}

// OfficeHours are what holds for a system now that has office hours.
type OfficeHours struct {
	IsNow       bool   `json:"now"`
	Connections int    `json:"maxConnections"`
	Timeout     string `json:"timeout"`
	Budget      string `json:"budget"`
}

// probe is how long a system may take to say that it is there.
const probe = 3 * time.Second

// systems asks every system of the deployment whether it answers, all at once.
func (d *deployment) systems(ctx context.Context) []SystemState {
	ctx, cancel := context.WithTimeout(ctx, probe)
	defer cancel()
	var states []SystemState
	for _, system := range model.AllSystem {
		if d.databases[system] != nil {
			states = append(states, SystemState{System: system, State: State(fault.Internal)}) // until it is known
		}
	}
	var asked fanout.Group
	for i := range states {
		asked.Go(func() { states[i].ask(ctx, d.databases[states[i].System]) })
	}
	if err := asked.Wait(); err != nil {
		fanout.Log(d.log, err)
	}
	return states
}

func (s *SystemState) ask(ctx context.Context, db *database.DB) {
	started := time.Now()
	version, err := db.Version(ctx)
	s.Milliseconds = time.Since(started).Milliseconds()
	s.State, s.Version, s.Connections, s.Breaker = Answering, version, db.Spare(), db.Circuit()
	s.Addresses, s.AtOnce = db.Addresses(), db.AtOnce()
	if db.HasHours() {
		p, inHours := db.Profile()
		s.OfficeHours = &OfficeHours{IsNow: inHours, Connections: p.MaxOpen, Timeout: p.Timeout.String(),
			Budget: p.Budget.String()}
	}
	if err != nil {
		s.State, s.Message = State(fault.SourceUnavailable), err.Error()
		if known := fault.Of(err); known != nil {
			s.State = State(known.Code)
		}
	}
}

// examine compares the mappings with the databases, at all addresses: each finding names file and line, and
// the replica where it is one of that only. What does not answer is left out.
func (d *deployment) examine(ctx context.Context) (findings mapping.Findings) {
	for _, system := range model.AllSystem {
		db := d.databases[system]
		if db == nil {
			continue
		}
		var known []string
		for _, address := range addressesOf(db) {
			found, _ := adapters.Examine(database.At(ctx, address.Name), db, d.mappings[system])
			for _, f := range found {
				if slices.Contains(known, f.String()) {
					continue
				}
				known = append(known, f.String())
				if address.Name != database.MainAddress {
					f.Message = "at " + address.Name + ": " + f.Message
				}
				findings = append(findings, f)
			}
		}
	}
	return findings
}

// addressesOf gives the addresses of a system, of which there is one at least.
func addressesOf(db *database.DB) []database.Address {
	if all := db.Addresses(); all != nil {
		return all
	}
	return []database.Address{{Name: database.MainAddress}}
}

// MainAddress is the name of a system's own address, beside those of its replicas.
const MainAddress = database.MainAddress

// AddressState is the state of one address of a system that has replicas.
type AddressState struct {
	SystemState
	At database.Address
}

// Addresses asks every address of the systems that have replicas whether it answers.
func (s *Server) Addresses(ctx context.Context) (list []AddressState) {
	ctx, cancel := context.WithTimeout(ctx, probe)
	defer cancel()
	d := s.now.Load()
	for _, system := range model.AllSystem {
		if db := d.databases[system]; db != nil {
			for _, address := range db.Addresses() {
				list = append(list, AddressState{SystemState{System: system}, address})
			}
		}
	}
	var asked fanout.Group
	for i := range list {
		asked.Go(func() {
			db := d.databases[list[i].System]
			list[i].ask(database.At(ctx, list[i].At.Name), db)
			for _, now := range db.Addresses() { // how far it is behind is known by now
				if now.Name == list[i].At.Name {
					list[i].At = now
				}
			}
		})
	}
	if err := asked.Wait(); err != nil {
		fanout.Log(d.log, err)
	}
	return list
}

// Systems asks every system of the deployment whether it answers, all at once.
func (s *Server) Systems(ctx context.Context) []SystemState { return s.now.Load().systems(ctx) }

// Examine compares the mappings with the databases: each finding names file and line.
// Systems that do not answer are left out: Systems tells of them.
func (s *Server) Examine(ctx context.Context) mapping.Findings { return s.now.Load().examine(ctx) }

// Inherited tells for each overlay of the deployment, by its file, which codes are those of
// the shipped mapping.
func (s *Server) Inherited() map[string][]mapping.Inherited {
	d := s.now.Load()
	inherited := map[string][]mapping.Inherited{}
	for system, overlay := range d.config.Overlays {
		if list := d.mappings[system].Inherited(overlay.Name); list != nil {
			inherited[overlay.Name] = list
		}
	}
	return inherited
}

// Orders reports the orders of the mappings that no index serves well. Systems that do not
// answer are left out: Systems tells of them.
func (s *Server) Orders(ctx context.Context) []adapters.OrderReport {
	reports, _ := s.now.Load().set.Orders(ctx)
	return reports
}

// Unrecorded lists what a system's overlay leaves out, by the names of the graph.
func (s *Server) Unrecorded(system model.System) []string { return s.now.Load().set.Unrecorded(system) }

// Undue lists the steps for which no deadline is told, for want of fields.
func (s *Server) Undue() []adapters.Undue { return s.now.Load().set.Undue() }

// UnknownFigures lists the metrics without a value, for want of fields.
func (s *Server) UnknownFigures() []statistics.Unknown { return s.now.Load().unknown }

// Unread tells what is wrong with operations that the site saved; these are left out. nil is nothing.
func (s *Server) Unread() error { return s.now.Load().unread }

// Excess tells what accounts may do besides reading, by system, and which systems did not say so.
func (s *Server) Excess(ctx context.Context) (more map[model.System][]string, silent []model.System) {
	d := s.now.Load()
	more = map[model.System][]string{}
	for _, system := range model.AllSystem {
		if db := d.databases[system]; db != nil {
			for _, address := range addressesOf(db) {
				list, err := db.Excess(database.At(ctx, address.Name))
				if err != nil && !slices.Contains(silent, system) {
					silent = append(silent, system)
				}
				for _, excess := range list {
					if !slices.Contains(more[system], excess) {
						more[system] = append(more[system], excess)
					}
				}
			}
		}
	}
	return more, silent
}
