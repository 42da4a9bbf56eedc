"""Adapters that keep all data in memory, for tests and for trying Calendra out."""
