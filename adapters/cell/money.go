package cell

import (
	"bytes"
	"fmt"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// moneyCodec reads amounts. A unit written in the cell ('3,000元', '2万') goes before the
// unit of the column. From and Before are in yuan.
type moneyCodec struct {
	numberColumn
	fen int // the column's unit is 10 to this power of fen
}

// Powers of ten between the units and fen.
const (
	fenPower  = 0
	yuanPower = 2
	wanPower  = 6
	yiPower   = 10 // 亿, 100 million yuan
)

func newMoney(spec Spec, _ Env) (Codec, error) {
	c, err := newNumberColumn(spec)
	if err != nil {
		return nil, err
	}
	m := &moneyCodec{numberColumn: c}
	switch spec.Unit {
	case "yuan":
		m.fen = yuanPower
	case "fen":
		m.fen = fenPower
	case "wan":
		m.fen = wanPower
	case "":
		return nil, fmt.Errorf("money needs a unit: fen, wan or yuan")
	default:
		return nil, fmt.Errorf("unknown unit %q; known units: fen, wan, yuan", spec.Unit)
	}
	return m, nil
}

// Decode gives *model.Money. A fraction of a fen is rounded half up and reported as
// suspect: it comes from a wrong unit more often than from a calculation.
func (c *moneyCodec) Decode(raw []byte) (any, *Problem) {
	var buf, digits [64]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	for _, sign := range [...]string{"人民币", "RMB", "CNY", "¥"} {
		text = trim(bytes.TrimPrefix(text, []byte(sign)))
	}
	n, rest, ok := scanNumber(digits[:], text)
	if !ok {
		return nil, notANumber
	}
	power, ok := unitPower(trim(rest), c.fen)
	if !ok {
		return nil, notANumber
	}
	if c.isEmptyNumber(n) {
		return nil, nil
	}
	fen, exact, fits := n.times10(power)
	if !fits {
		return nil, numberOutOfRange
	}
	yuan := n
	if len(yuan.digits) > 0 {
		yuan.scale += yuanPower - power
	}
	if !c.bounds.accept(yuan) {
		return nil, numberOutOfRange
	}
	if !exact {
		problem = numberRounded
	}
	return new(model.Money(fen)), problem
}

// unitPower reads the unit behind an amount; without one it is the column's.
func unitPower(unit []byte, column int) (power int, ok bool) {
	for _, full := range [...]string{"整", "正"} { // "exactly", as on cheques
		unit = bytes.TrimSuffix(unit, []byte(full))
	}
	switch string(unit) {
	case "":
		return column, true
	case "分":
		return fenPower, true
	case "元", "圆":
		return yuanPower, true
	case "万", "万元":
		return wanPower, true
	case "亿", "亿元":
		return yiPower, true
	}
	return 0, false
}
