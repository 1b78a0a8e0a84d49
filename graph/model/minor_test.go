package model

import "testing"

func TestAge(t *testing.T) {
	for _, test := range []struct {
		name, number, on string
		age              int
		isKnown, isMinor bool
	}{
		{"a child", "330199201206150026", "2024-07-01", 12, true, true},
		{"on the birthday", "330199200607010017", "2024-07-01", 17, true, true},
		{"on the day after", "330199200607010017", "2024-07-02", 18, true, false},
		{"29 February, before it", "330199200402290017", "2022-02-28", 17, true, true},
		{"29 February, after it", "330199200402290017", "2022-03-01", 18, true, false},
		{"the first day", "330199202407010017", "2024-07-01", 0, true, true},
		{"the first birthday", "330199202307010017", "2024-07-01", 0, true, true},
		{"not yet born", "330199202407020017", "2024-07-01", 0, false, true},
		{"no day of birth", "330199200602290150", "2024-07-01", 0, false, false},
		{"a passport", "E12345678", "2024-07-01", 0, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			on, err := ParseDate(test.on)
			if err != nil {
				t.Fatal(err)
			}
			n := ResidentNumber(test.number)
			if age, ok := n.Age(on); age != test.age || ok != test.isKnown {
				t.Errorf("age %d %v", age, ok)
			}
			if n.IsMinor(on) != test.isMinor {
				t.Errorf("minor: %v", n.IsMinor(on))
			}
		})
	}
	if (*ResidentNumber)(nil).IsMinor(Date{Year: 2024, Month: 7, Day: 1}) {
		t.Error("nobody is a minor")
	}
}
