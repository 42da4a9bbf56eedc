"""The people who are invited to bookings."""
