"""What an operator does with a database: migrate, back up, check, change keys."""
