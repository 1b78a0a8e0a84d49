package reference

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// flat is what the operation flat needs.
type flat struct {
	fields  []field
	aliases []string // one a month, in the order of the answer
	text    string
}

func newFlat(c *catalogue) flat {
	f := flat{
		fields: c.fields(model.SystemNotarization, "NotarialMatter",
			"number", "title", "status", "type", "channel", "receivedOn", "acceptedOn", "issuedOn", "closedOn",
			"copies", "useCountry"),
		aliases: []string{"january", "february", "march", "april", "may"},
	}
	var selects []string
	for i := range f.aliases {
		selects = append(selects,
			fmt.Sprintf("(SELECT '%d', id, caseNumber, `describe`, status, matterCode, channel, `when`, acceptTime, issueDate, closedAt, copies, useCountry"+
				" FROM notarialCase WHERE (deleted = 0 OR deleted IS NULL) AND `when` >= '2023-%02d-01' AND `when` < '2023-%02d-01'"+
				" ORDER BY `when` DESC, id DESC LIMIT 200)", i, i+1, i+2))
	}
	f.text = strings.Join(selects, " UNION ALL ")
	return f
}

// writeFlat reads the five months by one statement. They come one after the other.
func (s *Server) writeFlat(ctx context.Context, b []byte, _ url.Values) ([]byte, error) {
	q := &s.flat
	month, rows := -1, 0
	open := func(next int) {
		for ; month < next; month++ {
			if month >= 0 {
				b = append(b, `]},`...)
			}
			b = append(append(append(b, '"'), q.aliases[month+1]...), `":{"nodes":[`...)
			rows = 0
		}
	}
	err := query(ctx, s.pools[model.SystemNotarization], q.text, nil, func(cells []sql.RawBytes) error {
		open(int(cells[0][0] - '0'))
		if rows++; rows > 1 {
			b = append(b, ',')
		}
		b = appendID(b, "NotarialMatter", cells[1])
		b = append(appendFields(b, q.fields, cells[2:]), '}')
		return nil
	})
	open(len(q.aliases) - 1)
	return append(b, `]}`...), err
}
