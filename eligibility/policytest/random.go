package policytest

// sequence is numbers that look random and are the same for the same seed
// (SplitMix64, Steele, Lea and Flood 2014): what is found is found again.
type sequence uint64

func (s *sequence) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1.
func (s *sequence) below(n int) int { return int(s.next() % uint64(n)) }

// one returns one of several.
func one[T any](s *sequence, of []T) T { return of[s.below(len(of))] }
