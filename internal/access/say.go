package access

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Says tells in a few lines, each in both languages, what the role may see and do.
func (r *Role) Says() []string {
	lines := []string{
		r.saysMembers(),
		r.saysSystems(),
		r.saysRows(),
	}
	if r.FiguresOnly {
		lines = append(lines, "no records, only what is counted of them · 仅统计数据，不见记录")
	}
	if r.SuppressBelow > 0 {
		lines = append(lines, fmt.Sprintf("figures behind which fewer than %d persons stand are withheld · 不足 %[1]d 人的数据不显示",
			r.SuppressBelow))
	}
	if r.Unmasks() {
		lines = append(lines, fmt.Sprintf("%d personal fields whole, for a reason · 说明事由后可见原文的个人信息字段 %[1]d 个",
			len(r.plain)))
	}
	if r.Lookup {
		lines = append(lines, "may look persons up by number"+r.saysBounds())
	} else {
		lines = append(lines, "may not look persons up by number · 不可按身份证号查人")
	}
	if bounds := r.saysLimits(); bounds != "" {
		lines = append(lines, bounds)
	}
	if r.WithoutSchema {
		lines = append(lines, "sees no schema · 不可查询数据结构")
	}
	if r.Export {
		lines = append(lines, "may take files · 可导出文件")
	} else {
		lines = append(lines, "may not take files · 不可导出文件")
	}
	return lines
}

func (r *Role) saysLimits() string {
	var english, chinese []string
	for _, limit := range []struct {
		n                int
		english, chinese string
	}{
		{r.Limits.Cost, "cost of a request %d", "单次开销 %d 点"}, {r.Limits.Depth, "depth %d", "嵌套 %d 层"},
		{r.Limits.First, "pages of %d", "每页 %d 条"}, {r.Limits.PerSecond, "%d requests a second", "每秒 %d 次"},
		{r.Limits.AtOnce, "%d at once", "突发 %d 次"},
	} {
		if limit.n > 0 {
			english = append(english, fmt.Sprintf(limit.english, limit.n))
			chinese = append(chinese, fmt.Sprintf(limit.chinese, limit.n))
		}
	}
	if english == nil {
		return ""
	}
	return "at most " + strings.Join(english, ", ") + " · 上限：" + strings.Join(chinese, "，")
}

func (r *Role) saysMembers() string {
	var claims []string
	for _, claim := range slices.Sorted(maps.Keys(r.Members)) {
		claims = append(claims, claim+" "+strings.Join(r.Members[claim], ", "))
	}
	if claims == nil {
		return "of nobody by a claim · 无成员条件"
	}
	return "of whoever has · 成员条件: " + strings.Join(claims, "; ")
}

func (r *Role) saysSystems() string {
	var names, labels []string
	for _, s := range model.AllSystem {
		if r.Sees(s) {
			names, labels = append(names, string(s)), append(labels, s.Label())
		}
	}
	return fmt.Sprintf("systems %s · 系统 %s", strings.Join(names, ", "), strings.Join(labels, "、"))
}

func (r *Role) saysRows() string {
	if r.rows == nil {
		return "all rows · 全部记录"
	}
	var parts []string
	for _, by := range []struct {
		name string
		values
	}{{"towns", r.rows.towns}, {"departments", r.rows.departments}, {"handlers", r.rows.handlers}} {
		of := strings.Join(by.list, ", ")
		if by.claim != "" {
			of = strings.TrimPrefix(of+", the claim "+by.claim, ", ")
		}
		if of != "" {
			parts = append(parts, by.name+" "+of)
		}
	}
	return "rows of · 记录范围: " + strings.Join(parts, "; ")
}

func (r *Role) saysBounds() string {
	var parts []string
	if r.PersonsPerHour > 0 {
		parts = append(parts, fmt.Sprintf("%d an hour", r.PersonsPerHour))
	}
	if r.PersonsPerDay > 0 {
		parts = append(parts, fmt.Sprintf("%d a day", r.PersonsPerDay))
	}
	bounds := ""
	if parts != nil {
		bounds = ", " + strings.Join(parts, ", ")
	}
	return bounds + " · 可按身份证号查人"
}
