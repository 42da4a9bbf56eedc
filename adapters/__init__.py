"""The outside world behind the ports of the domain; one folder for each thing."""
