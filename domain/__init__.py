"""The rules of the practice: bookings, meetings and connections. Standard library only."""
