"""Clients, and their rights to the data stored about them."""
