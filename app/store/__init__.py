"""What is kept on disk: the append-only journal, which is the truth, and views rebuilt from it.

Nothing here knows a screen, a command or a use case; every write goes through `disk`.
"""
