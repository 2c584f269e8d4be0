// Gentables writes tables_generated.go of package eqf from the CSV files in
// its folder tables. Run it in the folder of the package, through go generate.
// It reads nothing else and needs no network.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "gentables:", err, "(mend the row and run go generate ./eqf)")
		os.Exit(1)
	}
}

func run(packageFolder string) error {
	code, err := generate(os.DirFS(packageFolder + "/tables"))
	if err != nil {
		return err
	}
	return os.WriteFile(packageFolder+"/tables_generated.go", code, 0o644)
}
