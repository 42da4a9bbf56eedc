"""Practices, people, and how they sign in."""
