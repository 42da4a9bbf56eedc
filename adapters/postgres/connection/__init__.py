"""Connections in PostgreSQL."""
