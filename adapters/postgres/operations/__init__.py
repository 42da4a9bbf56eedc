"""The operator's tasks on a database: migrate, back up, restore, check, rotate keys."""
