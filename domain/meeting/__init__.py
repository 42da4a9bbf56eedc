"""The meetings that a provider holds for a booking, and their reconciliation with the desired meeting."""
