"""A text file as tills write it: opened once, checked, then read by physical lines, in any order.

Whatever the file's encoding and line ends, `TextFile` gives lines of text with their number and
their place in bytes, so that a part of the file can be read again later. UTF-16 files and files
whose lines end in a lone CR go through a temporary UTF-8 copy first. Of several encodings the first
in which the whole file can be read is taken: few texts of another one are UTF-8 by chance.
"""

from __future__ import annotations

import codecs
import errno
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from app.errors import DiskFull, UnreadableFile

MAX_FILE = 2 * 2**30
MAX_LINE = 2**20
_HEAD = 64 * 2**10
_BINARY_HEAD = 4 * 2**10
_CHUNK = 2**20
_STEP = 256 * 2**10  # bytes between two reports of progress

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WORKBOOK_SIGNATURE = b"PK\x03\x04"
OLD_WORKBOOK_SIGNATURE = b"\xd0\xcf\x11\xe0"  # .xls, and whatever Excel locks with a password
_SIGNATURES = (
    (WORKBOOK_SIGNATURE, "un classeur Excel (.xlsx) ou une archive ZIP"),
    (OLD_WORKBOOK_SIGNATURE, "un ancien classeur Excel (.xls)"),
    (b"%PDF", "un document PDF"),
    (b"\x1f\x8b", "une archive compressée"),
    (b"7z\xbc\xaf", "une archive 7z"),
)


class OtherKind(UnreadableFile):
    """A file that is fit for another kind of profile: a workbook, or a text."""


class TextLine(NamedTuple):
    """One physical line without its line end.

    `number` counts from 1; the line lies in the bytes `start` to `end`. `problem` (French) says why
    its text is not to be used; `ended` is False for a last line that has no line end.
    """

    number: int
    start: int
    end: int
    text: str
    problem: str
    ended: bool


class TextFile:
    """An open text file. `start` is where its first line begins (after a BOM), `size` its end.

    Bytes added to the file after it was opened are not read. `is_workbook` says that the lines are
    the rows of a workbook; `currency` is the sign of another currency that all its cells are shown
    in.
    """

    def __init__(
        self,
        name: str,
        raw: IO[bytes],
        encoding: str,
        start: int,
        size: int,
        *,
        sure: bool,
        is_workbook: bool = False,
        currency: str = "",
    ) -> None:
        self.name = name
        self.encoding = encoding
        self.start = start
        self.size = size
        self.is_workbook = is_workbook
        self.currency = currency
        self._raw = raw
        self._sure = sure
        self._progress: Callable[[int], None] | None = None

    def tell(self, progress: Callable[[int], None]) -> None:
        """Call `progress` now and then with the number of bytes read since the last time."""
        self._progress = progress

    def head(self, encodings: Sequence[str]) -> str:
        """The first 64 KiB as text, for a look at what the file holds; never fails.

        `encodings` are only believed where the file does not say its own.
        """
        self._raw.seek(self.start)
        data = self._raw.read(min(_HEAD, self.size - self.start))
        encodings = (self.encoding,) if self._sure else encodings
        for encoding in encodings[:-1]:
            with suppress(UnicodeDecodeError):
                return codecs.getincrementaldecoder(encoding)().decode(data)
        return data.decode(encodings[-1], "replace")

    def lines(self, start: int, end: int, number: int) -> Iterator[TextLine]:
        """The lines in the bytes `start` to `end`; the first of them is line `number`.

        Raises UnreadableFile when the file isn't in its encoding or shrinks while it is read.
        """
        self._raw.seek(start)
        told = start
        while start < end:
            data = self._raw.readline(MAX_LINE + 1)
            line_end = start + len(data)
            try:
                text = data.decode(self.encoding)
            except UnicodeDecodeError:
                text = ""
            if text.endswith("\n") and line_end <= end and 0 not in data:
                yield TextLine(number, start, line_end, text.rstrip("\r\n"), "", True)
            else:
                line = self._unusual(data[: end - start], start, end, number)
                line_end = line.end
                yield line
            start = line_end
            number += 1
            if start - told >= _STEP or start >= end:
                self._report(start - told)
                told = start

    def _report(self, count: int) -> None:
        if self._progress is not None:
            self._progress(count)

    def _unusual(self, data: bytes, start: int, end: int, number: int) -> TextLine:
        """A line that is not simply a text and its line end."""
        if not data:
            raise UnreadableFile(
                f"Le fichier {self.name} a été raccourci pendant sa lecture ; réessayez quand la "
                "caisse aura fini de l'écrire."
            )
        if len(data) > MAX_LINE:
            return self._overlong(data, start, end, number)
        ended = data.endswith(b"\n")
        problem = "la ligne contient des octets nuls (coupure de courant ?)" if 0 in data else ""
        try:
            text = data.decode(self.encoding)
        except UnicodeDecodeError as error:
            # A file cut in the middle of a character is a cut line, not another encoding.
            if ended or error.reason != "unexpected end of data":
                raise wrong_encoding(
                    self.name, self.encoding, number, error.start + 1, data[error.start]
                ) from None
            text, problem = data.decode(self.encoding, "replace"), "la ligne est coupée"
        return TextLine(number, start, start + len(data), text.rstrip("\r\n"), problem, ended)

    def _overlong(self, data: bytes, start: int, end: int, number: int) -> TextLine:
        """A line that is too long to be kept in memory: its head, then skipped to its end."""
        text = data[:8_000].decode(self.encoding, "replace")
        end_of_line, last = start + len(data), data
        while end_of_line < end and not last.endswith(b"\n"):
            last = self._raw.readline(_CHUNK)[: end - end_of_line]
            if not last:
                break
            end_of_line += len(last)
        problem = "la ligne dépasse 1 Mio"
        return TextLine(number, start, end_of_line, text, problem, last.endswith(b"\n"))


@contextmanager
def opened_text(path: Path, encodings: Sequence[str]) -> Iterator[TextFile]:
    """Open a text file for as long as the `with` lasts; a BOM wins over `encodings`.

    Raises UnreadableFile when it is absent, a folder, empty, binary, too large or not readable,
    and whenever the disk or the network fails while it is open; OtherKind when it is a workbook;
    DiskFull when a temporary copy finds no room.
    """
    with opened_bytes(path) as (raw, size):
        _check_content(path.name, raw, encodings)
        with _decoded(path.name, raw, size, _fitting(raw, encodings)) as text:
            yield text


@contextmanager
def opened_bytes(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open an ordinary file that is neither empty nor too large: its bytes and their number.

    Raises as `opened_text` does.
    """
    try:
        _check_kind(path)
        with path.open("rb") as raw:
            size = raw.seek(0, 2)
            raw.seek(0)
            _check_size(path.name, size)
            yield raw, size
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableFile(
            f"Le fichier {path.name} n'existe pas ou n'est plus là ; vérifiez le dossier "
            f"{path.absolute().parent}."
        ) from None
    except PermissionError:
        raise UnreadableFile(
            f"Le fichier {path.name} ne peut pas être ouvert (accès refusé) ; fermez le programme "
            "qui l'utilise ou vérifiez les droits du dossier."
        ) from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(
                f"Le disque est plein : le fichier {path.name} n'a pas pu être lu ; libérez de la "
                "place, puis réessayez."
            ) from None
        raise UnreadableFile(
            f"Le fichier {path.name} n'a pas pu être lu (erreur {error.errno}) ; vérifiez le "
            "disque ou le réseau, puis réessayez."
        ) from None


def wrong_encoding(name: str, encoding: str, line: int, byte: int, value: int) -> UnreadableFile:
    """The refusal of a file that isn't in the encoding its profile announces."""
    return UnreadableFile(
        f"Le fichier {name} n'est pas en {encoding.upper()} : ligne {line}, octet {byte} "
        f"(0x{value:02X}) ; enregistrez-le en {encoding.upper()} ou choisissez un profil d'un "
        "autre encodage."
    )


def _check_kind(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except ValueError:  # a name that no file can have
        raise FileNotFoundError from None
    if stat.S_ISDIR(mode):
        raise UnreadableFile(
            f"{path.name or path} est un dossier ; choisissez un fichier de tickets."
        )
    if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
        raise UnreadableFile(
            f"{path.name} n'est pas un fichier ordinaire ; choisissez un fichier de tickets."
        )


def _check_size(name: str, size: int) -> None:
    if size == 0:
        raise UnreadableFile(
            f"Le fichier {name} est vide (0 octet) ; refaites l'export depuis la caisse."
        )
    if size > MAX_FILE:
        raise UnreadableFile(
            f"Le fichier {name} dépasse 2 Gio ; découpez-le par mois ou par année."
        )


def _check_content(name: str, raw: IO[bytes], encodings: Sequence[str]) -> None:
    head = raw.read(_BINARY_HEAD)
    raw.seek(0)
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            kind = OtherKind if signature == WORKBOOK_SIGNATURE else UnreadableFile
            raise kind(
                f"Le fichier {name} n'est pas un texte : c'est {what} ; exportez les tickets "
                "en CSV ou en journal de tickets."
            )
    if 0 in head and _bom(head) is None and not _is_wide(encodings[0]):
        raise UnreadableFile(
            f"Le fichier {name} n'est pas un texte (il contient des octets nuls) ; exportez les "
            "tickets en CSV ou en journal de tickets."
        )


def _fitting(raw: IO[bytes], encodings: Sequence[str]) -> str:
    """The first encoding in which the whole file can be read, else the last one."""
    for encoding in encodings[:-1]:
        decoder = codecs.getincrementaldecoder(encoding)()
        raw.seek(0)
        try:
            while data := raw.read(_CHUNK):
                decoder.decode(data)
        except UnicodeDecodeError:
            continue
        raw.seek(0)
        return encoding
    raw.seek(0)
    return encodings[-1]


def _is_wide(encoding: str) -> bool:
    """True for encodings whose line ends are not the byte LF (UTF-16)."""
    return "\n".encode(encoding) != b"\n"


def _bom(head: bytes) -> tuple[int, str] | None:
    """The length of the BOM and the encoding it announces."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return len(mark), encoding
    return None


@contextmanager
def _decoded(name: str, raw: IO[bytes], size: int, encoding: str) -> Iterator[TextFile]:
    head = raw.read(_HEAD)
    start, found = _bom(head) or (0, encoding)
    if not _is_wide(found) and (b"\n" in head or b"\r" not in head):
        yield TextFile(name, raw, found, start, size, sure=start > 0)
        return
    with tempfile.TemporaryFile(prefix="cloture-") as copy:
        raw.seek(start)
        length = _copy_as_utf8(name, raw, found, size - start, copy)
        yield TextFile(name, copy, "utf-8", 0, length, sure=True)


def _copy_as_utf8(name: str, raw: IO[bytes], encoding: str, size: int, copy: IO[bytes]) -> int:
    """Copy `size` bytes as UTF-8 with LF line ends; gives the length of the copy."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, last = 1, ""
    while size > 0:
        data = raw.read(min(_CHUNK, size))
        size = size - len(data) if data else 0
        try:
            text = decoder.decode(data)
        except UnicodeDecodeError as error:
            before = _with_lf(error.object[: error.start].decode(encoding, "replace"))
            byte = len(before.rpartition("\n")[2].encode(encoding)) + 1
            line += before.count("\n")
            raise wrong_encoding(name, encoding, line, byte, error.object[error.start]) from None
        # CR LF may straddle two pieces: a CR at the end waits for what follows.
        text = last + text
        last = "\r" if text.endswith("\r") and size > 0 else ""
        text = _with_lf(text[: len(text) - len(last)])
        line += text.count("\n")
        copy.write(text.encode("utf-8", "replace"))
    if decoder.getstate()[0]:
        # Cut in the middle of a character: the mark makes the last line unreadable, as it is.
        copy.write("\ufffd".encode())
    return copy.tell()


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
