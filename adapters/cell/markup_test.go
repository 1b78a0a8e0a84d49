package cell

import "testing"

func TestMarkup(t *testing.T) {
	const repaired = "MARKUP_REMOVED REPAIRED"
	spelled{"markup", Spec{Kind: "text", Markup: true, Empty: []string{"无"}}, []reading{
		{name: "plain", raw: "合法", want: "合法"},
		{name: "paragraphs", raw: "<p>一</p><p class=\"x\">二</p>", want: "一\n二", finding: repaired},
		{name: "breaks", raw: "一<br/>二<BR>三", want: "一\n二\n三", finding: repaired},
		{name: "inline", raw: "<span style='a'>合</span>法<o:p></o:p>", want: "合法", finding: repaired},
		{name: "entities", raw: "甲&nbsp;&amp;&#20057;", want: "甲 &乙", finding: repaired},
		{name: "no entity", raw: "a&b;c & d &copy=1", want: "a&b;c & d &copy=1"},
		{name: "book title", raw: "<法律援助法>第一条", want: "<法律援助法>第一条"},
		{name: "unknown tag", raw: "<ABC公司>", want: "<ABC公司>"},
		{name: "comparison", raw: "x<y 且 y>z", want: "x<y 且 y>z"},
		{name: "script", raw: "甲<script>x()</script>乙", want: "甲乙", finding: repaired},
		{name: "comment", raw: "甲<!-- x -->乙", want: "甲乙", finding: repaired},
		{name: "cut off", raw: "甲<p class=\"x", want: "甲", finding: repaired},
		{name: "cut off comment", raw: "甲<!-- x", want: "甲", finding: repaired},
		{name: "cut off script", raw: "甲<script>x", want: "甲", finding: repaired},
		{name: "empty editor", raw: "<p>&nbsp;</p>"},
		{name: "empty word", raw: "<p>无</p>"},
		{name: "lost character", raw: "<p>张?三</p>", want: "张?三", finding: "LOST_CHARACTERS SUSPECT"},
	}}.run(t)
}
