package house

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// longest is how many columns a line of Go has at most, a tab being four; a text of so many
// characters is longer than what stands beside it, and is not broken.
const (
	longest  = 120
	longText = 40
)

// TestLines keeps lines as short as they can be read side by side. Generated files are exempt,
// and so is a line with a text that nobody should have to put together to find it.
func TestLines(t *testing.T) {
	files := 0
	err := filepath.WalkDir("../../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{"node_modules", ".git", "testdata"}, entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil || strings.HasPrefix(string(text), "// Code generated ") {
			return err
		}
		files++
		exempt := texts(text)
		for i, line := range strings.Split(string(text), "\n") {
			if n := columns(line); n > longest && !exempt[i+1] {
				t.Errorf("%s:%d has %d columns; break it at %d", path, i+1, n, longest)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("only %d files were looked at", files)
	}
}

func columns(line string) int { return len([]rune(line)) + 3*strings.Count(line, "\t") }

// texts are the lines on which a long text stands.
func texts(source []byte) map[int]bool {
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(source))
	var s scanner.Scanner
	s.Init(file, source, nil, 0)
	lines := map[int]bool{}
	for {
		at, kind, text := s.Scan()
		if kind == token.EOF {
			return lines
		}
		if kind == token.STRING && len([]rune(text)) >= longText {
			first := file.Line(at)
			for i := range strings.Count(text, "\n") + 1 {
				lines[first+i] = true
			}
		}
	}
}
