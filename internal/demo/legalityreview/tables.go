package legalityreview

import "github.com/bureaugraph/bureaugraph/internal/demo/legacy"

const zeroTime = "0000-00-00 00:00:00"

// scaffold are the columns RuoYi's code generator puts at the end of every table.
func scaffold(delFlag string) []legacy.Column {
	return []legacy.Column{
		{Name: "del_flag", Type: "char(1)", Default: "'0'", Comment: delFlag},
		{Name: "create_by", Type: "varchar(64)", Default: "''", Comment: "创建者"},
		{Name: "create_time", Type: "datetime", Comment: "创建时间"},
		{Name: "update_by", Type: "varchar(64)", Default: "''", Comment: "更新者"},
		{Name: "update_time", Type: "datetime", Comment: "更新时间"},
		{Name: "remark", Type: "varchar(500)", Comment: "备注"},
	}
}

// matterTable is the main table, one row a matter.
func matterTable() *legacy.Table {
	return &legacy.Table{
		Name:    "biz_review_matter",
		Comment: "合法性审查事项表",
		Columns: append([]legacy.Column{
			{Name: "matter_id", Type: "bigint", NotNull: true, Comment: "事项ID"},
			{Name: "review_no", Type: "varchar(64)", Comment: "审查文号"},
			{Name: "matter_title", Type: "varchar(255)", Comment: "事项名称"},
			{Name: "matter_type", Type: "varchar(4)", Comment: "事项类型（字典biz_matter_type）"},
			{Name: "matter_summary", Type: "text", Comment: "内容摘要（富文本）"},
			{Name: "status", Type: "varchar(4)", Comment: "状态 0草稿 1送审 2审核 3退回 4受理"}, // stale: the dictionary has more
			{Name: "urgent_level", Type: "char(1)", Default: "'0'", Comment: "紧急程度 0一般 1加急 2特急"},
			{Name: "area_code", Type: "varchar(12)", Comment: "行政区划"},
			{Name: "draft_dept_id", Type: "bigint", Comment: "起草单位（sys_dept）"},
			{Name: "draft_org_name", Type: "varchar(100)", Comment: "起草单位名称"},
			{Name: "draft_dept_name", Type: "varchar(100)", Comment: "起草部门"},
			{Name: "draft_town_name", Type: "varchar(100)", Comment: "起草镇街"},
			{Name: "contact_name", Type: "varchar(30)", Comment: "经办人"},
			{Name: "contact_phone", Type: "varchar(30)", Comment: "联系电话"},
			{Name: "issue_org_name", Type: "varchar(100)", Comment: "制定机关"},
			{Name: "review_org_type", Type: "char(1)", Comment: "审查机构 1中心 2司法所 3部门"},
			{Name: "review_org_name", Type: "varchar(100)", Comment: "审查机构名称"},
			{Name: "review_office_name", Type: "varchar(60)", Comment: "司法所"},
			{Name: "reviewer_name", Type: "varchar(30)", Comment: "法审员"},
			{Name: "approver_name", Type: "varchar(30)", Comment: "审签人"},
			{Name: "adviser_licence", Type: "varchar(20)", Comment: "法律顾问执业证号"},
			{Name: "adviser_name", Type: "varchar(30)", Comment: "法律顾问"},
			{Name: "submit_date", Type: "varchar(30)", Comment: "送审函日期"},
			{Name: "receive_time", Type: "datetime", NotNull: true, Default: "'0000-00-00 00:00:00'", Comment: "收件时间"},
			{Name: "material_time", Type: "datetime", Comment: "材料补齐时间"},
			{Name: "accept_time", Type: "datetime", Comment: "受理时间"},
			{Name: "opinion_date", Type: "date", Comment: "出具意见日期"},
			{Name: "finish_time", Type: "datetime", Comment: "办结时间"},
			{Name: "feedback_date", Type: "varchar(20)", Comment: "反馈采纳日期"},
			{Name: "decide_date", Type: "varchar(40)", Comment: "决策（签订）日期"},
			{Name: "file_time", Type: "datetime", Comment: "备案时间"},
			{Name: "archive_time", Type: "datetime", NotNull: true, Default: "'0000-00-00 00:00:00'", Comment: "归档时间"},
			{Name: "submit_times", Type: "double", Comment: "送审次数"},
			{Name: "review_opinion", Type: "char(1)", Comment: "审查意见"},
			{Name: "review_opinion_name", Type: "varchar(30)", Default: "''", Comment: "审查意见名称"},
			{Name: "problem_types", Type: "varchar(50)", Comment: "发现问题（多选，逗号分隔）"},
			{Name: "adopt_type", Type: "char(1)", Comment: "采纳情况（字典biz_adopt_type）"},
			{Name: "not_adopt_reason", Type: "varchar(500)", Comment: "未采纳理由"},
			{Name: "comment_days", Type: "varchar(10)", Comment: "公开征求意见天数"},
			{Name: "fair_review_flag", Type: "varchar(4)", Comment: "公平竞争审查 是/否"},
			{Name: "doc_no", Type: "varchar(64)", Comment: "发文字号"},
			{Name: "unified_code", Type: "varchar(30)", Comment: "统一编号"},
			{Name: "publish_date", Type: "varchar(20)", Comment: "公布日期"},
			{Name: "doc_state", Type: "char(1)", Comment: "审查意见"}, // copied from another column
			{Name: "public_flag", Type: "char(1)", Comment: "是否主动公开 Y/N"},
			{Name: "valid_until", Type: "date", Comment: "有效期至"},
			{Name: "record_date", Type: "varchar(8)", Comment: "报备日期yyyyMMdd"},
			{Name: "party_name", Type: "varchar(100)", Comment: "合同相对方"},
			{Name: "party_code", Type: "varchar(30)", Comment: "相对方代码"},
			{Name: "contract_amount", Type: "varchar(50)", Comment: "合同金额（万元）"},
		}, scaffold("删除标志（0代表存在 2代表删除）")...),
		Primary: []string{"matter_id"},
		Indexes: [][]string{
			{"review_no"}, {"receive_time"}, {"accept_time"}, {"opinion_date"}, {"publish_date"},
			{"area_code"}, {"draft_dept_name"}, {"adviser_licence"}, {"doc_no"}, {"record_date"},
		},
	}
}

// roundTable has one row each time a matter was sent in.
func roundTable() *legacy.Table {
	return &legacy.Table{
		Name:    "biz_review_round",
		Comment: "送审轮次表",
		Columns: append([]legacy.Column{
			{Name: "round_id", Type: "bigint", NotNull: true, Comment: "主键"},
			{Name: "matter_id", Type: "bigint", Comment: "事项ID"},
			{Name: "round_no", Type: "decimal(65,30)", Comment: "轮次"},
			{Name: "submit_time", Type: "datetime", Comment: "送审时间"},
			{Name: "return_time", Type: "datetime", Comment: "退回时间"},
			{Name: "return_reason", Type: "varchar(500)", Comment: "退回原因"},
			{Name: "round_opinion", Type: "char(1)", Comment: "本轮意见"},
			{Name: "reviewer_name", Type: "varchar(30)", Comment: "法审员"},
		}, scaffold("删除标志（0存在 1删除）")...),
		Primary: []string{"round_id"},
		Indexes: [][]string{{"matter_id"}},
	}
}

// attachments are the uploaded files: a path and the name shown. Nobody maps them: file
// names hold names of people.
func (g *generator) attachments() *legacy.Table {
	t := &legacy.Table{
		Name: "sys_attachment", Comment: "附件表", Engine: "MyISAM",
		Columns: []legacy.Column{
			{Name: "file_id", Type: "bigint", NotNull: true},
			{Name: "biz_table", Type: "varchar(64)", Comment: "业务表名"},
			{Name: "biz_id", Type: "varchar(32)", Comment: "业务主键"},
			{Name: "file_name", Type: "varchar(200)", Comment: "显示名"},
			{Name: "file_path", Type: "varchar(500)"},
			{Name: "is_delete", Type: "tinyint(1)", Comment: "1为有效"},
		},
		Primary: []string{"file_id"},
	}
	for i := range g.w.N(500) {
		row := g.matters.row(g.r.IntN(len(g.matters.table.Rows)))
		id := text(row.get("matter_id"))
		t.Rows = append(t.Rows,
			[]any{int64(i + 1), "biz_review_matter", id, "送审稿.docx", "/profile/upload/" + id + ".docx", int64(1)})
	}
	return t
}

// departments is the local organisation tree; its ids mean nothing to other systems.
func (g *generator) departments() *legacy.Table {
	t := &legacy.Table{
		Name: "sys_dept", Comment: "部门表",
		Columns: append([]legacy.Column{
			{Name: "dept_id", Type: "bigint", NotNull: true, Comment: "部门id"},
			{Name: "parent_id", Type: "bigint", Comment: "父部门id"},
			{Name: "ancestors", Type: "varchar(50)", Comment: "祖级列表"},
			{Name: "dept_name", Type: "varchar(100)", Comment: "部门名称"},
			{Name: "order_num", Type: "int", Comment: "显示顺序"},
			{Name: "status", Type: "char(1)", Comment: "部门状态（0正常 1停用）"},
		}, scaffold("删除标志（0代表存在 2代表删除）")...),
		Primary: []string{"dept_id"},
	}
	s := newSheet(t)
	add := func(id, parent int64, ancestors, name, status string) {
		l := s.add()
		l.set("dept_id", id)
		l.set("parent_id", parent)
		l.set("ancestors", ancestors)
		l.set("dept_name", name)
		l.set("order_num", int64(len(t.Rows)))
		l.set("status", status)
		l.set("del_flag", "0")
		l.set("create_by", "admin")
		l.set("create_time", launch)
	}
	add(100, 0, "0", "萧山区", "0")
	add(101, 100, "0,100", "区级部门", "0")
	add(102, 100, "0,100", "镇街", "0")
	for _, d := range g.w.Departments.List {
		status := "0"
		if d.ValidBefore != nil {
			status = "1"
		}
		add(g.deptID[d.Code], 101, "0,100,101", d.Name, status)
	}
	for _, town := range g.w.Towns.List {
		add(g.deptID[town.Code], 102, "0,100,102", town.Name, "0")
	}
	return t
}

// users are the accounts, with passwords hashed as weakly as such systems do. Nobody may
// map them.
func (g *generator) users() *legacy.Table {
	t := &legacy.Table{
		Name: "sys_user", Comment: "用户信息表",
		Columns: append([]legacy.Column{
			{Name: "user_id", Type: "bigint", NotNull: true},
			{Name: "user_name", Type: "varchar(30)", Comment: "用户账号"},
			{Name: "nick_name", Type: "varchar(30)", Comment: "用户昵称"},
			{Name: "password", Type: "varchar(100)", Comment: "密码"},
		}, scaffold("删除标志（0代表存在 2代表删除）")...),
		Primary: []string{"user_id"},
	}
	s := newSheet(t)
	for i, name := range g.centre {
		l := s.add()
		l.set("user_id", int64(i+1))
		l.set("user_name", account(i))
		l.set("nick_name", name)
		l.set("password", "e10adc3949ba59abbe56e057f20f883e") // the MD5 of 123456
		l.set("del_flag", "0")
		l.set("create_time", launch)
	}
	return t
}
