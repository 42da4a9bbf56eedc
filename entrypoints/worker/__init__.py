"""Background work: due bookings, revocations, idle connections, orphan sweeps, clean-up."""
