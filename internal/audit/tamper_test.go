package audit

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// written makes an audit of several files; salt tells two of them apart.
func written(t *testing.T, salt string) map[string][]byte {
	t.Helper()
	dir, clock := t.TempDir(), newWatch()
	for range 3 {
		l := opened(t, dir, func(o *Options) { o.Now = clock.now })
		for i := range 6 {
			trail := l.Begin(fmt.Sprint(salt, i), "10.1.2.3", "/graphql")
			trail.Person(zhang)
			if i%2 == 0 {
				trail.Unmasked("A.b")
			}
			if err := trail.Settle(t.Context(), 200, nil); err != nil {
				t.Fatal(err)
			}
			trail.End(200, nil)
			clock.pass(9 * time.Hour)
		}
		closed(t, l)
	}
	whole(t, dir)
	return content(t, dir)
}

// spot is a line of some files.
type spot struct {
	file string
	line int // from 1
}

// damage is a change of files, and where it begins to show.
type damage struct {
	name  string
	files map[string][]byte
	// at are the places that may be named: the first line that is not as it was, or the one
	// before which lines are missing.
	at []spot
}

// tampering makes the changes; the names of files of lines are in order.
type tampering struct {
	r     *rand.Rand
	files map[string][]byte
	names []string
	other map[string][]byte // of another audit under the same key
}

// lines splits a file, with line feeds.
func linesOf(data []byte) [][]byte { return slices.Collect(bytes.Lines(data)) }

func (x *tampering) with(name string, data []byte) map[string][]byte {
	files := maps.Clone(x.files)
	files[name] = data
	return files
}

// before is the place behind the last line of the file before, or the first line of this one.
func (x *tampering) pick() (name string, lines [][]byte, i int) {
	name = x.names[x.r.IntN(len(x.names))]
	lines = linesOf(x.files[name])
	return name, lines, x.r.IntN(len(lines))
}

// changedByte turns one byte into another.
func (x *tampering) changedByte() damage {
	name, lines, i := x.pick()
	data := bytes.Clone(x.files[name])
	at := len(bytes.Join(lines[:i], nil)) + x.r.IntN(len(lines[i]))
	was := data[at]
	for data[at] == was {
		data[at] = byte(x.r.IntN(256))
	}
	return damage{fmt.Sprintf("byte %d %q to %q", at, was, data[at]), x.with(name, data), []spot{{name, i + 1}}}
}

// removedLine takes lines out.
func (x *tampering) removedLine() damage {
	name, lines, i := x.pick()
	n := 1 + x.r.IntN(len(lines)-i)
	data := bytes.Join(slices.Delete(slices.Clone(lines), i, i+n), nil)
	return damage{fmt.Sprintf("lines %d to %d removed", i+1, i+n), x.with(name, data),
		x.missingAt(name, i, len(lines)-n)}
}

// missingAt is where it shows that line i of a file, from 0, and so many more are missing: there,
// at its end, or at the first line of the next.
func (x *tampering) missingAt(name string, i, left int) []spot {
	at := []spot{{name, i + 1}}
	if i >= left {
		if next := slices.Index(x.names, name) + 1; next < len(x.names) {
			at = append(at, spot{x.names[next], 1})
		}
	}
	return at
}

// swapped exchanges two lines.
func (x *tampering) swapped() damage {
	name, lines, i := x.pick()
	j := (i + 1 + x.r.IntN(len(lines)-1)) % len(lines)
	i, j = min(i, j), max(i, j)
	lines[i], lines[j] = lines[j], lines[i]
	return damage{fmt.Sprintf("lines %d and %d exchanged", i+1, j+1), x.with(name, bytes.Join(lines, nil)),
		[]spot{{name, i + 1}}}
}

// cut truncates a file anywhere.
func (x *tampering) cut() damage {
	name, lines, _ := x.pick()
	size := x.r.IntN(len(x.files[name]))
	whole := bytes.Count(x.files[name][:size], []byte("\n"))
	return damage{fmt.Sprintf("cut to %d bytes", size), x.with(name, bytes.Clone(x.files[name][:size])),
		x.missingAt(name, whole, min(whole, len(lines)))}
}

// doubled repeats a line.
func (x *tampering) doubled() damage {
	name, lines, i := x.pick()
	return damage{fmt.Sprintf("line %d doubled", i+1),
		x.with(name, bytes.Join(slices.Insert(slices.Clone(lines), i, lines[i]), nil)), []spot{{name, i + 2}}}
}

// spliced goes on with the lines of another audit, from the same number on.
func (x *tampering) spliced() damage {
	name, lines, i := x.pick()
	others := linesOf(x.other[name])
	data := bytes.Join(append(slices.Clone(lines[:i]), others[min(i, len(others)):]...), nil)
	return damage{fmt.Sprintf("spliced at line %d", i+1), x.with(name, data), []spot{{name, i + 1}}}
}

// renamed gives a file another's place.
func (x *tampering) renamed() damage {
	files := maps.Clone(x.files)
	i := x.r.IntN(len(x.names) - 1)
	a, b := x.names[i], x.names[i+1]
	files[a], files[b] = files[b], files[a]
	return damage{"files exchanged", files, []spot{{a, 1}}}
}

// removedFile takes a whole file away.
func (x *tampering) removedFile() damage {
	files := maps.Clone(x.files)
	i := x.r.IntN(len(x.names))
	delete(files, x.names[i])
	at := []spot{}
	if i+1 < len(x.names) {
		at = append(at, spot{x.names[i+1], 1})
	} else {
		last := x.names[i-1]
		at = append(at, spot{last, len(linesOf(x.files[last])) + 1})
	}
	return damage{"file removed", files, at}
}

// changedHead damages what knows the end: both places, since one is enough.
func (x *tampering) changedHead() damage {
	data := bytes.Clone(x.files[headName])
	for at := x.r.IntN(64); at < len(data); at += placeSize {
		data[at] ^= 1
	}
	return damage{"head changed", x.with(headName, data), []spot{{headName, 0}}}
}

// TestTampering: whatever is done to the files, it is found, at the right place.
func TestTampering(t *testing.T) {
	files, other := written(t, "R"), written(t, "S")
	names := slices.Sorted(maps.Keys(files))
	names = slices.DeleteFunc(names, func(n string) bool { return n == headName })
	if len(names) < 5 {
		t.Fatal("too few files")
	}
	seed := uint64(time.Now().UnixNano())
	x := &tampering{r: rand.New(rand.NewPCG(seed, 0)), files: files, names: names, other: other}
	for _, kind := range []func() damage{x.changedByte, x.removedLine, x.swapped, x.cut, x.doubled, x.spliced,
		x.renamed, x.removedFile, x.changedHead} {
		for range 150 {
			d := kind()
			_, err := Verify(restore(t, d.files), testKey)
			found, isFinding := err.(*Finding)
			if !isFinding {
				t.Fatalf("seed %d: %s, near %v: not found, %v", seed, d.name, d.at, err)
			}
			if !slices.Contains(d.at, spot{found.File, found.Line}) {
				t.Errorf("seed %d: %s: found at %v, want one of %v", seed, d.name, found, d.at)
			}
		}
	}
}

// TestTamperingWithoutTheKey: whoever has the files and no key can make the chain anew, and is
// found by the seals; whoever checks without the key finds all but that.
func TestTamperingWithoutTheKey(t *testing.T) {
	files := written(t, "R")
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(n string) bool { return n == headName })
	x := &tampering{r: rand.New(rand.NewPCG(1, 2)), files: files, names: names, other: files}
	for _, kind := range []func() damage{x.removedLine, x.swapped, x.cut, x.doubled, x.renamed, x.removedFile} {
		for range 50 {
			d := kind()
			if _, err := Verify(restore(t, d.files), nil); err == nil {
				t.Fatalf("%s, near %v: not found", d.name, d.at)
			}
		}
	}
	forged := map[string][]byte{headName: files[headName]}
	prev, of := "", newSigner("sha256", []byte("another key"))
	seq := uint64(0)
	for _, name := range names {
		for _, line := range linesOf(files[name]) {
			f, _ := frame(bytes.TrimSuffix(line, []byte("\n")))
			_, body, _ := bytes.Cut(f.said, []byte(`",`))
			seq++
			body = bytes.ReplaceAll(body, []byte("10.1.2.3"), []byte("10.1.2.4"))
			made := of.line(seq, prev, slices.Concat([]byte("{"), body, []byte("}")))
			prev = digest("sha256", made)
			forged[name] = append(append(forged[name], made...), '\n')
		}
	}
	dir := restore(t, forged)
	_, err := Verify(dir, testKey)
	if err == nil || !strings.HasPrefix(err.Error(), names[0]+":1: the line was changed after it was written") {
		t.Errorf("a chain made anew: %v", err)
	}
}

// TestAnchor: a directory that was set back, head and all, is found by a line noted elsewhere.
func TestAnchor(t *testing.T) {
	dir := t.TempDir()
	l := opened(t, dir)
	ask(l, "R1")
	closed(t, l)
	earlier := content(t, dir)
	first := whole(t, dir)
	l = opened(t, dir)
	ask(l, "R2")
	closed(t, l)
	noted := whole(t, dir)
	anchors := []Anchor{{first.Last, first.Hash}, {noted.Last, strings.ToUpper(noted.Hash)}}
	if _, err := Verify(dir, testKey, anchors...); err != nil {
		t.Error(err)
	}
	back := restore(t, earlier)
	whole(t, back) // nobody can tell from inside
	if _, err := Verify(back, testKey, anchors...); err == nil || !strings.Contains(err.Error(), "missing at the end") {
		t.Errorf("set back: %v", err)
	}
	l = opened(t, back)
	ask(l, "R3")
	closed(t, l)
	if _, err := Verify(back, testKey, anchors...); err == nil ||
		!strings.Contains(err.Error(), "another than the one that was noted") {
		t.Errorf("set back and gone on: %v", err)
	}
}

func FuzzFrame(f *testing.F) {
	of := newSigner("sha256", testKey)
	f.Add([]byte(`{"a":1}`), uint64(7))
	f.Fuzz(func(t *testing.T, body []byte, seq uint64) {
		if _, ok := frame(body); ok && !bytes.HasPrefix(body, []byte(seqBegins)) {
			t.Error("what is no line has a frame")
		}
		body = marshal(map[string]string{"x": string(body)})
		got, ok := frame(of.line(seq, "aa", body))
		if !ok || got.seq != seq || got.prev != "aa" || !of.made(got) {
			t.Errorf("%s: %+v", body, got)
		}
	})
}
