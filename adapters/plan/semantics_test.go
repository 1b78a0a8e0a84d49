package plan

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-sql-driver/mysql"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// column is one column of a legacy table with every habit the planner must see through.
// The rule of all tests below: a filter or an order in SQL answers what the same filter
// or order answers in Go over the decoded cells.
type column struct {
	name    string
	typ     string // MySQL type
	charset string // of the column; "" is utf8mb4
	field   mapping.Field
	cells   []any

	texts  []string // text conditions to try, as prefix and as contents
	values []string // canonical values to filter by
	wide   bool     // numbers beyond 2^53, which the embedded engine compares as floats
}

var env = embedded()

// embedded is the reference data that come with the program.
func embedded() cell.Env {
	towns, departments := places()
	return cell.Env{Towns: towns, Departments: departments}
}

func places() (*reference.Towns, *reference.Departments) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		panic(err)
	}
	return towns, departments
}

func mojibake(cells []any, charset string) []any {
	shown := make([]any, len(cells))
	for i, c := range cells {
		if shown[i] = c; c != nil {
			shown[i] = legacy.Mojibake(c.(string), charset)
		}
	}
	return shown
}

func texts(list ...string) []any {
	cells := make([]any, len(list))
	for i, s := range list {
		cells[i] = s
	}
	return append(cells, nil)
}

// dirtyDates are the text dates of real dumps, readable and not.
func dirtyDates() []any {
	return texts("20230315", "2023-3-15", "2023-03-15", "2023/03/15", "2023/3/5", "2023.3.15", "2023.03.05",
		"2023年3月15日", "2023年03月15日（通知）", "2023年3月1日(补)", "2023-3-5 (补录)", "2023-03-15（通知）", "2023-03-14 09:30:00.0",
		"2023-03-15 09:30:00.0", "2023-03-15 23:59:59", "20230315093000", "45000", "45001.5", "二〇二三年三月十五日",
		"二〇二三年三月十六日（补）",
		"二〇二三年十月十日", "二零二二年十二月三十一日", "二○二一年二月廿八日", "二〇一八年十一月二十号", "二〇二三年二月三十日",
		" 2023-03-15", "2023-03-15 ", "2023-02-31", "2023年2月30日", "20230231", "2023-13-01", "2023-00-10", "2023-03-00",
		"0000-00-00", "0000-00-00 00:00:00", "00000000", "0", "", "  ", "待定", "未填", "2023", "2023-03", "3000-01-01",
		"9999-12-31",
		"1900-01-01", "1949-10-01", "1990-01-01", "2099-12-31", "2100-01-01", "99991231", "2023-3-155", "x2023-03-15",
		"2023-03-15x", "2023年3-15", "２０２３-３-１５", "２０２３／０３／１６", "２０２３年０３月１５日（补）", "４５０００", "2024-02-29", "2023-02-29",
		"20240229", "2023-3-15(", "2023-3-15)", "1", "9", "99999")
}

func allLayouts() []string {
	return []string{"20060102", "2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "2006-01-02 15:04:05.0",
		"2006-01-02 15:04:05",
		"20060102150405", "excel", "chinese"}
}

// columns are the habits.
func columns() []column {
	day := func(name string, spec cell.Spec) column {
		spec.Kind = "day"
		return column{name: name, typ: "varchar(60)", field: mapping.Field{Spec: spec}, cells: dirtyDates()}
	}
	list := []column{
		day("mixed", cell.Spec{Layouts: allLayouts(), Empty: []string{"待定", "0000-00-00", "1990-01-01"}}),
		day("one_layout", cell.Spec{Layouts: []string{"2006-1-2"}}),
		day("padded", cell.Spec{Layouts: []string{"2006-01-02"}}),
		day("padded_month", cell.Spec{Layouts: []string{"2006-01-2", "2006/1/02"}}),
		day("compact", cell.Spec{Layouts: []string{"20060102"}}),
		day("chinese_only", cell.Spec{Layouts: []string{"chinese"}}),
		day("words", cell.Spec{Layouts: []string{"2006年1月2日", "2006年01月02日"}}),
		day("narrow", cell.Spec{Layouts: allLayouts(), From: "2011-01-01", Before: "2030-01-01"}),
		day("excel_and_text", cell.Spec{Layouts: []string{"excel", "2006.1.2"}}),
	}
	add := func(c column) { list = append(list, c) }

	gbk := day("gbk", cell.Spec{Layouts: allLayouts(), Charset: "gbk-in-latin1", Empty: []string{"待定"}})
	gbk.charset, gbk.cells = "latin1", mojibake(gbk.cells, "gbk")
	add(gbk)
	utf8 := day("utf8", cell.Spec{Layouts: allLayouts(), Charset: "utf8-in-latin1"})
	utf8.charset, utf8.cells = "latin1", mojibake(utf8.cells, "utf8")
	utf8.typ = "varchar(200)"
	add(utf8)

	year := day("first_year", cell.Spec{Layouts: []string{"2006-1-2"}, From: "2023-03-15", Before: "2023-06-01"})
	year.cells = texts("2023-03-14", "2023-03-15", "2023-05-31", "2023-06-01", "2022-12-31")
	add(year)

	first := day("day_first", cell.Spec{Layouts: []string{"2/1/2006", "02.01.2006"}})
	first.cells = texts("15/3/2023", "5/12/2023 (x)", "15.03.2023", "31/2/2023", "31.04.2023", "2023/3/15", "1/1/1900",
		"")
	add(first)

	instant := day("instant_text", cell.Spec{Layouts: []string{"2006-01-02 15:04:05.0", "2006-1-2 15:4",
		"20060102150405", "2006年1月2日"}})
	instant.field.Spec.Kind = "instant"
	instant.cells = texts("2023-03-15 09:30:00.0", "2023-3-15 9:05", "2023-3-15 19:5", "20230315093001", "2023年3月15日",
		"2023-03-14 23:59:59.123",
		"2023-03-15 24:00:00.0", "2023-03-15 09:61:00.0", "2023-02-30 00:00:00.0", "2023-03-15 00:00:00.0",
		"2023-3-16 00:00 (补)", "")
	add(instant)

	partial := day("partial", cell.Spec{Layouts: []string{"2006-01-02", "2006-1", "2006年1月", "2006"}})
	partial.field.Spec.Kind = "partialDay"
	partial.cells = texts("2023-03-15", "2023-03-00", "2023-00-00", "2023-3", "2023-12", "2023年4月", "2023", "2022",
		"0000-00-00", "2023-02-30", "全年", "1900")
	add(partial)

	add(column{name: "native_date", typ: "date", field: mapping.Field{Native: true,
		Spec: cell.Spec{Kind: "day", Empty: []string{"0000-00-00", "1990-01-01"}}},
		cells: texts("2023-03-15", "2023-03-16", "2022-12-31", "0000-00-00", "1990-01-01", "1900-01-01", "9999-12-31",
			"2099-12-31", "2100-01-01", "1949-10-01")})
	add(column{name: "native_plain", typ: "date", field: mapping.Field{Native: true,
		Spec: cell.Spec{Kind: "day", Empty: []string{"0000-00-00"}}},
		cells: texts("2023-03-15", "2023-03-16", "2022-12-31", "0000-00-00", "1900-01-01")})
	add(column{name: "native_datetime", typ: "datetime",
		field: mapping.Field{Native: true, Spec: cell.Spec{Kind: "day"}},
		cells: texts("2023-03-15 00:00:00", "2023-03-15 23:59:59", "2023-03-16 00:00:00", "0000-00-00 00:00:00",
			"2022-12-31 12:00:00")})
	add(column{name: "native_open_end", typ: "datetime",
		field: mapping.Field{Native: true, Spec: cell.Spec{Kind: "instant",
			Empty: []string{"9999-12-31 00:00:00", "3000-01-01 00:00:00"}}},
		cells: texts("2023-03-15 00:00:00", "2023-03-15 23:59:59", "9999-12-31 00:00:00", "3000-01-01 00:00:00",
			"0000-00-00 00:00:00")})
	add(column{name: "sorted_compact", typ: "varchar(20)",
		field: mapping.Field{Sorted: true, Spec: cell.Spec{Kind: "day", Layouts: []string{"20060102"},
			Empty: []string{"19900101"}}},
		cells: texts("20230315", "20230316", "20221231", "20230231", "19900101", "", "00000000", "99991231", "2023031",
			"20230315x")})
	add(column{name: "sorted_dashes", typ: "varchar(30)",
		field: mapping.Field{Sorted: true, Spec: cell.Spec{Kind: "day", Layouts: []string{"2006-01-02"}}},
		cells: texts("2023-03-15", "2023-03-16", "2022-12-31", "2023-02-31", "0000-00-00", "待定")})
	add(column{name: "sorted_instant", typ: "varchar(30)",
		field: mapping.Field{Sorted: true, Spec: cell.Spec{Kind: "instant", Layouts: []string{"2006-01-02 15:04:05"}}},
		cells: texts("2023-03-15 00:00:00", "2023-03-15 23:59:59", "2023-03-16 00:00:00", "2023-03-15 25:00:00")})
	add(column{name: "epoch_ms", typ: "bigint", field: mapping.Field{Spec: cell.Spec{Kind: "day",
		Layouts: []string{"epoch-ms"}}},
		cells: []any{int64(1678809600000), int64(1678809599999), int64(1678896000000), int64(0), int64(-1000),
			int64(99999999999), int64(999999999999), int64(4102416000000), int64(4102416000001), nil}})
	add(column{name: "epoch_s", typ: "int", field: mapping.Field{Spec: cell.Spec{Kind: "instant",
		Layouts: []string{"epoch-s"}}},
		cells: []any{int64(1678809600), int64(1678809599), int64(1678896000), int64(0), int64(5), nil}})
	add(column{name: "epoch_text", typ: "varchar(20)",
		field: mapping.Field{Spec: cell.Spec{Kind: "day", Layouts: []string{"epoch-ms", "2006-01-02"}}},
		cells: texts("1678809600000", "1678896000000", "0", "2023-03-15", "999999999999", "x", "99999999999999")})
	add(column{name: "excel_number", typ: "double", field: mapping.Field{Spec: cell.Spec{Kind: "day",
		Layouts: []string{"excel"}}},
		cells: []any{float64(45000), float64(45000.75), float64(45001), float64(1), float64(0), float64(73050),
			float64(73051), nil}})
	add(column{name: "compact_number", typ: "int", field: mapping.Field{Spec: cell.Spec{Kind: "day",
		Layouts: []string{"20060102"}}},
		cells: []any{int64(20230315), int64(20230231), int64(0), int64(99991231), int64(20221231), nil}})

	number := func(name, typ string, spec cell.Spec, cells []any) {
		add(column{name: name, typ: typ, field: mapping.Field{Spec: spec}, cells: cells,
			values: []string{"7", "0", "2023", "-3", "3000"}})
	}
	number("int_text", "varchar(20)", cell.Spec{Kind: "int", Empty: []string{"0"}},
		texts("7", "007", "7.0", "3,000", "-3", "+7", " 7", "0", "0.00", "abc", "", "7.5", "2023", "10", "9", "７",
			"２０２３"))
	number("int_decimal", "decimal(20,10)", cell.Spec{Kind: "int", From: "1", Before: "3000"},
		texts("7", "2023", "0", "3000", "7.5", "-3", "12"))
	number("int_number", "int", cell.Spec{Kind: "int"}, []any{int64(7), int64(0), int64(-3), int64(2023), nil})
	number("decimal_text", "varchar(60)", cell.Spec{Kind: "decimal"},
		texts("7", "0.5", "7.50", "1,234.5", "-3", "x", "123456789012345678901234567890.1",
			"123456789012345678901234567890.2", ""))
	for i := range list {
		if list[i].field.Spec.Kind == "decimal" {
			list[i].values = nil
		}
	}

	money := []any{"3,000元", "3000", "3000.00", "0.5", "2万", "1.5万元", "￥120", "¥ 80.5", "人民币500元", "RMB 7", "100元整",
		"50分", "3亿", "-5", "无", "", "元", "12元3角", "3，000", "３，０００元", "0.285", "1.005元", "-0.005", "2.675万", "0.00005万元",
		"20000.01", "123456789012.34", nil}
	for _, unit := range []string{"yuan", "fen", "wan"} {
		number("money_"+unit, "varchar(60)", cell.Spec{Kind: "money", Unit: unit, Empty: []string{"无", "0.5"}}, money)
		list[len(list)-1].values = nil
	}
	number("money_vast", "varchar(60)", cell.Spec{Kind: "money", Unit: "wan"},
		texts("1234567890123.45", "99999999999999999999", "-99999999999999999999", "12345678901.23"))
	list[len(list)-1].values = nil
	number("money_bounds", "varchar(60)", cell.Spec{Kind: "money", Unit: "yuan", From: "0", Before: "10000"}, money)
	list[len(list)-1].values = nil
	number("money_gbk", "varchar(60)", cell.Spec{Kind: "money", Unit: "yuan", Charset: "gbk-in-latin1"},
		mojibake(texts("3,000元", "2万", "1.5万元", "￥120", "50分", "无"), "gbk"))
	list[len(list)-1].values, list[len(list)-1].charset = nil, "latin1"
	number("money_number", "decimal(12,2)", cell.Spec{Kind: "money", Unit: "yuan"}, texts("3000", "0.50", "-5"))
	list[len(list)-1].values = nil

	coded := func(name, typ string, spec cell.Spec, cells []any, values ...string) {
		add(column{name: name, typ: typ, field: mapping.Field{Spec: spec}, cells: cells, values: values})
	}
	states := map[string]string{"10": "APPLIED", "1": "APPLIED", "20": "GRANTED", "99": "OTHER"}
	enum := cell.Spec{Kind: "enum", Values: states, Else: "OTHER", Empty: []string{"0"}}
	coded("enum_text", "varchar(10)", enum, texts("10", "1", "20", "99", "30", "0", "", "  ", "１０", "20.0", "x", "0.0"),
		"APPLIED", "GRANTED", "OTHER")
	coded("enum_int", "int", enum, []any{int64(10), int64(1), int64(20), int64(99), int64(30), int64(0), nil},
		"APPLIED", "GRANTED", "OTHER")
	coded("enum_decimal", "decimal(10,3)", enum, texts("10", "1", "20", "99", "30", "0"), "APPLIED", "GRANTED", "OTHER")
	coded("enum_double", "double", enum, []any{float64(10), float64(1), float64(20), float64(30), float64(0), nil},
		"APPLIED", "GRANTED", "OTHER")
	strict := cell.Spec{Kind: "enum", Values: map[string]string{"a": "A", "b": "B"}}
	coded("enum_strict", "varchar(10)", strict, texts("a", "b", "c", "", "ａ"), "A", "B")
	chinese := cell.Spec{Kind: "enum", Values: map[string]string{"有": "YES", "无": "NO"}, Else: "OTHER"}
	coded("enum_words_on_int", "int", chinese, []any{int64(0), int64(1), nil}, "YES", "NO", "OTHER")
	coded("enum_mysql", "enum('有','无','不明')", chinese, texts("有", "无", "不明"), "YES", "NO", "OTHER")
	gbkWords := cell.Spec{Kind: "enum", Charset: "gbk-in-latin1", Values: map[string]string{"张": "ZHANG", "优": "YOU"},
		Else: "OTHER"}
	coded("enum_gbk", "varchar(20)", gbkWords, mojibake(texts("张", "优", "遗", ""), "gbk"), "ZHANG", "YOU", "OTHER")
	list[len(list)-1].charset = "latin1"

	flag := cell.Spec{Kind: "bool", Values: map[string]string{"1": "true", "0": "false", "Y": "true", "N": "false",
		"是": "true", "否": "false"}}
	coded("bool_text", "varchar(10)", flag, texts("1", "0", "Y", "N", "是", "否", "１", "1.0", "2", "", "Ｙ"), "true",
		"false")
	bit := cell.Spec{Kind: "bool", Values: map[string]string{"1": "true", "0": "false"}}
	coded("bool_bit", "bit(1)", bit, []any{int64(0), int64(1), nil}, "true", "false")
	coded("bool_tinyint", "tinyint(1)", flag, []any{int64(0), int64(1), int64(2), nil}, "true", "false")

	groups := map[string]string{"01": "MINOR", "02": "ELDERLY", "03": "DISABLED", "99": "OTHER"}
	enums := cell.Spec{Kind: "enums", Values: groups, Else: "OTHER", Separator: "|"}
	coded("enums", "varchar(60)", enums, texts("01", "|01|02|", "01|02", "02|02|03", "||", "", "01｜02", "０１", "01 | 03",
		"77", "01|77", "99", "0102", "010|2"), "MINOR", "ELDERLY", "DISABLED", "OTHER")
	several := cell.Spec{Kind: "enums", Separator: ",、;", Empty: []string{"待定"}, Else: "OTHER",
		Values: map[string]string{"知识产权": "IP", "贸易": "TRADE", "国际贸易": "TRADE"}}
	coded("enums_words", "varchar(60)", several, texts("知识产权", "知识产权,贸易", "国际贸易、知识产权", "贸易；知识产权", "，贸易，", "待定", "待定,贸易",
		"待定,其他", "知识产权贸易", ""), "IP", "TRADE", "OTHER")
	coded("enums_gbk", "varchar(90)", cell.Spec{Kind: "enums", Charset: "gbk-in-latin1", Separator: "、,",
		Values: several.Values, Else: "OTHER"},
		mojibake(texts("知识产权", "知识产权,贸易", "国际贸易、知识产权", "贸易，知识产权", "其他", ""), "gbk"), "IP", "TRADE", "OTHER")
	list[len(list)-1].charset = "latin1"
	positions := cell.Spec{Kind: "enums", Positional: true,
		Values: map[string]string{"1": "IN_PERSON", "2": "PHONE", "3": "VIDEO", "12": "LAST"}}
	coded("flags", "varchar(60)", positions, texts("0, 0, 1, 0", "1,0,0", "0,1", "1", "0", "", "1,1,1", "0，1，0",
		"0,0,0,0,0,0,0,0,0,0,0,1", "1.0,0", "１,0", "x,1"), "IN_PERSON", "PHONE", "VIDEO", "LAST")

	positions.Charset = "gbk-in-latin1"
	coded("flags_gbk", "varchar(60)", positions, mojibake(texts("0, 0, 1, 0", "1，0，0", "１,0", "0，１", "0", ""), "gbk"),
		"IN_PERSON", "PHONE", "VIDEO")
	list[len(list)-1].charset = "latin1"

	add(column{name: "list", typ: "varchar(60)", field: mapping.Field{Spec: cell.Spec{Kind: "list", Separator: ",、"}},
		values: []string{"王一", "王", "李_", "王二", "a%"},
		cells:  texts("王一,王二", "王一", "、王二、", "王", "李_,王一", "李x", "a%", "ab", "王一，王二", " 王一 , 王二 ", "")})

	town := cell.Spec{Kind: "town", Empty: []string{"0"}}
	townValues := []string{"330109100", "临浦镇", "330109012", "瓜沥镇"}
	coded("town_text", "varchar(60)", town, texts("330109100", "330109100001", "临浦镇", "临浦", "临浦司法所", "330109109",
		"闻堰街道", "330109113", "坎山镇", "330109112", "0", "", "火星镇", "330109999", "33010910000"), townValues...)
	coded("town_int", "bigint", town, []any{int64(330109100), int64(330109100001), int64(330109109), int64(0), int64(5),
		nil}, townValues...)
	coded("town_decimal", "decimal(20,2)", town, texts("330109100", "0", "330109113"), townValues...)
	coded("town_gbk", "varchar(60)", cell.Spec{Kind: "town", Charset: "gbk-in-latin1"},
		mojibake(texts("临浦镇", "瓜沥镇", "330109100", "无"), "gbk"), townValues...)
	list[len(list)-1].charset = "latin1"
	_, departments := places()
	var spellings []string
	for _, d := range departments.List[:4] {
		spellings = append(spellings, env.Departments.Spellings(d.Code)...)
	}
	coded("department", "varchar(60)", cell.Spec{Kind: "department"}, texts(append(spellings, "没有这个局", "0", "")...),
		departments.List[0].Code, departments.List[1].Code, departments.List[2].Code)

	coded("case_number", "varchar(60)", cell.Spec{Kind: "caseNumber"},
		texts("萧政复〔2023〕12号", "萧政复(2023)12号", "萧政复[2023]第012号", "萧政复【2023】12号", "萧政复 〔2023〕 12号", "萧政复（2023）00012号",
			"萧政复字〔2023〕第12号",
			"萧政复〔2023〕120号", "萧政复〔2022〕12号", "（2023）浙杭萧证民字第45号", "(2023)浙杭萧证民字第45号", "[2023]浙杭萧证民字45号",
			"AXSD00-2023-0003", "axsd00-2023-0003", "无", ""),
		"萧政复〔2023〕12号", "(2023)浙杭萧证民字第45号", "AXSD00-2023-0003", "萧政复[2023]第0120号")
	coded("key_int", "bigint", cell.Spec{Kind: "key"},
		[]any{int64(1), int64(9007199254740993), int64(9007199254740992), int64(0), nil}, "1", "9007199254740993",
		"9007199254740992", "x")
	list[len(list)-1].wide = true
	coded("key_text", "varchar(30)", cell.Spec{Kind: "key"},
		texts("20140102030405067890", "20140102030405067891", "0", "", "7"), "20140102030405067890", "7")

	plain := texts("100%", "100", "a_b", "aXb", "a|b", "a||b", `a\b`, `a\\b`, "it's", "its", `say "x"`, "临浦镇", "临浦",
		"浦", "", "  ", "无", "100%_|", " 前空", "？", "无效")
	add(column{name: "text", typ: "varchar(60)", field: mapping.Field{Spec: cell.Spec{Kind: "text",
		Empty: []string{"无"}}}, cells: plain,
		texts: []string{"100%", "a_b", "a|b", `a\b`, `a\`, "it's", `say "`, "临", "浦", "%", "_", "|", `\`, "'", "无", "1",
			"没有"}})
	add(column{name: "text_gbk", typ: "varchar(60)", charset: "latin1",
		field: mapping.Field{Spec: cell.Spec{Kind: "text", Charset: "gbk-in-latin1"}},
		cells: mojibake(texts("张三", "优三", "遗三", "三张", "100%", "a_b", ""), "gbk"),
		texts: []string{"张", "三", "优", "%", "_", "a", "𠮷", "没", "A", "[", "U"}})
	add(column{name: "text_utf8_in_latin1", typ: "varchar(90)", charset: "latin1",
		field: mapping.Field{Spec: cell.Spec{Kind: "text", Charset: "utf8-in-latin1"}},
		cells: mojibake(texts("张三", "优三", "三张", "100%", ""), "utf8"), texts: []string{"张", "三", "优", "%"}})
	add(column{name: "text_int", typ: "int", field: mapping.Field{Spec: cell.Spec{Kind: "text"}},
		cells: []any{int64(0), int64(12), int64(120), nil}, texts: []string{"12", "0", "临浦", "x"}})
	return append(list, dirtyColumns()...)
}

// dirt writes a text in the ways of imports, spreadsheets and copying: blanks of all kinds
// before, behind and inside, full-width, with fractions, zeros, signs and apostrophes.
func dirt(words ...string) []any {
	var cells []string
	for _, w := range words {
		cells = append(cells, w)
		half := len(w) / 2
		for half > 0 && !utf8.RuneStart(w[half]) {
			half--
		}
		for _, blank := range []string{" ", "\t", "\u3000", "\u00A0", "\u200B", "\uFEFF", "\r\n", " \t\u3000"} {
			cells = append(cells, blank+w, w+blank, blank+w+blank, w[:half]+blank+w[half:])
		}
		cells = append(cells, widen(w), w[:half]+widen(w[half:]), w+".0", w+".00", w+".000", " "+w+".0", "0"+w, "00"+w,
			"+"+w, "-"+w, "'"+w, "’"+w, w+"x")
	}
	return texts(append(cells, "\t", "\u3000", " \u3000 ", "-0", "\t0", "０")...)
}

// dirtyColumns are columns of every kind with such cells.
func dirtyColumns() []column {
	kinds := []struct {
		name   string
		spec   cell.Spec
		words  []string
		values []string
	}{
		{"enum", cell.Spec{Kind: "enum", Values: map[string]string{"10": "APPLIED", "1": "APPLIED", "20": "GRANTED"},
			Else: "OTHER", Empty: []string{"0"}}, []string{"10", "20", "30"}, []string{"APPLIED", "GRANTED", "OTHER"}},
		{"enum_words", cell.Spec{Kind: "enum", Values: map[string]string{"申请": "APPLIED", "ok": "GRANTED"}},
			[]string{"申请", "ok"}, []string{"APPLIED", "GRANTED"}},
		{"bool", cell.Spec{Kind: "bool", Values: map[string]string{"1": "true", "0": "false", "是": "true"}},
			[]string{"1", "0", "是"}, []string{"true", "false"}},
		{"enums", cell.Spec{Kind: "enums", Values: map[string]string{"01": "MINOR", "02": "ELDERLY"}, Else: "OTHER"},
			[]string{"01", "01,02", "02,77"}, []string{"MINOR", "ELDERLY", "OTHER"}},
		{"list", cell.Spec{Kind: "list"}, []string{"王一", "王一,李二"}, []string{"王一", "李二"}},
		{"town", cell.Spec{Kind: "town"}, []string{"330109105", "临浦镇", "330109105201", "330109"},
			[]string{"临浦镇", "瓜沥镇"}},
		{"key", cell.Spec{Kind: "key"}, []string{"10", "A7", "20140102030405067890"},
			[]string{"10", "A7", "20140102030405067890", "010"}},
		{"resident", cell.Spec{Kind: "residentId"}, []string{"33019919900101002X"}, []string{"33019919900101002X"}},
		{"code", cell.Spec{Kind: "creditCode"}, []string{"91330199MA2X00035K"}, []string{"91330199MA2X00035K"}},
		{"number", cell.Spec{Kind: "caseNumber"}, []string{"萧政复〔2023〕12号", "萧政复［2023】012号", "AXSD00-2023-0003"},
			[]string{"萧政复〔2023〕12号", "AXSD00-2023-0003"}},
		{"phone", cell.Spec{Kind: "phone"}, []string{"13800000001"}, []string{"13800000001"}},
		{"name", cell.Spec{Kind: "personName", Empty: []string{"无"}}, []string{"张三", "无"}, []string{"张三"}},
		{"int", cell.Spec{Kind: "int"}, []string{"10", "7", "1.5e3", ".5", "3,000", "1,23"},
			[]string{"10", "7", "1500", "3000", "0", "-10"}},
		{"decimal", cell.Spec{Kind: "decimal"}, []string{"10.5", "1e3", ".5", "1,23"}, nil},
		{"money", cell.Spec{Kind: "money", Unit: "yuan"}, []string{"3000", "3,000元", "2万", "1e3", "1,23"}, nil},
		{"day", cell.Spec{Kind: "day", Layouts: allLayouts()},
			[]string{"2023-03-15", "20230315", "45000.999999", "2023年3月15日", "2023-03-15 09:30:00"}, nil},
		{"sorted", cell.Spec{Kind: "day", Layouts: []string{"20060102"}},
			[]string{"20230315", "20230316", "99991231", "20230231"}, nil},
		{"excel", cell.Spec{Kind: "day", Layouts: []string{"excel"}},
			[]string{"45000.999999", "45000", "9", "99999", "45001.5"}, nil},
		{"instant", cell.Spec{Kind: "instant", Layouts: []string{"excel", "epoch-ms"}},
			[]string{"45000.999999", "45000.5", "1678809600000", "1.6788096E12", "1678809600000.5"}, nil},
	}
	var list []column
	for _, k := range kinds {
		c := column{name: "dirty_" + k.name, typ: "varchar(80)", values: k.values, cells: dirt(k.words...),
			field: mapping.Field{Spec: k.spec, Sorted: k.name == "sorted"}}
		list = append(list, c)
		c.name += "_gbk"
		c.charset, c.field.Spec.Charset = "latin1", "gbk-in-latin1"
		c.cells = nil
		for _, v := range dirt(k.words...) {
			if text, ok := v.(string); !ok || !strings.ContainsAny(text, "\u00A0\u200B\uFEFF\u2003") { // GBK has none
				c.cells = append(c.cells, v)
			}
		}
		c.cells = mojibake(c.cells, "gbk")
		list = append(list, c)
	}
	return list
}

// table is the column's mapped table.
func (c *column) table(t testing.TB) *Table {
	t.Helper()
	f := c.field
	f.Name, f.Column = "c", "c"
	codec, err := cell.New(f.Spec, env)
	if err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	return &Table{
		Mapping: &mapping.Table{Record: "Row", Name: c.name, Key: []string{"id"}, Fields: []*mapping.Field{&f},
			Orders: []mapping.Order{{Name: "C", Field: "c"}}},
		Codecs: map[string]cell.Codec{"c": codec},
	}
}

// rows are the column's cells, each twice, so that every order has ties.
func (c *column) rows() [][]any {
	var rows [][]any
	for round := range 2 {
		for i, v := range c.cells {
			rows = append(rows, []any{int64(1 + round*len(c.cells) + (i*7+round)%len(c.cells)), v})
		}
	}
	// i*7 is no permutation where 7 divides the number of cells
	for i := range rows {
		rows[i][0] = int64((i*13)%len(rows)*len(rows) + i)
	}
	return rows
}

const schemaName = "bureaugraph_plan"

func semanticsDatabase(list []column) *legacy.Database {
	db := &legacy.Database{Name: schemaName, Charset: "utf8mb4"}
	for _, c := range list {
		db.Tables = append(db.Tables, &legacy.Table{
			Name: c.name,
			Columns: []legacy.Column{{Name: "id", Type: "int", NotNull: true},
				{Name: "c", Type: c.typ, Charset: c.charset}},
			Primary: []string{"id"},
			Indexes: [][]string{{"c"}},
			Rows:    c.rows(),
		})
	}
	return db
}

func TestEmbeddedEngine(t *testing.T) {
	list := slices.DeleteFunc(columns(), func(c column) bool { return c.wide })
	server, err := engine.Start(t.Context(), "127.0.0.1:0", []*legacy.Database{semanticsDatabase(list)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	semantics(t, list, "root@tcp("+server.Addr()+")/"+schemaName, true)
}

func TestMariaDB(t *testing.T) {
	list := columns()
	server := dbtest.MariaDB(t)
	if err := fill.Fill(t.Context(), server.DSN(""), []*legacy.Database{semanticsDatabase(list)},
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	t.Run("types unknown", func(t *testing.T) { semantics(t, list, server.DSN(schemaName), false) })
	t.Run("types known", func(t *testing.T) { semantics(t, list, server.DSN(schemaName), true) })
}

// semantics compares every filter and order of every column with Go. The planner may know
// which columns are text, or know nothing of their types.
func semantics(t *testing.T, list []column, dsn string, known bool) {
	db := open(t, dsn)
	for _, c := range list {
		t.Run(c.name, func(t *testing.T) {
			s := &subject{T: t, db: db, column: c, table: c.table(t)}
			if known {
				s.learn()
			}
			s.load()
			s.seek()
			s.filters()
			s.orders()
		})
	}
}

// open connects as the gateway does.
func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	cfg.InterpolateParams = true
	if err := cfg.Apply(mysql.Charset("utf8mb4", "")); err != nil {
		t.Fatal(err)
	}
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// subject is one column on one server.
type subject struct {
	*testing.T
	db     *sql.DB
	column column
	table  *Table

	ids  []string
	raw  map[string][]byte
	mean map[string]any // decoded values by id; nil for nothing
}

// query runs a statement; the cells of a row are copied.
func (s *subject) query(q Statement) [][][]byte {
	s.Helper()
	rows, err := s.db.QueryContext(context.Background(), q.SQL, q.Args...)
	if err != nil {
		s.Fatalf("%v\n%s %v", err, q.SQL, q.Args)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		s.Fatal(err)
	}
	var all [][][]byte
	for rows.Next() {
		cells := make([][]byte, len(names))
		into := make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			s.Fatal(err)
		}
		all = append(all, cells)
	}
	if err := rows.Err(); err != nil {
		s.Fatalf("%v\n%s %v", err, q.SQL, q.Args)
	}
	return all
}

// learn has the server tell whether the column is a text or a whole number.
func (s *subject) learn() {
	s.Helper()
	s.types()
	isText := strings.HasPrefix(s.column.typ, "varchar") || strings.HasPrefix(s.column.typ, "char") ||
		strings.HasSuffix(s.column.typ, "text") || strings.HasPrefix(s.column.typ, "enum")
	isWhole := strings.HasPrefix(s.column.typ, "int") || strings.HasPrefix(s.column.typ, "tinyint") ||
		strings.HasPrefix(s.column.typ, "smallint") || strings.HasPrefix(s.column.typ, "bigint")
	if known := s.table.column("c"); isText != (known.Charset != "") || isWhole != known.IsWhole {
		s.Fatalf("a column of type %s is said to be %+v", s.column.typ, known)
	}
}

// seek has the server tell of strays, and of what disorders the column.
func (s *subject) seek() {
	s.Helper()
	for _, q := range s.table.Searches() {
		var texts, read []string
		for _, row := range s.query(q.Statement) {
			if row[0] != nil {
				texts, read = append(texts, string(row[0])), append(read, string(row[1]))
			}
		}
		s.table.Learn(q, texts, read)
	}
	for _, q := range s.table.Disorders() {
		s.table.Disorder(q, len(s.query(q.Statement)) > 0)
	}
}

// types has the server tell the types of the table's columns.
func (s *subject) types() {
	s.Helper()
	s.table.Types = map[string]Type{}
	for _, row := range s.query(Types()) {
		if string(row[0]) == s.column.name {
			s.table.Types[string(row[1])] = TypeOf(row[2], row[3], row[4], row[5])
		}
	}
}

// load reads all cells, of which there are two each.
func (s *subject) load() {
	s.Helper()
	s.read()
	if len(s.ids) != 2*len(s.column.cells) {
		s.Fatalf("%d rows of %d", len(s.ids), 2*len(s.column.cells))
	}
}

// read reads all cells and decodes them.
func (s *subject) read() {
	s.Helper()
	s.raw, s.mean = map[string][]byte{}, map[string]any{}
	project := Project(s.table, func(string) bool { return true })
	for _, row := range s.query(s.table.List(List{Project: project, Limit: 10000})) {
		id := string(row[0])
		s.ids = append(s.ids, id)
		s.raw[id] = row[1]
		v, _ := s.table.Codecs["c"].Decode(row[1])
		s.mean[id] = v
	}
}

// check compares a filter with its meaning; a thorough check also its negation and counts.
func (s *subject) check(name string, filter filter.Filter, thorough bool, holds func(v any) bool) {
	s.Helper()
	p, err := s.table.Compile("filter", filter, env)
	if err != nil {
		s.Fatal(err)
	}
	for _, negated := range []bool{false, true} {
		where := p
		if negated {
			where = not{p}
		}
		var want, got []string
		for _, id := range s.ids {
			if holds(s.mean[id]) != negated {
				want = append(want, s.show(id))
			}
		}
		q := s.table.List(List{Project: Project(s.table, func(string) bool { return true }), Where: []Predicate{where},
			Limit: 10000})
		for _, row := range s.query(q) {
			got = append(got, s.show(string(row[0])))
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			s.Errorf("%s, negated %v (-go +sql):\n%s\n%s %q", name, negated, diff, q.SQL, q.Args)
		}
		if !thorough {
			return
		}
		count := s.query(s.table.Count([]Predicate{where}, 10000))
		if n := string(count[0][0]); n != fmt.Sprint(len(got)) {
			s.Errorf("%s: count %s, listed %d", name, n, len(got))
		}
	}
}

func (s *subject) show(id string) string {
	if s.raw[id] == nil {
		return id + " NULL"
	}
	return fmt.Sprintf("%s %q", id, s.raw[id])
}

// filters tries every filter that fits the column's kind.
func (s *subject) filters() {
	s.Helper()
	switch s.column.field.Spec.Kind {
	case "day", "instant", "partialDay":
		for i, r := range [][2]string{
			{"", ""}, {"2023-03-15", ""}, {"", "2023-03-15"}, {"2023-03-15", "2023-03-16"},
			{"1990-01-01", "2001-09-09"}, {"2001-09-10", "2099-12-31"}, {"2099-12-31", ""},
		} {
			from, before := r[0], r[1]
			s.check("["+from+", "+before+")", filter.Filter{Field: "c",
				Days: &filter.Days{From: date(from), Before: date(before)}}, i < 2, func(v any) bool {
				d := meaning(v)
				return d != "" && (from == "" || d >= from) && (before == "" || d < before)
			})
		}
		return
	case "money":
		for i, r := range [][2]string{{"", ""}, {"3000", ""}, {"", "3000"}, {"3000", "3000"}, {"0.29", "120"},
			{"-5", "-0.01"}, {"19999.99", "20000"}, {"20000.01", ""}, {"0", "0"}} {
			from, to := money(r[0]), money(r[1])
			s.check("["+r[0]+", "+r[1]+"] yuan", filter.Filter{Field: "c", Amount: &filter.Amount{From: from, To: to}},
				i < 4, func(v any) bool {
					m, ok := v.(*model.Money)
					return ok && (from == nil || *m >= *from) && (to == nil || *m <= *to)
				})
		}
		return
	case "bool":
		for _, word := range s.column.values {
			s.check(word, filter.Filter{Field: "c", Flag: new(word == "true")}, true,
				func(v any) bool { return meaning(v) == word })
		}
		return
	case "text":
		for _, text := range s.column.texts {
			read := func(v any) string { return meaning(v) }
			s.check("prefix "+text, filter.Filter{Field: "c", Text: &filter.TextMatch{Prefix: &text}}, true,
				func(v any) bool { return v != nil && strings.HasPrefix(read(v), text) })
			s.check("contains "+text, filter.Filter{Field: "c", Text: &filter.TextMatch{Contains: &text}}, true,
				func(v any) bool { return v != nil && strings.Contains(read(v), text) })
			s.check("equals "+text, filter.Filter{Field: "c", Text: &filter.TextMatch{Equals: []string{text, "张三"}}},
				true, func(v any) bool { return v != nil && (read(v) == text || read(v) == "张三") })
		}
		return
	}
	for i, value := range s.column.values {
		wanted := []string{value}
		s.check(value, filter.Filter{Field: "c", Any: wanted}, true, func(v any) bool { return s.has(v, wanted) })
		if i > 0 {
			both := s.column.values[i-1 : i+1]
			s.check(strings.Join(both, " or "), filter.Filter{Field: "c", Any: both}, true,
				func(v any) bool { return s.has(v, both) })
		}
	}
	s.check("nothing wanted", filter.Filter{Field: "c", Any: []string{}}, true, func(any) bool { return false })
}

// has tells whether a decoded value is, or contains, one of the wanted ones, as the
// filter's argument names them.
func (s *subject) has(v any, wanted []string) bool {
	if v == nil {
		return false
	}
	for _, w := range wanted {
		switch s.column.field.Spec.Kind {
		case "town":
			w, _ = env.Towns.Find(w)
		case "department":
			w, _ = env.Departments.Find(w)
		case "caseNumber":
			w, _ = cell.NormalizeNumber(w)
		}
		if slices.Contains(cell.Canonical(v), w) || isSized(s.table.Mapping.Fields[0]) && meaning(v) == w {
			return true
		}
	}
	return false
}

// meaning is the text of a decoded value; "" for none. Partial days count as their first.
func meaning(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case *model.PartialDate:
		d, _ := model.NewDate(int(v.Year), max(int(v.Month), 1), max(int(v.Day), 1))
		return d.String()
	case *model.Instant:
		return v.Time().Format("2006-01-02 15:04:05")
	case *model.Date:
		return v.String()
	}
	return fmt.Sprint(reflect.ValueOf(v).Elem().Interface())
}

func date(iso string) *model.Date {
	if iso == "" {
		return nil
	}
	d, err := model.ParseDate(iso)
	if err != nil {
		panic(err)
	}
	return &d
}

func money(yuan string) *model.Money {
	if yuan == "" {
		return nil
	}
	var m model.Money
	if err := m.UnmarshalGQL(yuan); err != nil {
		panic(err)
	}
	return &m
}

// compare orders decoded values; nothing is the least.
func compare(a, b any) int {
	switch x := a.(type) {
	case nil:
		if b == nil {
			return 0
		}
		return -1
	case *int:
		if y, ok := b.(*int); ok {
			return cmp.Compare(*x, *y)
		}
	case *model.Money:
		if y, ok := b.(*model.Money); ok {
			return cmp.Compare(*x, *y)
		}
	case *model.Decimal:
		if y, ok := b.(*model.Decimal); ok {
			p, _ := new(big.Rat).SetString(string(*x))
			q, _ := new(big.Rat).SetString(string(*y))
			return p.Cmp(q)
		}
	case []string:
		return 0
	default:
		if b != nil {
			return strings.Compare(meaning(a), meaning(b))
		}
	}
	return 1
}

// orders pages through the column in both directions and every page size, and compares
// with the order of the decoded values.
func (s *subject) orders() {
	s.Helper()
	switch s.column.field.Spec.Kind {
	case "day", "instant", "partialDay", "int", "decimal", "money", "text", "licence":
	default: // nobody orders by them
		return
	}
	field := s.table.Mapping.Fields[0]
	for _, desc := range []bool{false, true} {
		want := s.walk(Order{Field: field, Desc: desc}, false, 10000)
		s.sorted(want, desc)
		for _, size := range []int{1, 2, 7, 10000} {
			for _, reverse := range []bool{false, true} {
				if len(s.ids) > 60 && (size < 7 || reverse != desc) {
					continue // they take their time; the shorter columns have them
				}
				got := s.walk(Order{Field: field, Desc: desc}, reverse, size)
				if reverse {
					slices.Reverse(got)
				}
				if diff := gocmp.Diff(s.showAll(want), s.showAll(got)); diff != "" {
					q := s.table.List(List{Project: Project(s.table, func(string) bool { return true }),
						Order: Order{Field: field, Desc: desc}, Limit: size})
					s.Fatalf("order desc %v, pages of %d, reverse %v (-want +got):\n%s\n%s", desc, size, reverse, diff,
						q.SQL)
				}
			}
		}
	}
}

func (s *subject) showAll(ids []string) []string {
	shown := make([]string, len(ids))
	for i, id := range ids {
		shown[i] = s.show(id)
	}
	return shown
}

// sorted demands that no row is missing, that rows run by what they mean, as far as that
// has an order besides the collation's, and that those without a value come last when
// descending and first when ascending.
func (s *subject) sorted(ids []string, desc bool) {
	s.Helper()
	if len(ids) != len(s.ids) {
		s.Fatalf("%d rows of %d", len(ids), len(s.ids))
	}
	for i := range len(ids) - 1 {
		a, b := s.mean[ids[i]], s.mean[ids[i+1]]
		if desc {
			a, b = b, a
		}
		if isText := !isSized(s.table.Mapping.Fields[0]); isText && a != nil && b != nil {
			continue
		}
		if compare(a, b) > 0 {
			s.Errorf("%s before %s, desc %v", s.show(ids[i]), s.show(ids[i+1]), desc)
		}
	}
}

// walk pages through an order and gives the keys in the order of the pages.
func (s *subject) walk(order Order, reverse bool, size int) []string {
	s.Helper()
	project := Project(s.table, func(string) bool { return true })
	var ids []string
	var after *Position
	for len(ids) <= len(s.ids)+size {
		rows := s.query(s.table.List(List{Project: project, Order: order, Reverse: reverse, After: after, Limit: size}))
		for _, row := range rows {
			ids = append(ids, string(row[0]))
		}
		if len(rows) < size {
			return ids
		}
		last := rows[len(rows)-1]
		after = &Position{Key: []string{string(last[0])}}
		if last[2] != nil {
			after.Value = new(string(last[2]))
		}
	}
	s.Fatalf("the walk does not end: %v", ids)
	return nil
}
