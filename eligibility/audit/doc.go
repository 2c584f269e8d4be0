// Package audit audits past selections as a stream of decisions.
//
// An [Auditor] assesses many cases, which come as JSON lines ([Auditor.Lines])
// or decoded ([Auditor.Cases]), and yields the results in the order of the
// input. What it yields can be written, counted ([Report]), compared within a
// vacancy ([EqualTreatment]), gone on with after a run that broke off
// ([Auditor.Resume]), and proved later ([Verifier]).
//
// # The stream
//
// Lines are decoded, assessed and written in JSON by several workers; the bytes
// do not depend on their number. No more is under way than four batches of 32
// lines or 64 KiB, or four cases where they come decoded, for each worker; a line that is
// longer than 4 MiB takes the room of several. A case that cannot be read or
// assessed is a result with an error, and the run goes on. When the context
// ends, when reading fails or when the caller has enough, everything stops: the
// workers have ended when the loop is left, and the goroutine that reads ends as
// soon as its reader returns.
//
// # Who fell on which rule
//
// With [Auditor.Clauses] the rows of [Totals.Rules] count, for each rule, the
// cases of which it is true that
//
//   - Applied: the rule applies: its status is not notApplicable;
//   - Fell: the verdict is ineligible, and the rule and every rule around it are
//     unmet. Below alternatives nobody falls, but on their group: no single
//     alternative is required;
//   - OnlyCause: the candidate fell on the rule, and without it would not be
//     ineligible;
//   - Undetermined: the verdict is undetermined, and so are the rule and every
//     rule around it;
//   - MoreEligible: the verdict is not eligible, and without the rule it would
//     be;
//   - Carried: of alternatives that are met by this one alone, the rule is the
//     one that is met, or is within it and met.
//
// NeverMattered says of a rule that Fell, Undetermined, MoreEligible and Carried
// are all 0: by the rules nobody's verdict hung on it. It may still be the clause
// of a case that was recorded otherwise.
//
// Without a rule means what [eligibility.Without] does: the rule applies to
// nobody. Groups leave it out, a group of nothing else does not apply itself,
// and since a rule that does not apply everything counts. So without the
// education that a post requires, all experience counts. Where no other rule
// reads the fulfilment of the rule at the top, the statuses tell what becomes of
// the verdict, exactly: what is dropped changes nothing but the groups around
// it, a cumulative group is met when all that is left of it is, and a group of
// alternatives that is not met is not met with fewer of them. Elsewhere the case
// is assessed anew without the rule.
//
// # What is compared with the record
//
// [Recorded] groups the disagreements by the clauses that made the difference,
// as [Disagreement] says. A rule that is unmet only because another one that it
// reads is unmet, such as experience that is counted since an education that was
// never fulfilled, is a consequence and no clause: without the other one it is
// not unmet. The same holds of undetermined rules.
package audit
