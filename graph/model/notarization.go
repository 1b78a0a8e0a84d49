package model

import (
	"slices"
	"strconv"
	"strings"
)

// NotarialMatter is one notarial matter, from the application to the certificates it
// led to. A nil field is a cell that was empty or dropped.
type NotarialMatter struct {
	Row
	Number     *string // as written: a single number or a range
	NumberKey  *string // normalised for comparing
	Title      *string
	ReceivedOn *Date
	ClosedOn   *Date
	TownRef    *string // canonical town code

	Status      *NotarialStatus
	StatusCode  *string // as stored, a Chinese word
	Type        *NotarialMatterType
	TypeCode    *string // as stored, pinyin initials
	Region      *NotarialRegion
	Class       *NotarialClass
	Channel     *NotarialChannel
	ChannelCode *string

	AcceptedOn           *Date // the 15 working days of Notarization Law Art. 30 run from here
	MaterialsRequestedOn *Date // the clock stops
	MaterialsCompletedOn *Date // the clock runs on
	VerifyingFrom        *Date // the clock stops
	VerifyingTo          *Date // the clock runs on
	ApprovedOn           *Date
	IssuedOn             *Date
	DeliveredOn          *Date
	ArchivedOn           *Date

	HasPendingMaterial *bool
	IsProvinceWide     *bool
	IsDoorToDoor       *bool
	VisitReason        *NotarialVisitReason
	JudicialTask       *NotarialJudicialTask
	RefusalReason      *NotarialRefusalReason
	RefusalReasonCode  *string
	TerminationReason  *NotarialTerminationReason
	UseCountry         *string
	UseLanguage        *string
	Copies             *int
	Assistants         []PersonName
	Approver           *PersonName

	NotaryRef *string // licence number, the key of Notary
	OfficeRef *string // key of NotaryOffice
	FeeRef    *string // key of NotarialFee
}

// IsNode marks the type as a GraphQL Node.
func (*NotarialMatter) IsNode() {}

// IsRecord marks the type as a Record.
func (*NotarialMatter) IsRecord() {}

// StatusLabel is the Chinese name of the state; the stored word where the state is none
// the graph knows, nil where there is none.
func (m *NotarialMatter) StatusLabel() *string {
	switch {
	case m.Status == nil:
		return nil
	case *m.Status == NotarialStatusOther && m.StatusCode != nil:
		return m.StatusCode
	}
	return new(m.Status.Label())
}

// Needs names the stored fields that the computed ones read.
func (NotarialMatter) Needs() map[string][]string {
	return map[string][]string{
		"statusLabel":     {"status", "statusCode"},
		"applicants":      nil,
		"certificates":    nil,
		"reexaminations":  nil,
		"extras":          nil,
		"kunpengServices": nil,
	}
}

// NotarialMatterConnection is one page of notarial matters.
type NotarialMatterConnection = Connection[NotarialMatter]

// NotarialMatterEdge is one matter of a page.
type NotarialMatterEdge = Edge[NotarialMatter]

// NotarialApplicant is a party of one matter; the same person has a row for each.
type NotarialApplicant struct {
	Row
	PartyKind        *NotarialApplicantKind // person or enterprise
	Role             *NotarialApplicantRole
	Name             *PersonName // who signs, for an enterprise
	OrganizationName *string     // nil for persons
	DocumentKind     *NotarialDocumentKind
	DocumentKindCode *string
	ResidentID       *ResidentNumber
	CreditCode       *string
	Phone            *Phone
	Address          *Address

	MatterRef *string // key of NotarialMatter
}

// IsNode marks the type as a GraphQL Node.
func (*NotarialApplicant) IsNode() {}

// NotarialFee is the bill of one matter.
type NotarialFee struct {
	Row
	Notary          *Money
	Copies          *Money
	Translation     *Money
	Courier         *Money
	Reduction       *Money
	ReductionReason *NotarialReductionReason
	Total           *Money
	PaidOn          *Date
	Payment         *NotarialPayment
	PaymentCode     *string

	MatterRef *string // key of NotarialMatter
}

// IsNode marks the type as a GraphQL Node.
func (*NotarialFee) IsNode() {}

// IsFullyPaid tells whether the notarial fee was paid with nothing taken off. It is false
// where the reduction cannot be read.
func (f *NotarialFee) IsFullyPaid() bool {
	isUnclear := slices.ContainsFunc(f.DataIssues(), func(i *DataIssue) bool { return i.Field == "reduction" })
	return f.Payment != nil && *f.Payment == NotarialPaymentPaid && (f.Reduction == nil || *f.Reduction == 0) && f.ReductionReason == nil && !isUnclear
}

// NotarialCertificate is one certificate, or a range of certificates issued together.
type NotarialCertificate struct {
	Row
	Number    *string // as written: a single number or a range
	NumberKey *string // normalised for comparing
	IssuedOn  *Date
	Region    *NotarialRegion
	Copies    *int
	Status    *NotarialCertificateStatus

	MatterRef *string // key of NotarialMatter
}

// IsNode marks the type as a GraphQL Node.
func (*NotarialCertificate) IsNode() {}

// FirstSerial is the first serial number of the range, or the only one; nil when the
// number could not be read.
func (c *NotarialCertificate) FirstSerial() *int {
	first, _ := serials(c.NumberKey)
	return first
}

// LastSerial is the last serial number of the range, or the only one; nil when the
// number could not be read.
func (c *NotarialCertificate) LastSerial() *int {
	_, last := serials(c.NumberKey)
	return last
}

// Needs names the stored fields that the computed ones read.
func (NotarialCertificate) Needs() map[string][]string {
	return map[string][]string{"firstSerial": {"numberKey"}, "lastSerial": {"numberKey"}}
}

// serials takes the serial or the range of serials at the end of a normalised number:
// 123-126 of (2023)浙杭萧证民字第123-126号.
func serials(key *string) (first, last *int) {
	if key == nil {
		return nil, nil
	}
	text := strings.TrimSuffix(*key, "号")
	text = text[len(strings.TrimRight(text, "0123456789-")):]
	from, to, isRange := strings.Cut(text, "-")
	if !isRange {
		to = from
	}
	a, err := strconv.Atoi(from)
	if err != nil {
		return nil, nil
	}
	b, err := strconv.Atoi(to)
	if err != nil {
		return nil, nil
	}
	return &a, &b
}

// NotarialReexamination is one re-examination of a certificate.
type NotarialReexamination struct {
	Row
	RequestedOn *Date
	DecidedOn   *Date // nil while open
	Outcome     *NotarialReexaminationOutcome
	OutcomeCode *string

	MatterRef      *string // key of NotarialMatter
	CertificateRef *string // key of NotarialCertificate
}

// IsNode marks the type as a GraphQL Node.
func (*NotarialReexamination) IsNode() {}

// NotarialExtra is one further particular of a matter, as name and value.
type NotarialExtra struct {
	Row
	Name      *string // key of the key-value row
	Value     *string
	ValueType *string

	MatterRef *string // key of NotarialMatter
}

// IsNode marks the type as a GraphQL Node.
func (*NotarialExtra) IsNode() {}

// Notary is a notary; the licence number is the key that matters refer to.
type Notary struct {
	Row
	Licence         *string // opaque: its form varied over the years
	Name            *PersonName
	Status          *NotaryStatus
	PractisingSince *PartialDate

	OfficeRef *string // key of NotaryOffice
}

// IsNode marks the type as a GraphQL Node.
func (*Notary) IsNode() {}

// Needs lists the mapped fields behind the fields that are not mapped themselves.
func (Notary) Needs() map[string][]string {
	return map[string][]string{"notarialMatters": nil}
}

// NotaryOffice is a notary office, an institution of its own beside the bureau.
type NotaryOffice struct {
	Row
	Name       *string
	CreditCode *string // begins with 32
	TownRef    *string // canonical town code
	Hotline    *string // public telephone
}

// IsNode marks the type as a GraphQL Node.
func (*NotaryOffice) IsNode() {}

// NotarialServiceItem is a matter of the published service list.
type NotarialServiceItem struct {
	Row
	Code           *string
	Name           *string
	Type           *NotarialMatterType
	IsListed       *bool
	IsProvinceWide *bool
}

// IsNode marks the type as a GraphQL Node.
func (*NotarialServiceItem) IsNode() {}

// KunpengService is one one-to-one notarial service for a Kunpeng enterprise.
type KunpengService struct {
	Row
	Year           *int
	EnterpriseName *string
	CreditCode     *string
	Topics         []KunpengTopic
	TopicsText     *string
	ServedOn       *Date

	NotaryRef *string // licence number, the key of Notary
	MatterRef *string // key of NotarialMatter
}

// IsNode marks the type as a GraphQL Node.
func (*KunpengService) IsNode() {}

// NotarialReexaminationConnection is one page of re-examinations of certificates.
type NotarialReexaminationConnection = Connection[NotarialReexamination]

// NotarialReexaminationEdge is one re-examination of a page.
type NotarialReexaminationEdge = Edge[NotarialReexamination]

// NotarialCertificateConnection is one page of notarial certificates.
type NotarialCertificateConnection = Connection[NotarialCertificate]

// NotarialCertificateEdge is one certificate of a page.
type NotarialCertificateEdge = Edge[NotarialCertificate]

// KunpengServiceConnection is one page of notarial services for Kunpeng enterprises.
type KunpengServiceConnection = Connection[KunpengService]

// KunpengServiceEdge is one service of a page.
type KunpengServiceEdge = Edge[KunpengService]
