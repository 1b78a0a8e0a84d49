package policy

import "github.com/bureaugraph/bureaugraph/graph/model"

// masked is a personal value as everybody sees it.
func masked(kind model.PersonalKind, value string) string {
	switch kind {
	case model.PersonalName:
		return model.PersonName(value).Masked()
	case model.PersonalNumber:
		return model.ResidentNumber(value).Masked()
	}
	return model.Phone(value).Masked()
}

// texts are those of a field: one, or several of a list.
func texts(value any) (list []string) {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		for _, item := range value {
			list = append(list, texts(item)...)
		}
	}
	return list
}
