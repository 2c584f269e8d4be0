package eligibility

// Interpreted has CEL's interpreter evaluate the rules in place of the plans.
func Interpreted() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.interpreted = true })
}
