package audit

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// fileName names a file by its number, which orders the files, and the day it was begun on.
func fileName(number int, begun time.Time) string {
	return fmt.Sprintf("audit-%08d-%s.jsonl", number, begun.In(china).Format(time.DateOnly))
}

var fileNames = regexp.MustCompile(`^audit-(\d{8})-\d{4}-\d\d-\d\d\.jsonl$`)

// fileOf is one file of an audit.
type fileOf struct {
	name   string
	number int
}

// files lists the files of an audit in their order.
func files(dir string) (list []fileOf, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("audit: %w", err)
	}
	for _, e := range entries {
		if found := fileNames.FindStringSubmatch(e.Name()); found != nil {
			number, _ := strconv.Atoi(found[1]) // eight digits
			list = append(list, fileOf{e.Name(), number})
		}
	}
	slices.SortFunc(list, func(a, b fileOf) int { return a.number - b.number })
	return list, nil
}

// longest bounds a line that is read; the gateway writes none of a tenth of it.
const longest = 1 << 20

// begunBy reads the first line of a file.
func begunBy(dir string, f fileOf) (n note, line []byte, err error) {
	file, err := os.Open(filepath.Join(dir, f.name))
	if err != nil {
		return n, nil, fmt.Errorf("audit: %w", err)
	}
	defer file.Close()
	line, err = bufio.NewReaderSize(io.LimitReader(file, longest), 4096).ReadBytes('\n')
	if err != nil {
		return n, nil, fmt.Errorf("audit: %s has no first line", f.name)
	}
	line = line[:len(line)-1]
	if err := json.Unmarshal(line, &n); err != nil || n.Event != Begun {
		return n, nil, fmt.Errorf("audit: %s does not begin like a file of an audit", f.name)
	}
	return n, line, nil
}
