package model

import "strconv"

// What Cell of a record gives, by the type of the field.

func textCell[T ~string](v *T) []string {
	if v == nil {
		return nil
	}
	return []string{string(*v)}
}

func listCell[T ~string](list []T) (texts []string) {
	for _, v := range list {
		texts = append(texts, string(v))
	}
	return texts
}

func numberCell(v *int) []string {
	if v == nil {
		return nil
	}
	return []string{strconv.Itoa(*v)}
}

func flagCell(v *bool) []string {
	if v == nil {
		return nil
	}
	return []string{strconv.FormatBool(*v)}
}

func dayCell(v *Date) []string {
	if v == nil {
		return nil
	}
	return []string{v.String()}
}
