"""A stand-in for Zoom over real HTTP, for demonstrations and tests. It is not the real Zoom."""
