// Celreference writes the reference of the CEL library to a file.
package main

import (
	"fmt"
	"os"

	"github.com/qualify-rules/qualify/eligibility"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: celreference FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], []byte(eligibility.Reference()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "celreference:", err)
		os.Exit(1)
	}
}
