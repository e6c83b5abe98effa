"""A profile proposed for an export that nobody has seen yet.

The files are looked at as tables (`tables`), their columns recognised by the names that tills give
them (`words`, `columns`) and by what they hold (`values`), and all that is put together as the JSON
of a profile (`propose`), with what remains doubtful said in plain sentences. Nothing here knows a
till; a person checks the proposal against the till's own total.
"""
