package experience

// Onset is when something began to hold: from a day, from a day not known
// within an interval, always, perhaps never. The zero value holds always.
//
// It is kept as the earliest and the latest day that the facts allow, "always"
// standing before every day and "never" after it. What is fulfilled for
// certain has a latest day; what cannot be fulfilled has no earliest one.
type Onset struct {
	earliest, latest ordinal
}

// Always is the onset of what holds on every day.
func Always() Onset { return Onset{} }

// Never is the onset of what does not hold on any day.
func Never() Onset { return Onset{never, never} }

// PerhapsAlways is the onset of what holds always or never.
func PerhapsAlways() Onset { return Onset{0, never} }

// From is the onset of what holds from d on; never where d is not stated.
func From(d Date) Onset {
	if !d.IsValid() {
		return Never()
	}
	return Onset{d.first, d.last}
}

// PerhapsFrom is the onset of what holds from d on or not at all. A date that
// is not stated may be any.
func PerhapsFrom(d Date) Onset {
	if !d.IsValid() {
		d = UnknownDate()
	}
	return Onset{d.first, never}
}

// Met reports whether it holds from some day on.
func (o Onset) Met() Truth {
	switch {
	case o.latest != never:
		return True
	case o.earliest == never:
		return False
	}
	return Unknown
}

// On returns the day from which it holds, an interval where that is not known
// exactly. It is the zero Date unless o is met, and where it holds always.
func (o Onset) On() Date {
	if o.latest == never || o.latest == 0 {
		return Date{}
	}
	return Date{max(o.earliest, firstDay), o.latest}
}

// IsExact reports whether the day is certain, never and always included.
func (o Onset) IsExact() bool { return o.earliest == o.latest }

// Earliest returns the onset of an alternative: of what holds as soon as one
// of the two does.
func (o Onset) Earliest(p Onset) Onset {
	return Onset{min(o.earliest, p.earliest), min(o.latest, p.latest)}
}

// Latest returns the onset of what holds as soon as both do.
func (o Onset) Latest(p Onset) Onset {
	return Onset{max(o.earliest, p.earliest), max(o.latest, p.latest)}
}

// MayPrecede reports whether o may begin before p surely has.
func (o Onset) MayPrecede(p Onset) bool { return o.earliest < p.latest }

// SurelyBy reports whether o has surely begun on an earlier day than p surely
// has.
func (o Onset) SurelyBy(p Onset) bool { return o.latest < p.latest }

// Perhaps returns the onset of what holds from o on or not at all.
func (o Onset) Perhaps() Onset { return Onset{o.earliest, never} }

// OrAlways returns the onset of what holds from o on or always.
func (o Onset) OrAlways() Onset { return Onset{0, o.latest} }

// Either returns the onset of what holds from o on or from p on, not known
// which.
func (o Onset) Either(p Onset) Onset {
	return Onset{min(o.earliest, p.earliest), max(o.latest, p.latest)}
}
