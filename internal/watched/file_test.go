package watched

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// number makes a number of the bytes that several files have; a file with "wrong" has none.
func number(contents [][]byte) (int, error) {
	n := 0
	for _, c := range contents {
		if string(c) == "wrong" {
			return 0, errors.New("a file is wrong")
		}
		n += len(c)
	}
	return n, nil
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	write := func(file, text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open("the pair", []string{one, two}, number, nil, slog.New(slog.DiscardHandler)); !errors.Is(err,
		os.ErrNotExist) {
		t.Errorf("missing files give %v", err)
	}
	write(one, "a")
	write(two, "wrong")
	if _, err := Open("the pair", []string{one, two}, number, nil, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("wrong files are opened")
	}
	write(two, "bc")
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	var log bytes.Buffer
	f, err := Open("the pair", []string{one, two}, number, func() time.Time { return now },
		slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	step := func(what string, after time.Duration, want int, said string) {
		t.Helper()
		now = now.Add(after)
		log.Reset()
		if got := f.Value(); got != want {
			t.Errorf("%s: %d, want %d", what, got, want)
		}
		if lines := strings.Count(log.String(), "\n"); said == "" && lines != 0 || said != "" &&
			(lines != 1 || !strings.Contains(log.String(), said)) {
			t.Errorf("%s: the log has %q, want %q", what, log.String(), said)
		}
	}
	step("at first", 0, 3, "")
	write(one, "aaaa")
	step("before it is looked at", Every/2, 3, "")
	step("changed", Every, 6, "the pair was read again")
	step("unchanged", Every, 6, "")
	write(two, "wrong")
	step("wrong", Every, 6, "a file is wrong")
	step("wrong as before", Every, 6, "")
	write(two, "bc")
	step("right again", Every, 6, "was read again")
	if err := os.Remove(two); err != nil {
		t.Fatal(err)
	}
	step("gone", Every, 6, "cannot be read")
	write(two, "bc")
	step("back", Every, 6, "was read again")
	write(one, "b")
	step("the clock was set back", -time.Hour, 3, "was read again")

	if got := Fixed("always").Value(); got != "always" {
		t.Errorf("fixed: %s", got)
	}
}

// TestFileTogether: many ask while the file changes, and each gets one of its states.
func TestFileTogether(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Error(err)
		}
	}
	write("1")
	var clock sync.Mutex
	now := time.Now()
	f, err := Open("the file", []string{file}, number, func() time.Time {
		clock.Lock()
		defer clock.Unlock()
		now = now.Add(Every)
		return now
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for range 200 {
				if n := f.Value(); n > 3 {
					t.Errorf("%d", n)
				}
			}
		})
	}
	for _, text := range []string{"22", "333", "wrong", "1"} {
		write(text)
	}
	asking.Wait()
}
