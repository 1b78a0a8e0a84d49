package legalaid

// codes are a code column's codes and, in its twin column, their labels.
type codes map[string]string

// The code tables, as the dictionary table flyz_zd of the system holds them. All labels
// agree with those of the mapping; that they do is tested by comparing ledger and audit.
var (
	statusCodes = codes{
		"05": "咨询", "10": "待审", "11": "通知", "12": "补正", "15": "受理", "20": "通过", "21": "已指派", "22": "承办中",
		"23": "更换承办人", "30": "驳回", "31": "异议", "35": "移送", "40": "撤销", "50": "办结", "60": "已交卷", "70": "已评查",
		"80": "已发补贴", "90": "归档", "1": "待审", "2": "通过", "3": "驳回", "4": "办结",
	}
	kindCodes    = codes{"01": "刑事", "02": "民事", "03": "行政", "04": "国家赔偿", "05": "劳动仲裁", "1": "刑事", "2": "民事", "3": "行政"}
	sourceCodes  = codes{"1": "申请", "2": "通知", "3": "转交"}
	formCodes    = codes{"01": "咨询", "02": "代拟文书", "03": "刑事辩护", "04": "诉讼代理", "05": "非诉讼代理", "06": "值班律师", "07": "劳动调解仲裁代理"}
	causeCodes   = codes{"01": "国家赔偿", "02": "社保救助", "03": "抚恤金", "04": "赡养抚养扶养", "05": "劳动报酬", "06": "行为能力认定", "07": "人身损害", "08": "环境生态", "99": "其他"}
	groupCodes   = codes{"01": "未成年人", "02": "老年人", "03": "残疾人", "04": "妇女", "05": "农民工", "06": "军人军属", "07": "低保低收入", "08": "外国人", "99": "其他"}
	teamCodes    = codes{"1": "妇女儿童", "2": "老年人", "3": "残疾人", "4": "军人军属", "5": "农民工", "6": "刑事辩护"}
	organCodes   = codes{"1": "法院", "2": "检察院", "3": "公安机关", "4": "看守所", "9": "其他"}
	groundCodes  = codes{"1": "未成年人", "2": "视听言语残疾", "3": "限制行为能力", "4": "可能判处无期死刑", "5": "死刑复核", "6": "缺席审判", "9": "其他"}
	refusalCodes = codes{"1": "不符合经济困难标准", "2": "不属于援助范围", "3": "未补充材料", "9": "其他"}
	endCodes     = codes{"1": "欺骗", "2": "隐瞒证据", "3": "违法利用", "4": "经济状况变化", "5": "案件终止", "6": "自行委托", "7": "受援人要求", "9": "其他"}
	resultCodes  = codes{"01": "全部支持", "02": "部分支持", "03": "败诉", "04": "调解和解", "05": "撤诉", "06": "不起诉", "07": "无罪", "08": "从轻减轻", "99": "其他"}
	qualityCodes = codes{"1": "优秀", "2": "良好", "3": "合格", "4": "不合格"}
	ratingCodes  = codes{"1": "非常满意", "2": "满意", "3": "一般", "4": "不满意"}

	sexCodes      = codes{"1": "男", "2": "女"}
	documentCodes = codes{"111": "居民身份证", "114": "军官证", "414": "护照", "511": "台胞证", "516": "港澳通行证", "554": "外国人居留证", "999": "其他"}
	incomeCodes   = codes{"1": "低保", "2": "低收入", "3": "普通"}

	againstCodes = codes{"1": "不予援助", "2": "终止援助"}
	outcomeCodes = codes{"1": "维持", "2": "责令改正", "3": "撤回"}
	changeCodes  = codes{"1": "受援人申请", "2": "利益冲突", "3": "无法履职", "4": "律师调离", "9": "其他"}

	channelCodes = codes{"1": "12348热线", "2": "窗口", "3": "工作站", "4": "网络", "5": "来信", "9": "其他"}
	dutyCodes    = codes{"1": "法院", "2": "检察院", "3": "看守所", "4": "公安执法办案中心"}

	lawyerKindCodes  = codes{"1": "专职律师", "2": "兼职律师", "6": "公职律师", "7": "公司律师", "8": "法律援助律师"}
	lawyerSexCodes   = codes{"0": "男", "1": "女"} // as in the licence
	lawyerStateCodes = codes{"1": "正常执业", "2": "停止执业", "3": "注销"}
	firmStateCodes   = codes{"1": "正常执业", "2": "停业", "3": "注销"}
	corpsCodes       = codes{"1": "临浦镇", "2": "瓜沥镇", "3": "城厢街道", "4": "宁围街道", "5": "盈丰街道", "6": "萧山国际机场"}
)

// code sets a code column and its twin; an empty code leaves both blank.
func (b *builder) code(s *sheet, row int, column string, table codes, code string) {
	s.set(row, column, b.text(code))
	s.set(row, column+"js", b.text(table[code]))
}

// weighted is one of several codes and how often it comes.
type weighted struct {
	code   string
	weight int
}

// draw takes a code by weight.
func (b *builder) draw(choices []weighted) string {
	sum := 0
	for _, c := range choices {
		sum += c.weight
	}
	at := b.r.IntN(sum)
	for _, c := range choices {
		if at -= c.weight; at < 0 {
			return c.code
		}
	}
	panic("legalaid: weights are positive")
}
