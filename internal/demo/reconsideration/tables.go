package reconsideration

import (
	"fmt"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// columns reads a list of columns, one a line: name, type, comment; a type in capitals
// marks NOT NULL, and what follows "=" in the comment is the default.
func columns(list string) []legacy.Column {
	var all []legacy.Column
	for line := range strings.Lines(strings.TrimSpace(list)) {
		part := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(part) != 3 {
			panic(fmt.Sprintf("reconsideration: column %q wants name, type and comment", line))
		}
		c := legacy.Column{Name: part[0], Type: strings.ToLower(part[1]), NotNull: part[1] != strings.ToLower(part[1]),
			Comment: part[2]}
		if comment, value, ok := strings.Cut(c.Comment, "="); ok {
			c.Comment, c.Default = comment, value
		}
		all = append(all, c)
	}
	return all
}

func cases() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_AJ", Comment: "复议案件主表",
		Primary: []string{"AJID"},
		Indexes: [][]string{{"AJBH"}, {"SDRQ"}, {"SLRQ"}, {"JDRQ"}, {"JASJ"}, {"SZZJ"}, {"BSQRBM"}, {"BSQRZJ"},
			{"FDSCWH"}, {"XWWH"}},
		Columns: columns(`
AJID VARCHAR(21) 主键 时间戳+随机数
AJBH varchar(60) 案号
JDSH varchar(60) 决定书文号
TZSH varchar(60) 不予受理/终止通知书文号
AJMC varchar(200) 案件名称
WWID varchar(30) 互联网端编号
SJLY varchar(2) 数据来源 O旧系统 N新系统
SQFS varchar(2) 申请方式 见字典SQFS
JSD_ID double 受理点
FYSX varchar(2) 复议事项 见字典FYSX
BZWLX varchar(2) 不作为类别
GLLY varchar(3) 管理领域
GLLY_OLD varchar(2) 管理领域(旧)
SQQX varchar(30) 复议请求 撤销,变更,确认违法,责令履行,赔偿
SQRLX varchar(2) 申请人类别 1公民 2法人 3其他组织
SQRXM varchar(500) 申请人姓名
SQRS varchar(10) 申请人数
SFQT varchar(8) 是否群体
DBR varchar(200) 代表人
BSQRDM varchar(8) 被申请人代码
BSQRMC varchar(200) 被申请人名称
BSQRBM varchar(100) 被申请部门
BSQRZJ varchar(60) 被申请镇街
BSQRLX varchar(2) 被申请人类别
DSRXM varchar(200) 第三人
CHENGBANREM varchar(60) 承办人
XWWH varchar(100) 行政行为文号
XZXWRQ varchar(20) 行政行为日期
ZXRQ varchar(20) 知悉日期
FKJE decimal(65,30) 罚款金额
SFFDSC varchar(4) 是否附带审查
FDSCWH varchar(100) 附带审查文件文号
FDSCMC varchar(200) 附带审查文件名称
FDSCJG varchar(2) 附带审查结果 1合法 2不合法 3转送
SPCX varchar(2) 审理程序 1普通 2简易 3简转普
SDRQ VARCHAR(20) 收到日期
DJRQ varchar(20) 登记日期
BZTZRQ varchar(20) 补正通知日期
BZQX varchar(20) 补正期限
BZRQ varchar(20) 补正日期
SLQX varchar(20) 受理期限
SLRQ varchar(20) 受理日期
BYSLYY varchar(2) 不予受理原因
BSFW varchar(2) 不属范围类别
FSRQ varchar(20) 发送日期
DFQX varchar(20) 答复期限
BSQRDFU_RQ varchar(30) 被申请人答复日期
TQYJRQ varchar(20) 听取意见日期
TQYJFS varchar(20) 听取意见方式 当面,电话,视频,书面
SFTZ varchar(8) 是否听证
SFZXWYH varchar(2) 是否咨询委员会
CXZHRQ varchar(20) 程序转换日期
ZZQSRQ varchar(20) 中止起始日期
ZZJSRQ varchar(20) 中止结束日期
ZZYY varchar(100) 中止原因
YQRQ varchar(20) 延期日期
YQZ varchar(20) 延期至
SLJZRQ varchar(20) 审理截止日期
JDRQ varchar(30) 决定日期
JAFS varchar(2) 结案方式
JAFS_OLD varchar(2) 结案方式(旧)
PCJE varchar(30) 赔偿金额
SONGDRQ_YJ varchar(20) 预计送达日期
SONGDRQ varchar(30) 送达日期
LXQX varchar(20) 履行期限
LXRQ varchar(20) 履行日期
JASJ DATETIME 结案时间='0000-00-00 00:00:00'
JARQ_LR varchar(20) 结案录入日期
GDRQ varchar(40) 归档日期
SFSS varchar(2) 是否诉讼
SFYJS varchar(2) 是否制发意见书
SPR1 varchar(30) 审批人1
SPRQ1 varchar(40) 审批日期1
SPYJ1 varchar(200) 审批意见1
SPR2 varchar(30) 审批人2
SPRQ2 varchar(40) 审批日期2
SPYJ2 varchar(200) 审批意见2
SPR3 varchar(30) 审批人3
SPRQ3 varchar(40) 审批日期3
SPYJ3 varchar(200) 审批意见3
SZZJ varchar(60) 所在镇街
ZT varchar(2) 状态
AJSS longtext 案件事实
BZ varchar(500) 备注
CBDWBM varchar(8) 承办单位编码
CJR varchar(30) 创建人
CJSJ DATETIME 创建时间='0000-00-00 00:00:00'
XGRQ varchar(30) 修改日期
SFSC varchar(2) 删除标志
`),
	}
}

func applicants() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_SQR", Comment: "申请人", Engine: "MyISAM",
		Indexes: [][]string{{"SQR_ID"}, {"AJID"}, {"ZJHM"}, {"DWDM"}, {"DLR_ZYZH"}},
		Columns: columns(`
SQR_ID double 序号
AJID varchar(21) 案件
SQRLX varchar(20) 类别
XM varchar(60) 姓名
SEXTPYE varchar(2) 性别
ZJLX varchar(3) 证件类型 111身份证 414护照 516港澳证
ZJHM varchar(60) 证件号码
DWMC varchar(200) 单位名称
DWDM varchar(60) 单位代码
FDDBR varchar(30) 法定代表人
LXDH varchar(40) 联系电话
ADRESS varchar(200) 地址
DLR varchar(30) 代理人
DLR_ZYZH varchar(30) 代理人执业证号
SFSC varchar(2) 删除标志
`),
	}
}

func thirdParties() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_DSR", Comment: "第三人", Engine: "MyISAM",
		Indexes: [][]string{{"DSR_ID"}, {"AJID"}, {"DWDM"}},
		Columns: columns(`
DSR_ID double 序号
AJID varchar(21) 案件
DSRLX varchar(2) 类别 1公民 2单位
XM varchar(60) 姓名
ZJHM varchar(60) 证件号码
DWMC varchar(200) 单位名称
DWDM varchar(60) 单位代码
LXDH varchar(40) 联系电话
CJRQ varchar(20) 参加日期
SFSC varchar(2) 删除标志
`),
	}
}

func hearings() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_TZ", Comment: "听证", Engine: "MyISAM",
		Indexes: [][]string{{"TZ_ID"}, {"AJID"}},
		Columns: columns(`
TZ_ID varchar(21) 主键
AJID varchar(21) 案件
TZLX varchar(20) 类别
TZTZRQ varchar(20) 通知日期
TZRQ varchar(30) 听证日期
TZDD varchar(100) 地点
ZCR varchar(30) 主持人
TZY varchar(100) 听证员
CYRS varchar(10) 参加人数
SFZX varchar(4) 是否在线
TZBL longtext 听证笔录
`),
	}
}

func lawsuits() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_SS", Comment: "后续诉讼",
		Primary: []string{"SS_ID"},
		Indexes: [][]string{{"AJID"}, {"SQR_ID"}},
		Columns: columns(`
SS_ID VARCHAR(21) 主键
AJID varchar(21) 案件
SQR_ID double 起诉人
SJ varchar(20) 审级
FYAH varchar(60) 法院案号
FYMC varchar(100) 法院
LARQ varchar(20) 立案日期
CPRQ varchar(20) 裁判日期
CPJG varchar(2) 裁判结果
SFBS varchar(20) 是否败诉
SFGTBG varchar(2) 是否共同被告
NOT_DELETE varchar(2) 删除标志 1有效
`),
	}
}

func letters() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_YJS", Comment: "意见书", Engine: "MyISAM",
		Indexes: [][]string{{"YJS_ID"}, {"AJID"}},
		Columns: columns(`
YJS_ID decimal(65,30) 序号
AJID varchar(21) 案件
WSLX varchar(20) 文书类型
WSH varchar(60) 文书号
SWBM varchar(100) 收文部门
SWZJ varchar(60) 收文镇街
SWDW varchar(200) 收文单位
WTZY varchar(500) 问题摘要
ZFRQ varchar(20) 制发日期
FKQX varchar(20) 反馈期限
FKRQ varchar(20) 反馈日期
SFSC varchar(2) 删除标志
`),
	}
}

func facilities() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_ZDHD", Comment: "阵地活动", Engine: "MyISAM",
		Indexes: [][]string{{"ZD_ID"}},
		Columns: columns(`
ZD_ID double 序号
LX varchar(30) 类型
MC varchar(100) 名称
SZZJ varchar(60) 所在镇街
QYRQ varchar(20) 启用日期
`),
	}
}

func dictionary() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_ZD", Comment: "字典", Engine: "MyISAM",
		Columns: columns(`
ZDLX varchar(20) 字典类型
ZDDM varchar(10) 代码
ZDMC varchar(60) 名称
PX decimal(65,30) 排序
`),
	}
}

func units() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_BM", Comment: "单位 路径编码", Engine: "MyISAM",
		Columns: columns(`
BMDM varchar(8) 编码
SJBMDM varchar(8) 上级编码
BMMC varchar(100) 名称
`),
	}
}

// online is the second copy of a case, on the internet side.
func online() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_AJ_WW", Comment: "互联网申请",
		Indexes: [][]string{{"WWID"}},
		Columns: columns(`
WWID varchar(30) 互联网端编号
AJID varchar(21) 案件
SQRXM varchar(60) 申请人
SQRQ varchar(20) 申请日期
ZT varchar(20) 状态 待办理/已结案
`),
	}
}

func attachments() *legacy.Table {
	return &legacy.Table{
		Name: "T_FY_FJ", Comment: "附件", Engine: "MyISAM",
		Columns: columns(`
FJ_ID double 序号
YW_ID varchar(21) 业务主键
YW_BM varchar(30) 业务表
FJMC varchar(200) 显示名
FJLJ varchar(200) 路径
`),
	}
}

// accounts must never be served.
func accounts() *legacy.Table {
	return &legacy.Table{
		Name: "T_SYS_USER", Comment: "用户", Engine: "MyISAM",
		Primary: []string{"USERID"},
		Columns: columns(`
USERID VARCHAR(21) 用户
USERNAME varchar(30) 姓名
PASSWD varchar(32) 密码
`),
	}
}
