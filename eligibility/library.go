package eligibility

import (
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// LibraryVersion is the version of the CEL library: of the functions that a
// policy may use. A function that is added states the version it came with.
const LibraryVersion = 3

// word is a function or a macro of the CEL library, as it is documented.
type word struct {
	name      string
	since     int // the library version that introduced it
	signature string
	about     string
	option    func(name string) cel.EnvOption // nil: it is CEL's own
}

// library lists every word that a policy may use beside CEL's operators and
// the macros all, exists, exists_one, filter, map and has.
var library = []word{
	{"date", 1, `date(string) -> Date`, "a day: date(\"2014-05-31\")", func(n string) cel.EnvOption {
		return function(n, cel.Overload("date_string", []*cel.Type{cel.StringType}, dateType, cel.UnaryBinding(makeDate)))
	}},
	{"period", 1, `period(string) -> Period`, "an ISO 8601 period of years, months and days: period(\"P1Y6M\")", func(n string) cel.EnvOption {
		return function(n, cel.Overload("period_string", []*cel.Type{cel.StringType}, periodType, cel.UnaryBinding(makePeriod)))
	}},
	{"years", 1, `years(int) -> Period`, "a period of so many years", ofInt("years_int", periodType, years)},
	{"months", 1, `months(int) -> Period`, "a period of so many months", ofInt("months_int", periodType, months)},
	{"days", 1, `days(int) -> Period`, "a period of so many days; as a length, a day is a thirtieth of a month", ofInt("days_int", periodType, days)},
	{"cycle", 1, `cycle(string) -> Cycle`, "an EHEA cycle: cycle(\"short\"), \"first\", \"second\" or \"third\"; cycles compare in that order", func(n string) cel.EnvOption {
		return function(n, cel.Overload("cycle_string", []*cel.Type{cel.StringType}, cycleType, cel.UnaryBinding(makeCycle)))
	}},
	{"level", 1, `Cycle.level() -> int`, "the EQF level of the cycle: 5 for short, 6 for first, 7 for second, 8 for third", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("cycle_level", []*cel.Type{cycleType}, cel.IntType, cel.UnaryBinding(func(c ref.Val) ref.Val {
			return types.Int(c.(cycleValue).cycle.Level())
		})))
	}},
	{"anyOf", 1, `anyOf(list(Fulfilment)) -> Fulfilment`, "fulfilled on the earliest day on which one of them is", groupOf("any_of", true)},
	{"allOf", 1, `allOf(list(Fulfilment)) -> Fulfilment`, "fulfilled on the day on which all of them are", groupOf("all_of", false)},

	{"awarded", 1, `candidate.awarded(q, predicate) -> Fulfilment`, "fulfilled by the earliest award of a qualification q for which the predicate holds", foldMacro("qualifications")},
	{"ranked", 1, `candidate.ranked(r, predicate) -> Fulfilment`, "fulfilled by the earliest award of a rank r for which the predicate holds", foldMacro("ranks")},
	{"worked", 1, `candidate.worked(e, predicate) -> Service`, "the employments e for which the predicate holds, until asOf", foldMacro("employments")},
	{"served", 1, `candidate.served(c, predicate) -> Service`, "the contracts c for which the predicate holds, until asOf", foldMacro("contracts")},

	{"resided", 2, `candidate.resided(r, predicate) -> Service`, "the residences r for which the predicate holds, until asOf; the days of which no residence is stated may count too", foldMacro("residences")},
	{"countriesOfResidence", 3, `candidate.countriesOfResidence() -> list(Residence)`, "the first residence in each country", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("candidate_countries_of_residence", []*cel.Type{candidateRecord.celType}, cel.ListType(residenceRecord.celType), cel.UnaryBinding(func(c ref.Val) ref.Val {
			return countriesOfResidence(c.(*object[Candidate]))
		})))
	}},

	{"since", 1, `Service.since(Date | Fulfilment) -> Service`, "without the days before; nothing counts since what is not fulfilled, everything since what does not apply", func(n string) cel.EnvOption {
		return function(n,
			cel.MemberOverload("service_since_date", []*cel.Type{serviceType, dateType}, serviceType, cel.BinaryBinding(func(s, d ref.Val) ref.Val {
				v := d.(*dateValue)
				service := s.(*serviceValue)
				return service.since(experience.From(v.date), factsOf(v.open))
			})),
			cel.MemberOverload("service_since_fulfilment", []*cel.Type{serviceType, fulfilmentType}, serviceType, cel.BinaryBinding(func(s, v ref.Val) ref.Val {
				return s.(*serviceValue).since(v.(*fulfilment).since())
			})))
	}},
	{"until", 1, `Service.until(Date) -> Service`, "without the days after; ongoing service runs until that day", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("service_until", []*cel.Type{serviceType, dateType}, serviceType, cel.BinaryBinding(func(s, d ref.Val) ref.Val {
			return s.(*serviceValue).until(d.(*dateValue))
		})))
	}},
	{"atThreat", 1, `Service.atThreat(list(string)) -> Service`, "of contracts, only the days on which their mission was at one of the levels of threat; gaps are still those between whole contracts", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("service_at_threat", []*cel.Type{serviceType, cel.ListType(cel.StringType)}, serviceType, cel.BinaryBinding(func(s, levels ref.Val) ref.Val {
			return s.(*serviceValue).atThreat(levelsIn(levels))
		})))
	}},
	{"atThreat", 1, `Mission.atThreat(list(string), Date) -> bool`, "whether the mission was at one of the levels of threat on the day: low, moderate, significant, high or critical", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("mission_at_threat", []*cel.Type{missionRecord.celType, cel.ListType(cel.StringType), dateType}, cel.BoolType, cel.FunctionBinding(func(args ...ref.Val) ref.Val {
			m := args[0].(*object[Mission])
			return m.ev.missionAtThreat(m, args[2].(*dateValue), levelsIn(args[1]))
		})))
	}},
	{"chain", 1, `Service.chain(Period, Date) -> Service`, "of contracts, the run that a contract from that day on would continue: in which every gap, the last one too, is shorter than the period", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("service_chain", []*cel.Type{serviceType, periodType, dateType}, serviceType, cel.FunctionBinding(func(args ...ref.Val) ref.Val {
			return args[0].(*serviceValue).chain(args[1].(periodValue).period, args[2].(*dateValue))
		})))
	}},
	{"reaches", 1, `Service.reaches(Period) -> Fulfilment`, "fulfilled on the day on which the service first amounts to the period", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("service_reaches", []*cel.Type{serviceType, periodType}, fulfilmentType, cel.OverloadIsNonStrict(), cel.BinaryBinding(reaches)))
	}},
	{"leaves", 1, `Service.leaves(Period, Period) -> bool`, "whether the service and the first period together are no more than the second: x.leaves(deployment, cap)", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("service_leaves", []*cel.Type{serviceType, periodType, periodType}, cel.BoolType, cel.FunctionBinding(func(args ...ref.Val) ref.Val {
			return args[0].(*serviceValue).leaves(args[1].(periodValue).period, args[2].(periodValue).period)
		})))
	}},
	{"total", 1, `Service.total() -> Total`, "how long the service was; compares with a period", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("service_total", []*cel.Type{serviceType}, totalType, cel.UnaryBinding(func(s ref.Val) ref.Val {
			return s.(*serviceValue).total()
		})))
	}},
	{"lastDay", 1, `Service.lastDay() -> Date`, "the last day that was served, 0001-01-01 where none was", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("service_last_day", []*cel.Type{serviceType}, dateType, cel.UnaryBinding(func(s ref.Val) ref.Val {
			return s.(*serviceValue).lastDay()
		})))
	}},

	{"eqfLevel", 1, `Qualification.eqfLevel() -> Level`, "the EQF level: as stated, by the national framework, by the cycle, or by the kind; compares with a number, what has none being below all", ofQualification("eqf_level", levelType, eqfLevel)},
	{"equivalentLevel", 1, `Qualification.equivalentLevel() -> Level`, "the level that it is attested as equivalent to, else its EQF level", ofQualification("equivalent_level", levelType, equivalentLevel)},
	{"eheaCycle", 1, `Qualification.eheaCycle() -> Cycle`, "the EHEA cycle; of a university qualification unknown where not stated, of any other kind none, which is below all", ofQualification("ehea_cycle", cycleType, eheaCycle)},
	{"relevant", 1, `application.relevant(Employment | Qualification) -> bool`, "what a person judged; of an employment else whether its domains meet those of the vacancy", func(n string) cel.EnvOption {
		return function(n,
			cel.MemberOverload("application_relevant_employment", []*cel.Type{applicationRecord.celType, employmentRecord.celType}, cel.BoolType, cel.BinaryBinding(func(_, e ref.Val) ref.Val {
				return relevantEmployment(e.(*object[Employment]))
			})),
			cel.MemberOverload("application_relevant_qualification", []*cel.Type{applicationRecord.celType, qualificationRecord.celType}, cel.BoolType, cel.BinaryBinding(func(_, q ref.Val) ref.Val {
				return relevantQualification(q.(*object[Qualification]))
			})))
	}},
	{"inField", 1, `application.inField(Qualification) -> bool`, "whether the qualification is in a field of study (ISCED-F) that the vacancy asks for; where its list is open, a person decides", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("application_in_field", []*cel.Type{applicationRecord.celType, qualificationRecord.celType}, cel.BoolType, cel.BinaryBinding(func(_, q ref.Val) ref.Val {
			return inField(q.(*object[Qualification]))
		})))
	}},
	{"matches", 1, `ExperiencePart.matches(Employment) -> bool`, "whether the employment meets each list, of domains and of levels, that the part states", func(n string) cel.EnvOption {
		return function(n, cel.MemberOverload("part_matches", []*cel.Type{partRecord.celType, employmentRecord.celType}, cel.BoolType, cel.BinaryBinding(func(p, e ref.Val) ref.Val {
			return matches(p.(*object[ExperiencePart]), e.(*object[Employment]))
		})))
	}},
	{"size", 1, `size(list | string) -> int`, "how many elements or characters there are", nil},
	{"startsWith", 1, `string.startsWith(string) -> bool`, "whether the text begins so", nil},
	{"endsWith", 1, `string.endsWith(string) -> bool`, "whether the text ends so", nil},
	{"contains", 1, `string.contains(string) -> bool`, "whether the text contains the other one", nil},
	{"string", 1, `string(Date | Period | int | double | bool | Total) -> string`, "the value as text, for messages", textOf},
}

// standardFunctions are what is kept of CEL's standard library; comparisons
// are declared anew in compare.go.
var standardFunctions = []string{
	operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.Conditional,
	operators.Equals, operators.NotEquals, operators.In, operators.Index,
	operators.Add, operators.Subtract, operators.Negate, operators.NotStrictlyFalse,
	"size", "startsWith", "endsWith", "contains",
}

// parsed returns what a text stands for, or the error of reading it.
func parsed[T any](v ref.Val, parse func(string) (T, error), value func(T) ref.Val) ref.Val {
	s, ok := v.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	t, err := parse(string(s))
	if err != nil {
		return types.WrapErr(err)
	}
	return value(t)
}

func makeDate(v ref.Val) ref.Val {
	return parsed(v, experience.ParseDate, func(d experience.Date) ref.Val {
		if !d.IsExact() {
			return types.NewErr("%q is not one day: state it as 2014-05-31", v)
		}
		return &dateValue{date: d}
	})
}

func makePeriod(v ref.Val) ref.Val {
	return parsed(v, experience.ParsePeriod, func(p experience.Period) ref.Val { return periodValue{period: p} })
}

func makeCycle(v ref.Val) ref.Val {
	return parsed(v, eqf.ParseCycle, func(c eqf.Cycle) ref.Val { return cycleValue{cycle: c} })
}

func years(n ref.Val) ref.Val  { return makeParts(n, func(n int) (int, int, int) { return n, 0, 0 }) }
func months(n ref.Val) ref.Val { return makeParts(n, func(n int) (int, int, int) { return 0, n, 0 }) }
func days(n ref.Val) ref.Val   { return makeParts(n, func(n int) (int, int, int) { return 0, 0, n }) }

func makeParts(v ref.Val, parts func(int) (years, months, days int)) ref.Val {
	n, ok := v.(types.Int)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	if n < 0 || n > 1<<30 {
		return types.NewErr("%d is outside the range of a period", n)
	}
	p, err := experience.NewPeriod(parts(int(n)))
	if err != nil {
		return types.WrapErr(err)
	}
	return periodValue{period: p}
}

func ofInt(id string, result *cel.Type, get func(ref.Val) ref.Val) func(string) cel.EnvOption {
	return func(name string) cel.EnvOption {
		return function(name, cel.Overload(id, []*cel.Type{cel.IntType}, result, cel.UnaryBinding(get)))
	}
}

func groupOf(id string, any bool) func(string) cel.EnvOption {
	return func(name string) cel.EnvOption {
		return function(name, cel.Overload(id, []*cel.Type{cel.ListType(fulfilmentType)}, fulfilmentType, cel.UnaryBinding(func(v ref.Val) ref.Val {
			var children []*fulfilment
			for it := v.(traits.Lister).Iterator(); it.HasNext() == types.True; {
				f, ok := it.Next().(*fulfilment)
				if !ok {
					return types.MaybeNoSuchOverloadErr(v)
				}
				children = append(children, f)
			}
			if len(children) == 0 {
				return types.NewErr("%s of an empty list", name)
			}
			group := combine(children[0].ev, children, any)
			return &group
		})))
	}
}

func ofQualification(id string, result *cel.Type, get func(*object[Qualification]) ref.Val) func(string) cel.EnvOption {
	return func(name string) cel.EnvOption {
		return function(name, cel.MemberOverload(id, []*cel.Type{qualificationRecord.celType}, result, cel.UnaryBinding(func(q ref.Val) ref.Val {
			return get(q.(*object[Qualification]))
		})))
	}
}

func textOf(name string) cel.EnvOption {
	show := func(id string, of *cel.Type, text func(ref.Val) string) cel.FunctionOpt {
		return cel.Overload(id, []*cel.Type{of}, cel.StringType, cel.UnaryBinding(func(v ref.Val) ref.Val { return types.String(text(v)) }))
	}
	convert := func(v ref.Val) string { s, _ := v.ConvertToType(types.StringType).(types.String); return string(s) }
	return function(name,
		show("date_to_string", dateType, func(v ref.Val) string { return v.(*dateValue).date.String() }),
		show("period_to_string", periodType, func(v ref.Val) string { return v.(periodValue).period.String() }),
		show("total_to_string", totalType, func(v ref.Val) string { return v.(*totalValue).measured.Low.Period().String() }),
		show("int_to_string", cel.IntType, convert),
		show("double_to_string", cel.DoubleType, convert),
		show("bool_to_string", cel.BoolType, convert))
}
