"""Practices and people in memory."""
