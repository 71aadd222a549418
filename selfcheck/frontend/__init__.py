"""Third-party files of the user interface: what is fetched, and how it is built."""
