package notarization

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// day is a day of the demo, counted from 2010-01-01; none is before all of them.
type day int

const none day = -1

const calendarDays = 16 * 366

// calendar writes days in the layouts of the database's columns. Each text is made once
// and shared by all rows.
type calendar struct {
	days  [calendarDays]time.Time
	texts map[string]*[calendarDays]any // by layout
	times [calendarDays][8]any          // datetimes at the office's clock times
}

func newCalendar() *calendar {
	c := &calendar{texts: map[string]*[calendarDays]any{}}
	for i := range c.days {
		c.days[i] = world.Day(2010, 1, 1+i)
	}
	return c
}

func dayOf(t time.Time) day { return day(t.Sub(world.Day(2010, 1, 1)) / (24 * time.Hour)) }

func (c *calendar) at(d day) time.Time { return c.days[d] }

// text writes the day by a Go layout, or in the manner named chinese or excel.
func (c *calendar) text(layout string, d day) any {
	texts := c.texts[layout]
	if texts == nil {
		texts = new([calendarDays]any)
		c.texts[layout] = texts
	}
	if texts[d] == nil {
		t := c.days[d]
		switch layout {
		case "chinese":
			texts[d] = chineseDay(t)
		case "excel":
			texts[d] = strconv.Itoa(int(t.Sub(world.Day(1899, 12, 30)) / (24 * time.Hour)))
		default:
			texts[d] = t.Format(layout)
		}
	}
	return texts[d]
}

// clock writes the day with one of eight clock times.
func (c *calendar) clock(d day, slot int) any {
	if c.times[d][slot] == nil {
		c.times[d][slot] = fmt.Sprintf("%s %02d:%02d:%02d", c.days[d].Format(time.DateOnly), 9+slot, slot*7%60,
			slot*13%60)
	}
	return c.times[d][slot]
}

// millis is a moment of the day in milliseconds since 1970 UTC; the office's clock is
// eight hours ahead.
func (c *calendar) millis(d day, slot int) int64 {
	return (c.days[d].Unix() + int64(3600*(1+slot))) * 1000
}

func (c *calendar) isWorkday(d day) bool {
	w := c.days[d].Weekday()
	return w != time.Saturday && w != time.Sunday
}

// after is the day so many working days later.
func (c *calendar) after(d day, workdays int) day {
	for workdays > 0 || !c.isWorkday(d) {
		d++
		if c.isWorkday(d) {
			workdays--
		}
	}
	return d
}

func chineseDay(t time.Time) string {
	numerals := strings.Fields("〇 一 二 三 四 五 六 七 八 九")
	var s strings.Builder
	for _, digit := range strconv.Itoa(t.Year()) {
		s.WriteString(numerals[digit-'0'])
	}
	below40 := func(n int) string {
		text := ""
		if n >= 10 {
			text = "十"
			if n >= 20 {
				text = numerals[n/10] + "十"
			}
		}
		if n%10 > 0 {
			text += numerals[n%10]
		}
		return text
	}
	s.WriteString("年" + below40(int(t.Month())) + "月" + below40(t.Day()) + "日")
	return s.String()
}
