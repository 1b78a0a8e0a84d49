package loaders

import "github.com/99designs/gqlgen/graphql"

// FirstOf gives one error for those of a batch: its first; nil where there is none.
func FirstOf(err error) error {
	if batch, ok := err.(graphql.BatchErrors); ok {
		return firstOf(batch.Errors())
	}
	return err
}

func firstOf(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
