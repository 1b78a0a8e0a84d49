package model

import "testing"

func TestLegalityReviewStatusLabel(t *testing.T) {
	for _, c := range []struct {
		name   string
		review LegalityReview
		want   string
	}{
		{"no state", LegalityReview{}, "none"},
		{"known state", LegalityReview{Status: new(LegalityReviewStatusArchived), StatusCode: new("13")}, "已归档"},
		{"unknown code", LegalityReview{Status: new(LegalityReviewStatusOther), StatusCode: new("77")}, "77"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := "none"
			if label := c.review.StatusLabel(); label != nil {
				got = *label
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
