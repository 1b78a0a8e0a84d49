// Package command reads the command lines of the programs, alike for all of them, and says
// which build is running.
package command

import (
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Program is how a program is called. Flags are given with two dashes or, as Go programs
// have them, with one.
type Program struct {
	Name           string
	Description    string
	Grammar        any       // a pointer to the struct that is filled, with kong's tags; it may have a kong.VersionFlag
	Vars           kong.Vars // for ${…} in its tags
	Stdout, Stderr io.Writer
}

// Parse fills the grammar and gives the command that was called, "" without any. done is
// whether help or the version was asked for, and has been printed.
func (p Program) Parse(args []string) (called string, done bool, err error) {
	parser, err := kong.New(p.Grammar,
		kong.Name(p.Name),
		kong.Description(p.Description),
		kong.Vars{"version": Version(p.Name)},
		p.Vars,
		kong.Writers(p.Stdout, p.Stderr),
		kong.Exit(func(int) { done = true }))
	if err != nil {
		return "", false, err
	}
	context, err := parser.Parse(twoDashes(args, flags(parser)))
	if done || err != nil {
		return "", done, err
	}
	return context.Command(), false, nil
}

// flags are the names of all flags.
func flags(parser *kong.Kong) []string {
	var names []string
	_ = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error { // nothing here fails
		if flag, is := node.(*kong.Flag); is {
			names = append(names, flag.Name)
		}
		return next(nil)
	})
	return names
}

// twoDashes spells -config as kong wants it: with one dash kong takes letters only.
func twoDashes(args, flags []string) []string {
	args = slices.Clone(args)
	for i, arg := range args {
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && len(name) > 1 && slices.Contains(flags, name) {
			args[i] = "-" + arg
		}
	}
	return args
}
