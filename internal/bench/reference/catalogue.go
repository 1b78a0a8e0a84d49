package reference

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// catalogue finds the codecs that the mapping files declare, while the server starts. It
// keeps the first error.
type catalogue struct {
	ctx   context.Context
	env   cell.Env
	files map[model.System]*mapping.File
	pools map[model.System]*sql.DB
	err   error
}

// field is a member of an object in the answer, and how its cell is read.
type field struct {
	member string // `,"status":`
	codec  cell.Codec
}

// fields gives the record's fields in the order of the answer.
func (c *catalogue) fields(system model.System, record string, names ...string) []field {
	list := make([]field, len(names))
	for i, name := range names {
		list[i] = field{`,"` + name + `":`, c.codec(system, record, name)}
	}
	return list
}

// codec gives the codec of one field.
func (c *catalogue) codec(system model.System, record, name string) cell.Codec {
	for _, f := range c.files[system].Records[record].Fields {
		if f.Name != name {
			continue
		}
		spec := f.Spec
		if f.Dictionary != nil {
			spec.Values = c.codes(system, f.Dictionary)
		}
		codec, err := cell.New(spec, c.env)
		c.fail(err)
		return codec
	}
	c.fail(fmt.Errorf("reference: %s has no mapped field %s", record, name))
	return nil
}

// codes reads a code table.
func (c *catalogue) codes(system model.System, d *mapping.Dictionary) map[string]string {
	codes := map[string]string{}
	statement := plan.Dictionary(d)
	c.fail(query(c.ctx, c.pools[system], statement.SQL, statement.Args, func(cells []sql.RawBytes) error {
		if value, ok := d.Labels[strings.Trim(string(cells[1]), " ")]; ok {
			codes[strings.Trim(string(cells[0]), " ")] = value
		}
		return nil
	}))
	return codes
}

func (c *catalogue) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}
