"""Files come whole from a server in any mood, or not at all, and go nowhere else."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256

import pytest

from gazetteer.errors import NotStoredError, RefusedError, UnreachableError, WrongContentError
from gazetteer.fetch.catalogue import RemoteFile
from gazetteer.fetch.download import download

PLACES = RemoteFile("dump/places.zip", "places.zip", "zip")
HALF = 2


def sends_on(location, status=302):
    """Return the mood of a server that sends to another address."""
    return lambda handler: handler.send(status, Location=location)


@pytest.fixture
def get(site, http, tmp_path):
    """Return a function that fetches a file of the server into a new folder."""

    def get(wanted=PLACES, *, url=None, **options):
        base_url = url or site.url
        return download(http, wanted, base_url=base_url, folder=tmp_path / "new", **options)

    return get


def test_a_file_comes_whole_with_its_progress_told(get, site, tmp_path, left):
    """Same bytes, nothing else left behind, the last report says all."""
    reports = []
    path = get(on_progress=lambda done, size: reports.append((done, size)))
    content = site.content["/dump/places.zip"]
    assert path == tmp_path / "new" / "places.zip"
    assert path.read_bytes() == content
    assert left() == ["places.zip"]
    assert reports[-1] == (len(content), len(content))
    assert site.asked[0][1]["User-Agent"].startswith("geoevents/")


def test_a_cut_connection_is_taken_up_where_it_broke(get, site):
    """The second request asks for the missing half only, and only of the same version."""
    site.moods.extend(["cut"])
    content = site.content["/dump/places.zip"]
    assert get().read_bytes() == content
    assert site.ranges() == [None, f"bytes={len(content) // HALF}-"]
    assert site.asked[1][1]["If-Range"] == '"v1"'


def test_a_later_run_goes_on_where_an_earlier_one_gave_up(get, site, left):
    """What came before the failure is kept, and not asked for again."""
    site.moods.extend(["cut", "busy", "busy", "busy"])
    with pytest.raises(RefusedError, match="503"):
        get()
    assert left() == ["places.zip.part", "places.zip.part.json"]
    site.asked.clear()
    content = site.content["/dump/places.zip"]
    assert get().read_bytes() == content
    assert site.ranges() == [f"bytes={len(content) // HALF}-"]


def test_a_part_that_is_whole_is_not_asked_for_again(get, site, tmp_path):
    """A run that ended between the last byte and the renaming costs nothing."""
    path = get()
    path.rename(f"{path}.part")
    state = {"origin": f"{site.url}/dump/places.zip", "validator": '"v1"'}
    size = len(site.content["/dump/places.zip"])
    (tmp_path / "new" / "places.zip.part.json").write_text(json.dumps(state | {"size": size}))
    site.asked.clear()
    assert get() == path
    assert site.asked == []


def test_a_server_that_ignores_ranges_sends_all_again(get, site):
    """Its second answer begins at the start, and is written there."""
    site.moods.extend(["cut", "whole"])
    assert get().read_bytes() == site.content["/dump/places.zip"]


def test_a_file_that_changed_meanwhile_is_fetched_anew(get, site, zipped):
    """Halves of two versions are never joined."""
    site.moods.append("cut")

    def changed(handler):
        site.content["/dump/places.zip"] = zipped(8)
        site.etag = '"v2"'
        handler.sound()

    site.moods.append(changed)
    assert get().read_bytes() == zipped(8)
    assert site.ranges()[1] is not None


def test_a_rest_of_another_version_is_not_joined(get, site, zipped):
    """Some servers send the range asked for whatever the condition was."""

    def unconditional(handler):
        site.content["/dump/places.zip"] = zipped(8)
        site.etag = '"v2"'
        del handler.headers["If-Range"]
        handler.sound()

    site.moods.extend(["cut", unconditional])
    assert get().read_bytes() == zipped(8)
    assert [asked is None for asked in site.ranges()] == [True, False, True]


def test_a_file_without_a_version_is_never_taken_up(get, site):
    """Nothing would tell whether the rest belongs to the part."""
    site.moods.append("cut_unnamed")
    assert get().read_bytes() == site.content["/dump/places.zip"]
    assert site.ranges() == [None, None]


def test_a_weak_tag_does_not_tell_versions_apart(get, site):
    """A weak tag says "as good as", not "the same bytes"."""
    site.etag = 'W/"v1"'
    site.moods.append("cut")
    assert get().read_bytes() == site.content["/dump/places.zip"]
    assert site.ranges() == [None, None]


def test_the_part_of_another_file_is_not_added_to(get, site, tmp_path):
    """A part from another server is written over."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "places.zip.part").write_bytes(b"PK of another world")
    state = {"origin": "http://127.0.0.1:1/places.zip", "validator": '"v1"', "size": 99}
    (tmp_path / "new" / "places.zip.part.json").write_text(json.dumps(state))
    assert get().read_bytes() == site.content["/dump/places.zip"]
    assert site.ranges() == [None]


@pytest.mark.parametrize("content_range", ["bytes 7-9/10", "nonsense", ""])
def test_a_part_other_than_asked_for_is_not_joined(get, site, content_range):
    """A server that sends some other range is asked again, for everything."""

    def confused(handler):
        handler.send(206, b"xyz", Content_Range=content_range, ETag='"v1"')

    site.moods.extend(["cut", confused])
    assert get().read_bytes() == site.content["/dump/places.zip"]
    assert site.ranges()[2] is None


def test_a_busy_server_is_asked_again(get, site):
    """Two refusals and then the file."""
    site.moods.extend(["busy", "busy"])
    assert get().read_bytes() == site.content["/dump/places.zip"]
    assert len(site.asked) == 3


def test_a_server_that_asks_to_wait_senselessly_is_asked_again(get, site):
    """Its header is no number and no date."""
    site.moods.append(lambda handler: handler.send(503, Retry_After="soon"))
    assert get().read_bytes() == site.content["/dump/places.zip"]


def test_a_server_that_falls_silent_is_asked_again(get, site):
    """It is not waited for longer than patience says."""
    site.moods.append("silent")
    assert get().read_bytes() == site.content["/dump/places.zip"]


def test_a_missing_file_is_refused_at_once(get, site, left):
    """One request, and a sentence with the address and the status."""
    with pytest.raises(RefusedError, match=r"/dump/none\.zip .*404.*--base-url"):
        get(RemoteFile("dump/none.zip", "none.zip", "zip"))
    assert len(site.asked) == 1
    assert left() == []


def test_without_a_server_the_network_is_told(get, site, left):
    """No connection: a sentence, and no traceback of a library."""
    with pytest.raises(UnreachableError, match=r"cannot be reached .*check the network"):
        get(url="http://127.0.0.1:9")
    assert isinstance(UnreachableError("u", "w"), ConnectionError)
    assert site.asked == []
    assert left() == []


@pytest.mark.parametrize(
    ("mood", "why"),
    [("page", "web page"), ("page_as_zip", "web page"), ("damaged", "damaged")],
)
def test_what_is_not_the_file_is_thrown_away(get, site, left, mood, why):
    """A log-in page and a damaged archive leave nothing behind; an older file stays."""
    path = get()
    site.moods.append(mood)
    with pytest.raises(WrongContentError, match=why):
        get()
    assert left() == ["places.zip"]
    assert path.read_bytes() == site.content["/dump/places.zip"]


def test_a_table_must_be_a_table(get, site):
    """A file of comma-separated values has commas in its first line."""
    wanted = RemoteFile("a.csv", "a.csv", "csv")
    site.content["/a.csv"] = b'"id","ident"\r\n1,00A\r\n'
    assert get(wanted).read_bytes() == site.content["/a.csv"]
    site.content["/a.csv"] = b"Service unavailable, for now\0"
    with pytest.raises(WrongContentError, match="no table"):
        get(wanted)


def test_a_known_checksum_is_compared(get, site):
    """The right hash passes in any case, a wrong one does not."""
    right = sha256(site.content["/dump/places.zip"]).hexdigest()
    assert get(RemoteFile("dump/places.zip", "p.zip", "zip", right.upper()))
    with pytest.raises(WrongContentError, match=f"SHA-256 is {right}"):
        get(RemoteFile("dump/places.zip", "p.zip", "zip", "0" * 64))


def test_a_redirect_within_the_web_is_followed(get, site):
    """The file comes from where the server sends."""
    site.content["/mirror.zip"] = site.content["/dump/places.zip"]
    site.moods.append(sends_on("/mirror.zip"))
    assert get().read_bytes() == site.content["/mirror.zip"]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/places.zip", "gopher://127.0.0.1/"]
)
def test_a_redirect_out_of_the_web_is_not_followed(get, site, location, left):
    """Neither to the local disk nor to other protocols."""
    site.moods.append(sends_on(location))
    with pytest.raises(RefusedError, match="not safe to follow"):
        get()
    assert left() == []


def test_a_circle_of_redirects_ends(get, site):
    """Six addresses are enough."""
    site.moods.extend([sends_on("/dump/places.zip")] * 20)
    with pytest.raises(RefusedError, match="sends on more than 5 times"):
        get()
    assert len(site.asked) == 6


def test_an_encrypted_connection_is_never_left():
    """Who asked by https is not sent on by http."""
    from gazetteer.fetch.http import _next_url

    with pytest.raises(RefusedError, match="not safe"):
        _next_url("https://example.org/a", "http://example.org/a")
    assert _next_url("http://example.org/a", "https://example.org/b") == "https://example.org/b"


def test_links_that_lie_in_the_way_are_not_followed(get, site, tmp_path):
    """Nothing outside the folder is written, whatever links were laid there."""
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    (tmp_path / "new").mkdir()
    for name in ("places.zip", "places.zip.part", "places.zip.part.json"):
        (tmp_path / "new" / name).symlink_to(outside)
    path = get()
    assert outside.read_bytes() == b"mine"
    assert not path.is_symlink()
    assert path.read_bytes() == site.content["/dump/places.zip"]


def test_a_full_disk_is_told_before_it_is_filled(get, monkeypatch, tmp_path, left):
    """The space that is left is compared with what is to come."""
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    (tmp_path / "new").mkdir()
    with pytest.raises(NotStoredError, match="the disk has 1,000 left"):
        get()
    assert left() == []


def test_a_disk_that_refuses_is_told(get, left):
    """The system's refusal in the middle of writing comes out as one sentence."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(
            NotStoredError, match=r"places\.zip' cannot be written \(File too large"
        ):
            get()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "places.zip" not in left()


def test_a_folder_that_cannot_be_made_is_told(get, tmp_path):
    """A file where the folder should be."""
    (tmp_path / "new").write_bytes(b"")
    with pytest.raises(NotStoredError, match="choose another folder"):
        get()
