"""The commands, one file each: NAME, HELP, `add_arguments(parser)` and `run(program, args)`."""

from app.cli.commands import (
    cash,
    close,
    closures,
    import_files,
    next_closure,
    profiles,
    read_x,
    z,
)

COMMANDS = (import_files, profiles, next_closure, read_x, close, closures, z, cash)
