// Package notarization invents the database of the notary office in the style of a small
// company's web shop: English camelCase names, reserved words as names, enums grown by
// ALTER, name-value rows. See adapters/notarization for how it is read.
package notarization

import (
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Database invents the office's database of one district. The ledger lists what the
// gateway must report about the rows that are served.
func Database(w *world.World) *legacy.Database {
	b := newOffice(w)
	b.inventNotaries()
	b.inventMatters()
	b.inventKunpeng()
	return &legacy.Database{
		Name:    "notary",
		Charset: "utf8mb4",
		Ledger:  b.ledger,
		Tables: []*legacy.Table{
			{
				Name: "notarialCase", Comment: "公证案件主表", Columns: caseColumns(), Primary: []string{"id"},
				// None on status, kind, delivery and filing day: the office only ever sorted.
				Indexes: [][]string{{"when"}, {"caseNumber"}, {"acceptTime"}, {"approveDate"}, {"issueDate"},
					{"closedAt"}, {"townCode", "when"}, {"notary", "when"}},
				Rows: b.cases.list,
			},
			{
				Name: "user", Comment: "申请人（一件一行）", Columns: userColumns(), Primary: []string{"id"},
				Indexes: [][]string{{"caseId"}, {"documentNumber"}, {"creditCode"}},
				Rows:    b.users.list,
			},
			{
				Name: "order", Comment: "收费单", Columns: orderColumns(), Primary: []string{"id"},
				Indexes: [][]string{{"caseId"}},
				Rows:    b.orders.list,
			},
			{
				Name: "certificate", Comment: "公证书", Columns: certificateColumns(), Primary: []string{"id"},
				Indexes: [][]string{{"caseId"}, {"certificateNumber"}},
				Rows:    b.certificates.list,
			},
			{
				Name: "reexamination", Comment: "复查", Columns: reexaminationColumns(), Primary: []string{"id"},
				Indexes: [][]string{{"caseId"}},
				Rows:    b.reexaminations.list,
			},
			{
				Name: "caseExtra", Comment: "案件扩展字段 key-value", Columns: extraColumns(), Primary: []string{"id"},
				Indexes: [][]string{{"caseId", "key"}},
				Rows:    b.extras.list,
			},
			{Name: "notary", Comment: "公证员 状态 1执业 2暂停 3注销", Columns: notaryColumns(), Primary: []string{"licence"},
				Indexes: [][]string{{"group"}}, Rows: b.notaryRows},
			{Name: "group", Comment: "机构", Columns: groupColumns(), Primary: []string{"id"}, Rows: offices()},
			{Name: "serviceItem", Comment: "办事清单", Columns: itemColumns(), Primary: []string{"code"}, Rows: items()},
			{Name: "kunpeng", Comment: "鲲鹏企业一对一", Columns: kunpengColumns(), Primary: []string{"id"},
				Indexes: [][]string{{"caseId"}}, Rows: b.kunpengRows},
			// What follows is never served: attachments, accounts, backups.
			{Name: "attachment", Comment: "附件（通用）", Columns: attachmentColumns(), Primary: []string{"id"},
				Rows: b.attachments()},
			{Name: "account", Comment: "登录账号", Columns: accountColumns(), Primary: []string{"login"},
				Rows: b.accounts()},
			{Name: "notarialCase_bak", Comment: "20211231备份", Engine: "MyISAM", Columns: caseColumns(),
				Rows: b.cases.list[:min(80, len(b.cases.list))]},
			{Name: "user_copy1", Columns: userColumns(), Rows: b.users.list[:min(80, len(b.users.list))]},
		},
	}
}

const (
	zeroDay  = "'0000-00-00'"
	zeroTime = "'0000-00-00 00:00:00'"
)

// The columns of notarialCase in the order of the case… indexes below.
func caseColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "bigint", NotNull: true},
		{Name: "caseNumber", Type: "varchar(64)", Comment: "公证书编号"},
		{Name: "describe", Type: "varchar(200)", Comment: "事项名称"},
		{Name: "when", Type: "datetime", NotNull: true, Default: zeroTime, Comment: "申请时间"},
		{Name: "status", Type: enum(caseStatuses()), Comment: "待审核 待确认 待支付 出证中 待领取 已完成 已驳回 已取消"},
		{Name: "matterCode", Type: enum(matterCodes()), Comment: "事项（拼音首字母）"},
		{Name: "region", Type: enum(regions()), Comment: "地域"},
		{Name: "class", Type: enum([]string{"civil", "economic"})},
		{Name: "channel", Type: "varchar(20)"},
		{Name: "townCode", Type: "varchar(60)", Comment: "所属镇街"},
		{Name: "acceptTime", Type: "bigint", NotNull: true, Default: "0", Comment: "受理时间 ms"},
		{Name: "supplementStart", Type: "date", NotNull: true, Default: zeroDay},
		{Name: "supplementEnd", Type: "date", NotNull: true, Default: zeroDay},
		{Name: "verifyStart", Type: "date", NotNull: true, Default: zeroDay},
		{Name: "verifyEnd", Type: "date", NotNull: true, Default: zeroDay},
		{Name: "approveDate", Type: "varchar(30)"},
		{Name: "issueDate", Type: "date"},
		{Name: "deliverTime", Type: "bigint", NotNull: true, Default: "0"},
		{Name: "closedAt", Type: "datetime"},
		{Name: "archiveDate", Type: "varchar(8)"},
		{Name: "pendingMaterial", Type: "bit(1)", Comment: "容缺"},
		{Name: "provinceWide", Type: "tinyint(1)", Comment: "全省通办"},
		{Name: "doorToDoor", Type: "varchar(4)", Comment: "上门"},
		{Name: "visitReason", Type: "varchar(20)"},
		{Name: "judicialTask", Type: enum(judicialTasks())},
		{Name: "refuseCode", Type: "smallint", NotNull: true, Default: "0", Comment: "1-9 公证法31条各项"},
		{Name: "terminateReason", Type: "varchar(20)"},
		{Name: "useCountry", Type: "varchar(40)"},
		{Name: "useLanguage", Type: "varchar(20)"},
		{Name: "copies", Type: "varchar(10)", Comment: "副本份数"},
		{Name: "notary", Type: "varchar(30)", Comment: "公证员执业证号"},
		{Name: "assistant", Type: "varchar(60)"},
		{Name: "approver", Type: "varchar(20)"},
		{Name: "group", Type: "int", Comment: "机构id"},
		{Name: "order", Type: "bigint", NotNull: true, Default: "0", Comment: "收费单id"},
		{Name: "deleted", Type: "tinyint(1)", Comment: "1已删除"},
	}
}

// Where the columns of notarialCase stand.
const (
	caseID = iota
	caseNumber
	caseDescribe
	caseWhen
	caseStatus
	caseMatterCode
	caseRegion
	caseClass
	caseChannel
	caseTown
	caseAcceptTime
	caseSupplementStart
	caseSupplementEnd
	caseVerifyStart
	caseVerifyEnd
	caseApproveDate
	caseIssueDate
	caseDeliverTime
	caseClosedAt
	caseArchiveDate
	casePendingMaterial
	caseProvinceWide
	caseDoorToDoor
	caseVisitReason
	caseJudicialTask
	caseRefuseCode
	caseTerminateReason
	caseUseCountry
	caseUseLanguage
	caseCopies
	caseNotary
	caseAssistant
	caseApprover
	caseGroup
	caseOrder
	caseDeleted
	caseWidth
)

func userColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "bigint", NotNull: true},
		{Name: "caseId", Type: "bigint", NotNull: true, Default: "0"},
		{Name: "type", Type: enum([]string{"P", "E", "G"}), Comment: "P个人 E企业"},
		{Name: "role", Type: enum([]string{"applicant", "agent", "interested"})},
		{Name: "name", Type: "varchar(50)"},
		{Name: "company", Type: "varchar(100)"},
		{Name: "documentType", Type: "varchar(20)"},
		{Name: "documentNumber", Type: "varchar(40)"},
		{Name: "creditCode", Type: "varchar(40)"},
		{Name: "phone", Type: "varchar(40)"},
		{Name: "address", Type: "varchar(200)"},
		{Name: "isDelete", Type: "tinyint(1)", NotNull: true, Default: "1", Comment: "1有效"},
	}
}

func orderColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "bigint", NotNull: true},
		{Name: "caseId", Type: "bigint", NotNull: true, Default: "0"},
		{Name: "notaryFee", Type: "varchar(20)", Comment: "公证费"},
		{Name: "copyFee", Type: "decimal(10,2)", Comment: "副本费"},
		{Name: "translationFee", Type: "int", Comment: "翻译费（分）"},
		{Name: "courierFee", Type: "varchar(20)", Comment: "快递费"},
		{Name: "reduction", Type: "varchar(20)", Comment: "减免"},
		{Name: "reductionReason", Type: "varchar(20)"},
		{Name: "total", Type: "decimal(65,30)"},
		{Name: "transaction", Type: "bigint", NotNull: true, Default: "0", Comment: "缴费时间 ms"},
		{Name: "payStatus", Type: enum([]string{"未缴", "已缴", "已退", "免缴", "挂账"})},
	}
}

func certificateColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "bigint", NotNull: true},
		{Name: "caseId", Type: "bigint", NotNull: true, Default: "0"},
		{Name: "certificateNumber", Type: "varchar(64)"},
		{Name: "issuedAt", Type: "varchar(40)"},
		{Name: "region", Type: enum(regions())},
		{Name: "copies", Type: "varchar(10)"},
		{Name: "status", Type: enum([]string{"valid", "corrected", "revoked", "lost"})},
	}
}

func reexaminationColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "bigint", NotNull: true},
		{Name: "caseId", Type: "bigint", NotNull: true, Default: "0"},
		{Name: "certificateId", Type: "bigint", NotNull: true, Default: "0"},
		{Name: "when", Type: "datetime", NotNull: true, Default: zeroTime},
		{Name: "decideDate", Type: "varchar(20)"},
		{Name: "result", Type: "varchar(10)"},
	}
}

func extraColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "bigint", NotNull: true},
		{Name: "caseId", Type: "bigint", NotNull: true},
		{Name: "key", Type: "varchar(40)", NotNull: true},
		{Name: "value", Type: "text"},
		{Name: "valueType", Type: enum([]string{"string", "number", "date"})},
	}
}

func notaryColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "licence", Type: "varchar(30)", NotNull: true},
		{Name: "name", Type: "varchar(50)"},
		{Name: "group", Type: "int"},
		{Name: "status", Type: "tinyint(1)", Comment: "1执业 2暂停 3注销"},
		{Name: "since", Type: "varchar(10)"},
	}
}

func groupColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "int", NotNull: true},
		{Name: "name", Type: "varchar(100)"},
		{Name: "creditCode", Type: "varchar(18)"},
		{Name: "town", Type: "varchar(60)"},
		{Name: "phone", Type: "varchar(40)"},
		{Name: "rank", Type: "int"},
	}
}

func itemColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "code", Type: "varchar(10)", NotNull: true},
		{Name: "describe", Type: "varchar(100)"},
		{Name: "matterCode", Type: "varchar(10)"},
		{Name: "listed", Type: "char(1)"},
		{Name: "provinceWide", Type: "tinyint(1)"},
		{Name: "rank", Type: "int"},
	}
}

func kunpengColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "int", NotNull: true},
		{Name: "year", Type: "decimal(65,30)"},
		{Name: "company", Type: "varchar(100)"},
		{Name: "creditCode", Type: "varchar(20)"},
		{Name: "topic", Type: "varchar(100)"},
		{Name: "serviceDate", Type: "date"},
		{Name: "notary", Type: "varchar(30)"},
		{Name: "caseId", Type: "bigint", NotNull: true, Default: "0"},
	}
}

func attachmentColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "bigint", NotNull: true},
		{Name: "tableName", Type: "varchar(40)"},
		{Name: "rowId", Type: "bigint"},
		{Name: "category", Type: "varchar(20)"},
		{Name: "path", Type: "varchar(200)"},
	}
}

func accountColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "login", Type: "varchar(40)", NotNull: true},
		{Name: "password", Type: "varchar(64)", Comment: "md5"},
		{Name: "rank", Type: "tinyint(1)"},
	}
}

func enum(words []string) string { return "enum('" + strings.Join(words, "','") + "')" }

// caseStatuses are the states in the order in which ALTER added them.
func caseStatuses() []string {
	return strings.Fields("待审核 待确认 待支付 出证中 待领取 已完成 已驳回 已取消 咨询中 已受理 容缺受理 不予受理 审查中 核实中 拟稿中 审批中 已终止 已归档 复查中 复查维持 已更正 已撤销 退件重办")
}

// matterCodes are the 40 kinds of matter. The mapping knows all but the last two, which
// came with the latest ALTER.
func matterCodes() []string {
	codes := make([]string, 0, 40)
	for _, k := range kinds() {
		codes = append(codes, k.code)
	}
	return append(codes, "sjcz", "wlbq")
}

func regions() []string { return []string{"domestic", "foreign", "hkmo", "taiwan"} }

func judicialTasks() []string {
	return []string{"取证", "送达", "执行查控", "破产清点", "代管"}
}
