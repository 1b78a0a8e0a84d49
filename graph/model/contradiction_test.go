package model

import "testing"

func TestContradicts(t *testing.T) {
	for _, c := range []struct {
		a, b PersonName
		want bool
	}{
		{"张三", "张三", false},
		{"张三", "张三丰", true},
		{"张三", "李四", true},
		{"张三", "张\uFFFD", false},
		{"张三", "\uFFFD三", false},
		{"张三", "李\uFFFD", true},
		{"张\uE000", "张三", false},
		{"张三", "张*", false},
		{"张三丰", "张*", false},
		{"张三丰", "张*丰", false},
		{"张三丰", "张*风", true},
		{"李三", "张*", true},
		{"张某某", "张三丰", false},
		{"张某", "李某", true},
		{"张××", "张三", false},
		{"张xx", "张三", false},
		{"张*", "*三", false},
		{"张*甲", "张*乙", true},
		{"张 三", "张三", false},
		{"张　三", "张三", false},
		{"买买提·艾力", "买买提艾力", false},
		{"买买提．艾力", "买买提•艾力", false},
		{"JOHN Smith", "John ｓｍｉｔｈ", false},
		{"Max Xu", "Max Xi", true},
		{"张三（曾用名李四）", "张三", false},
		{"张三(男)", "张三", false},
		{"", "张三", false},
		{"***", "张三", false},
		{"-", "张三", false},
		{"12", "张三", false},
	} {
		if got := c.a.Contradicts(c.b); got != c.want {
			t.Errorf("%q and %q: %v", string(c.a), string(c.b), got)
		}
		if got := c.b.Contradicts(c.a); got != c.want {
			t.Errorf("%q and %q: %v", string(c.b), string(c.a), got)
		}
	}
}
