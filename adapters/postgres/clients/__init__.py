"""Clients in PostgreSQL."""
