"""Connecting consultants to providers, keeping the connections usable, and ending them."""
