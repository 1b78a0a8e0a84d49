package plan

import "github.com/bureaugraph/bureaugraph/adapters/mapping"

// sortExpression is the SQL whose order is the order of the field's meaning. It is the
// bare column wherever that is true, because only then an index serves it.
func sortExpression(t *Table, f *mapping.Field) string {
	switch f.Spec.Kind {
	case "day", "instant", "partialDay":
		return dayExpression(t, f)
	case "int", "decimal":
		return "(" + quote(f.Column) + " + 0)"
	case "money":
		return moneyExpression(f)
	}
	return quote(f.Column)
}

// moneyExpression is the amount of a money column in the column's unit: '3,000元' is
// 3000, '2万' is 20000 (in a column of yuan). It is NULL where no digit stands.
func moneyExpression(f *mapping.Field) string {
	c := quote(f.Column)
	bare := "REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(" + c + ", ',', ''), '，', ''), '￥', ''), '¥', ''), ' ', '')"
	factor := "1"
	if f.Spec.Unit != "wan" {
		factor = "CASE WHEN " + c + " LIKE '%万%' ESCAPE '|' THEN 10000 ELSE 1 END"
	}
	return "CASE WHEN " + c + " REGEXP '[0-9]' THEN (" + bare + " + 0) * (" + factor + ") END"
}
