"""Clients in memory."""
