package reference

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// statistics is what the operation statistics needs.
type statistics struct {
	town cell.Codec
	text string
}

func newStatistics(c *catalogue) statistics {
	return statistics{
		town: c.codec(model.SystemNotarization, "NotarialMatter", "town"),
		text: "SELECT EXTRACT(YEAR_MONTH FROM `when`) AS month, townCode, COUNT(*) FROM notarialCase" +
			" WHERE (deleted = 0 OR deleted IS NULL) AND `when` >= ? AND `when` < ? GROUP BY month, townCode",
	}
}

// writeStatistics has the database group by what the column holds, a town's code or one of
// its names, and adds up by town.
func (s *Server) writeStatistics(ctx context.Context, b []byte, question url.Values) ([]byte, error) {
	total, empty, unmatched := 0, 0, 0
	months := map[int]map[string]int{} // 202301 -> code, "" for none -> matters
	err := query(ctx, s.pools[model.SystemNotarization], s.statistics.text,
		[]any{question.Get("from"), question.Get("before")}, func(cells []sql.RawBytes) error {
			month, err := strconv.Atoi(string(cells[0]))
			if err != nil {
				return err
			}
			n, err := strconv.Atoi(string(cells[2]))
			if err != nil {
				return err
			}
			total += n
			code := ""
			switch value, problem := s.statistics.town.Decode(cells[1]); {
			case problem != nil:
				unmatched += n
			case value == nil:
				empty += n
			default:
				code = *value.(*string)
			}
			if months[month] == nil {
				months[month] = map[string]int{}
			}
			months[month][code] += n
			return nil
		})
	if err != nil {
		return b, err
	}
	b = fmt.Appendf(b, `"notarialMatterStats":{"total":{"count":%d},"groups":[`, total)
	separator := ""
	for _, month := range slices.Sorted(maps.Keys(months)) {
		towns := slices.Sorted(maps.Keys(months[month]))
		if towns[0] == "" { // no town comes last
			towns = append(towns[1:], "")
		}
		for _, code := range towns {
			b = fmt.Appendf(b,
				`%s{"key":[{"dimension":"RECEIVED_MONTH","value":"%d-%02d"},{"dimension":"TOWN","value":`, separator,
				month/100, month%100)
			if separator = ","; code == "" {
				b = append(b, "null"...)
			} else {
				b = appendText(b, code)
			}
			b = fmt.Appendf(b, `}],"count":%d}`, months[month][code])
		}
	}
	b = append(b, `],"excluded":[`...)
	separator = ""
	for _, e := range []struct {
		reason string
		count  int
	}{{"NOT_RECORDED", empty}, {"UNMATCHED", unmatched}} {
		if e.count > 0 {
			b = fmt.Appendf(b, `%s{"of":"TOWN","reason":"%s","count":%d}`, separator, e.reason, e.count)
			separator = ","
		}
	}
	return append(b, `]}`...), nil
}
