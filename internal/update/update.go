// Package update holds the switch -update of tests, which write what they got
// into the files that say what is expected.
package update

import "flag"

var wanted = flag.Bool("update", false, "write what was got into the files of what is expected")

// Wanted reports whether the switch was given.
func Wanted() bool { return *wanted }
