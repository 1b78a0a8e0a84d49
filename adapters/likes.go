package adapters

import (
	"strconv"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/keytext"
)

// likesCap bounds the rows that are passed over because they are the same, in every column,
// as the one behind which a list goes on.
const likesCap = 1000

// likes numbers the rows of one list that are the same in every column, where nothing else
// tells rows apart: a place is the digest and the number among its likes, from the list's
// front or, with a minus, from its back. Any of them may have any of their numbers, since
// nobody can tell which is which; none is lost and none comes twice. The zero value begins
// at the list's beginning.
type likes struct {
	backward bool
	digest   string // of the last row
	number   int    // of the last row
	at       string // the digest of the place behind which the list goes on
	drop     int    // rows like it that were there before
	keep     int    // rows like it that are still to come; -1 is all
}

// more is how many rows a statement must read besides those that are wanted.
func (l *likes) more() int {
	switch {
	case l.at == "":
		return 0
	case l.keep < 0:
		return l.drop
	}
	return likesCap
}

// take numbers a row in walking direction; false for one that does not belong to the page.
func (l *likes) take(r *model.Row) bool {
	digest := plan.DigestOf(r.Place())
	if digest == l.at && l.at != "" {
		switch {
		case l.drop > 0:
			l.drop--
			return false
		case l.keep == 0:
			return false
		case l.keep > 0: // their numbers from the other end are known
			r.SetPlace(placeOf(digest, l.keep, !l.backward))
			l.keep--
			return true
		}
	}
	if digest == l.digest {
		l.number++
	} else {
		l.digest, l.number = digest, 1
	}
	r.SetPlace(placeOf(digest, l.number, l.backward))
	return true
}

func placeOf(digest string, number int, backward bool) string {
	if backward {
		number = -number
	}
	return keytext.Join(&digest, new(strconv.Itoa(number)))
}

// position is the place behind which a list goes on, in walking direction, and who numbers
// its rows; nil where rows are told apart by a key. ok is false for a place that no row of
// the table has.
func position(table *plan.Table, value *string, place string, backward bool) (at *plan.Position, l *likes, ok bool) {
	if at, ok = table.Position(value, place); !ok || table.IsVouched() {
		return at, nil, ok
	}
	number, err := strconv.Atoi(at.Key[1])
	if err != nil || number == 0 || number > likesCap || number < -likesCap {
		return nil, nil, false
	}
	l = &likes{backward: backward, at: at.Key[0], keep: -1}
	if fromBack := number < 0; fromBack == backward {
		l.drop = max(number, -number)
		l.digest, l.number = l.at, l.drop
		at.At = true
	} else if l.keep = max(number, -number) - 1; l.keep > 0 {
		at.At = true
	} else {
		l.at = ""
	}
	return at, l, true
}

// numbered is who numbers the rows of a list from its beginning; nil where rows are told
// apart by a key.
func numbered(table *plan.Table, backward bool) *likes {
	if table.IsVouched() {
		return nil
	}
	return &likes{backward: backward, keep: -1}
}
