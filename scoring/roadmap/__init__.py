"""The roadmap: what must come first, limits, a plan and its reasons; solving it stands in the application."""
