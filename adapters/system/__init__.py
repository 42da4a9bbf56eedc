"""The machine's own services: the clock and password hashes."""
