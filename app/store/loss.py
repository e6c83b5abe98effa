"""What is said when the journal has lost records that had been there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.words import count_of


def loss_told(seen: Mapping[str, int], heads: Mapping[str, tuple[int, str]]) -> str:
    """One sentence on what is gone: `seen` and `heads` are the last numbers of the chains, those
    that were known and those that are still there."""

    def lacking(kind: str) -> int:
        chains = [chain for chain in seen if chain.startswith(kind)]
        return sum(max(0, seen[c] - heads.get(c, (0, ""))[0]) for c in chains)

    tickets, closures = lacking("ticket/"), lacking("closure/")
    others = lacking("") - tickets - closures
    parts = [
        count_of(number, *words)
        for number, words in (
            (tickets, ("ticket",)),
            (closures, ("clôture",)),
            (others, ("autre enregistrement", "autres enregistrements")),
        )
        if number
    ]
    gone = f" : il y manque {_listed(parts)}" if parts else ""
    return f"La fin du journal a disparu{gone}. Restaurez une sauvegarde ou appelez le support."


def _listed(parts: Sequence[str]) -> str:
    return " et ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
