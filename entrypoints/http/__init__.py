"""The HTTP API, and the few pages on the way to and from a provider."""
