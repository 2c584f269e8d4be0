package clauses

import "slices"

// found is a run of words that is a clause of the account.
type found struct {
	hash     string
	from, to int // words of the text
}

// find takes the clauses that the text has, from left to right, the longest
// first. Words between them belong to none.
func (s *stream) find(clauses []Clause) []found {
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
	ends := make(map[int]int, len(s.start)) // the word that begins at a byte
	for word, at := range s.start {
		ends[at] = word
	}
	var all []found
	for word := 0; word < len(s.words); {
		next := word + 1
		for _, length := range lengths {
			// A clause ends where a word does.
			end, ok := ends[s.start[word]+length]
			if !ok {
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
