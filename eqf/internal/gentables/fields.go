package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// readFields returns the Go literals of the fields of study, sorted by code.
func readFields(tables fs.FS) ([]string, error) {
	rows, err := readFile(tables, "isced_f_2013.csv", "code,label,level,parent,kind,confidence")
	if err != nil {
		return nil, err
	}
	digits := map[string]int{"broad": 2, "narrow": 3, "detailed": 4}
	labels := map[string]string{}
	for _, r := range rows {
		code := r.value["code"]
		if len(code) != digits[r.value["level"]] || strings.Trim(code, "0123456789") != "" {
			return nil, r.errorf("code %q does not have the digits of level %q", code, r.value["level"])
		}
		if labels[code] != "" || r.value["label"] == "" {
			return nil, r.errorf("code %q stands here twice or has no label", code)
		}
		if parent := r.value["parent"]; len(code) > 2 && (parent != code[:len(code)-1] || labels[parent] == "") {
			return nil, r.errorf("parent %q of %q is not the code without its last digit, in a line before", parent, code)
		}
		labels[code] = r.value["label"]
	}
	codes := make([]string, 0, len(labels))
	for code := range labels {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	literals := make([]string, len(codes))
	for i, code := range codes {
		literals[i] = fmt.Sprintf("{%q, %q}", code, labels[code])
	}
	return literals, nil
}
