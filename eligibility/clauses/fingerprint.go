package clauses

import (
	"encoding/hex"
	"hash/fnv"
)

// places is how many hash functions a fingerprint has, and run the length of
// the runs of bytes that they take in.
const (
	places = 32
	run    = 4
)

// Fingerprint returns the fingerprint of a normalised text, see the package
// documentation.
func Fingerprint(normalised string) string {
	var least [places]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for at := 0; at == 0 || at+run <= len(normalised); at++ {
		h := fnv.New64a()
		h.Write([]byte(normalised[at:min(at+run, len(normalised))]))
		sum := h.Sum64()
		for i := range least {
			least[i] = min(least[i], mixed(sum, uint64(i)))
		}
	}
	lowest := make([]byte, places)
	for i, l := range least {
		lowest[i] = byte(l)
	}
	return hex.EncodeToString(lowest)
}

// mixed makes of one hash as many as there are places: the finaliser of
// SplitMix64 over the hash and the number.
func mixed(sum, number uint64) uint64 {
	z := sum + (number+1)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// likeness estimates how much of two texts is the same, from 0 to 1.
func likeness(a, b string) float64 {
	if len(a) != 2*places || len(b) != 2*places {
		return 0
	}
	same := 0
	for i := 0; i < 2*places; i += 2 {
		if a[i:i+2] == b[i:i+2] {
			same++
		}
	}
	return float64(same) / places
}
