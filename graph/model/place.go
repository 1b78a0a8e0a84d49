package model

// Town is a town or street of the district; reference data, owned by no system.
type Town struct {
	Code           string // nine-digit division code
	Name           string
	LatinName      string
	Kind           TownKind
	JudicialOffice string
	OldCodes       []string // in code order, never nil
	OldNames       []string // of the old codes
}

// IsNode marks the type as a GraphQL Node.
func (*Town) IsNode() {}

// ID is the Node id.
func (t *Town) ID() string { return EncodeID("Town", t.Code) }

// DepartedTown is a division that left the district.
type DepartedTown struct {
	Code string // it had in the district
	Name string
}

// Department is a unit with its names over time; reference data, owned by no system.
type Department struct {
	Code         string // canonical short code
	Name         string
	CreditCode   *string // nil when the reference data has none
	Aliases      []string
	ValidFrom    *Date // nil when unknown
	ValidBefore  *Date // nil while the unit exists
	Predecessors []*Department
	Successor    *Department // nil while the unit exists
}

// IsNode marks the type as a GraphQL Node.
func (*Department) IsNode() {}

// ID is the Node id.
func (d *Department) ID() string { return EncodeID("Department", d.Code) }
