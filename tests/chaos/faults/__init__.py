"""`make faults`: every fault that is injected anywhere, and what became of the sessions."""
