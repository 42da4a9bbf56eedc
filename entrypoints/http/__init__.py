"""The HTTP API and the few pages that people meet on their way to and from a provider."""
