package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// gathering writes what is the same for every kind: finders of ids, checks, and what
// persons, organisations, towns, departments, documents and searches gather from the kinds.
func (d *declared) gathering() string {
	var b bytes.Buffer
	d.finders(&b)
	d.tables(&b)
	d.checks(&b)
	d.bearers(&b)
	d.sightings(&b)
	d.feeds(&b)
	d.searches(&b)
	d.mentions(&b)
	return b.String()
}

func (d *declared) finders(b *bytes.Buffer) {
	b.WriteString("// kindFinders find the records of every kind by key.\nfunc (r *Resolver) kindFinders() map[string]finder {\n\treturn map[string]finder{\n")
	for _, k := range d.kinds {
		fmt.Fprintf(b, "\t\t%q: byKey(r.Set.%s),\n", k.Name, k.Set)
	}
	b.WriteString("\t}\n}\n\n// casesOf counts the kind of record that is each system's case; nil where it has none.\nfunc (r *Resolver) casesOf(system model.System) *adapters.Statistics {\n\tswitch system {\n")
	for _, k := range d.kinds {
		if k.isRecord() {
			fmt.Fprintf(b, "\tcase model.System%s:\n\t\treturn r.Set.%s.Statistics()\n", k.System, k.Set)
		}
	}
	b.WriteString("\t}\n\treturn nil\n}\n\n")
	b.WriteString("// statisticsOf counts the records of a kind, by its name; nil where\n" +
		"// the kind has no statistics.\nfunc (r *Resolver) statisticsOf(record string) *adapters.Statistics {\n\tswitch record {\n")
	for _, k := range d.kinds {
		if d.schema.Types[k.Name+"Stats"] != nil {
			fmt.Fprintf(b, "\tcase %q:\n\t\treturn r.Set.%s.Statistics()\n", k.Name, k.Set)
		}
	}
	b.WriteString("\t}\n\treturn nil\n}\n\n")
}

// tables writes how figures of the annual report find what they count.
func (d *declared) tables(b *bytes.Buffer) {
	b.WriteString("// tableOf is a kind of record as figures of the annual report read it; nil for a type that is none.\n" +
		"func (r *Resolver) tableOf(record string) annualreport.Table {\n\tswitch record {\n")
	for _, k := range d.kinds {
		fmt.Fprintf(b, "\tcase %q:\n\t\treturn table[model.%[1]s, *model.%[1]s]{r.Set.%[2]s}\n", k.Name, k.Set)
	}
	b.WriteString("\t}\n\treturn nil\n}\n\n")
}

// checksOf are the rules about a record that only other records can answer: its number is
// its own, nobody else's name stands under its resident number, and what it refers to in its
// own system is there.
func (d *declared) checksOf(k *kind) (list []string) {
	if r := k.role; r != nil && r.Person != "" {
		list = append(list, fmt.Sprintf("linkage.OtherName(r.linkage(), r.%sBearer())", lower(k.Name)))
	}
	for _, f := range k.Fields {
		if f.Directives.ForName("unique") != nil {
			list = append(list, fmt.Sprintf("quality.Numbered(r.Set.%s, %s)", k.Set, fieldOf(k.Name, f.Name)))
		}
		of := d.byName[k.refers[f.Name]]
		if of != nil && of.System == k.System {
			list = append(list, fmt.Sprintf("quality.Linked(r.Set.%s, %q, %q, %s)", of.Set, of.key, f.Name,
				fieldOf(k.Name, f.Name+"Ref")))
		}
	}
	return list
}

func (d *declared) checks(b *bytes.Buffer) {
	b.WriteString("// assessments lists every kind of record with its checks, by system.\nfunc (r *Resolver) assessments() []quality.Assessment {\n\treturn []quality.Assessment{\n")
	for _, k := range d.kinds {
		checks := "nil"
		if len(d.checksOf(k)) > 0 {
			checks = "r." + lower(k.Name) + "Checks()"
		}
		fmt.Fprintf(b, "\t\tquality.Assess(r.Set.%s, %s),\n", k.Set, checks)
	}
	b.WriteString("\t}\n}\n\n")
	for _, k := range d.kinds {
		list := d.checksOf(k)
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(b,
			"func (r *Resolver) %sChecks() []quality.Check[model.%s] {\n\treturn []quality.Check[model.%[2]s]{\n\t\t%s,\n\t}\n}\n\n", lower(k.Name), k.Name, strings.Join(list, ",\n\t\t"))
	}
}

func (d *declared) bearers(b *bytes.Buffer) {
	for _, k := range d.kinds {
		if r := k.role; r != nil && r.Person != "" {
			fmt.Fprintf(b,
				"func (r *Resolver) %[1]sBearer() linkage.Bearer[model.%[2]s] {\n\treturn linkage.Bearer[model.%[2]s]{\n\t\tSource: r.Set.%[3]s, NumberField: %[4]q, NameField: %[5]q,\n\t\tNumber: func(o *model.%[2]s) *model.ResidentNumber { return o.%[6]s },\n\t\tName: func(o *model.%[2]s) *model.PersonName { return o.%[7]s },\n\t}\n}\n\n",
				lower(k.Name), k.Name, k.Set, r.Resident, r.Person, goName(r.Resident), goName(r.Person))
		}
	}
	b.WriteString("// namesRead read numbers and names of all rows that name persons.\nfunc (r *Resolver) namesRead(ctx context.Context, note linkage.Note) []func() (model.System, error) {\n\treturn []func() (model.System, error){\n")
	for _, k := range d.kinds {
		if r := k.role; r != nil && r.Person != "" {
			fmt.Fprintf(b, "\t\tlinkage.NamesIn(ctx, r.%sBearer(), note),\n", lower(k.Name))
		}
	}
	b.WriteString("\t}\n}\n\n")
}

func (d *declared) sightings(b *bytes.Buffer) {
	b.WriteString("// personSightings lists every kind of row in which a person has a number.\nfunc (r *Resolver) personSightings() []linkage.Sighting[model.Person] {\n\ts := r.Set\n\treturn []linkage.Sighting[model.Person]{\n")
	for _, k := range d.kinds {
		if r := k.role; r != nil && r.Resident != "" {
			name := "nil"
			if r.Person != "" {
				name = fmt.Sprintf("func(o *model.%s) *model.PersonName { return o.%s }", k.Name, goName(r.Person))
			}
			fmt.Fprintf(b, "\t\tlinkage.PersonsIn(s.%s, %q, %s),\n", k.Set, r.Resident, name)
		}
	}
	b.WriteString("\t}\n}\n\n// organizationSightings lists every kind of row in which an organisation has a code.\nfunc (r *Resolver) organizationSightings() []linkage.Sighting[model.Organization] {\n\ts := r.Set\n\treturn []linkage.Sighting[model.Organization]{\n")
	for _, k := range d.kinds {
		if r := k.role; r != nil && r.Code != "" {
			name := "nil"
			if r.Organization != "" {
				name = "o." + goName(r.Organization)
			}
			fmt.Fprintf(b,
				"\t\tlinkage.OrganizationsIn(s.%s, %q, func(o *model.%s) (name, code *string) { return %s, o.%s }),\n",
				k.Set, r.Code, k.Name, name, goName(r.Code))
		}
	}
	b.WriteString("\t}\n}\n\n")
}

func (d *declared) feeds(b *bytes.Buffer) {
	d.partyFeeds(b, "personFeeds are the systems whose records have persons as parties",
		func(r *role) string { return r.Resident }, "RowsByField")
	d.partyFeeds(b, "organizationFeeds are the systems whose records have organisations as parties",
		func(r *role) string { return r.Code }, "RowsByOrganization")
	d.placeFeeds(b, "townFeeds are the systems whose records belong to towns", "Town")
	d.placeFeeds(b, "departmentFeeds are the systems whose records belong to departments", "Department")
}

func (d *declared) partyFeeds(b *bytes.Buffer, is string, field func(*role) string, rows string) {
	name, _, _ := strings.Cut(is, " ")
	fmt.Fprintf(b, "// %s.\nfunc (r *Resolver) %s() []loaders.Feed {\n\ts := r.Set\n\treturn []loaders.Feed{\n", is,
		name)
	for _, record := range d.kinds {
		if !record.isRecord() {
			continue
		}
		received := fmt.Sprintf("func(o *model.%s) *model.Date { return o.ReceivedOn }", record.Name)
		var parties []string
		for _, k := range d.rolesOf(record) {
			by := field(k.role)
			if by == "" {
				continue
			}
			found := fmt.Sprintf("loaders.%s(s.%s, %q)", rows, k.Set, by)
			switch {
			case k == record:
				parties = append(parties, fmt.Sprintf("loaders.Direct(s.%s, %s, %s)", k.Set, found, received))
			case k.role.Record != "":
				parties = append(parties,
					fmt.Sprintf("loaders.Through(%s, func(o *model.%s) *string { return new(o.Key()) }, s.%s, %q, %s)",
						found, k.Name, record.Set, k.role.By, received))
			default:
				parties = append(parties, fmt.Sprintf("loaders.Through(%s, %s, s.%s, %q, %s)", found,
					fieldOf(k.Name, k.role.Of+"Ref"), record.Set, "", received))
			}
		}
		if len(parties) > 0 {
			fmt.Fprintf(b, "\t\tloaders.FeedThrough(model.System%s,\n\t\t\t%s),\n", record.System,
				strings.Join(parties, ",\n\t\t\t"))
		}
	}
	b.WriteString("\t}\n}\n\n")
}

// placeFeeds writes the systems whose records have a town or department: by the field of that
// name, or else by the first of that type.
func (d *declared) placeFeeds(b *bytes.Buffer, is, typ string) {
	name, _, _ := strings.Cut(is, " ")
	fmt.Fprintf(b, "// %s.\nfunc (r *Resolver) %s() []loaders.Feed {\n\ts := r.Set\n\treturn []loaders.Feed{\n", is,
		name)
	for _, k := range d.kinds {
		if !k.isRecord() {
			continue
		}
		field := ""
		for _, f := range k.Fields {
			if f.Type.Name() == typ && k.mapped[f.Name] && (field == "" || f.Name == lower(typ)) {
				field = f.Name
			}
		}
		if field != "" {
			fmt.Fprintf(b, "\t\tloaders.FeedOf(s.%s, %q),\n", k.Set, field)
		}
	}
	b.WriteString("\t}\n}\n\n")
}

func (d *declared) searches(b *bytes.Buffer) {
	b.WriteString("// searches tells of each system which record a search looks for, and in which fields.\nfunc (r *Resolver) searches() map[model.System]search.Arm {\n\ts := r.Set\n\treturn map[model.System]search.Arm{\n")
	for _, k := range d.kinds {
		if !k.isRecord() {
			continue
		}
		fmt.Fprintf(b, "\t\tmodel.System%s: search.In(s.%s, adapters.Searched{\n", k.System, k.Set)
		for _, as := range []struct{ declared, field string }{{"KEY", "Keys"}, {"NUMBER", "Numbers"},
			{"TITLE", "Titles"}, {"ORGANIZATION", "Organizations"}} {
			var fields []string
			for _, f := range k.Fields {
				if s := f.Directives.ForName("search"); s != nil && slices.Contains(texts(s, "as"), as.declared) {
					fields = append(fields, f.Name)
				}
			}
			if fields != nil {
				fmt.Fprintf(b, "\t\t\t%s: []string{%s},\n", as.field, quotedList(fields))
			}
		}
		d.rosters(b, k)
		b.WriteString("\t\t}),\n")
	}
	b.WriteString("\t}\n}\n\n")
}

// rosters writes the child tables that name organisations which take part in a record.
func (d *declared) rosters(b *bytes.Buffer, record *kind) {
	var list []string
	for _, k := range d.rolesOf(record) {
		if r := k.role; r.WhenField != "" && r.Of != "" {
			list = append(list,
				fmt.Sprintf("{Source: s.%s, Path: %q, Of: %q, Kind: %q, Is: %q, Organization: %q, Person: %q, Code: %q}",
					k.Set, listOf(record, k)+"."+r.Organization, r.Of, r.WhenField, r.WhenValue,
					r.Organization, r.Person, r.Code))
		}
	}
	if list != nil {
		fmt.Fprintf(b, "\t\t\tRosters: []adapters.Roster{\n\t\t\t\t%s,\n\t\t\t},\n", strings.Join(list, ",\n\t\t\t\t"))
	}
}

func (d *declared) mentions(b *bytes.Buffer) {
	b.WriteString("// mentions lists every relation by which a system names documents.\nfunc (r *Resolver) mentions() []joins.Mention {\n\ts := r.Set\n\treturn []joins.Mention{\n")
	for _, k := range d.kinds {
		for _, f := range k.Fields {
			via := f.Directives.ForName("via")
			if f.Type.Name() == "Document" && via != nil {
				fmt.Fprintf(b, "\t\tjoins.MentionIn(s.%s, %q, %s),\n", k.Set, text(via, "from"),
					fieldOf(k.Name, text(via, "written")))
			}
		}
	}
	b.WriteString("\t}\n}\n")
}
