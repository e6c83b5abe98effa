"""The use cases, one file each: what a person or a command can do with a shop's record.

A service takes the opened shop and what it needs as arguments, asks the domain, writes through the
shop, and gives plain data back. It knows no screen, no command line and no clock of its own.
"""
