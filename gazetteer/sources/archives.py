"""How is a source file opened, packed or plain, so that a hostile one does no harm?

Nothing is ever unpacked to disk: the one data file of a zip is read as a stream, within limits.
"""

from __future__ import annotations

import gzip
import struct
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from gazetteer.errors import BrokenSourceError, MissingSourceError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: More bytes than any source holds when unpacked; allCountries.txt has about 1.7 GB.
LARGEST: Final = 16 * 1024**3
#: Text of this kind packs to a fifth; a thousandth is a bomb.
HIGHEST_RATIO: Final = 200
#: Bytes that do no harm however well they are packed.
HARMLESS: Final = 16 * 1024**2

_ZIP: Final = b"PK"
_GZIP: Final = b"\x1f\x8b"
#: Files that GeoNames packs beside the data.
_COMPANIONS: Final = frozenset({"readme.txt", "iso-languagecodes.txt"})
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1
_AGAIN: Final = "delete it and download it again"
_ASK: Final = "get the file from its publisher"
#: What the libraries raise on damaged content.
_DAMAGES: Final = (
    IndexError,  # zipfile, on a member without a name
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Source:
    """The unpacked bytes of a source file, to be read forwards; damage is told in plain words.

    Parameters
    ----------
    path : Path
        Plain text, a gzip file, or a zip with one data file.
    stream : binary stream
        Its unpacked bytes.
    """

    def __init__(self, path: Path, stream: IO[bytes] | gzip.GzipFile) -> None:
        self.path = path
        self._stream = stream
        self._left = LARGEST

    def read(self, size: int) -> bytes:
        """Return up to ``size`` more bytes, none at the end.

        Raises
        ------
        BrokenSourceError
            If the file is cut short or damaged, or more comes out of it than any source holds.
        """
        with _told_plainly(self.path):
            block = self._stream.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise BrokenSourceError(self.path, f"it unpacks to more than {LARGEST:,} bytes", _ASK)
        return block


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a source file, seeing by its first bytes whether it is zipped or gzipped.

    Parameters
    ----------
    path : Path
        Plain text, a gzip file, or a zip with one data file (beside GeoNames' ``readme.txt``).

    Yields
    ------
    Source
        The unpacked bytes.

    Raises
    ------
    MissingSourceError
        If there is no such file.
    BrokenSourceError
        If it is empty, cut short, damaged, encrypted, or larger than any source.
    """
    with ExitStack() as opened:
        with _told_plainly(path):
            stream = _unpacked(path, opened)
        yield Source(path, stream)


def verify_zip(path: Path) -> None:
    """Read a zip through and compare every checksum in it.

    Raises
    ------
    MissingSourceError
        If there is no such file.
    BrokenSourceError
        If it is no zip, or cut short, damaged, encrypted, or larger than any source.
    """
    with _told_plainly(path), zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            _check(path, entry)
        damaged = archive.testzip()
        if damaged is not None:
            raise BrokenSourceError(path, f"{damaged!r} in it is damaged", _AGAIN)


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except SourceError:
        raise
    except _DAMAGES as error:
        raise BrokenSourceError(path, f"it is cut short or damaged: {error}", _AGAIN) from error
    except FileNotFoundError as error:
        raise MissingSourceError(path) from error
    except IsADirectoryError as error:
        raise BrokenSourceError(path, "it is a folder", "name the file in it") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise BrokenSourceError(path, why, "check its permissions and the disk") from error


def _unpacked(path: Path, opened: ExitStack) -> IO[bytes] | gzip.GzipFile:
    file = opened.enter_context(path.open("rb"))
    magic = file.read(2)
    file.seek(0)
    if not magic:
        raise BrokenSourceError(path, "it is empty", _AGAIN)
    if magic == _ZIP:
        archive = opened.enter_context(zipfile.ZipFile(file))
        return opened.enter_context(archive.open(_member(path, archive)))
    if magic == _GZIP:
        return opened.enter_context(gzip.open(file))
    return file


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the one data file of an archive, after looking at what it says of itself."""
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    wanted = [entry for entry in files if entry.filename.lower() not in _COMPANIONS]
    namesake = [entry for entry in wanted if PurePosixPath(entry.filename).stem == path.stem]
    found = namesake if len(namesake) == 1 else wanted
    if len(found) != 1:
        names = ", ".join(repr(entry.filename) for entry in wanted[:5]) or "nothing"
        why = f"it holds {names} where one data file is expected"
        raise BrokenSourceError(path, why, "unpack it and name the file you mean")
    _check(path, found[0])
    return found[0]


def _check(path: Path, entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    faults = {
        f"{name!r} in it is encrypted": entry.flag_bits & _ENCRYPTED,
        f"{name!r} in it lies in a folder": "/" in name or "\\" in name,
        f"{name!r} in it is packed by an unusual method": entry.compress_type not in _METHODS,
        f"{name!r} in it would unpack to {entry.file_size:,} bytes": entry.file_size > LARGEST
        or entry.file_size > max(HARMLESS, HIGHEST_RATIO * entry.compress_size),
    }
    for why, is_so in faults.items():
        if is_so:
            raise BrokenSourceError(path, why, _ASK)
