"""Use cases: session first, plain arguments, no web, no commit."""
