"""The keys of a profile file, read one by one: a wrong one is told in a sentence that names it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NoReturn

from app.errors import UnknownProfile

_MAX_TEXT = 1000


class ProfileKeys:
    """An object of a profile file; `path` is where it stands in it (`articles[2].`).

    Every method raises UnknownProfile when its key does not hold what is expected.
    """

    def __init__(self, data: Any, profile: str, path: str = "") -> None:
        self._profile = profile
        self._path = path
        if not isinstance(data, Mapping):
            self.fail("", "un objet JSON était attendu")
        self._data = data

    def fail(self, key: str, reason: str) -> NoReturn:
        """Refuse the profile because of `key`; `reason` completes the sentence."""
        name = f"{self._path}{key}".rstrip(".")
        at_fault = f"clé « {name} » : " if name else ""
        raise UnknownProfile(
            f"Le profil {self._profile} est incorrect, {at_fault}{reason} ; corrigez le fichier "
            f"{self._profile}.json."
        )

    def only(self, allowed: Collection[str]) -> None:
        """Refuse keys that nobody reads: a misspelt key would do nothing, in silence."""
        for key in self._data:
            if key not in allowed:
                self.fail(key, "cette clé n'existe pas")

    def has(self, key: str) -> bool:
        return key in self._data

    def with_defaults(self, others: Mapping[str, Any]) -> ProfileKeys:
        """The same object where the keys that it lacks are those of `others`."""
        return ProfileKeys({**others, **self._data}, self._profile, self._path)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._data.get(key, default)
        if value is None and key not in self._data:
            self.fail(key, "elle manque")
        if (
            not isinstance(value, str)
            or (value == "" and default is None)
            or len(value) > _MAX_TEXT
        ):
            self.fail(key, "un texte était attendu")
        return value

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        value = self.text(key, default) if key in self._data else default
        if value not in choices:
            known = " ".join(f"« {choice} »" for choice in choices)
            self.fail(key, f"une de ces valeurs était attendue : {known}")
        return value

    def choices(self, key: str, choices: Sequence[str]) -> dict[str, str]:
        """An object from names of the source to codes of ours; empty when absent."""
        table = self.inner(key)
        return {name: table.choice(name, choices, "") for name in table._data}

    def names(self, key: str) -> dict[str, str]:
        """An object from names of the source to other names; empty when absent."""
        table = self.inner(key)
        return {name: table.text(name) for name in table._data}

    def text_or_texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """One text, or a list of at least one."""
        if not isinstance(self._data.get(key), list):
            return (self.text(key),) if self.has(key) or not default else default
        return self.texts(key) or self.fail(key, "un texte était attendu")

    def texts(self, key: str, choices: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of texts, each one of `choices` if given; empty when absent."""
        values = self._list(key)
        for value in values:
            if not isinstance(value, str) or not value or len(value) > _MAX_TEXT:
                self.fail(key, "une liste de textes était attendue")
            if choices is not None and value not in choices:
                self.fail(key, f"« {value} » n'est pas parmi les colonnes du profil")
        return tuple(values)

    def inner(self, key: str, *, required: bool = False) -> ProfileKeys:
        """The object at `key`; empty when absent and not required."""
        if key not in self._data:
            if required:
                self.fail(key, "elle manque")
            return ProfileKeys({}, self._profile, f"{self._path}{key}.")
        return ProfileKeys(self._data[key], self._profile, f"{self._path}{key}.")

    def items(self, key: str) -> list[ProfileKeys]:
        """The objects of the list at `key`; empty when absent."""
        return [
            ProfileKeys(item, self._profile, f"{self._path}{key}[{number}].")
            for number, item in enumerate(self._list(key), 1)
        ]

    def pattern(self, key: str) -> re.Pattern[str]:
        """A regular expression, to be sought in folded texts (upper case, no accents)."""
        try:
            return re.compile(self.text(key))
        except (re.error, RecursionError, OverflowError):
            self.fail(key, "ce n'est pas une expression régulière correcte")

    def _list(self, key: str) -> list[Any]:
        values = self._data.get(key, [])
        if not isinstance(values, list):
            self.fail(key, "une liste était attendue")
        return values
