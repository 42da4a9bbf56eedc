"""Connections to the server, transactions, notifications, and what its errors mean."""
