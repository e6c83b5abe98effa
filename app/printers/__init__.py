"""Ways to a receipt printer: each takes bytes that are ready to print and tells what goes wrong.

A module of `PRINTERS` has

- `NAME`, the value of the setting, and `LABEL`, its French words;
- `problem_of(place)`: what is wrong with where the printer is said to be, "" when nothing is;
- `opened(place)`: a context that gives a line to the printer. It raises PrinterProblem before
  anything was printed. `line.send(data)` prints and raises PrinterProblem when that may have been
  cut short; `line.finish()` waits until the printer says it is done, where it can say so.

Every wait has an end. Nothing here knows what is printed.
"""

from __future__ import annotations

from app.printers import network, raw_file, windows

PRINTERS = (network, windows, raw_file)
