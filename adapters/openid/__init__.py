"""Single sign-on: the client of identity providers (OpenID Connect Core 1.0, Discovery 1.0)."""
