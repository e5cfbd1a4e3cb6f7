"""Tiles of the network are found by name, and nothing but an address of tiles gets into a page."""

import pytest
from xyzservices import TileProvider

from maps.errors import BadTilesError
from maps.tiles import find


def test_a_provider_is_found_by_its_name_with_what_it_wants_said() -> None:
    """Its subdomains become origins, its attribution text and links without any markup."""
    tiles = find("opentopomap")
    assert tiles.url == "https://{s}.tile.opentopomap.org/{z}/{x}/{y}.png"
    assert tiles.origins == tuple(f"https://{name}.tile.opentopomap.org" for name in "abc")
    said = "".join(text for text, _ in tiles.attribution)
    assert "OpenStreetMap contributors" in said
    assert "<" not in said
    assert "https://www.openstreetmap.org/copyright" in {link for _, link in tiles.attribution}
    assert not tiles.turns_disks_away


def test_openstreetmap_itself_turns_pages_on_a_disk_away() -> None:
    """Its servers want a referrer, which a page opened from a file never sends."""
    assert find("OpenStreetMap.Mapnik").turns_disks_away


@pytest.mark.parametrize(
    "asked",
    [
        "https://tiles.example.org/{z}/{x}/{y}.png",
        TileProvider(
            name="own",
            url="https://tiles.example.org/{z}/{x}/{y}.png",
            attribution="tiles.example.org",
        ),
        {"url": "https://tiles.example.org/{z}/{x}/{y}.png"},
    ],
)
def test_an_address_of_ones_own_is_taken_as_it_is(asked: object) -> None:
    """Given as text, as a provider or as a mapping, it is credited to its host."""
    tiles = find(asked)  # type: ignore[arg-type]
    assert tiles.url == "https://tiles.example.org/{z}/{x}/{y}.png"
    assert tiles.origins == ("https://tiles.example.org",)
    assert tiles.attribution == (("tiles.example.org", None),)


def test_an_attribution_written_in_markup_stays_text() -> None:
    """Scripts and links to anything but http addresses are not taken over."""
    written = "<img src=x onerror=alert(1)><a href='javascript:alert(1)'>A</a> &lt;b&gt;"
    url = "https://tiles.example.org/{z}/{x}/{y}.png"
    assert find({"url": url, "html_attribution": written}).attribution == (
        ("A", None),
        (" <b>", None),
    )


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("NoSuchProvider", "is no provider of xyzservices"),
        ("CartoDB.Positron", "needs a key"),
        ("javascript:alert({z},{x},{y})", "has no http(s) address"),
        ("https://tiles.example.org/{z}/{x}.png", "cannot be filled in (y)"),
        ("https://tiles.example.org/{z}/{x}/{y}?k={key}", "cannot be filled in (key)"),
        ("https://tiles.example.org; script-src *;/{z}/{x}/{y}", "has no http(s) address"),
        ("https://tiles.example.org/'{z}/{x}/{y}", "has no http(s) address"),
        ({"url": "https://tiles.example.org/{key}/{z}/{x}/{y}"}, "does not say what 'key' is"),
        (
            {
                "url": "https://{s}.example.org/{z}/{x}/{y}.png",
                "subdomains": ["a; script-src *; x"],
            },
            "has 'a; script-src *; x' for a subdomain",
        ),
    ],
)
def test_what_names_no_tiles_is_said_in_a_sentence(asked: object, why: str) -> None:
    """The sentence names what was asked for and says what to do."""
    with pytest.raises(BadTilesError, match=r"No tiles can be had from .*: ") as caught:
        find(asked)  # type: ignore[arg-type]
    assert why in str(caught.value)
