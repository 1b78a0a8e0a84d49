package reference

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// list is the list of one system's newest records of each town.
type list struct {
	system model.System
	record string
	member string // `,"legalAidCases":`
	fields []field
	text   string // one UNION ALL over the towns, without parameters
}

func newLists(c *catalogue, towns *reference.Towns) []list {
	lists := []list{
		{system: model.SystemLegalityReview, record: "LegalityReview", member: "legalityReviews"},
		{system: model.SystemReconsideration, record: "ReconsiderationCase", member: "reconsiderationCases"},
		{system: model.SystemLegalAid, record: "LegalAidCase", member: "legalAidCases"},
		{system: model.SystemNotarization, record: "NotarialMatter", member: "notarialMatters"},
		{system: model.SystemPublicity, record: "PublicityEvent", member: "publicityEvents"},
	}
	for i, columns := range []struct {
		cells, from, served, town, order, day string
	}{
		{"matter_id, review_no, matter_title, status, receive_time", "biz_review_matter",
			"(del_flag = '0' OR del_flag IS NULL) AND NOT IFNULL(create_by = 'test01', 0)", "area_code",
			"receive_time DESC, matter_id DESC", "receivedOn"},
		{"AJID, AJBH, AJMC, ZT, SDRQ", "T_FY_AJ", "(SFSC IN ('0', '') OR SFSC IS NULL)", "SZZJ", "SDRQ DESC, AJID DESC",
			"receivedOn"},
		{"aj_id, ajbh, ajmc, zt, slrq", "flyz_ajxx", "(sc_bz = '0' OR sc_bz IS NULL)", "szxz", "slrq DESC, aj_id DESC",
			"acceptedOn"},
		{"id, caseNumber, `describe`, status, `when`", "notarialCase", "(deleted = 0 OR deleted IS NULL)", "townCode",
			"`when` DESC, id DESC", "receivedOn"},
		{"id, huodongbianhao, huodongmingcheng, zhuangtai_types, chuangjianshijian", "huodong", "huodong_delete = '1'",
			"zhenjie", "chuangjianshijian DESC, id DESC", "receivedOn"},
	} {
		l := &lists[i]
		l.fields = c.fields(l.system, l.record, "number", "title", "status", columns.day)
		town := c.codec(l.system, l.record, "town")
		l.member = `,"` + l.member + `":{"nodes":[`
		if c.err != nil {
			return nil
		}
		var selects []string
		for n, t := range towns.List {
			spellings, _ := town.Spell(t.Code)
			var within []string
			for _, s := range towns.Spellings(t.Code) {
				if len(s) == 9 && strings.Trim(s, "0123456789") == "" {
					within = append(within, " OR "+columns.town+" LIKE "+literal(s+"___")) // codes of villages
				}
			}
			literals := make([]string, len(spellings))
			for k, s := range spellings {
				literals[k] = literal(s)
			}
			selects = append(selects,
				fmt.Sprintf("(SELECT %d, %s FROM %s WHERE %s AND (%s IN (%s)%s) ORDER BY %s LIMIT 10)",
					n, columns.cells, columns.from, columns.served, columns.town, strings.Join(literals, ", "),
					strings.Join(within, ""), columns.order))
		}
		l.text = strings.Join(selects, " UNION ALL ")
	}
	return lists
}

// literal is an SQL string.
func literal(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(s) + "'"
}

// writeTowns asks the five systems at once.
func (s *Server) writeTowns(ctx context.Context, b []byte, _ url.Values) ([]byte, error) {
	written := make([][][]byte, len(s.lists)) // by list and town: the nodes
	asked, ctx := errgroup.WithContext(ctx)
	for i, l := range s.lists {
		written[i] = make([][]byte, len(s.towns.List))
		asked.Go(func() error {
			buffer := make([]byte, 0, 64<<10)
			return query(ctx, s.pools[l.system], l.text, nil, func(cells []sql.RawBytes) error {
				n, err := strconv.Atoi(string(cells[0]))
				if err != nil {
					return err
				}
				start := len(buffer)
				if len(written[i][n]) > 0 {
					buffer = append(buffer, ',')
				}
				buffer = appendID(buffer, l.record, cells[1])
				buffer = append(appendFields(buffer, l.fields, cells[2:]), '}')
				if len(written[i][n]) == 0 {
					written[i][n] = buffer[start:]
				} else { // the branches come one after the other
					written[i][n] = buffer[start-len(written[i][n]):]
				}
				return nil
			})
		})
	}
	if err := asked.Wait(); err != nil {
		return b, err
	}
	b = append(b, `"towns":[`...)
	for n, town := range s.towns.List {
		if n > 0 {
			b = append(b, ',')
		}
		b = appendText(append(b, `{"code":`...), town.Code)
		b = appendText(append(b, `,"name":`...), town.Name)
		for i, l := range s.lists {
			b = append(append(append(b, l.member...), written[i][n]...), `]}`...)
		}
		b = append(b, '}')
	}
	return append(b, ']'), nil
}
