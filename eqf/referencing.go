package eqf

// ReferencingStatus tells whether and when a national framework was linked
// (referenced) to the EQF. The zero value is invalid.
type ReferencingStatus struct {
	// Linked is false for a framework known not to be referenced.
	Linked bool
	// Years are the years of the referencing reports, parted by ";", such as
	// "2011;2014;2023". It is text because a year may be open: "2024 or 2025".
	// It is empty where Linked is false.
	Years string
	// Confidence is that of the row.
	Confidence Confidence
	// Source names where the row was read.
	Source string
}

// Referencing returns the status of a framework from
// tables/referencing_status.csv. It reads the same spellings of country and
// framework as [Lookup]; ok is false where the table has no such framework or
// the name fits more than one.
func Referencing(country, framework string) (status ReferencingStatus, ok bool) {
	for i := range referencings {
		r := &referencings[i]
		if r.country == country && r.framework == framework {
			return r.status, true
		}
	}
	for i := range frameworks {
		f := &frameworks[i]
		if !f.hasCountry(country) || !f.isNamed(framework) {
			continue
		}
		if ok {
			return ReferencingStatus{}, false
		}
		status, ok = f.referencing()
		if !ok {
			return ReferencingStatus{}, false
		}
	}
	return status, ok
}

// referencing is a row of tables/referencing_status.csv.
type referencing struct {
	country, framework string
	status             ReferencingStatus
}

func (f *framework) referencing() (ReferencingStatus, bool) {
	for i := range referencings {
		r := &referencings[i]
		if r.country == f.country && r.framework == f.name {
			return r.status, true
		}
	}
	return ReferencingStatus{}, false
}
