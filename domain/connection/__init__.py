"""A consultant's authorization at a provider, from the authorization request to its end."""
