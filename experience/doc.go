// Package experience does the arithmetic of careers: how much time a history
// of work amounts to, when it reached what a rule asks for, and which
// contracts follow one another closely enough to count as one run.
//
// # Dates
//
// A [Date] is a civil day, such as a person writes in a CV: it has no hour and
// no time zone. Often less is known than a day, and then a Date stands for one
// day, not known which, of an interval. [ParseDate] reads a subset of EDTF
// (ISO 8601-2): "2014-05-31", "2014-05", "2014", "2014-03/2014-06", "2014/",
// "/2014" and "unknown". Comparisons such as [Date.Before] answer with a
// [Truth], which is [Unknown] where the intervals leave the answer open. The
// zero Date means that none was stated.
//
// # Periods
//
// A [Period] is a length of years, months and days in ISO 8601: "P4Y", "P12M",
// "P30D". Adding one to a date keeps the day of the month, clamped to the
// month's last day: a month after 31 January is 28 or 29 February. That is the
// rule of Regulation (EEC, Euratom) 1182/71, Art. 3(2)(c). The method AddDate
// of package time does otherwise: it carries the days that February lacks over
// into March, and so has periods end in a month in which no lawyer would look.
// Where periods are compared, a day is a thirtieth of a month.
//
// # Spans and the calendar convention
//
// A [Span] runs from one day to another, both included, as people write it:
// 2010-01-01 to 2013-12-31 is four years exactly. [Counting.Measure] adds spans
// up. Days on which several records fall count once, for the sum of their
// fractions of full time but no more than full time. What touches and has the
// same weight is one stretch. A stretch is as many whole months as fit into
// it, and the days left over are a share of the month in which they lie. Say
//
//	2020-11-15 to 2021-03-20
//
// Four months from 15 November end with 14 March. Six days are left, 15 to 20
// March, of a month that would run to 14 April and have 31 days: 4 + 6/31
// months. Sums are exact rationals, never floating point, so that a span of N
// years measures N years wherever leap days fall, and less without its last
// day.
//
// This is the [Calendar] convention, the default. [Actual365] counts a day as
// 1/365 of a year, whatever the year; [Thirty360] gives each month thirty days
// as bonds do (30E/360), so that the 30th of a month of 31 days adds nothing and 28 February three
// days.
//
// # Since, until, and what is not known
//
// A [Counting] clips a history to the days from Since to Until. Since is an
// [Onset]: the day from which something holds, such as a diploma, which may be
// imprecise, or always, or never. Ongoing spans run to Until.
//
// Because facts may not be known, a measure has two bounds, [Measured].Low and
// High. Low takes only what is certain: records that surely count, from their
// latest beginning to their earliest end, since the latest onset. High takes
// all that may be. [Measured.AtLeast] is Unknown where a period lies between.
//
// [Counting.Reach] returns the day on which a period was reached, as an Onset;
// where it is not reached by Until, it projects what is ongoing and tells the
// day on which it would be.
//
// # Gaps and chains
//
// After a last day d, a year has passed from d + 1 year + 1 day on: [GapEnds].
// [Counting.Chain] returns the run of contracts in which no gap is as long as a
// given period, up to the day on which the next one would begin.
//
// # What became of every day
//
// [Counting.Ledger] tells of every day of a history whether it was counted, with
// what share of full time and by which records, or why it was not. The months of
// its entries add up to the measure exactly.
//
// # What more work is worth
//
// Under Actual365 and Thirty360 more work never measures less. Under Calendar
// that holds for a history that goes on for longer, and for a single span
// however it is extended. It cannot hold for every hole that is filled: 31
// January to 26 February and 28 February to 30 March of 2023 measure 27/28 +
// 1 + 3/31 months, more than two; with 27 February between them they are one
// stretch of two months. Each place where stretches are joined, or one is cut
// by a change of weight, moves the sum by at most 3/31 of a month. It follows
// that Low and High bound what is certain and what is possible in this sense
// only: filling a hole with a record of which it is not known whether it
// counts may bring the measure below Low by as much.
//
// # What the package does not do
//
// It has no clock: whoever asks says until when. It knows nothing of time
// zones, hours, working days or public holidays, and nothing of what makes a
// record count: that comes in as a Truth for each [Record].
package experience
