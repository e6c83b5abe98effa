"""Ways of sending a parcel out of the shop; `app.domain.parcels.Transport` says what each can do.

One module each, listed here. `tests/transports/test_every_transport.py` runs on every one of them:
a new one brings a server on loopback and needs no test of its own for what is common.
"""

from __future__ import annotations

from app.transports import mail

TRANSPORTS = (mail,)
