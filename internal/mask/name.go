package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// compoundSurnames are those of two characters still common in China.
var compoundSurnames = [...]string{
	"欧阳", "司马", "诸葛", "上官", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木", "南宫", "长孙", "宇文", "百里", "呼延", "申屠",
}

// Name shows the surname, which is the first character or a compound surname, and one
// asterisk for each character that follows. What begins with no letter is no name and is
// hidden.
func Name(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if !unicode.IsLetter(first) || len(name) == size {
		return hidden(name)
	}
	keep := 1
	for _, surname := range compoundSurnames {
		if strings.HasPrefix(name, surname) && utf8.RuneCountInString(name) > 2 {
			keep = 2
		}
	}
	return between(name, keep, 0)
}
