package adapters

// LearnTypes has the source ask the server what it knows of its tables, as Open does.
func (s *Source[T]) LearnTypes() { s.catalog = &catalog{db: s.db, large: LargeTable} }
