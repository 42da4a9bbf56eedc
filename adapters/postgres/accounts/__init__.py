"""Practices and people in PostgreSQL."""
