package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/server"
)

// policy are the commands that read a policy file.
type policy struct {
	Policy  string   `required:"" short:"p" help:"The policy, access.policy of the configuration." placeholder:"FILE"`
	Check   struct{} `cmd:"" help:"Say what is wrong with the policy, and what its roles may see."`
	Explain struct {
		As    string `required:"" help:"The role." placeholder:"ROLE"`
		Field string `required:"" help:"A type of the graph, or a field with its type, LegalAidApplicant.residentId." placeholder:"FIELD"`
	} `cmd:"" help:"Say what members of a role see of a field, and why."`
}

func readPolicy(file string) (*access.Policy, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("gateway: %w", err)
	}
	return server.ParsePolicy(mapping.Source{Name: file, Data: data})
}

// check lists the roles.
func (p policy) check(stdout io.Writer) error {
	read, err := readPolicy(p.Policy)
	if err != nil {
		return err
	}
	for _, role := range read.Roles() {
		fmt.Fprintf(stdout, "%s %s\n", role.Name, role.Label)
		for _, line := range role.Says() {
			fmt.Fprintf(stdout, "  %s\n", line)
		}
	}
	return nil
}

// explain says what a role's members see of one field.
func (p policy) explain(stdout io.Writer) error {
	read, err := readPolicy(p.Policy)
	if err != nil {
		return err
	}
	role := read.Role(p.Explain.As)
	if role == nil {
		var names []string
		for _, r := range read.Roles() {
			names = append(names, r.Name)
		}
		return fmt.Errorf("%s has no role %s; it has %s", p.Policy, p.Explain.As, strings.Join(names, ", "))
	}
	lines, err := server.Explain(role, p.Explain.Field)
	if err != nil {
		return err
	}
	for _, line := range lines {
		fmt.Fprintln(stdout, line)
	}
	return nil
}
