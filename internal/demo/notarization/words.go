package notarization

// kind is one kind of notarial matter with its code, the label in titles, how often it
// comes (per thousand) and what follows from it.
type kind struct {
	code, label string
	weight      int
	economic    bool // class economic
	abroad      bool // mostly for use abroad
	listed      bool // on the published service list, all of it province-wide since 2023
}

// kinds are the kinds of matter in the order in which ALTER added them.
func kinds() []kind {
	return []kind{
		{"ht", "合同", 36, true, false, false},
		{"jc", "继承", 92, false, false, false},
		{"wt", "委托", 132, false, false, true},
		{"sm", "声明", 88, false, false, true},
		{"zy", "赠与", 28, false, false, false},
		{"yz", "遗嘱", 38, false, false, false},
		{"ccfg", "财产分割", 16, false, false, false},
		{"ztb", "招标投标", 8, true, false, false},
		{"pm", "拍卖", 6, true, false, false},
		{"hyzk", "婚姻状况", 26, false, true, true},
		{"qsgx", "亲属关系", 48, false, true, true},
		{"sy", "收养", 3, false, false, false},
		{"cs", "出生", 58, false, true, true},
		{"sc", "生存", 8, false, true, true},
		{"sw", "死亡", 5, false, true, true},
		{"sf", "身份", 4, false, true, true},
		{"jl", "经历", 9, false, true, true},
		{"xl", "学历", 46, false, true, true},
		{"xw", "学位", 30, false, true, true},
		{"zw", "职务", 5, false, true, true},
		{"zc", "职称", 5, false, true, true},
		{"wfz", "有无违法犯罪记录", 84, false, true, true},
		{"gszc", "公司章程", 6, true, false, true},
		{"bqzj", "保全证据", 70, true, false, false},
		{"qm", "签名", 36, false, false, true},
		{"yj", "印鉴", 14, true, false, true},
		{"fb", "副本与原本相符", 34, false, true, true},
		{"yb", "译本与原本相符", 22, false, true, true},
		{"qzzx", "赋予强制执行效力", 30, true, false, false},
		{"tc", "提存", 5, true, false, false},
		{"yzbg", "遗嘱保管", 4, false, false, false},
		{"zscq", "知识产权", 16, true, false, false},
		{"fwmm", "房屋买卖委托", 56, false, false, true},
		{"wh", "未婚", 14, false, true, true},
		{"lh", "离婚", 6, false, true, true},
		{"xcjd", "现场监督", 10, true, false, false},
		{"ydjh", "意定监护", 2, false, false, false},
		{"qt", "其他", 10, false, false, false},
	}
}

// destination is a country or region where certificates are used, and the language they
// are translated into.
type destination struct {
	region, country, language any
}

func destinations() []destination {
	return []destination{
		{"foreign", "美国", "英语"}, {"foreign", "日本", "日语"}, {"foreign", "澳大利亚", "英语"}, {"foreign", "加拿大", "英语"},
		{"foreign", "英国", "英语"}, {"foreign", "新加坡", "英语"}, {"foreign", "德国", "德语"}, {"foreign", "法国", "法语"},
		{"foreign", "意大利", "意大利语"}, {"foreign", "韩国", "韩语"}, {"foreign", "西班牙", "西班牙语"},
		{"hkmo", "中国香港", nil}, {"hkmo", "中国澳门", "葡萄牙语"}, {"taiwan", "中国台湾", nil},
	}
}
