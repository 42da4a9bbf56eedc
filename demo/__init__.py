"""The extra `calendra[demo]`: Calendra on this machine, with its own PostgreSQL, a stand-in for Zoom and a practice."""
