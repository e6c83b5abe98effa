"""What is said when the journal has lost records that had been there."""

from __future__ import annotations

from collections.abc import Mapping


def loss_told(seen: Mapping[str, int], heads: Mapping[str, tuple[int, str]]) -> str:
    """One sentence on what is gone: `seen` and `heads` are the last numbers of the chains, those
    that were known and those that are still there."""

    def lacking(kind: str) -> int:
        chains = [chain for chain in seen if chain.startswith(kind)]
        return sum(max(0, seen[c] - heads.get(c, (0, ""))[0]) for c in chains)

    tickets, closures = lacking("ticket/"), lacking("closure/")
    return (
        f"La fin du journal a disparu : il y manque {tickets} ticket{'s' * (tickets > 1)} et "
        f"{closures} clôture{'s' * (closures > 1)} qui étaient enregistrés. Restaurez une "
        "sauvegarde ou appelez le support."
    )
