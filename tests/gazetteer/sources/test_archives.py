"""Archives are read as streams, and hostile or broken ones do no harm."""

from __future__ import annotations

import gzip
import os
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gazetteer.errors import BrokenSourceError, MissingSourceError
from gazetteer.sources import archives
from gazetteer.sources.archives import open_source, verify_zip

TEXT = b"587084\tBaku\n" * 1000


def read(path):
    """Return everything a source holds."""
    with open_source(path) as source:
        return b"".join(iter(lambda: source.read(1000), b""))


def test_packed_or_plain_is_seen_from_the_content(write, pack):
    """Whatever the name says."""
    assert read(write("a.zip", TEXT)) == TEXT
    assert read(write("a.txt", gzip.compress(TEXT))) == TEXT
    assert read(pack("a.dat", b_txt=TEXT)) == TEXT


def test_of_several_files_the_namesake_is_read(pack):
    """As GeoNames' archives are named."""
    assert read(pack("AZ.zip", IL_txt=b"no", AZ_txt=TEXT, readme_txt=b"no")) == TEXT


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"a_txt": b"1", "b_txt": b"2"}, "'a.txt', 'b.txt' where one data file is expected"),
        ({"readme_txt": b"1"}, "nothing where one data file is expected"),
        ({"../etc/passwd": b"1"}, "lies in a folder"),
        ({"/etc/passwd": b"1"}, "lies in a folder"),
        ({"..\\a_txt": b"1"}, "lies in a folder"),
        ({"a_txt": b"0" * 50_000_000}, "would unpack to 50,000,000 bytes"),
    ],
    ids=["two files", "only a readme", "nested", "absolute", "backslash", "bomb"],
)
def test_an_unexpected_archive_is_refused(pack, members, why):
    """Before a byte of it is unpacked; the sentence names the file and what is in it."""
    with pytest.raises(BrokenSourceError, match=r"world\.zip") as caught:
        read(pack("world.zip", **members))
    assert why in str(caught.value)


def test_a_declared_size_that_lies_is_found_out(pack):
    """The directory of a bomb may promise a small file."""
    path = pack("bomb.zip", bomb_txt=b"0" * 5_000_000)
    data = bytearray(path.read_bytes())
    sizes = struct.pack("<I", 5_000_000)
    while (at := data.find(sizes)) >= 0:
        data[at : at + 4] = struct.pack("<I", 100_000)
    path.write_bytes(data)
    with pytest.raises(BrokenSourceError, match="cut short or damaged"):
        read(path)


def test_more_than_any_source_holds_is_refused(write, monkeypatch):
    """A gzip file does not say how large it becomes."""
    monkeypatch.setattr(archives, "LARGEST", 10_000)
    with pytest.raises(BrokenSourceError, match="unpacks to more than 10,000 bytes"):
        read(write("a.gz", gzip.compress(bytes(1_000_000))))


def test_an_encrypted_archive_is_refused(pack):
    """Nobody is asked for a password."""
    path = pack("a.zip", a_txt=TEXT)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(BrokenSourceError, match="encrypted"):
        read(path)


def test_an_unusual_packing_is_refused(tmp_path):
    """Sources are deflated or stored."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", TEXT)
    with pytest.raises(BrokenSourceError, match="unusual method"):
        read(path)


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("kind", ["zip", "gzip"])
def test_a_file_cut_short_says_to_download_it_again(write, pack, kind, share):
    """Wherever the download broke off."""
    content = os.urandom(100_000)
    whole = pack("a.zip", a_txt=content).read_bytes() if kind == "zip" else gzip.compress(content)
    with pytest.raises(BrokenSourceError, match=r"cut short or damaged.*download it again"):
        read(write("cut", whole[: int(len(whole) * share)]))


def test_a_flipped_bit_is_found(pack):
    """By the checksum, at the end of reading or of verifying."""
    path = pack("a.zip", a_txt=os.urandom(10_000))
    verify_zip(path)
    data = bytearray(path.read_bytes())
    data[5_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(BrokenSourceError, match="damaged"):
        read(path)
    with pytest.raises(BrokenSourceError, match="damaged"):
        verify_zip(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8),
    st.sampled_from(["zip", "gzip"]),
)
@example([(383, 0)], "zip")  # a member without a name
def test_no_damage_is_too_strange(write, pack, changes, kind):
    """Whatever bytes are wrong, the file is read or refused; no other error comes out."""
    packed = pack("b.zip", readme_txt=b"r", b_txt=bytes(range(200)))
    data = bytearray(packed.read_bytes() if kind == "zip" else gzip.compress(bytes(range(200))))
    for position, byte in changes:
        data[2 + position % (len(data) - 2)] = byte
    path = write("c.zip", bytes(data))
    for look in (read, verify_zip):
        with suppress(BrokenSourceError):
            look(path)


def test_nothing_and_folders_and_absence_are_told_apart(write, tmp_path):
    """Each in a sentence of its own."""
    with pytest.raises(BrokenSourceError, match="it is empty"):
        read(write("empty.zip", b""))
    with pytest.raises(BrokenSourceError, match="it is a folder"):
        read(tmp_path)
    with pytest.raises(MissingSourceError, match="no file"):
        read(tmp_path / "none.zip")


def test_errors_of_the_reader_itself_pass_through(write):
    """Only what the file does is blamed on the file."""
    with pytest.raises(PermissionError, match="mine"), open_source(write("a", TEXT)):
        raise PermissionError("mine")
