"""The operator's tasks on a database: migrate, check, rotate keys."""
