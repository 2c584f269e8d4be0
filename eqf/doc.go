// Package eqf places qualifications: the level of a national framework in the
// European Qualifications Framework, a degree in its cycle, a study in its
// field. It is tables and look-ups, with no clock, no network and no state; all
// functions may be called from several goroutines at once.
//
// # The frameworks
//
// The European Qualifications Framework (EQF) has eight levels of learning
// outcomes, the same for school, vocational and higher education: [Level]. It
// is set out in Council Recommendation 2017/C 189/03 of 22 May 2017.
//
// A national qualifications framework (NQF) has levels of its own. A state
// links them to the EQF by a referencing report: see [Referencing]. Equal
// numbers do not mean equal levels. Level 8 is EQF level 6 in Ireland, 5 in
// Scotland, 7 in Slovenia and 8 in Germany, so a level means nothing without
// its country and framework: [Key].
//
// The European Higher Education Area (EHEA) orders degrees in cycles: short,
// first (bachelor), second (master), third (doctorate), as adopted in Paris on
// 25 May 2018 (QF-EHEA): [Cycle]. A cycle has an EQF level, but not the other
// way round: a master craftsman's diploma can be of EQF level 6 and is no
// degree. A state may be in the EHEA and have no framework linked to the EQF,
// or the reverse.
//
// ISCED-F 2013 of the UNESCO Institute for Statistics numbers the fields of
// education, from broad (04, business, administration and law) over narrow
// (042, law) to detailed (0421, law): [Field], [MatchFields].
//
// # What a look-up answers
//
// [Lookup] takes what a person wrote and the days between which the
// qualification was awarded. Its [Answer] is of one of four kinds:
//
//   - [Found]: one EQF level, or a range where the national level covers more
//     than one (French level I of 1969 is 7 or 8, qualification by qualification).
//   - [NoLevel]: the national level exists and lies outside the EQF, such as
//     entry level 1 in England.
//   - [Unreferenced]: the framework is not linked to the EQF, such as that of
//     Ukraine. The cycle is given where it is known.
//   - [NotInTable]: nothing is known.
//
// # Why it refuses
//
// NotInTable is the answer whenever more than one reading is open, because a
// wrong level would decide a case and an unknown one only asks a person. The
// commonest reasons are:
//
//   - The framework is not named, or is not one of the country.
//   - The numbering changed. France counted down until 2018 and up since;
//     Ukraine's bachelor was level 7 in the numbering of 2017 and is level 6
//     since 2020. Without the day of the award the number means nothing.
//   - A Roman numeral where an older scale uses them: the degrees VI and VII of
//     Yugoslav law are no levels of the Serbian or Croatian framework.
//
// # What the tables do not know
//
// A level belongs to a qualification, not to a framework: a title that is in no
// national register has none, whatever its kind. The police and military
// ladders of the states are in no table. Rows marked [Memory] are general
// knowledge and deserve a check against the referencing report before a person
// loses a post over them. The United Kingdom has left the EQF; its rows are the
// referencing of 2010 and, for Scotland, 2019.
//
// The designation XK (Kosovo) is without prejudice to positions on status, and
// is in line with UNSCR 1244/1999 and the ICJ opinion on the Kosovo declaration
// of independence.
//
// # Sources
//
// The tables are CSV files in the folder tables, whose README tells their
// columns. Each row names its source and how well it is founded. [TableVersion]
// identifies them; an assessment that quotes it can be repeated. Labels of
// ISCED-F 2013 are from UNESCO-UIS, ISCED Fields of Education and Training 2013:
// Detailed field descriptions (2015), Appendix I, under CC BY-SA 3.0 IGO.
package eqf

//go:generate go run ./internal/gentables
