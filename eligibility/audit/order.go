package audit

import (
	"slices"
	"sort"
)

// moved returns which elements of a list of distinct numbers are out of order:
// pairs that stand in each other's place, with their partner, and for the rest
// those outside a longest run that ascends, with partner -1.
func moved(order []int32) map[int]int {
	if slices.IsSorted(order) {
		return nil
	}
	rank := make([]int, len(order)) // the place at which an element belongs
	byValue := make([]int, len(order))
	for i := range byValue {
		byValue[i] = i
	}
	slices.SortFunc(byValue, func(a, b int) int { return int(order[a]) - int(order[b]) })
	for place, i := range byValue {
		rank[i] = place
	}
	out := make(map[int]int)
	for i, r := range rank {
		if r != i && rank[r] == i {
			out[i] = r
		}
	}
	// Patience sorting: ends has, for each length, where the run of that length
	// with the smallest end ends.
	var ends []int
	before := make([]int, len(order))
	for i := range order {
		if _, swapped := out[i]; swapped {
			continue
		}
		n := sort.Search(len(ends), func(n int) bool { return order[ends[n]] > order[i] })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	inRun := make([]bool, len(order))
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			inRun[i] = true
		}
	}
	for i := range order {
		if _, swapped := out[i]; !swapped && !inRun[i] {
			out[i] = -1
		}
	}
	return out
}
