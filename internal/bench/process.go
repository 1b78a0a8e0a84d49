package bench

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// Process is a running process of this machine, as /proc shows it.
type Process int

// tick is the unit of CPU times in /proc: USER_HZ is 100 on every Linux that Go runs on.
const tick = 10 * time.Millisecond

// CPU is the time the process has spent on processors, in user and in system mode.
func (p Process) CPU() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p))
	if err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	// the second field is the program's name in brackets and may hold blanks
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("bench: /proc/%d/stat is too short", p)
	}
	user, err := strconv.ParseInt(string(fields[11]), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	system, err := strconv.ParseInt(string(fields[12]), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	return time.Duration(user+system) * tick, nil
}

// PeakMemory is the largest resident size in bytes since the process began, or since
// ForgetPeak.
func (p Process) PeakMemory() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p))
	if err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	for line := range bytes.Lines(status) {
		if rest, found := bytes.CutPrefix(line, []byte("VmHWM:")); found {
			fields := bytes.Fields(rest)
			kilobytes, err := strconv.ParseInt(string(fields[0]), 10, 64)
			return kilobytes << 10, err
		}
	}
	return 0, fmt.Errorf("bench: /proc/%d/status has no VmHWM", p)
}

// ForgetPeak makes PeakMemory begin anew.
func (p Process) ForgetPeak() error {
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p), []byte("5"), 0); err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	return nil
}
