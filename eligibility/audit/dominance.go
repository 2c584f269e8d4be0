package audit

import (
	"math/bits"
	"slices"
)

// dominated is somebody with those than whom nobody of them is better.
type dominated struct {
	better int // who
	first  int // the first of the others
	count  int // how many there are
}

// blockSize is how many of the others are compared with at once, a multiple of
// 64.
const blockSize = 1024

// block is some of the others: for every value, in ascending order, the set of
// those who do not have more.
type block struct {
	members []int
	sorted  [][]int32
	sets    [][]uint64 // of each value one after the other, blockSize/64 words each
}

const words = blockSize / 64

// dominate finds, for each of some people, how many of the others have no more
// than they in any value, and the first of those. Everybody without such others
// is left out. Values are by column and person.
//
// For each person, block and column it looks one value up and intersects sets
// of blockSize people: the number of steps is that of all pairs, divided by
// what a word holds.
func dominate(values [][]int32, people, others []int) []dominated {
	found := make([]dominated, len(people))
	for i, a := range people {
		found[i].better = a
	}
	for members := range slices.Chunk(others, blockSize) {
		b := newBlock(values, members)
		for i := range found {
			b.count(values, &found[i])
		}
	}
	return slices.DeleteFunc(found, func(d dominated) bool { return d.count == 0 })
}

func newBlock(values [][]int32, members []int) *block {
	b := &block{members: members}
	for _, column := range values {
		order := make([]int, len(members))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(x, y int) int { return int(column[members[x]]) - int(column[members[y]]) })
		var sorted []int32
		var sets []uint64
		for _, i := range order {
			v := column[members[i]]
			if n := len(sorted); n == 0 || sorted[n-1] != v {
				sorted = append(sorted, v)
				sets = append(sets, make([]uint64, words)...)
				if n > 0 {
					copy(sets[n*words:], sets[(n-1)*words:n*words])
				}
			}
			sets[(len(sorted)-1)*words+i/64] |= 1 << (i % 64)
		}
		b.sorted, b.sets = append(b.sorted, sorted), append(b.sets, sets)
	}
	return b
}

func (b *block) count(values [][]int32, d *dominated) {
	var left [words]uint64
	for i := range b.members {
		left[i/64] |= 1 << (i % 64)
	}
	for c, column := range values {
		n, exact := slices.BinarySearch(b.sorted[c], column[d.better])
		if exact {
			n++
		}
		if n == 0 {
			return
		}
		set := b.sets[c][(n-1)*words : n*words]
		some := uint64(0)
		for w := range left {
			left[w] &= set[w]
			some |= left[w]
		}
		if some == 0 {
			return
		}
	}
	for w, set := range left {
		if set != 0 && d.count == 0 {
			d.first = b.members[w*64+bits.TrailingZeros64(set)]
		}
		d.count += bits.OnesCount64(set)
	}
}
