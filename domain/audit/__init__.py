"""The audit log: what happened to bookings, clients, connections and the practice."""
