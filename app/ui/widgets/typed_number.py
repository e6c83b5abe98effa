"""What is typed on a keypad, key after key: an amount, a whole number or a secret code.

No widget here: this is what a keypad writes in and what a field shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.money import cents_from_text
from app.ui.french import amount

POINTS = ",."


@dataclass(slots=True)
class TypedNumber:
    """`decimals` 2 for euros, 0 for a quantity or a code; `digits` before the comma at most.

    `text` is what was typed, with a comma: `123,4`. A comma and a point are the same key.
    """

    decimals: int = 2
    digits: int = 7
    secret: bool = False
    text: str = ""
    fresh: bool = False

    @classmethod
    def of_cents(cls, cents: int | None, digits: int = 7) -> TypedNumber:
        """An amount already known; the first digit typed then replaces it."""
        if cents is None:
            return cls(digits=digits)
        return cls(digits=digits, text=f"{cents // 100},{cents % 100:02d}", fresh=True)

    @classmethod
    def of_number(cls, number: int | None, digits: int = 4) -> TypedNumber:
        """A quantity already known; the first digit typed then replaces it."""
        text = "" if number is None else str(number)
        return cls(decimals=0, digits=digits, text=text, fresh=bool(text))

    @classmethod
    def code(cls, digits: int = 8) -> TypedNumber:
        """A secret code: shown as dots, its zeros kept."""
        return cls(decimals=0, digits=digits, secret=True)

    def press(self, key: str) -> bool:
        """One key: a digit, `00`, `,` or `.`, `back`, `clear`. False when it changed nothing."""
        before = self.text
        if key in ("clear", "back"):
            self.text = "" if key == "clear" else self.text[:-1]
        else:
            if self.fresh:
                self.text = ""
            for sign in key:
                self._add(sign)
        changed = self.text != before or self.fresh
        self.fresh = False
        return changed

    @property
    def cents(self) -> int | None:
        """The amount in cents; None when nothing is typed."""
        return cents_from_text(self.text.rstrip(",")) if self.text else None

    @property
    def number(self) -> int | None:
        """The whole number; None when nothing is typed."""
        return int(self.text) if self.text and not self.decimals else None

    @property
    def shown(self) -> str:
        """What to show: `1 234,5 €` as it was typed so far, dots for a secret."""
        if self.secret:
            return "•" * len(self.text)
        if not self.decimals:
            return self.text
        if not self.text:
            return ""
        whole, comma, rest = self.text.partition(",")
        grouped = amount(int(whole or "0") * 100).partition(",")[0]
        return f"{grouped}{comma}{rest}\u00a0€"

    def _add(self, sign: str) -> None:
        if sign in POINTS:
            if self.decimals and "," not in self.text:
                self.text = (self.text or "0") + ","
            return
        whole, comma, rest = self.text.partition(",")
        if comma:
            if len(rest) < self.decimals:
                self.text += sign
        elif whole == "0" and not self.secret:
            self.text = sign
        elif len(whole) < self.digits:
            self.text += sign


def key_of(keysym: str, char: str) -> str:
    """The keypad's key for a key of the physical keyboard; an empty text when there is none."""
    if keysym == "BackSpace":
        return "back"
    if keysym == "Delete":
        return "clear"
    if char and (char in POINTS or (char.isascii() and char.isdigit())):
        return char
    return ""
