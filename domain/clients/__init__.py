"""The people who are invited to sessions."""
