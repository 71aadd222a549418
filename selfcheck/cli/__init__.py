"""The command `selfcheck`. Each command imports what it needs when it runs, so that the fast ones start fast."""
