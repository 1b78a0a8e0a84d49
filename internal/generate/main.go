// Command generate writes the schema of the statistics from their definitions, and the code
// that follows from the schema and what it declares: gqlgen's executable schema and models,
// the records' structs, sources, resolvers and checks, the Chinese labels of the enums, what
// the breadth-first executor needs to know of the schema, and the entries of all kinds in the
// suites of tests. Run it by `go generate ./...`.
package main

import (
	"fmt"
	"os"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	if err := statistics(); err != nil {
		return err
	}
	d, err := declare()
	if err != nil {
		return err
	}
	if err := d.records(); err != nil {
		return err
	}
	if err := d.set(); err != nil {
		return err
	}
	if err := d.declarations(); err != nil {
		return err
	}
	if err := demo(); err != nil {
		return err
	}
	if err := d.suites(); err != nil {
		return err
	}
	cfg, err := config.LoadConfigFromDefaultLocations()
	if err != nil {
		return err
	}
	d.configure(cfg)
	err = api.Generate(cfg, api.AddPlugin(labels{}), api.AddPlugin(breadthFirst{}), api.AddPlugin(resolving{d}))
	if err != nil {
		return err
	}
	return d.removeStale()
}
