"""Clôture: the end of the day of a French shop. The version is written here and nowhere else."""

__version__ = "0.1.0"
