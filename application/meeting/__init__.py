"""Making providers agree with what bookings want."""
