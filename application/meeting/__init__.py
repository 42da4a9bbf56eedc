"""Reconciliation of the providers' meetings with the desired meetings of bookings."""
