package cost

import "fmt"

// Limits bound one operation. 0 means the default; those of a role may be lower, see Within.
type Limits struct {
	Depth      int // see Shape; 15
	Fields     int // 2,000
	Aliases    int // 500
	SameField  int // 100
	RootFields int // 50
	Fragments  int // 100
	Spreads    int // 500
	Directives int // 200
	Name       int // bytes; 128
	Cost       int // points, see Statement; 200,000
	Page       int // records of one page that a client may ask for; without one, what pages may be anyhow
	// Measure tells what is over a limit and lets it run, up to what the gateway bears, see Bearable.
	Measure bool
}

// WithDefaults replaces zeros.
func (l Limits) WithDefaults() Limits {
	for _, limit := range []struct {
		of       *int
		standard int
	}{
		{&l.Depth, 15}, {&l.Fields, 2000}, {&l.Aliases, 500}, {&l.SameField, 100}, {&l.RootFields, 50},
		{&l.Fragments, 100}, {&l.Spreads, 500}, {&l.Directives, 200}, {&l.Name, 128}, {&l.Cost, 200_000},
		{&l.Page, ceiling},
	} {
		if *limit.of == 0 {
			*limit.of = limit.standard
		}
	}
	return l
}

// bearable are the limits up to which an operation runs while others are only measured: beyond
// them it would take the gateway itself, and no measurement is worth that.
var bearable = Limits{Depth: 100, Fields: 20_000, Aliases: ceiling, SameField: 2_000, RootFields: ceiling,
	Fragments: 2_000, Spreads: ceiling, Directives: ceiling, Name: 1024, Cost: ceiling, Page: ceiling}

// Bearable gives the limits that hold while l only measures.
func (l Limits) Bearable() Limits {
	b := bearable
	b.Depth, b.Fields, b.SameField = max(b.Depth, l.Depth), max(b.Fields, l.Fields), max(b.SameField, l.SameField)
	b.Fragments, b.Name = max(b.Fragments, l.Fragments), max(b.Name, l.Name)
	return b
}

// Excess is one limit that an operation is over.
type Excess struct {
	Limit     string // its name in the configuration
	Got, Most int    // Got may be less than there is, where sums stop
	Sentence  string // for the client, in English and Chinese
}

// Shape gives the limits that the text of a document is over.
func (l Limits) Shape(s Shape) (over []Excess) {
	l = l.WithDefaults()
	for _, one := range []struct {
		name      string
		got, most int
		sentence  string
	}{
		{"depth", s.Depth, l.Depth, "fields are nested %d deep, at most %d are allowed. 字段嵌套 %[1]d 层，最多 %[2]d 层。"},
		{"fields", s.Fields, l.Fields, "the operation selects more than %[2]d fields, those of a fragment counted at each of its places. 所选字段超过 %[2]d 个（片段按使用处逐一计算）。"},
		{"aliases", s.Aliases, l.Aliases, "the operation has more than %[2]d aliases, those of a fragment counted at each of its places. 别名超过 %[2]d 个（片段按使用处逐一计算）。"},
		{"sameField", s.SameField, l.SameField, "one field has %d aliases, at most %d are allowed; ask for a list, or several times. 同一字段有 %[1]d 个别名，最多 %[2]d 个；请改用列表或分次查询。"},
		{"rootFields", s.RootFields, l.RootFields, "the operation asks for %d fields at the top, at most %d are allowed. 顶层字段 %[1]d 个，最多 %[2]d 个。"},
		{"fragments", s.Fragments, l.Fragments, "the document defines %d fragments, at most %d are allowed. 定义了 %[1]d 个片段，最多 %[2]d 个。"},
		{"spreads", s.Spreads, l.Spreads, "the document uses fragments at %d places, at most %d are allowed. 片段用了 %[1]d 处，最多 %[2]d 处。"},
		{"directives", s.Directives, l.Directives, "the document has %d directives, at most %d are allowed. 指令 %[1]d 个，最多 %[2]d 个。"},
		{"nameBytes", s.Name, l.Name, "a name is %d characters long, at most %d are allowed. 名称长 %[1]d 个字符，最多 %[2]d 个。"},
	} {
		if one.got > one.most {
			over = append(over, Excess{one.name, one.got, one.most, fmt.Sprintf(one.sentence, one.got, one.most)})
		}
	}
	return over
}

// Estimate gives the limits that an operation with its variables is over; usual is the model's.
func (l Limits) Estimate(e Estimate, usual int) (over []Excess) {
	l = l.WithDefaults()
	if e.Cost > l.Cost {
		over = append(over, Excess{"cost", e.Cost, l.Cost, fmt.Sprintf(
			"the operation may cost %d points, at most %d are allowed; ask for smaller pages, for fewer lists in lists, or for less at a time. 预计开销 %[1]d 点，最多 %[2]d 点；请减少每页条数、减少列表嵌套，或分次查询。", e.Cost, l.Cost)})
	}
	if e.Page > l.Page {
		over = append(over, Excess{"first", e.Page, l.Page, fmt.Sprintf(
			"%s asks for a page of %d, at most %d are allowed; turn pages by after. %[1]s 每页取 %[2]d 条，最多 %[3]d 条；请用 after 翻页。", e.Field, e.Page, l.Page)})
	}
	if most := 2 * usual; e.Introspection > most {
		over = append(over, Excess{"introspection", e.Introspection, most,
			"this asks for more of the schema than twice what the usual introspection query does; ask for fewer types, or less deep. 对结构的查询超过通常内省查询的两倍，请减少类型或层数。"})
	}
	return over
}

// Within gives the limits of a role, where it has any: 0 is that of the deployment.
func (l Limits) Within(role Limits) Limits {
	if role.Cost > 0 {
		l.Cost = role.Cost
	}
	if role.Depth > 0 {
		l.Depth = role.Depth
	}
	if role.Page > 0 {
		l.Page = role.Page
	}
	return l
}
