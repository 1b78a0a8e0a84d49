package engine

import (
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

func bigDB(n int) *legacy.Database {
	t := &legacy.Table{Name: "aj", Comment: "案件", Primary: []string{"id"},
		Columns: []legacy.Column{
			{Name: "id", Type: "int", NotNull: true},
			{Name: "ajbh", Type: "varchar(40)", NotNull: true, Default: "''", Comment: "案件编号"},
			{Name: "town", Type: "varchar(20)"},
			{Name: "slrq", Type: "date"},
			{Name: "zt", Type: "char(2)"},
			{Name: "del", Type: "char(1)"},
			{Name: "je", Type: "decimal(20,2)"},
			{Name: "ms", Type: "text"},
			{Name: "申请人", Type: "varchar(50)"},
			{Name: "order", Type: "int"},
			{Name: "rq", Type: "varchar(20)"},
		},
		Indexes: [][]string{{"ajbh"}, {"town", "slrq"}, {"slrq"}, {"zt"}},
	}
	for i := range n {
		var d any = time.Date(2018, 1, 1+i*7%2000, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		if i%17 == 0 {
			d = nil
		}
		if i%19 == 0 {
			d = "0000-00-00"
		}
		var del any = "0"
		if i%5 == 0 {
			del = nil
		}
		if i%11 == 0 {
			del = "1"
		}
		t.Rows = append(t.Rows, []any{int64(i + 1), fmt.Sprintf("(2024)浙温法援字第%05d号", i), fmt.Sprintf("3301990%02d", i%22), d,
			[]string{"10", "20", "30", "99"}[i%4], del, fmt.Sprintf("%d.%02d", i%5000, i%100), "案情摘要", []any{"张三", "李四", nil, "Wang"}[i%4], int64(i % 7), fmt.Sprintf("2024%02d%02d", i%13, i%32)})
	}
	return &legacy.Database{Name: "flyz", Charset: "utf8", Tables: []*legacy.Table{t}}
}

func TestProbe(t *testing.T) {
	db := bigDB(100000)
	t0 := time.Now()
	s, err := Start(t.Context(), "127.0.0.1:0", []*legacy.Database{db})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("start", time.Since(t0))
	defer s.Close()
	user := os.Getenv("PUSER")
	if user == "" {
		user = "bureaugraph"
	}
	c, err := sql.Open("mysql", user+"@tcp("+s.Addr()+")/flyz?interpolateParams=true")
	if err != nil {
		t.Fatal(err)
	}
	c.SetMaxOpenConns(1)
	b, _ := os.ReadFile("/tmp/probe/q.sql")
	for _, q := range strings.Split(string(b), "\n") {
		if strings.TrimSpace(q) == "" {
			continue
		}
		if n, u, ok := strings.Cut(q, "@@UNION "); ok && n == "" {
			var parts []string
			var k int
			fmt.Sscan(u, &k)
			for i := range k {
				parts = append(parts, fmt.Sprintf("(SELECT %d AS k, `id`, `ajbh` FROM `aj` WHERE `town` = '3301990%02d' AND (`del` = '0' OR `del` IS NULL) ORDER BY `slrq` DESC, `id` DESC LIMIT 11)", i, i%22))
			}
			q = strings.Join(parts, " UNION ALL ")
		}
		if strings.HasPrefix(q, "@@IN") {
			var keys []string
			for i := range 100 {
				keys = append(keys, fmt.Sprintf("'(2024)浙温法援字第%05d号'", i*37))
			}
			q = "SELECT `id`,`town` FROM `aj` WHERE (`del` = '0' OR `del` IS NULL) AND `ajbh` IN (" + strings.Join(keys, ",") + ")"
		}
		for range 1 {
			t0 := time.Now()
			out, err := dump(c, q)
			el := time.Since(t0)
			show := q
			if len(show) > 300 {
				show = show[:300]
			}
			if len(out) > 900 {
				out = out[:900] + "..."
			}
			fmt.Printf("%s\n  -> %v\n%s err=%v\n", show, el, out, err)
			if !strings.HasPrefix(q, "SELECT") && !strings.HasPrefix(q, "(") {
				break
			}
		}
	}
}

func dump(c *sql.DB, q string) (string, error) {
	rows, err := c.Query(q)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	cols, _ := rows.Columns()
	var sb strings.Builder
	n := 0
	for rows.Next() {
		v := make([]sql.RawBytes, len(cols))
		p := make([]any, len(cols))
		for i := range v {
			p[i] = &v[i]
		}
		if err := rows.Scan(p...); err != nil {
			return sb.String(), err
		}
		n++
		if n <= 25 {
			for i := range v {
				if v[i] == nil {
					sb.WriteString("NULL|")
				} else {
					sb.WriteString(string(v[i]) + "|")
				}
			}
			sb.WriteString("\n")
		}
	}
	sb.WriteString(fmt.Sprintf("[%d rows]", n))
	return sb.String(), rows.Err()
}
