"""Stored meeting state in PostgreSQL, and the rate limit of calls to providers."""
