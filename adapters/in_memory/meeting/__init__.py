"""The pace of calls to providers in memory."""
