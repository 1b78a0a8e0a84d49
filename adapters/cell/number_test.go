package cell

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

const (
	noNumber = "NOT_A_NUMBER DROPPED"
	noRange  = "NUMBER_OUT_OF_RANGE DROPPED"
)

func TestInt(t *testing.T) {
	spelled{"int", Spec{Kind: "int", Empty: []string{"-1"}}, []reading{
		{raw: "7", want: 7},
		{raw: "007", want: 7},
		{raw: "１２３", want: 123},
		{raw: "1,234,567", want: 1234567},
		{raw: "１，２３４", want: 1234},
		{raw: "3.0", want: 3},
		{name: "decimal(65,30)", raw: "2023.000000000000000000000000000000", want: 2023},
		{raw: "0", want: 0},
		{raw: "-0", want: 0},
		{raw: "+5", want: 5},
		{raw: "-12", want: -12},
		{raw: "1.5e3", want: 1500},
		{name: "bit 0", raw: "\x00", want: 0},
		{name: "bit 1", raw: "\x01", want: 1},
		{raw: "-1.0"},
		{raw: "约30", finding: noNumber},
		{raw: "30人", finding: noNumber},
		{raw: "1,2", finding: noNumber},
		{raw: "1234,567", finding: noNumber},
		{raw: "1,2345", finding: noNumber},
		{raw: ",123", finding: noNumber},
		{raw: "1.2.3", finding: noNumber},
		{raw: "3.", finding: noNumber},
		{raw: "-", finding: noNumber},
		{raw: "e5", finding: noNumber},
		{raw: "0x10", finding: noNumber},
		{raw: "3.5", finding: noRange},
		{raw: "2147483647", want: 2147483647},
		{raw: "2147483648", finding: noRange},
		{raw: "-2147483649", finding: noRange},
		{raw: "20140102030405067890", finding: noRange},
		{raw: "1e308", finding: noRange},
	}}.run(t)
	spelled{"bounded", Spec{Kind: "int", From: "1990", Before: "2,100"}, []reading{
		{raw: "1990", want: 1990},
		{raw: "2099", want: 2099},
		{raw: "1989", finding: noRange},
		{raw: "2100", finding: noRange},
		{raw: "-1", finding: noRange},
		{raw: "0", finding: noRange},
	}}.run(t)
}

func TestDecimal(t *testing.T) {
	spelled{"decimal", Spec{Kind: "decimal", Empty: []string{"-999"}}, []reading{
		{raw: "12.50", want: model.Decimal("12.5")},
		{raw: "0012.500", want: model.Decimal("12.5")},
		{raw: ".5", want: model.Decimal("0.5")},
		{raw: "-0.050", want: model.Decimal("-0.05")},
		{raw: "100", want: model.Decimal("100")},
		{raw: "0.000", want: model.Decimal("0")},
		{raw: "-0.0", want: model.Decimal("0")},
		{raw: "１，２３４．５", want: model.Decimal("1234.5")},
		{raw: "1.5E3", want: model.Decimal("1500")},
		{raw: "1.5E-3", want: model.Decimal("0.0015")},
		{raw: "12E-1", want: model.Decimal("1.2")},
		{name: "decimal(65,30)", raw: "12345678901234567890123456789012345.123456789012345678901234567890",
			want: model.Decimal("12345678901234567890123456789012345.12345678901234567890123456789")},
		{raw: "-999.000"},
		{raw: "1e99", finding: noRange},
		{raw: "1e-99", finding: noRange},
		{raw: "NaN", finding: noNumber},
		{raw: "12.5%", finding: noNumber},
	}}.run(t)
	spelled{"bounded", Spec{Kind: "decimal", From: "-1.50", Before: "100"}, []reading{
		{raw: "-1.5", want: model.Decimal("-1.5")},
		{raw: "-1.51", finding: noRange},
		{raw: "-15", finding: noRange},
		{raw: "0", want: model.Decimal("0")},
		{raw: "99.999", want: model.Decimal("99.999")},
		{raw: "1e2", finding: noRange},
	}}.run(t)
}
