"""Clients, and their rights to what is stored of them."""
