"""A consultant's authorization at a provider, from the request to its end."""
