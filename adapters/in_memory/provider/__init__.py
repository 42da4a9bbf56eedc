"""A meeting provider in memory."""
