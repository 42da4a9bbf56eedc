"""Practices and people over HTTP."""
