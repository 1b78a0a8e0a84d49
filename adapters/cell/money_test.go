package cell

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

func TestMoney(t *testing.T) {
	const rounded = "NUMBER_OUT_OF_RANGE SUSPECT"
	spelled{"yuan", Spec{Kind: "money", Unit: "yuan", Empty: []string{"面议", "-1"}}, []reading{
		{raw: "1200.50", want: model.Money(120050)},
		{raw: "3,000元", want: model.Money(300000)},
		{raw: "３，０００元", want: model.Money(300000)},
		{raw: "2万", want: model.Money(2000000)},
		{raw: "1.5万元", want: model.Money(1500000)},
		{raw: "1.5 亿元", want: model.Money(15000000000)},
		{raw: "￥1,200.50", want: model.Money(120050)},
		{raw: "¥ 1200", want: model.Money(120000)},
		{raw: "人民币3000元整", want: model.Money(300000)},
		{raw: "50分", want: model.Money(50)},
		{raw: "-5.00", want: model.Money(-500)},
		{raw: "0", want: model.Money(0)},
		{name: "decimal(65,30)", raw: "1200.500000000000000000000000000000", want: model.Money(120050)},
		{raw: "12.345", want: model.Money(1235), finding: rounded},
		{raw: "-12.345", want: model.Money(-1235), finding: rounded},
		{raw: "12.344", want: model.Money(1234), finding: rounded},
		{raw: "0.005", want: model.Money(1), finding: rounded},
		{raw: "0.0001", want: model.Money(0), finding: rounded},
		{raw: "面议"},
		{raw: "-1.00"},
		{raw: "约3000", finding: noNumber},
		{raw: "3000美元", finding: noNumber},
		{raw: "三千元", finding: noNumber},
		{raw: "元", finding: noNumber},
		{raw: "9999999999999999999", finding: noRange},
	}}.run(t)
	spelled{"fen", Spec{Kind: "money", Unit: "fen", Before: "1000"}, []reading{
		{raw: "120050", finding: noRange},
		{raw: "99999", want: model.Money(99999)},
		{raw: "100000", finding: noRange},
		{raw: "999.99元", want: model.Money(99999)},
		{raw: "1.5", want: model.Money(2), finding: rounded},
	}}.run(t)
	spelled{"wan", Spec{Kind: "money", Unit: "wan", From: "0"}, []reading{
		{raw: "2", want: model.Money(2000000)},
		{raw: "0.000001", want: model.Money(1)},
		{raw: "2万", want: model.Money(2000000)},
		{raw: "300元", want: model.Money(30000)},
		{raw: "-0.1", finding: noRange},
	}}.run(t)
}
