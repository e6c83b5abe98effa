"""The rules of the end of day, pure: no window, file, network or clock in here.

Every function takes what it needs, the moment included, and gives plain immutable data back.
"""
