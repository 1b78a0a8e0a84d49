package cell

// Twin watches an enum column's label column: many old tables store a code and, beside
// it, the label it had when the row was written, and the two drift apart.
type Twin struct {
	code, label column
	labels      map[string]string
}

// NewTwin makes the watcher of a column whose spec has Labels.
func NewTwin(spec Spec) (*Twin, error) {
	code, err := newColumn(Spec{}, true)
	if err != nil {
		return nil, err
	}
	label, err := newColumn(Spec{Charset: spec.Charset}, false)
	if err != nil {
		return nil, err
	}
	return &Twin{code: code, label: label, labels: spec.Labels}, nil
}

// Disagrees tells whether the label cell says something else than the code's label. A
// blank or undecodable label says nothing, and neither does a code without a label.
func (t *Twin) Disagrees(code, label []byte) bool {
	var codeBuf [64]byte
	var labelBuf [256]byte
	c, _ := t.code.read(codeBuf[:], code)
	want, known := t.labels[string(c)]
	if !known {
		return false
	}
	got, problem := t.label.read(labelBuf[:], label)
	return problem == nil && len(got) > 0 && string(got) != want
}
