package eligibility

// arena is room for values that live as long as one evaluation. It is used
// again by the next one, so that the values of most cases cost no allocation.
type arena[T any] struct{ room []T }

// leastRoom is how many values an arena has room for at first.
const leastRoom = 32

// new returns a value with room of its own.
func (a *arena[T]) new(v T) *T {
	p := a.next()
	*p = v
	return p
}

// next returns the zero value with room of its own.
func (a *arena[T]) next() *T {
	n := len(a.room)
	if n == cap(a.room) {
		// What was handed out stays where it is.
		n, a.room = 0, make([]T, 0, max(leastRoom, 2*n))
	}
	a.room = a.room[:n+1]
	return &a.room[n]
}

// list returns an empty list with room for n values.
func (a *arena[T]) list(n int) []T {
	from := len(a.room)
	if from+n > cap(a.room) {
		from, a.room = 0, make([]T, 0, max(leastRoom, 2*cap(a.room), n))
	}
	a.room = a.room[:from+n]
	return a.room[from : from : from+n]
}

// release makes the room free again.
func (a *arena[T]) release() {
	clear(a.room)
	a.room = a.room[:0]
}
