package experience

// ordinal is the number of a civil day in the proleptic Gregorian calendar:
// 1 is 0001-01-01. Zero is no day.
type ordinal = int32

const (
	firstDay ordinal = 1
	lastDay  ordinal = 3652059 // 9999-12-31
	never            = lastDay + 1
)

const (
	daysPerEra   = 146097 // 400 Gregorian years
	epochOfMarch = 305    // days from 0000-03-01 to the day before 0001-01-01
)

// ordinalOf counts in years that begin in March, so that a leap day is the
// last of its year.
func ordinalOf(year, month, day int) ordinal {
	if month <= 2 {
		year--
		month += 12
	}
	era := year / 400
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3)+2)/5 + day
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return ordinal(era*daysPerEra + dayOfEra - epochOfMarch - 1)
}

func civilOf(n ordinal) (year, month, day int) {
	z := int(n) + epochOfMarch
	era := z / daysPerEra
	dayOfEra := z - era*daysPerEra
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	monthOfYear := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*monthOfYear+2)/5 + 1
	month = monthOfYear + 3
	year = yearOfEra + era*400
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

func isLeap(year int) bool {
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if isLeap(year) {
			return 29
		}
		return 28
	}
	return 31
}

// addMonths keeps the day of the month, clamped to the month's last day:
// Regulation (EEC, Euratom) No 1182/71, Article 3(2)(c).
func addMonths(year, month, day, months int) ordinal {
	month += months - 1
	year += month / 12
	month %= 12
	if month < 0 {
		month += 12
		year--
	}
	month++
	if year < 1 {
		return firstDay
	}
	return ordinalOf(year, month, min(day, daysIn(year, month)))
}
