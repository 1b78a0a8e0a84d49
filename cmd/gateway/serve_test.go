//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// told hands on each line of a log.
type told chan string

func (t told) Write(line []byte) (int, error) {
	t <- string(line)
	return len(line), nil
}

// await reads the log up to a line with the words, which it gives.
func (t told) await(ended <-chan int, words string) string {
	said := ""
	for {
		select {
		case line := <-t:
			if strings.Contains(line, words) {
				return line
			}
			said += line
		case code := <-ended:
			return fmt.Sprintf("ended with %d and without %q:\n%s", code, words, said)
		}
	}
}

// TestServe: serve serves, reads its configuration again when it is hung up on, keeps the one before when
// the new one is wrong, and ends when it is told to.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	file, queries := filepath.Join(dir, "gateway.yaml"), filepath.Join(dir, "queries")
	if err := os.Mkdir(queries, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte("listen: 127.0.0.1:0\naccess: open\nsources: {publicity: {dsn: 'a@tcp(127.0.0.1:1)/b'}}\n"+text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("")
	log := make(told, 1000)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan int, 1)
	go func() {
		defer close(ended)
		ended <- run(ctx, []string{"serve", "-c", file}, nil, log, log)
	}()
	var serving struct{ URL string }
	if line := log.await(ended, `"serving"`); json.Unmarshal([]byte(line), &serving) != nil {
		t.Fatal(line)
	}
	saves := func(want bool) {
		t.Helper()
		response, err := http.Get(serving.URL + "/playground/queries")
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var answer struct{ Saving bool }
		if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Saving != want {
			t.Errorf("saving is %v, want %v; %v", answer.Saving, want, err)
		}
	}
	hangUp := func(words string) {
		t.Helper()
		if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		if line := log.await(ended, "in force"); !strings.Contains(line, words) {
			t.Errorf("%s, want %s", line, words)
		}
	}
	saves(false)
	write("library: {directory: queries, save: true}\n")
	hangUp("the configuration is in force")
	saves(true)
	write("library: {directory: queries}\nnonsense: 1\n")
	hangUp("gateway.yaml:5: ")
	saves(true)
	write("library: {directory: queries}\nlog: {level: debug}\n")
	hangUp(`"restart":"log"`)
	saves(false)
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("ended with %d", code)
	}
}
