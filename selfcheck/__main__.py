"""`python -m selfcheck`, the same as the command `selfcheck`."""

from selfcheck.cli.main import main

main()
