//go:build unix

package main

import (
	"io"
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A summary goes through a link and into a pipe, and replaces neither.
func TestSummaryIntoWhatIsNoFile(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("there", nil, 0o600))
	require.NoError(t, os.Symlink("there", "link"))
	require.NoError(t, writeWhole("link", 1))
	require.NoError(t, os.Symlink("new", "dangling"))
	require.NoError(t, writeWhole("dangling", 1))
	for _, name := range []string{"there", "new"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, "1\n", string(text))
	}
	for _, name := range []string{"link", "dangling"} {
		info, err := os.Lstat(name)
		require.NoError(t, err)
		require.Equal(t, os.ModeSymlink, info.Mode().Type())
	}
	require.NoError(t, syscall.Mkfifo("pipe", 0o600))
	pipe, err := os.OpenFile("pipe", os.O_RDWR, 0)
	require.NoError(t, err)
	defer pipe.Close()
	require.NoError(t, writeWhole("pipe", 1))
	text := make([]byte, 2)
	_, err = io.ReadFull(pipe, text)
	require.NoError(t, err)
	require.Equal(t, "1\n", string(text))
}
