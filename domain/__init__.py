"""The rules for bookings, meetings and connections. Uses the standard library only."""
