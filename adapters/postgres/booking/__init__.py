"""Bookings and drafts in PostgreSQL."""
