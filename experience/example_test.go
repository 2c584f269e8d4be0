package experience_test

import (
	"fmt"

	"github.com/qualify-rules/qualify/experience"
)

// A date of which only the month is known is before a later day for certain,
// but neither before nor after a day of that month.
func ExampleParseDate() {
	awarded, err := experience.ParseDate("2014-05")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(awarded, "may be", awarded.First(), "and may be", awarded.Last())
	fmt.Println(awarded.Before(experience.MustParseDate("2014-06-01")))
	fmt.Println(awarded.Before(experience.MustParseDate("2014-05-15")))

	_, err = experience.ParseDate("31.05.2014")
	fmt.Println(err)
	// Output:
	// 2014-05 may be 2014-05-01 and may be 2014-05-31
	// true
	// unknown
	// not a date: "31.05.2014": write it as 2014-05-31, 2014-05, 2014, 2014-03/2014-06 or unknown
}

// Months end where Regulation 1182/71 has them end, not where package time
// does, which makes 2 March of it.
func ExampleDate_Add() {
	d := experience.MustParseDate("2024-01-31")
	for _, p := range []string{"P1M", "P1Y1M", "P30D"} {
		fmt.Println(d, "+", p, "=", d.Add(experience.MustParsePeriod(p)))
	}
	// Output:
	// 2024-01-31 + P1M = 2024-02-29
	// 2024-01-31 + P1Y1M = 2025-02-28
	// 2024-01-31 + P30D = 2024-03-01
}

// Periods are equally long, not equal, if they are written otherwise.
func ExamplePeriod_Compare() {
	year, months := experience.MustParsePeriod("P1Y"), experience.MustParsePeriod("P12M")
	fmt.Println(year == months, year.Compare(months))
	fmt.Println(year.Compare(experience.MustParsePeriod("P11M29D")))
	// Output:
	// false 0
	// 1
}

// Two employments overlap in 2012 and are counted once; the second, which is
// half time, adds half of what comes after.
func ExampleCounting_Measure() {
	half, err := experience.ParseFraction("0.5")
	if err != nil {
		fmt.Println(err)
		return
	}
	records := []experience.Record{
		{Span: span("2010-01-01", "2012-12-31"), Counts: experience.True},
		{Span: span("2012-01-01", "2013-12-31"), Fraction: half, Counts: experience.True},
	}
	m := experience.Counting{}.Measure(records)
	fmt.Println(m.Low, m.Low.Period())
	fmt.Println(m.AtLeast(experience.MustParsePeriod("P4Y")), m.Low.Short(experience.MustParsePeriod("P4Y")))
	// Output:
	// 42 months P3Y6M
	// false P6M
}

// It is not known in which month of 2012 the work ended, nor whether the
// training counts.
func ExampleMeasured() {
	records := []experience.Record{
		{Span: span("2010-01-01", "2012"), Counts: experience.True},
		{Span: span("2013-01-01", "2013-06-30"), Counts: experience.Unknown},
	}
	m := experience.Counting{}.Measure(records)
	fmt.Println(m.Low.Period(), "to", m.High.Period())
	for _, p := range []string{"P2Y", "P3Y", "P4Y"} {
		fmt.Println(p, m.AtLeast(experience.MustParsePeriod(p)))
	}
	// Output:
	// P2Y to P3Y6M
	// P2Y true
	// P3Y unknown
	// P4Y false
}

// The work since the diploma comes to four years only after the closing day,
// if it goes on.
func ExampleCounting_Reach() {
	counting := experience.Counting{
		Since: experience.From(experience.MustParseDate("2021-07-15")),
		Until: experience.MustParseDate("2025-03-31"),
	}
	records := []experience.Record{
		{Span: experience.Span{From: experience.MustParseDate("2020-01-01")}, Counts: experience.True},
	}
	three := counting.Reach(records, experience.MustParsePeriod("P3Y"))
	fmt.Println(three.Onset.Met(), three.Onset.On())

	four := counting.Reach(records, experience.MustParsePeriod("P4Y"))
	fmt.Println(four.Onset.Met(), "projected", four.Projected)
	// Output:
	// true 2024-07-14
	// false projected 2025-07-14
}

// Between the first two contracts more than a year has passed; between the
// last two, less.
func ExampleCounting_Chain() {
	year, start := experience.MustParsePeriod("P1Y"), experience.MustParseDate("2025-06-01")
	records := []experience.Record{
		{Index: 0, Span: span("2015-01-01", "2016-12-31"), Counts: experience.True},
		{Index: 1, Span: span("2018-06-01", "2020-05-31"), Counts: experience.True},
		{Index: 2, Span: span("2021-05-31", "2024-12-31"), Counts: experience.True},
	}
	fmt.Println("a year has passed from", experience.GapEnds(records[1].Span.To, year))

	counting := experience.Counting{Until: start.Subtract(experience.MustParsePeriod("P1D"))}
	chain := counting.Chain(records, year, start)
	for _, r := range chain {
		fmt.Println("contract", r.Index)
	}
	used := counting.Measure(chain)
	fmt.Println(used.Low.Period(), used.Add(year).AtMost(experience.MustParsePeriod("P6Y")))
	// Output:
	// a year has passed from 2021-06-01
	// contract 1
	// contract 2
	// P5Y7M false
}

// What holds by either of two awards holds from the earlier one.
func ExampleOnset() {
	diploma := experience.From(experience.MustParseDate("2016-06-30"))
	rank := experience.PerhapsFrom(experience.MustParseDate("2014-03-01")) // not attested
	either, both := diploma.Earliest(rank), diploma.Latest(rank)
	fmt.Println(either.Met(), either.On().Interval())
	fmt.Println(both.Met())
	// Output:
	// true 2014-03-01/2016-06-30
	// unknown
}

func span(from, to string) experience.Span {
	return experience.Span{From: experience.MustParseDate(from), To: experience.MustParseDate(to)}
}
