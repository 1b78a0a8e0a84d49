package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Sight is a request that had to do with a person.
type Sight struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Asked    bool   `json:"asked"`    // the person was asked for by number
	Answered bool   `json:"answered"` // the person was among those answered
	// Perhaps: more persons were answered than the line names, and so perhaps this one.
	Perhaps bool  `json:"perhaps"`
	Entry   Entry `json:"entry"`
}

// Who lists the requests that had to do with the person with the number, the oldest first. The
// error is that the audit is not whole, a *Finding, and then the list is what can be read of it,
// or that it cannot be read.
func Who(dir string, key []byte, number string) ([]Sight, error) {
	number = plain(number)
	sights := []Sight{}
	tokens := map[*signer][]byte{}
	err := eachEntry(dir, key, func(l line) bool {
		token := tokens[l.signer]
		if token == nil {
			token = []byte(l.signer.token(number))
			tokens[l.signer] = token
		}
		return bytes.Contains(l.text, token) || bytes.Contains(l.text, []byte(`"morePersons":`))
	}, func(l line, e Entry) {
		token := string(tokens[l.signer])
		s := Sight{File: l.file, Line: l.line, Entry: e,
			Asked: slices.Contains(e.Lookups, token), Answered: slices.Contains(e.Persons, token)}
		s.Perhaps = !s.Answered && e.MorePersons > 0
		if s.Asked || s.Answered || s.Perhaps {
			sights = append(sights, s)
		}
	}, nil)
	return sights, err
}

// Sighted is the list as a table for people.
func Sighted(sights []Sight) Table {
	t := Table{Name: "who", Title: "谁查看过此人",
		Note: "“可能”指该次答复人数多于审计行所列人数，此人可能在内。",
		Head: []string{"时间", "人员标识", "姓名", "角色", "地址", "操作", "按号码查询", "在答复中", "明文字段", "事由", "结果", "审计行"}}
	for _, s := range sights {
		e := s.Entry
		answered := yes(s.Answered)
		if s.Perhaps {
			answered = "可能"
		}
		t.Rows = append(t.Rows, []string{e.Time.In(china).Format(time.DateTime), nobody(e.Principal), e.Name,
			strings.Join(e.Roles, " "), e.Address, e.Operation, yes(s.Asked), answered, strings.Join(e.Unmasked, " "),
			e.Reason, string(e.Outcome), fmt.Sprintf("%s:%d", s.File, s.Line)})
	}
	return t
}

func yes(is bool) string {
	if is {
		return "是"
	}
	return ""
}

// eachEntry gives the entries of an audit whose lines are wanted, and its events; nil wants all
// lines, or no event. The error is the first bad place, when everything has been read.
func eachEntry(dir string, key []byte, wanted func(line) bool, entry func(line, Entry), event func(line, note)) error {
	r := &reader{dir: dir, key: key}
	r.visit = func(l line) {
		switch {
		case bytes.Contains(l.text, []byte(`"event":`)) && event != nil:
			var n note
			if json.Unmarshal(l.text, &n) == nil && n.Event != "" {
				event(l, n)
				return
			}
		case wanted != nil && !wanted(l):
			return
		}
		var e Entry
		if json.Unmarshal(l.text, &e) == nil && e.Request != "" {
			entry(l, e)
		}
	}
	if err := r.read(); err != nil {
		return err
	}
	if r.found != nil {
		return r.found
	}
	return nil
}
