package cell

import "testing"

func TestKey(t *testing.T) {
	spelled{"key", Spec{Kind: "key", Empty: []string{"-1", "99999"}}, []reading{
		{raw: "1234", want: "1234"},
		{raw: " 1234 ", want: "1234"},
		{name: "decimal(65,30)", raw: "1234.000000000000000000000000000000", want: "1234"},
		{raw: "1234.0", want: "1234"},
		{name: "Java double", raw: "1.2345E4", want: "12345"},
		{name: "Java double of twenty digits", raw: "2.0140102030405067E19", want: "20140102030405067000"},
		{name: "MySQL double", raw: "2.0140102030405067e19", want: "20140102030405067000"},
		{raw: "1e20", want: "100000000000000000000"},
		{raw: "1.0E1", want: "10"},
		{name: "beyond int64", raw: "20140102030405067890", want: "20140102030405067890"},
		{name: "code, no exponent", raw: "12E3", want: "12E3"},
		{name: "short code", raw: "1E5", want: "1E5"},
		{name: "fraction", raw: "1.23456E4", want: "1.23456E4"},
		{name: "negative exponent", raw: "1.5E-5", want: "1.5E-5"},
		{name: "huge exponent", raw: "1.5E99", want: "1.5E99"},
		{raw: "12.5", want: "12.5"},
		{name: "leading zeros", raw: "0609", want: "0609"},
		{raw: "王一", want: "王一"},
		{raw: "a1b2-c3", want: "a1b2-c3"},
		{raw: "0"},
		{raw: "0.0"},
		{raw: "-1"},
		{name: "empty after shifting", raw: "9.9999E4"},
	}}.run(t)
}
