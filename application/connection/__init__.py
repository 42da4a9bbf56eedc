"""Connecting consultants to providers, keeping the connections, and ending them."""
