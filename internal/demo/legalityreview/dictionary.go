package legalityreview

import "github.com/bureaugraph/bureaugraph/internal/demo/legacy"

// launch is when the system's master data were entered.
const launch = "2018-05-02 10:00:00"

// word is one code of the dictionary; disabled ones (status 1) are still held by old rows.
type word struct {
	kind, value, label string
	disabled           bool
}

func words() []word {
	return []word{
		{"sys_user_sex", "0", "男", false},
		{"sys_user_sex", "1", "女", false},
		{"sys_user_sex", "2", "未知", false},
		{"biz_matter_type", "1", "行政规范性文件", false},
		{"biz_matter_type", "2", "重大行政决策", false},
		{"biz_matter_type", "3", "重大行政执法决定", false},
		{"biz_matter_type", "4", "行政协议", false},
		{"biz_matter_type", "5", "行政机关民事合同", false},
		{"biz_matter_type", "6", "村规民约", false},
		{"biz_matter_type", "9", "其他涉法事务", false},
		{"biz_matter_type", "10", "规范性文件(旧)", true},
		{"biz_matter_type", "11", "合同(旧)", true},
		{"biz_review_status", "0", "草稿", false},
		{"biz_review_status", "1", "已送审", false},
		{"biz_review_status", "2", "材料审核", false},
		{"biz_review_status", "3", "退回补正", false},
		{"biz_review_status", "4", "已受理", false},
		{"biz_review_status", "5", "已分派", false},
		{"biz_review_status", "6", "审查中", false},
		{"biz_review_status", "7", "征求意见", false},
		{"biz_review_status", "71", "专家论证", false},
		{"biz_review_status", "8", "审签中", false},
		{"biz_review_status", "9", "已出具意见", false},
		{"biz_review_status", "10", "已反馈采纳", false},
		{"biz_review_status", "11", "已决策/签订/公布", false},
		{"biz_review_status", "12", "已备案", false},
		{"biz_review_status", "13", "已归档", false},
		{"biz_review_status", "20", "办结(旧)", true},
		{"biz_review_status", "99", "撤回", false},
		{"biz_adopt_type", "1", "全部采纳", false},
		{"biz_adopt_type", "2", "部分采纳", false},
		{"biz_adopt_type", "3", "未采纳", false},
		{"biz_doc_state", "0", "草案", false},
		{"biz_doc_state", "1", "公布", false},
		{"biz_doc_state", "2", "有效", false},
		{"biz_doc_state", "3", "修改", false},
		{"biz_doc_state", "4", "失效", false},
		{"biz_doc_state", "5", "废止", false},
	}
}

// dictionary is RuoYi's one code table for everything.
func dictionary() *legacy.Table {
	t := &legacy.Table{
		Name: "sys_dict_data", Comment: "字典数据表",
		Columns: append([]legacy.Column{
			{Name: "dict_code", Type: "bigint", NotNull: true, Comment: "字典编码"},
			{Name: "dict_sort", Type: "int", Comment: "字典排序"},
			{Name: "dict_label", Type: "varchar(100)", Comment: "字典标签"},
			{Name: "dict_value", Type: "varchar(100)", Comment: "字典键值"},
			{Name: "dict_type", Type: "varchar(100)", Comment: "字典类型"},
			{Name: "status", Type: "char(1)", Comment: "状态（0正常 1停用）"},
		}, scaffold("删除标志")[1:]...),
		Primary: []string{"dict_code"},
	}
	s := newSheet(t)
	for i, word := range words() {
		l := s.add()
		l.set("dict_code", int64(i+1))
		l.set("dict_sort", int64(i+1))
		l.set("dict_label", word.label)
		l.set("dict_value", word.value)
		l.set("dict_type", word.kind)
		l.set("status", "0")
		if word.disabled {
			l.set("status", "1")
		}
		l.set("create_by", "admin")
		l.set("create_time", launch)
	}
	return t
}

// dictionaryTypes names the dictionaries.
func dictionaryTypes() *legacy.Table {
	t := &legacy.Table{
		Name: "sys_dict_type", Comment: "字典类型表",
		Columns: []legacy.Column{
			{Name: "dict_id", Type: "bigint", NotNull: true},
			{Name: "dict_name", Type: "varchar(100)"},
			{Name: "dict_type", Type: "varchar(100)"},
			{Name: "status", Type: "char(1)"},
		},
		Primary: []string{"dict_id"},
	}
	for i, kind := range [][2]string{
		{"用户性别", "sys_user_sex"}, {"事项类型", "biz_matter_type"}, {"审查状态", "biz_review_status"},
		{"采纳情况", "biz_adopt_type"}, {"文件状态", "biz_doc_state"},
	} {
		t.Rows = append(t.Rows, []any{int64(i + 1), kind[0], kind[1], "0"})
	}
	return t
}
