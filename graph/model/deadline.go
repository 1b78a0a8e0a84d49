package model

// Deadline is the statutory clock of one step of a record. Package clock computes it; no
// system stores it.
type Deadline struct {
	Step    DeadlineStep
	State   DeadlineState
	StartOn Date
	DueOn   *Date // nil while the clock stands still
	DoneOn  *Date // nil while open, or when not recorded
	OnTime  *bool // nil while open, or when it cannot be told
	IsOver  bool  // something says that the step is over, be it a cell that cannot be read
	// DaysLeft is in the period's unit, 0 on the due day; nil when the step is done or the
	// clock stands still.
	DaysLeft    *int
	Days        int
	Unit        DeadlineUnit
	Rule        string
	Article     string
	IsLocalRule bool
	IsEstimate  bool // a year is missing in the calendar
}

// Overdue tells whether the step is open and its due day has passed.
func (d *Deadline) Overdue() bool { return d.State == DeadlineStateOverdue }

// IsOpen tells whether the step is still to be done.
func (d *Deadline) IsOpen() bool {
	return d.State == DeadlineStateRunning || d.State == DeadlineStateStopped || d.State == DeadlineStateOverdue
}
