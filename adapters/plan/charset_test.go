package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// hardTexts are cells, and parts of them arguments, on which charsets and collations have
// opinions of their own.
func hardTexts() []string {
	return []string{
		"AI", "ai", "Ai", "Aİ", "ＡＩ", "ä", "a", "à", "ß", "ss", "SS", "ſ", "K", "K", "é", "é", "①", "1", "１", "¹", "②号",
		"I", "ı", "Ⅰ",
		"[2023]1", "2023", "100%", "a_b", "aXb", `a\b`, "a|b", "it's", `say "x"`, "a?b", "?", "~", "@", "{", "€500",
		"x€", "œuvre",
		"张三", "优三", "遗三", "三张", "张三AI案", "长", "張三", "萧山区〔2023〕12号", "㎡", "·…“”", "龥", "𠮷野家", "𠀀", "😀ok", "\uE000x",
		"\uE5E5", "ḿ", "㐂",
		"誠A", "誠@功", "乗[1]", "a誠", "丂1", "ab ", "ab c", "ab", "ﬁ", "fi", "カ", "か", "ｶ", "Ǆ", "ǆ", "ÿ", "þ", "Þ",
		"\u0081x", "À", "ÀÁ", "１２", "　", "a　b", "ab\tc",
	}
}

// arguments are the cells, each of their characters, and each pair of these.
func arguments() []string {
	seen := map[string]bool{}
	var list []string
	add := func(s string) {
		if s != "" && !seen[s] && strings.TrimSpace(s) == s { // outer blanks are read over
			seen[s] = true
			list = append(list, s)
		}
	}
	for _, text := range hardTexts() {
		add(text)
		runes := []rune(text)
		for i := range runes {
			add(string(runes[i]))
			add(string(runes[i:min(i+2, len(runes))]))
		}
	}
	return list
}

// TestCharsets compares text filters with Go over the decoded rows: on columns of every
// charset and collation that the server has and a legacy system may, read by every charset
// that a mapping may declare.
func TestCharsets(t *testing.T) {
	server := dbtest.MariaDB(t)
	db := open(t, server.DSN(""))
	for _, statement := range []string{"DROP DATABASE IF EXISTS charsets", "CREATE DATABASE charsets",
		"SET SESSION sql_mode = ''"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ charset, collation, mapped string }{
		{"utf8mb4", "utf8mb4_general_ci", ""}, {"utf8mb4", "utf8mb4_unicode_ci", ""}, {"utf8mb4", "utf8mb4_bin", ""},
		{"utf8mb4", "utf8mb4_unicode_520_nopad_ci", ""}, {"utf8mb4", "utf8mb4_nopad_bin", ""},
		{"utf8", "utf8_general_ci", ""}, {"utf8", "utf8_unicode_ci", ""}, {"utf8", "utf8_bin", ""},
		{"ucs2", "ucs2_general_ci", ""}, {"utf16", "utf16_unicode_ci", ""},
		{"latin1", "latin1_swedish_ci", ""}, {"latin1", "latin1_bin", ""}, {"latin1", "latin1_german2_ci", ""},
		{"ascii", "ascii_general_ci", ""},
		{"gbk", "gbk_chinese_ci", ""}, {"gbk", "gbk_bin", ""}, {"gb2312", "gb2312_chinese_ci", ""},
		{"big5", "big5_chinese_ci", ""},
		{"latin1", "latin1_swedish_ci", "gbk-in-latin1"}, {"latin1", "latin1_general_ci", "gbk-in-latin1"},
		{"latin1", "latin1_bin", "gbk-in-latin1"},
		{"latin1", "latin1_german2_ci", "utf8-in-latin1"}, {"latin1", "latin1_swedish_ci", "utf8-in-latin1"},
		{"binary", "", "gbk"}, {"binary", "", ""},
	} {
		name := strings.Trim(test.charset+" "+test.collation+" "+test.mapped, " ")
		t.Run(name, func(t *testing.T) {
			c := column{name: strings.ReplaceAll(name, " ", "_"), typ: "varchar(60)",
				field: mapping.Field{Spec: cell.Spec{Kind: "text", Charset: test.mapped}}}
			typ := "varchar(60) CHARACTER SET " + test.charset + " COLLATE " + test.collation
			if test.charset == "binary" {
				typ = "varbinary(200)"
			}
			create := fmt.Sprintf("CREATE TABLE charsets.`%s` (id INT PRIMARY KEY, c %s, KEY (c))", c.name, typ)
			if _, err := db.Exec(create); err != nil {
				t.Fatal(err)
			}
			for i, text := range append(hardTexts(), broken(test.mapped)...) {
				var raw any = text
				if test.mapped != "" {
					if encodings := cell.Encodings(test.mapped, text); len(encodings) > 0 && i < len(hardTexts()) {
						raw = encodings[i%len(encodings)]
					}
					if test.mapped == "gbk" {
						raw = []byte(raw.(string))
					}
				}
				if _, err := db.Exec("INSERT IGNORE INTO charsets.`"+c.name+"` VALUES (?, ?)", i, raw); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := db.Exec("INSERT INTO charsets.`" + c.name + "` VALUES (1000, NULL)"); err != nil {
				t.Fatal(err)
			}
			for _, known := range []bool{true, false} {
				t.Run(fmt.Sprintf("known %v", known), func(t *testing.T) {
					s := &subject{T: t, db: open(t, server.DSN("charsets")), column: c, table: c.table(t)}
					s.table.Types = nil
					if known {
						s.types()
					}
					s.read()
					s.matches()
				})
			}
		})
	}
}

// broken are cells with bytes that are no character, as latin1 shows them.
func broken(mapped string) []string {
	var list []string
	for _, raw := range []string{
		"\xd5\xc5\xd5", "\xd51", "\xd5[1", "\xd5,1", "\xff\xd5\xc5", "1\x81\x300", "\x81\x30\x81\x300",
		"\x81\x30\x81\x30\x81\x30A", "\x81\x30\xd5\xc5", "\xd5\x7fA", "\xd5\xffA",
		"\x80\xd5\xc5", "\xaa\xa1AI", "\xa3\xa0x", "\xfe\xfeA", "\xe5\xbc\xa0\xe5", "\xbc\xa0x", "\xe5A",
	} {
		switch mapped {
		case "gbk":
			list = append(list, raw)
		case "gbk-in-latin1", "utf8-in-latin1":
			list = append(list, cell.Latin1([]byte(raw)))
		}
	}
	return list
}

// matches tries every argument as equal, as prefix and as contents, many to a statement.
func (s *subject) matches() {
	s.Helper()
	list := arguments()
	for _, q := range []struct {
		name  string
		match func(argument string) filter.TextMatch
		holds func(text, argument string) bool
	}{
		{"equals", func(a string) filter.TextMatch { return filter.TextMatch{Equals: []string{a}} },
			func(text, a string) bool { return text == a }},
		{"prefix", func(a string) filter.TextMatch { return filter.TextMatch{Prefix: &a} }, strings.HasPrefix},
		{"contains", func(a string) filter.TextMatch { return filter.TextMatch{Contains: &a} }, strings.Contains},
	} {
		for start := 0; start < len(list); start += 20 {
			asked := list[start:min(start+20, len(list))]
			var b builder
			b.write("SELECT `id`")
			for _, a := range asked {
				match := q.match(a)
				p, err := s.table.Compile("filter", filter.Filter{Field: "c", Text: &match}, env)
				if err != nil {
					s.Fatal(err)
				}
				b.write(", IFNULL(")
				p.render(&b)
				b.write(", 0)")
			}
			b.from(s.table)
			for _, row := range s.query(b.statement()) {
				id := string(row[0])
				for i, a := range asked {
					got := string(row[1+i]) == "1"
					text, isText := s.mean[id].(*string)
					if want := isText && q.holds(*text, a); got != want && !s.isExcused(a) {
						s.Errorf("%s %+q of %s, which is %+q: SQL says %v", q.name, a, s.show(id), meaning(s.mean[id]),
							got)
					}
				}
			}
		}
	}
}

// isExcused tells whether an argument is compared as a column compares it that may be a
// number, or bytes, where trailing blanks count.
func (s *subject) isExcused(argument string) bool {
	typ := s.table.column("c")
	return typ.Charset == "" && (isNumber(argument) || argument == "ab")
}
