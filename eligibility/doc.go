// Package eligibility decides, and explains, whether a candidate meets the
// eligibility rules of a vacancy of an international mission.
//
// # Rules are data
//
// A policy is a YAML file: the rules of one organisation, each a CEL expression
// with a citation of the text that it was written from. A vacancy is a YAML
// file too: the parameters that the policy asks for, and rules of its own.
// [LoadPolicy] type-checks every expression and reports every fault with its
// line and column; [Policy.Post] joins a policy and a vacancy. What ships with
// the library is in the package policies beside this one.
//
//	catalogue, err := policies.Catalogue()
//	c, err := eligibility.DecodeCase(data)
//	assessment, err := catalogue.Assess(ctx, c)
//
// # Three values
//
// What a history does not state is unknown, and never read as false, as zero or
// as true. A rule that depends on it is undetermined, unless the rest decides;
// so is the verdict, and [Assessment.Missing] names by JSON Pointer the facts
// that could still change it. An error is something else: malformed input
// ([InputError]), a faulty policy ([SourceError]), an expression without a value
// ([RuleError]). No verdict comes from an error.
//
// # Days
//
// Rules are decided as of the application date, or of the closing date where
// that is earlier or no date is given. Nothing looks at a clock.
//
// A rule that is fulfilled by an award or by time served is fulfilled on a day.
// Of alternatives the earliest day counts, of cumulative rules the latest, and
// later rules count from it. Where facts are missing, the day is an interval
// and so is what is counted from it. A rule that is only true or false has no
// day; experience counted since such a rule counts from the beginning.
//
// # Where the texts are open
//
//   - A rule that is met stays met where it is not known whether it applies. An
//     alternative of that kind leaves its group undetermined all the same, and
//     what is counted since such a rule is an interval.
//   - What may be counted is between what is certain and what is possible. With
//     calendar months a hole that is filled can cost up to 3/31 of a month (see
//     package experience), by which a record of unknown relevance could bring
//     the exact measure below what is certain without it.
//   - What ended on a day had begun by then: of a record whose beginning is not
//     known, or may be later than its end, the day that is certain counts.
//   - Whether a mission is at high or critical threat is known if every level
//     that it may have been at gives the same answer.
//   - Service education and rank of a post that asks for a cycle and no EQF level
//     must be equivalent to the level of the cycle.
//   - The kind of an employment decides nothing by itself: whether a traineeship
//     or military service is relevant, a person says.
//   - A vacancy without a closing date has no deadline that could cut an
//     application off, so that asOf is the application date; the rule deadline
//     stays undetermined.
//   - A vacancy is decided by the version of its policy that was in force on the
//     closing date, or that the case names, and by no other one: see
//     [Catalogue]. Where the date does not tell, the verdict is undetermined.
//   - Without an application date and a closing date nothing can be counted:
//     asOf is an unknown day, and rules that depend on it are undetermined.
//   - A judgement is answered under the path of its rule, such as
//     seniorLawEnforcementOfficer or clinicalExperience/progressive.
//   - Where the field of study is stated too broadly to tell, its exact code
//     decides and not a judgement of relevance, which is asked for only where
//     the vacancy's list of fields is open.
//   - A field of study that is stated as unknown (ISCED-F 99) is not stated.
//   - A national framework that is not linked to the EQF gives no level: the
//     level is unknown, as for a key that is not in the table.
//   - Language codes match by their primary subtag: en-GB serves where en is
//     required.
//   - A citizenship is an ISO 3166-1 code; EL and UK, which EU texts write, are
//     errors and are not taken for GR and GB.
//
// # Trust
//
// A policy is safe to load from an untrusted hand: expressions cannot do I/O,
// their size, depth and cost are bounded when they are loaded, for histories of
// [MaxRecords] records a list, and assessing stops when its context ends.
//
// # Compatibility
//
// An assessment names in its pins everything that it depends on. [Semantics]
// grows with every change of what a verdict means.
package eligibility
