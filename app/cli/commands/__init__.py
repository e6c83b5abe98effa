"""The commands, one file each: NAME, HELP, `add_arguments(parser)` and `run(program, args)`."""

from app.cli.commands import (
    cash,
    close,
    closures,
    demo,
    events,
    import_files,
    inbox,
    jobs,
    next_closure,
    profiles,
    read_x,
    run_due,
    settings,
    support_file,
    users,
    verify,
    z,
)

COMMANDS = (
    demo,
    import_files,
    profiles,
    inbox,
    read_x,
    next_closure,
    close,
    closures,
    z,
    cash,
    settings,
    users,
    verify,
    events,
    jobs,
    run_due,
    support_file,
)
"""In the order the help shows them: tickets in, closures, the rest, what runs by itself."""
