"""Creating, editing, closing, restoring and reading bookings."""
