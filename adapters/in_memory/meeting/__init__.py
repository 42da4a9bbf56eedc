"""The rate limit of calls to providers, in memory."""
