package clauses

import "slices"

// found is a run of words that is a clause of the account.
type found struct {
	hash     string
	from, to int // words of the text
}

// find takes the clauses that the text has, from left to right: those that it
// begins and ends with in their order, and between them the longest first. Words
// between them belong to none.
func (s *stream) find(clauses []Clause) []found {
	ends := make(map[int]int, len(s.start)) // the word that begins at a byte
	for word, at := range s.start {
		ends[at] = word
	}
	is := func(c *Clause, from, to int) bool { return Hash(s.normalised(from, to)) == c.SHA256 }
	var first, last []found
	from, to := 0, len(s.words)
	rest := clauses
	for len(rest) > 0 {
		end, ok := ends[s.start[from]+rest[0].Length]
		if !ok || !is(&rest[0], from, end) {
			break
		}
		first = append(first, found{rest[0].SHA256, from, end})
		from, rest = end, rest[1:]
	}
	for n := len(rest); n > 0; n = len(rest) {
		start, ok := ends[s.start[to]-rest[n-1].Length]
		if !ok || start < from || !is(&rest[n-1], start, to) {
			break
		}
		last = append(last, found{rest[n-1].SHA256, start, to})
		to, rest = start, rest[:n-1]
	}
	slices.Reverse(last)
	return slices.Concat(first, s.findBetween(clauses, from, to, ends), last)
}

// findBetween takes clauses of the text between two words. They may stand there
// in any order.
func (s *stream) findBetween(clauses []Clause, from, to int, ends map[int]int) []found {
	known := make(map[int]map[string]bool) // by length
	var lengths []int
	for _, c := range clauses {
		if known[c.Length] == nil {
			known[c.Length] = make(map[string]bool)
			lengths = append(lengths, c.Length)
		}
		known[c.Length][c.SHA256] = true
	}
	slices.Sort(lengths)
	slices.Reverse(lengths)
	var all []found
	for word := from; word < to; {
		next := word + 1
		for _, length := range lengths {
			// A clause ends where a word does.
			end, ok := ends[s.start[word]+length]
			if !ok || end > to {
				continue
			}
			if hash := Hash(s.normalised(word, end)); known[length][hash] {
				all = append(all, found{hash, word, end})
				next = end
				break
			}
		}
		word = next
	}
	return all
}

// align pairs the clauses of the account with those found, both in their order:
// a longest common subsequence. It returns, for each clause, which found one it
// is, or -1.
func align(clauses []Clause, all []found) []int {
	pairs := make([]int, len(clauses))
	for i := range pairs {
		pairs[i] = -1
	}
	// What both begin and end with needs no table.
	from, to, end := 0, len(clauses), len(all)
	for from < to && from < end && clauses[from].SHA256 == all[from].hash {
		pairs[from] = from
		from++
	}
	for to > from && end > from && clauses[to-1].SHA256 == all[end-1].hash {
		to, end = to-1, end-1
		pairs[to] = end
	}
	n, m := to-from, end-from
	longest := make([][]int32, n+1)
	for i := range longest {
		longest[i] = make([]int32, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if clauses[from+i].SHA256 == all[from+j].hash {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case clauses[from+i].SHA256 == all[from+j].hash:
			pairs[from+i] = from + j
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// Known returns how many bytes of the normalised text are clauses of the
// account.
func Known(clauses []Clause, text string) int {
	s := newStream(text)
	n := 0
	for _, f := range s.find(clauses) {
		n += s.start[f.to] - s.start[f.from]
	}
	return n
}
