"""The command line: support, scheduled tasks and scripts. It asks, a service does, it shows."""
