"""A session in the calendar: who, when, about what, and what people change of it."""
