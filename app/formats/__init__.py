"""Files of tickets in: what tills write, turned into the domain's tickets.

The rule of the layer: it reads files and knows how tills write them, and nothing else. It imports
the domain, the errors and itself; it keeps nothing, writes nothing but temporary files, and
decides nothing about accounting. What can't be read is told (`Rejected`), never dropped.

- The door is `read_tickets`; profiles are found by `profile_files`.
- A way of getting tickets out of a file (a row source) is one module, listed in `row_sources`.
- A till's export is a data file, a profile (`docs/profiles.md`): no till's name occurs in code.
- `proposing` looks at the export of an unknown till and proposes such a profile.
"""
