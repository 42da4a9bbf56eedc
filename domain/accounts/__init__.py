"""Practices, the people who sign in to them, and how people join."""
