package loaders

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type keyed struct{ key string }

func (k *keyed) Key() string { return k.key }

func TestUnion(t *testing.T) {
	list := func(keys ...string) []*keyed {
		records := []*keyed{}
		for _, key := range keys {
			records = append(records, &keyed{key})
		}
		return records
	}
	for _, test := range []struct {
		name      string
		relations [][][]*keyed
		want      [][]*keyed
	}{
		{"none", nil, nil},
		{"one", [][][]*keyed{{list("1", "2"), list()}}, [][]*keyed{list("1", "2"), list()}},
		{"each once", [][][]*keyed{{list("2", "1")}, {list("1", "3", "3")}}, [][]*keyed{list("2", "1", "3")}},
		{"parents stay apart", [][][]*keyed{{list("1"), list("2")}, {list("2"), list("2")}},
			[][]*keyed{list("1", "2"), list("2")}},
		{"one is not recorded", [][][]*keyed{{nil}, {list()}}, [][]*keyed{list()}},
		{"none is recorded", [][][]*keyed{{nil}, {nil}}, [][]*keyed{nil}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var relations []func() ([][]*keyed, error)
			for _, lists := range test.relations {
				relations = append(relations, func() ([][]*keyed, error) { return lists, nil })
			}
			got, err := Union[keyed](relations...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(keyed{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("the first that fails", func(t *testing.T) {
		broken := errors.New("broken")
		_, err := Union[keyed](func() ([][]*keyed, error) { return nil, broken },
			func() ([][]*keyed, error) { t.Error("the next is asked"); return nil, nil })
		if err != broken {
			t.Errorf("%v, want %v", err, broken)
		}
	})
}
