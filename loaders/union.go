package loaders

// Union lists what several relations lead to, for each parent each record once, in the order of
// the relations; nil where none of them is recorded. The first that fails is the answer.
func Union[T any, R interface {
	*T
	Key() string
}](relations ...func() ([][]*T, error)) ([][]*T, error) {
	var union [][]*T
	for _, relation := range relations {
		lists, err := relation()
		if err != nil {
			return lists, err
		}
		if union == nil {
			union = make([][]*T, len(lists))
		}
		for i, list := range lists {
			union[i] = joined[T, R](union[i], list)
		}
	}
	return union, nil
}

// joined appends to a list the records that it lacks; it is nil where both lists are.
func joined[T any, R interface {
	*T
	Key() string
}](list, more []*T) []*T {
	if list == nil && more != nil {
		list = []*T{}
	}
	has := map[string]bool{}
	for _, record := range list {
		has[R(record).Key()] = true
	}
	for _, record := range more {
		if key := R(record).Key(); !has[key] {
			has[key] = true
			list = append(list, record)
		}
	}
	return list
}
