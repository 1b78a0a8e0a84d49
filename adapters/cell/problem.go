package cell

// One value a finding: Decode hands out these pointers, so a dirty cell costs no
// allocation. Nobody writes to them.
var (
	undecodable        = &Problem{UndecodableText, Dropped}
	lostCharacters     = &Problem{LostCharacters, Suspect}
	markupRemoved      = &Problem{MarkupRemoved, Repaired}
	notANumber         = &Problem{NotANumber, Dropped}
	numberOutOfRange   = &Problem{NumberOutOfRange, Dropped}
	numberRounded      = &Problem{NumberOutOfRange, Suspect}
	unreadableDate     = &Problem{UnreadableDate, Dropped}
	impossibleDate     = &Problem{ImpossibleDate, Dropped}
	zeroDate           = &Problem{ZeroDate, Dropped}
	dateOutOfRange     = &Problem{DateOutOfRange, Dropped}
	unknownCode        = &Problem{UnknownCode, Suspect}
	unknownCodeDropped = &Problem{UnknownCode, Dropped}
	notAFlag           = &Problem{NotAFlag, Dropped}
	notAFlagSkipped    = &Problem{NotAFlag, Suspect}
	badChecksum        = &Problem{BadChecksum, Dropped}
	notAnIdentifier    = &Problem{NotAnIdentifier, Dropped}
	otherDocument      = &Problem{OtherDocument, Suspect}
	unknownTown        = &Problem{UnknownTown, Dropped}
	unknownDepartment  = &Problem{UnknownDepartment, Dropped}
	unreadableNumber   = &Problem{UnreadableNumber, Dropped}
)
