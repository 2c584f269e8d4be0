package eligibility

import (
	"slices"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/decls"
	"github.com/google/cel-go/common/env"
)

// The limits of an expression, which make a policy safe to load from an
// untrusted hand.
const (
	maxExpressionSize  = 4096 // characters
	maxExpressionDepth = 64
	maxExpressionNodes = 1024
	maxCost            = 300_000_000 // of a policy or a vacancy, for histories of the largest size, see cost.go
	maxRules           = 1000        // of a policy or a vacancy
	interruptEvery     = 100         // steps of a comprehension between two looks at the context
)

// newEnvironment returns the environment in which a policy's expressions are
// compiled, without the policy's own names.
func newEnvironment(readings record) (*cel.Env, error) {
	subset := env.NewLibrarySubset()
	for _, name := range standardFunctions {
		subset.AddIncludedFunctions(env.NewFunction(name))
	}
	options := []cel.EnvOption{
		cel.StdLib(cel.StdLibSubset(subset)),
		cel.ParserExpressionSizeLimit(maxExpressionSize),
		cel.ParserRecursionLimit(maxExpressionDepth),
		cel.EnableIdentifierEscapeSyntax(),
		cel.EnableMacroCallTracking(), // a ledger says what it is of
		cel.Variable("candidate", candidateRecord.celType),
		cel.Variable("vacancy", vacancyRecord.celType),
		cel.Variable("mission", missionRecord.celType),
		cel.Variable("application", applicationRecord.celType),
		cel.Variable("asOf", dateType),
		cel.Variable("start", dateType),
		cel.Variable("deploymentStart", dateType),
		cel.Variable("reading", readings.typeOf()),
	}
	options = append(options, comparisons()...)
	options = append(options, notEqual())
	for _, w := range library {
		if w.option != nil {
			options = append(options, w.option(w.name))
		}
	}
	options = append(options, foldFunctions()...)
	// The record types come last: libraries need the bare registry.
	options = append(options, withRecords(append(slices.Clip(recordTypes), readings)...))
	return cel.NewCustomEnv(options...)
}

// recordTypes are the record types that every policy knows.
var recordTypes = []record{
	candidateRecord, qualificationRecord, nqfRecord, rankRecord, employmentRecord, contractRecord, credentialRecord, languageRecord, residenceRecord,
	applicationRecord, missionRecord, vacancyRecord, educationRecord, serviceEducationRecord, complementRecord,
	experienceRecord, partRecord, requiredCredentialRecord, fulfilmentFields{},
}

// reserved are the names that expressions know without a policy; no rule and
// no element may have them.
var reserved = []string{"candidate", "vacancy", "mission", "application", "asOf", "start", "deploymentStart", "reading", "variables"}

// keywords are the words that CEL keeps for itself.
var keywords = []string{"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if",
	"import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}

func isName(s string) bool {
	return camelCase.MatchString(s) && !slices.Contains(reserved, s) && !slices.Contains(keywords, s)
}

// function declares a function of the library. Expressions are type-checked, so
// that its arguments need no second look when it is called.
func function(name string, options ...cel.FunctionOpt) cel.EnvOption {
	return cel.Function(name, append(options, decls.DisableTypeGuards(true))...)
}
