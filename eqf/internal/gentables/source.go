package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// row is a line of a CSV file, by column name.
type row struct {
	file  string
	line  int
	value map[string]string
}

func (r row) errorf(format string, args ...any) error {
	return fmt.Errorf("tables/%s:%d: %s", r.file, r.line, fmt.Sprintf(format, args...))
}

// readFile returns the rows of a file whose first line is exactly the header.
func readFile(tables fs.FS, name, header string) ([]row, error) {
	data, err := fs.ReadFile(tables, name)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(data))
	columns := strings.Split(header, ",")
	first, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("tables/%s: %w", name, err)
	}
	if !slices.Equal(first, columns) {
		return nil, fmt.Errorf("tables/%s: the columns are %q; write %q", name, strings.Join(first, ","), header)
	}
	records, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("tables/%s: %w", name, err)
	}
	rows := make([]row, len(records))
	for i, record := range records {
		// No field of these tables spans lines, so a record is a line.
		rows[i] = row{file: name, line: i + 2, value: map[string]string{}}
		for j, column := range columns {
			if record[j] != strings.TrimSpace(record[j]) {
				return nil, rows[i].errorf("remove the space around %q", record[j])
			}
			rows[i].value[column] = record[j]
		}
	}
	return rows, nil
}

// version hashes the names and the contents of all CSV files. Line ends are
// made LF, so that a checkout on Windows has the same version.
func version(tables fs.FS) (string, error) {
	names, err := fs.Glob(tables, "*.csv")
	if err != nil {
		return "", err
	}
	slices.Sort(names)
	hash := sha256.New()
	for _, name := range names {
		data, err := fs.ReadFile(tables, name)
		if err != nil {
			return "", err
		}
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		fmt.Fprintf(hash, "%s %d\n", name, len(data))
		hash.Write(data)
	}
	return fmt.Sprintf("nqf-%x", hash.Sum(nil)[:6]), nil
}
