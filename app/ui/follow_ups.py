"""What follows a closure, in words: one row a job, for every screen that shows its state.

A new kind of job is a row here, and a handler in `FOLLOW_UPS` of `app/bootstrap.py`.
"""

from __future__ import annotations

_NAMES = {
    "seal": "Archive scellée",
    "backup": "Sauvegarde",
    "export": "Export vers comptabilité",
    "exact": "Envoi vers Exact Online",
    "zipmail": "Zipmail",
    "mail": "Envoi par mail",
    "print": "Impression du Z",
}
_STATES = {
    "pending": ("wait", "en cours"),
    "done": ("ok", "fait"),
    "failed": ("bad", "à refaire"),
    "off": ("off", "non activé"),
}


def job_name(job: str) -> str:
    """What follows a closure, in a few words."""
    return _NAMES.get(job, job.capitalize())


def state_of(state: str) -> tuple[str, str]:
    """How a job's state is shown, and its word: `("bad", "à refaire")`."""
    return _STATES.get(state, ("wait", state))
