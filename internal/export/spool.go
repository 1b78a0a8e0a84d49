package export

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

// spool is a temporary file: a report in the making. Only this process can reach it, and
// the system forgets it with the process.
type spool struct {
	file *os.File
	*bufio.Writer
}

// newSpool makes an empty one. What is written goes to sum too; nil sums nothing up.
func newSpool(sum io.Writer) (*spool, error) {
	file, err := os.CreateTemp("", "bureaugraph-*")
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	_ = os.Remove(file.Name()) // Windows refuses while it is open; Close tries again
	var to io.Writer = file
	if sum != nil {
		to = io.MultiWriter(file, sum)
	}
	return &spool{file: file, Writer: bufio.NewWriterSize(to, 64<<10)}, nil
}

// rewind goes back to the beginning and gives the length.
func (s *spool) rewind() (int64, error) {
	if err := s.Flush(); err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	size, err := s.file.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = s.file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	return size, nil
}

// WriteTo copies the rest of the file.
func (s *spool) WriteTo(w io.Writer) (int64, error) { return io.Copy(w, s.file) }

// Close gives the file up.
func (s *spool) Close() {
	_ = s.file.Close()
	_ = os.Remove(s.file.Name()) // gone already where files can be removed while open
}
