"""What happens without anybody asking: due bookings, endings, idle connections, clean-up."""
