"""Connections to the server, transactions, notifications and the translation of errors."""
