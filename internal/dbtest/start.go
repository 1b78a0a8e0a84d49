package dbtest

// Start brings up a throw-away server for a program that is no test, such as a
// benchmark; stop ends it and removes its files.
func Start() (s *Server, stop func(), err error) {
	if s, err = start(); err != nil {
		return nil, nil, err
	}
	return s, s.close, nil
}
