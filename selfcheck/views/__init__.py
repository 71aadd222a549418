"""Pages: fetch, form, use case, commit, redirect."""
