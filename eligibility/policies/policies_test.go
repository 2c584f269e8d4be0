package policies

import (
	"github.com/stretchr/testify/require"
	"testing"
)

func TestLoad(t *testing.T) {
	_, err := Catalogue()
	require.NoError(t, err)
}
