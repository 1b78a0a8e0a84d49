package model

// The legal aid system (法律援助). Every pointer is nil where the legacy cell holds
// nothing, or nothing readable; the row's DataIssues tell which. A field named …Ref
// holds the key by which a relation is resolved, never a value to show.

// IsGranted tells whether aid was granted, by the state and the absence of a refusal; aid
// that was terminated later was granted (Legal Aid Law Art. 48).
func (c *LegalAidCase) IsGranted() bool {
	if c.Status == nil || c.Refusal != nil {
		return false
	}
	switch *c.Status {
	case LegalAidStatusGranted, LegalAidStatusAssigned, LegalAidStatusInProgress, LegalAidStatusLawyerChanged,
		LegalAidStatusTerminated,
		LegalAidStatusClosed, LegalAidStatusFileSubmitted, LegalAidStatusQualityReviewed, LegalAidStatusSubsidyPaid,
		LegalAidStatusArchived:
		return true
	}
	return false
}
