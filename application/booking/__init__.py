"""Booking, editing, closing, restoring and reading sessions."""
