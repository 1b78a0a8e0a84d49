package reference

import (
	"context"
	"database/sql"
	"net/url"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// record is what the operation record needs.
type record struct {
	number cell.Codec // of the canonical number
	fields []field
}

func newRecord(c *catalogue) record {
	return record{
		number: c.codec(model.SystemLegalAid, "LegalAidCase", "numberKey"),
		fields: c.fields(model.SystemLegalAid, "LegalAidCase", "number", "title", "status", "kind", "form",
			"receivedOn", "acceptedOn", "closedOn", "subsidy"),
	}
}

// writeRecord finds a case by any spelling of its number. The collation of the column
// takes different GBK bytes for equal, so the number of a row found is looked at again.
func (s *Server) writeRecord(ctx context.Context, b []byte, question url.Values) ([]byte, error) {
	b = append(b, `"legalAidCase":`...)
	number, ok := cell.NormalizeNumber(question.Get("number"))
	if !ok {
		return append(b, "null"...), nil
	}
	spellings, _ := s.record.number.Spell(number)
	args := make([]any, len(spellings))
	for i, text := range spellings {
		args[i] = text
	}
	found := false
	err := query(ctx, s.pools[model.SystemLegalAid],
		"SELECT aj_id, ajbh, ajmc, zt, ajlx, yzfs, sqrq, slrq, bjrq, bt_fen FROM flyz_ajxx"+
			" WHERE ajbh IN (?"+strings.Repeat(",?", len(args)-1)+") AND (sc_bz = '0' OR sc_bz IS NULL) ORDER BY aj_id",
		args, func(cells []sql.RawBytes) error {
			if key, _ := s.record.number.Decode(cells[1]); found || key == nil || *key.(*string) != number {
				return nil
			}
			found = true
			b = appendID(b, "LegalAidCase", cells[0])
			b = append(appendFields(b, s.record.fields, cells[1:]), '}')
			return nil
		})
	if !found {
		b = append(b, "null"...)
	}
	return b, err
}
