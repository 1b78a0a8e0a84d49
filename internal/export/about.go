package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/mask"
	"github.com/bureaugraph/bureaugraph/internal/report"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// about writes the sheet 说明: what was asked, of whom, when, and what to know of the rows.
func (f *xlsxFile) about(s *summary) error {
	var err error
	if f.stream, err = f.book.NewStreamWriter(aboutSheet); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	f.line = 0
	for column, width := range []float64{18, 60, 14, 14, 14, 14} {
		if err := f.stream.SetColWidth(column+1, column+1, width); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	var failed error
	say := func(style int, texts ...string) {
		if failed != nil {
			return
		}
		cells := make([]any, len(texts))
		for i, text := range texts {
			cells[i] = excelize.Cell{StyleID: style, Value: f.text(text)}
		}
		if len(texts) > 0 {
			cells[0] = excelize.Cell{StyleID: f.styles.head, Value: f.text(texts[0])}
		}
		failed = f.write(cells)
	}
	plain := f.styles.wrapped
	j := f.job

	say(plain, "报表", j.title)
	if j.name != j.title {
		say(plain, "名称", j.name)
	}
	if j.description != "" {
		say(plain, "内容", j.description)
	}
	if j.owner != "" {
		say(plain, "负责", j.owner)
	}
	say(plain, "生成时间", model.InShanghai(j.at).Format("2006-01-02 15:04:05")+"（北京时间）")
	switch {
	case len(s.Missing) == 0 && len(s.Notices) == 0:
		say(plain, "完整性", "所查系统均已应答")
	case len(s.Missing) == 0:
		say(f.styles.warning, "完整性", "所查系统均已应答，但本文件不是全部，见“范围”与“注意”")
	default:
		say(f.styles.warning, "完整性", incomplete(s))
		for _, m := range s.Missing {
			say(f.styles.warning, "缺失", strings.TrimSpace(m.Path+" "+m.Message))
		}
	}

	say(plain)
	say(f.styles.head, "列表", "筛选条件", "记录数", "行数", "范围")
	for _, l := range s.Lists {
		extent, style := "全部", plain
		if l.table.Name != report.Overview && !l.whole {
			extent = "部分"
			style = f.styles.warning
		}
		say(style, l.table.Label, l.table.Asked(f.job.plan.Schema, j.variables), fmt.Sprint(l.records),
			fmt.Sprint(l.rows), extent)
	}
	for _, n := range s.Notices {
		say(f.styles.warning, "注意", n.Message)
	}
	for _, l := range s.Lists {
		if l.withheld > 0 {
			say(f.styles.warning, "隐去",
				fmt.Sprintf("%s：%d 组（项）数字因人数过少（或可由此推出人数过少的组）不予显示，单元格为空，不是 0", l.table.Label, l.withheld))
		}
	}
	for _, l := range s.Lists {
		if texts := repeated(l); len(texts) > 0 {
			say(plain, "重复列",
				l.table.Label+"："+strings.Join(texts, "、")+"。一条记录有多行下级记录时，这些列的数字只填在第一行，其余以灰色重复，求和与透视不会重复计算；计条数请看“记录数”")
		}
	}
	if f.long > 0 {
		say(f.styles.warning, "注意", fmt.Sprintf("有 %d 个文本超过单元格上限（%d 字符），已截短并以“…”结尾", f.long, mostCharacters))
	}
	masked, whole := personalColumns(s, j.disclosure)
	if len(masked) > 0 {
		say(plain, "脱敏", strings.Join(masked, "、"))
	}
	if len(whole) > 0 {
		say(f.styles.warning, "明文", strings.Join(whole, "、")+"（含个人信息原文，请按规定保管，用后销毁）")
	}

	if len(j.operation.VariableDefinitions) > 0 {
		say(plain)
		say(f.styles.head, "变量", "取值")
		for _, v := range j.operation.VariableDefinitions {
			value, given := j.variables[v.Variable]
			if !given {
				continue
			}
			title := v.Variable
			if t := j.titles[v.Variable]; t != "" && t != title {
				title = t + " " + title
			}
			say(plain, title, report.Said(j.plan.Schema, v.Type, value))
		}
	}

	say(plain)
	say(f.styles.head, "来源系统", "状态", "查询次数", "读取行数", "已修复单元格", "未能识别单元格")
	for _, e := range s.Sources {
		style := plain
		if e.Status != sources.OK {
			style = f.styles.warning
		}
		say(style, systemLabel(j, e.System), string(e.Status), fmt.Sprint(e.Statements), fmt.Sprint(e.Rows),
			fmt.Sprint(e.Repaired), fmt.Sprint(e.Dropped))
	}

	say(plain)
	for i, line := range strings.Split(strings.TrimRight(mask.Text(j.query), "\n"), "\n") {
		title := ""
		if i == 0 {
			title = "查询"
		}
		say(plain, title, line)
	}
	if failed != nil {
		return failed
	}
	return f.finish()
}

// repeated are the columns of a list that stand on several of its rows.
func repeated(l listSummary) (labels []string) {
	for _, c := range l.table.Columns {
		if c.Repeats && l.rows > l.records && !slices.Contains(labels, c.Label) {
			labels = append(labels, c.Label)
		}
	}
	return labels
}

// personalColumns are the columns of personal data: those that are masked, and those that the
// request was shown whole.
func personalColumns(s *summary, disclosure *access.Disclosure) (masked, whole []string) {
	_, shown := disclosure.Fields()
	for _, l := range s.Lists {
		for _, c := range l.table.Columns {
			of := &masked
			if slices.Contains(shown, c.Field) {
				of = &whole
			}
			if c.Personal && !slices.Contains(*of, c.Label) {
				*of = append(*of, c.Label)
			}
		}
	}
	return masked, whole
}

// systemLabel is the Chinese name of a system.
func systemLabel(j *job, name string) string {
	if enum := j.plan.Schema.Types["System"]; enum != nil {
		if value := enum.EnumValues.ForName(name); value != nil {
			if _, label, ok := strings.Cut(value.Description, " · "); ok {
				return label
			}
		}
	}
	return name
}
