package reference

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
)

// cases is what the operation cases needs.
type cases struct {
	fields       []field    // of the case
	town         cell.Codec // of the case
	licence      cell.Codec // of the case's lawyer, as the case writes it
	applicant    []field
	number       cell.Codec // the applicant's resident number, which tells minors
	home         cell.Codec // town of the applicant's household
	lawyer, firm []field
}

func newCases(c *catalogue) cases {
	const system = model.SystemLegalAid
	return cases{
		fields:    c.fields(system, "LegalAidCase", "number", "title", "status", "kind", "acceptedOn"),
		town:      c.codec(system, "LegalAidCase", "town"),
		licence:   c.codec(system, "LegalAidCase", "lawyer"),
		applicant: c.fields(system, "LegalAidApplicant", "name", "sex"),
		number:    c.codec(system, "LegalAidApplicant", "residentId"),
		home:      c.codec(system, "LegalAidApplicant", "householdTown"),
		lawyer:    c.fields(system, "Lawyer", "licence", "name"),
		firm:      c.fields(system, "LawFirm", "name", "creditCode"),
	}
}

// casesSQL joins what a case refers to by its raw keys. The inner select decides the page
// before anything is joined.
const casesSQL = `SELECT c.aj_id, c.ajbh, c.ajmc, c.zt, c.ajlx, c.slrq, c.szxz, c.zyzh,
 a.xm, a.xb, a.hjxz, a.sqr_id, l.zyzh, l.xm, f.jgmc, f.tyshxydm, f.jg_id, a.zjhm
FROM (SELECT aj_id, ajbh, ajmc, zt, ajlx, slrq, szxz, zyzh, sqr_id, jg_id FROM flyz_ajxx
 WHERE (sc_bz = '0' OR sc_bz IS NULL) AND slrq >= '1949-10-01' AND slrq < ?
 ORDER BY slrq DESC, aj_id DESC LIMIT 51) c
LEFT JOIN flyz_sqr a ON a.sqr_id = c.sqr_id AND (a.sc_bz = '0' OR a.sc_bz IS NULL)
LEFT JOIN flyz_ls l ON l.zyzh = c.zyzh AND (l.sc_bz = '0' OR l.sc_bz IS NULL)
LEFT JOIN flyz_lsswsjg f ON f.jg_id = c.jg_id AND (f.sc_bz = '0' OR f.sc_bz IS NULL)
ORDER BY c.slrq DESC, c.aj_id DESC`

// hole is a place in the answer where a lawyer goes whom the join did not find.
type hole struct {
	at      int
	licence string
}

// writeCases answers the page from one join. A few cases write the licence in full-width
// digits, which no join finds: those lawyers are read by a second statement and put into
// their holes.
func (s *Server) writeCases(ctx context.Context, b []byte, question url.Values) ([]byte, error) {
	q, today := &s.cases, calendar.Of(time.Now())
	var holes []hole
	var last string // cursor of the last case
	rows := 0
	b = append(b, `"legalAidCases":{"nodes":[`...)
	err := query(ctx, s.pools[model.SystemLegalAid], casesSQL, []any{question.Get("before")},
		func(cells []sql.RawBytes) error {
			if rows++; rows > 50 {
				return nil
			}
			if rows > 1 {
				b = append(b, ',')
			}
			b = appendID(b, "LegalAidCase", cells[0])
			b = appendFields(b, q.fields, cells[1:])
			b = s.appendTown(append(b, `,"town":`...), q.town, cells[6], true)
			b = append(b, `,"applicant":`...)
			if cells[11] == nil {
				b = append(b, "null"...)
			} else {
				b = s.appendApplicant(b, cells[8:10], cells[17], today)
				b = append(b[:len(b)-1], `,"householdTown":`...)
				b = append(s.appendTown(b, q.home, cells[10], false), '}')
			}
			b = append(b, `,"lawyer":`...)
			switch licence, _ := q.licence.Decode(cells[7]); {
			case licence == nil:
				b = append(b, "null"...)
			case cells[12] == nil:
				holes = append(holes, hole{len(b), *licence.(*string)})
			default:
				b = appendObject(b, q.lawyer, cells[12:])
			}
			b = append(b, `,"firm":`...)
			if cells[16] == nil {
				b = append(b, "null"...)
			} else {
				b = appendObject(b, q.firm, cells[14:])
			}
			b = append(b, '}')
			last = "ACCEPTED_ON DESC\x1fv" + string(cells[5]) + "\x1f" + string(cells[0])
			return nil
		})
	if err != nil {
		return b, err
	}
	if len(holes) > 0 {
		if b, err = s.fill(ctx, b, holes); err != nil {
			return b, err
		}
	}
	b = append(b, `],"pageInfo":{"hasNextPage":`...)
	if rows > 50 {
		b = append(b, "true"...)
	} else {
		b = append(b, "false"...)
	}
	b = append(b, `,"endCursor":`...)
	if rows == 0 {
		return append(b, `null}}`...), nil
	}
	return append(appendOpaque(b, last), `}}`...), nil
}

// appendApplicant writes an applicant, with nothing of a minor's name.
func (s *Server) appendApplicant(b []byte, cells []sql.RawBytes, number sql.RawBytes, today model.Date) []byte {
	decoded, _ := s.cases.number.Decode(number)
	resident, _ := decoded.(*model.ResidentNumber)
	isMinor := resident.IsMinor(today)
	start := len(b)
	for i, f := range s.cases.applicant {
		value, _ := f.codec.Decode(cells[i])
		if name, ok := value.(*model.PersonName); ok && isMinor {
			value = new(name.Hidden())
		}
		b = appendValue(append(b, f.member...), value)
	}
	b[start] = '{' // instead of the first comma
	return append(b, '}')
}

// fill reads the lawyers of the holes and puts them in.
func (s *Server) fill(ctx context.Context, b []byte, holes []hole) ([]byte, error) {
	args := make([]any, len(holes))
	for i, h := range holes {
		args[i] = h.licence
	}
	found := map[string][]byte{}
	err := query(ctx, s.pools[model.SystemLegalAid],
		"SELECT zyzh, xm FROM flyz_ls WHERE zyzh IN (?"+strings.Repeat(",?",
			len(args)-1)+") AND (sc_bz = '0' OR sc_bz IS NULL)",
		args, func(cells []sql.RawBytes) error {
			found[string(cells[0])] = appendObject(nil, s.cases.lawyer, cells)
			return nil
		})
	filled := make([]byte, 0, len(b)+80*len(holes))
	start := 0
	for _, h := range holes {
		filled = append(filled, b[start:h.at]...)
		if lawyer := found[h.licence]; lawyer != nil {
			filled = append(filled, lawyer...)
		} else {
			filled = append(filled, "null"...)
		}
		start = h.at
	}
	return append(filled, b[start:]...), err
}

// appendTown writes the town a cell names.
func (s *Server) appendTown(b []byte, codec cell.Codec, raw []byte, withCode bool) []byte {
	code, _ := codec.Decode(raw)
	if code == nil {
		return append(b, "null"...)
	}
	town := s.towns.ByCode(*code.(*string))
	b = append(b, '{')
	if withCode {
		b = append(appendText(append(b, `"code":`...), town.Code), ',')
	}
	return append(appendText(append(b, `"name":`...), town.Name), '}')
}
