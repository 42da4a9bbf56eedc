"""`make faults`: every injected fault, and its effect on the sessions."""
