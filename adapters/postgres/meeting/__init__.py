"""What is stored of meetings in PostgreSQL, and the pace of calls to providers."""
