package publicity

import "github.com/bureaugraph/bureaugraph/internal/demo/legacy"

// Codes of zhuangtai_types. They are not in the order of the process: 取消 was there
// before the last three steps were added.
const (
	planned   = 1
	approved  = 2
	scheduled = 3
	held      = 4
	cancelled = 5
	reported  = 6
	verified  = 7
	counted   = 8
)

// Codes of changsuo_types. The talks of the report stand at the first eight of the eight
// entries (八进); 青春讲堂 and 宗教场所 belong to them, too, and have other events.
const (
	government   = 1
	village      = 2
	community    = 3
	school       = 4
	enterprise   = 5
	army         = 6
	airport      = 7
	online       = 8
	youthForum   = 9
	religious    = 10
	eightEntries = online
)

// Codes of xingshi_types.
const (
	lecture     = 1
	consultDesk = 2
	contest     = 3
	media       = 4
	exhibition  = 5
	nightMarket = 6
	training    = 7
	openDay     = 8
)

// Codes of zhuti_types.
const (
	xiThought    = 1
	constitution = 2
	civilCode    = 3
	asianGames   = 4
	antiFraud    = 5
	labour       = 6
	minors       = 7
	businessEnv  = 8
	otherTheme   = 9
)

// Codes of jihua_types.
const (
	annualTask         = 1
	keyDay             = 2
	responsibilityList = 3
	midtermEvaluation  = 4
)

// Codes of peixun_types.
const (
	course = 1
	exam   = 2
)

// codeList is one list of the dictionary; the n-th label has code n.
type codeList struct {
	code, name string
	labels     []string
}

// codeLists is every list of the dictionary. The labels 进家庭 and 短视频 were added by
// staff and are unknown to the mapping; the last list belongs to no mapped column.
func codeLists() []codeList {
	return []codeList{
		{"zhuangtai_types", "活动状态", []string{"计划", "审批", "待开展", "已开展", "取消", "已上报", "已核实", "已计入考核"}},
		{"changsuo_types", "场所类型", []string{"进机关", "进农村", "进社区", "进学校", "进企业", "进部队", "进机场", "进网络", "青春讲堂", "进宗教场所", "其他", "进家庭"}},
		{"xingshi_types", "活动形式", []string{"宣讲", "咨询摆摊", "知识竞赛", "媒体/亮屏", "展览", "法治夜市", "培训", "打卡", "其他", "短视频"}},
		{"zhuti_types", "活动主题", []string{"习近平法治思想", "宪法", "民法典", "亚运", "反诈", "劳动", "未成年人", "营商环境", "其他"}},
		{"jihua_types", "计划类型", []string{"年度任务", "重要节点", "谁执法谁普法", "中期评估", "其他"}},
		{"cailiao_types", "资料类型", []string{"宣传册", "折页", "海报", "法律读本", "宣传品", "其他"}},
		{"peixun_types", "培训类型", []string{"培训", "考试"}},
		{"duixiang_types", "培训对象", []string{"领导干部", "行政执法人员", "法律明白人", "法治副校长", "企业经营管理人员", "其他"}},
		{"sex_types", "性别", []string{"男", "女"}},
	}
}

// dictionaryTable is the one table that explains all code columns.
func dictionaryTable() *legacy.Table {
	t := &legacy.Table{
		Name: "dictionary", Comment: "字典表", Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "bigint", NotNull: true, Comment: "主键"},
			{Name: "dic_code", Type: "varchar(200)", Comment: "字段"},
			{Name: "dic_name", Type: "varchar(200)", Comment: "字段名"},
			{Name: "code_index", Type: "int", Comment: "编码"},
			{Name: "index_name", Type: "varchar(200)", Comment: "编码名字"},
			{Name: "super_id", Type: "int", Comment: "父字段id"},
			{Name: "beizhu", Type: "varchar(200)", Comment: "备注"},
			{Name: "create_time", Type: "timestamp", NotNull: true, Default: "'2019-03-04 10:00:00'", Comment: "创建时间"},
		},
	}
	for _, list := range codeLists() {
		for i, label := range list.labels {
			t.Rows = append(t.Rows, []any{
				int64(len(t.Rows) + 1), list.code, list.name, int64(i + 1), label, nil, nil, "2019-03-04 10:00:00",
			})
		}
	}
	return t
}
