"""Lines and areas on the page's canvas: what is painted, and what clicks, keys and filters do."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import Geod
from shapely import LineString, Point, Polygon

expect = pytest.importorskip("playwright.sync_api").expect

GEOD = Geod(ellps="WGS84")
BAKU, OVDA = (49.8671, 40.4093), (34.9358, 29.9403)
TOKYO, FRANCISCO = (139.78, 35.55), (-122.38, 37.62)
MAP = "Object.values(window).find((value) => value instanceof L.Map)"
#: Colours and opacities of what is painted around a place, so many pixels from it.
PAINTED = """([lat, lon, offsets]) => {
    const map = MAP;
    const at = map.latLngToContainerPoint([lat, lon]);
    const box = map.getContainer().getBoundingClientRect();
    const all = [...document.querySelectorAll("#ge-map canvas.ge-shapes")].reverse();
    const copies = all.map((canvas) => {
        const { width, height } = canvas;
        const copy = Object.assign(document.createElement("canvas"), { width, height });
        const context = copy.getContext("2d", { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        const place = canvas.getBoundingClientRect();
        return { context, place, ratio: width / place.width };
    });
    return offsets.map(([dx, dy]) => {
        for (const { context, place, ratio } of copies) {
            const x = (box.x + at.x + dx - place.x) * ratio;
            const y = (box.y + at.y + dy - place.y) * ratio;
            const pixel = [...context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data];
            if (pixel[3]) return pixel;
        }
        return [0, 0, 0, 0];
    });
}""".replace("MAP", MAP)
MOVEMENT_LIGHT, MOVEMENT_DARK = (29, 95, 168), (125, 184, 245)


def alike(pixels: np.ndarray, colour: tuple[int, ...]) -> np.ndarray:
    """Tell which pixels have a colour, but for what the edge of a line mixes in."""
    return np.abs(pixels[:, :3] - np.array(colour)).max(axis=1) < 40


class Chart:
    """A page's map by longitude and latitude."""

    def __init__(self, opened: Any) -> None:
        self.page = opened.page

    def look_at(self, lon: float, lat: float, zoom: float) -> "Chart":
        """Move the map."""
        view = "([at, zoom]) => { (MAP).setView(at, zoom, { animate: false }); }"
        self.page.evaluate(view.replace("MAP", MAP), [[lat, lon], zoom])
        return self.drawn()

    def drawn(self) -> "Chart":
        """Wait until what was asked for is painted: work is put off to the next frame."""
        self.page.evaluate(
            "() => new Promise((done) => { let left = 3; const next = () =>"
            " (left-- ? requestAnimationFrame(next) : done()); next(); })"
        )
        return self

    def pixels(self, lon: float, lat: float, offsets: Iterable[tuple[float, float]]) -> np.ndarray:
        """Return red, green, blue and opacity so many pixels from a place, offset by offset."""
        return np.array(self.page.evaluate(PAINTED, [lat, lon, [*map(list, offsets)]]))

    def pixel(self, lon: float, lat: float, dx: float = 0, dy: float = 0) -> list[int]:
        """Return red, green, blue and opacity so many pixels from a place."""
        found: list[int] = self.pixels(lon, lat, [(dx, dy)])[0].tolist()
        return found

    def is_painted(self, lon: float, lat: float, *, within: int = 4) -> bool:
        """Tell whether something is painted within so many pixels of a place."""
        reach = range(-within, within + 1)
        return bool((self.pixels(lon, lat, product(reach, reach))[:, 3] > 128).any())

    def width(self, lon: float, lat: float, colour: tuple[int, ...]) -> int:
        """Return how many pixels of a colour lie above each other at a place."""
        column = self.pixels(lon, lat, [(0, dy) for dy in range(-30, 31)])
        return int((alike(column, colour) & (column[:, 3] > 200)).sum())

    def spot(self, lon: float, lat: float, dx: float = 0, dy: float = 0) -> tuple[float, float]:
        """Return where on the screen a place is."""
        x, y = self.page.evaluate(
            "([lat, lon]) => { const at = MAP.latLngToContainerPoint([lat, lon]);"
            "const box = MAP.getContainer().getBoundingClientRect();"
            "return [box.x + at.x, box.y + at.y]; }".replace("MAP", f"({MAP})"),
            [lat, lon],
        )
        return x + dx, y + dy

    def click(self, lon: float, lat: float, dx: float = 0, dy: float = 0) -> str:
        """Click at a place and return what the popup says."""
        # The popup that is open may be there a moment longer.
        self.page.locator(".ge-pages").evaluate_all("all => all.forEach((e) => e.dataset.old = '')")
        self.page.mouse.click(*self.spot(lon, lat, dx, dy))
        return str(self.page.locator(".ge-popup .ge-pages:not([data-old])").inner_text())

    def tip(self, lon: float, lat: float, dx: float = 0, dy: float = 0) -> str | None:
        """Point at a place and return the tip, None where there is none."""
        self.page.mouse.move(*self.spot(lon, lat, dx, dy))
        self.drawn()
        tip = self.page.locator(".ge-tip")
        return tip.inner_text() if tip.count() else None

    def keep(self, name: str, value: Any) -> None:
        """Set a filter."""
        self.page.evaluate("([name, value]) => geoevents.filter.set(name, value)", [name, value])
        self.drawn()


@pytest.fixture
def chart(show: Callable[..., Any]) -> Callable[..., Chart]:
    """Open a map without names and with its legend closed, so that nothing lies over the shapes."""

    def opened(events: gpd.GeoDataFrame, **options: Any) -> Chart:
        page = show(events, **options)
        page.page.evaluate("document.querySelector('#ge-legend').open = false")
        made = Chart(page)
        made.check = page.check  # type: ignore[attr-defined]
        return made

    return opened


def table(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return rows as an event table; each is an event of its own unless it has an id."""
    filled = [{"type": "movement.flight", "event_id": f"e{n}", **row} for n, row in enumerate(rows)]
    return gpd.GeoDataFrame(pd.DataFrame(filled), geometry="geometry", crs="EPSG:4326")


def route(*stops: tuple[float, float], **cells: Any) -> dict[str, Any]:
    """Return the row of a route."""
    return {"geometry": LineString(stops), "role": "route", "geometry_basis": "stated", **cells}


def middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return the point halfway along the geodesic."""
    azimuth, _, metres = GEOD.inv(*one, *other)
    lon, lat, _ = GEOD.fwd(*one, azimuth, metres / 2)
    return lon, lat


def days(number: int) -> list[str]:
    """Return so many days of March 2024."""
    return [f"2024-03-{day:02d}" for day in range(1, number + 1)]


def march(first: int, last: int) -> list[int]:
    """Return days of March 2024 as the page counts them."""
    start = np.datetime64("2024-03-01").astype(int)
    return [int(start) + first - 1, int(start) + last - 1]


def test_a_route_is_painted_along_the_geodesic(chart: Callable[..., Chart]) -> None:
    """Over the Pacific the line passes 48° N, where the map's straight line would not."""
    page = chart(table(route(TOKYO, FRANCISCO)))
    lon, lat = middle(TOKYO, FRANCISCO)
    page.look_at(lon % 360, lat, 4)
    assert page.is_painted(lon % 360, lat)
    assert not page.is_painted(lon % 360, (TOKYO[1] + FRANCISCO[1]) / 2, within=12)
    page.check()  # type: ignore[attr-defined]


def test_a_route_over_the_pole_leaves_and_comes_back(chart: Callable[..., Chart]) -> None:
    """It runs up at 0° and down at 180°, and nothing is drawn across the top of the map."""
    page = chart(table(route((0.0, 70.0), (180.0, 70.0))))
    page.look_at(90, 80, 2)
    for lon in (0, 180):
        assert page.is_painted(lon, 78)
    assert not page.is_painted(90, 84.9, within=6)


def test_ten_flights_on_a_route_are_one_thicker_line(chart: Callable[..., Chart]) -> None:
    """Its tip counts them, and it is thicker than the line of one."""
    rows = [route((20, 10), (40, 10)) for _ in range(10)] + [route((20, 0), (40, 0))]
    page = chart(table(*rows)).look_at(30, 5, 5)
    lat = np.interp(26, *np.array(GEOD.npts(20, 10, 40, 10, 99)).T)
    many = page.width(26, lat, MOVEMENT_LIGHT)
    assert 0 < page.width(26, 0, MOVEMENT_LIGHT) < many
    assert "Events: 10" in (page.tip(26, lat) or "")
    assert "km along the shortest course" in (page.tip(26, 0) or "")
    assert "Events" not in (page.tip(26, 0) or "")


def test_there_and_back_are_two_lines_side_by_side(chart: Callable[..., Chart]) -> None:
    """Each is told with the number of the other direction."""
    rows = [route((20, 0), (40, 0)) for _ in range(3)] + [route((40, 0), (20, 0))] * 2
    page = chart(table(*rows)).look_at(30, 0, 5)
    assert "Events: 3" in (page.tip(27, 0, dy=5) or "")
    assert "Events: 2" in (page.tip(27, 0, dy=-5) or "")
    told = page.click(27, 0, dy=5)
    assert "Events on this route: 3" in told
    assert "In the other direction: 2" in told


def test_a_bundle_is_spread_into_its_events(chart: Callable[..., Chart]) -> None:
    """The button draws an arc per event; each opens its own; the button there gathers them."""
    rows = [route((20, 0), (40, 0), start_time=day) for day in days(4)]
    page = chart(table(*rows)).look_at(30, 0, 5)
    told = page.click(25, 0)
    assert "4 events here" in told
    page.page.locator(".ge-spread").click()
    arcs = np.flatnonzero(page.pixels(30, 0, [(0, dy) for dy in range(-30, 31)])[:, 3] > 200)
    assert np.ptp(arcs) > 20
    opened = {page.click(30, 0, dy=dy).split("Flight")[-1] for dy in (-13.5, -4.5, 4.5, 13.5)}
    assert len(opened) == 4
    page.page.locator(".ge-spread").click()
    assert page.pixel(30, 0, dy=13)[3] == 0


def test_a_route_over_stops_tells_its_legs(chart: Callable[..., Chart]) -> None:
    """Names of the stops, where the text names them, and the kilometres of each leg."""
    stops = {"Baku": BAKU, "Tbilisi": (44.8, 41.7), "Ovda": OVDA}
    rows = [route(*stops.values(), event_id="e")]
    rows += [
        {"geometry": Point(at), "event_id": "e", "place": name, "role": role}
        for (name, at), role in zip(
            stops.items(), ("origin", "location", "destination"), strict=True
        )
    ]
    page = chart(table(*rows))
    told = page.click(*middle(stops["Tbilisi"], OVDA))
    assert "Baku → Tbilisi → Ovda" in told
    kilometres = [
        GEOD.inv(*a, *b)[2] / 1000 for a, b in ((BAKU, stops["Tbilisi"]), (stops["Tbilisi"], OVDA))
    ]
    assert f"{sum(kilometres):,.0f} km along the shortest course" in told
    assert f"Tbilisi → Ovda: {kilometres[1]:,.0f} km" in told


def landings(count: int) -> list[dict[str, Any]]:
    """Return rows of landings in Ovda, the first one from Baku, the second from some country."""
    ends = [
        {"geometry": Point(OVDA), "event_id": f"e{n}", "role": "destination", "place": "Ovda"}
        for n in range(count)
    ]
    return [
        route(BAKU, OVDA, event_id="e0", uncertainty_km=0.5),
        route((45.0, 24.0), OVDA, event_id="e1", uncertainty_km=166.0),
        *ends,
    ]


#: How far they came, in kilometres: exactly from the town, about from the country.
FROM_BAKU = f"{GEOD.inv(*BAKU, *OVDA)[2] / 1000:,.0f}"
FROM_FAR = f"≈ {round(GEOD.inv(45.0, 24.0, *OVDA)[2] / 1000, -2):,.0f}"


@pytest.mark.parametrize(("lang", "unit"), [("en", "km"), ("he", "ק״מ")])
def test_the_chooser_tells_how_far_each_went(
    chart: Callable[..., Chart], lang: str, unit: str
) -> None:
    """Of those that have a route; the others of the same place say nothing of it."""
    page = chart(table(*landings(13)), lang=lang)
    page.page.mouse.click(*page.spot(*OVDA))
    entries = page.page.locator(".ge-chooser li")
    expect(entries).to_have_count(13)
    expect(entries.filter(has_text=f"{FROM_BAKU} {unit}")).to_have_count(1)
    expect(entries.filter(has_text=f"{FROM_FAR} {unit}")).to_have_count(1)
    expect(entries.filter(has_text=unit)).to_have_count(2)
    page.check()  # type: ignore[attr-defined]


def test_events_that_fan_out_tell_how_far_each_went(chart: Callable[..., Chart]) -> None:
    """In the names of their signs, and in the tip of the one that is pointed at."""
    page = chart(table(*landings(3)))
    page.page.mouse.click(*page.spot(*OVDA))
    fan = page.page.locator(".ge-fan")
    expect(fan).to_have_count(3)
    sign = fan.and_(page.page.get_by_label(f"{FROM_FAR} km"))
    sign.hover()
    expect(page.page.locator(".leaflet-tooltip")).to_contain_text(f"{FROM_FAR} km")
    expect(fan.and_(page.page.get_by_label("km"))).to_have_count(2)


def test_a_recorded_track_is_drawn_as_it_is(chart: Callable[..., Chart]) -> None:
    """Its bends are there, and it is not counted with the routes between the same ends."""
    bends = [(20 + n, 3 * (-1) ** n) for n in range(12)]
    page = chart(table(route(*bends), route(bends[0], bends[-1]))).look_at(25, 0, 5)
    assert page.is_painted(22, 3)
    assert "along the recorded track" in (page.tip(22, 3) or "")


def test_a_line_is_hit_within_a_few_pixels(chart: Callable[..., Chart]) -> None:
    """Five beside it still counts, fifteen does not, and the cursor tells."""
    page = chart(table(route((20, 0), (40, 0)))).look_at(30, 0, 5)
    assert page.tip(27, 0, dy=5)
    expect(page.page.locator("#ge-map.ge-over")).to_have_count(1)
    assert page.tip(27, 0, dy=15) is None
    expect(page.page.locator("#ge-map.ge-over")).to_have_count(0)


def test_stated_inferred_and_schematic_lines_differ(chart: Callable[..., Chart]) -> None:
    """Solid, dashed, dotted: each leaves a different share of its way unpainted."""
    shares = []
    for basis in ("stated", "inferred", "schematic"):
        page = chart(table(route((20, 0), (40, 0), geometry_basis=basis))).look_at(25, 0, 6)
        shares.append(
            alike(page.pixels(25, 0, [(dx, 0) for dx in range(120)]), MOVEMENT_LIGHT).mean()
        )
    stated, inferred, schematic = shares
    assert stated > 0.95
    assert 0.45 < inferred < 0.8
    assert 0.2 < schematic < inferred


def test_a_filter_takes_lines_away_and_counts_anew(chart: Callable[..., Chart]) -> None:
    """Of ten days three are left; of none, no line."""
    page = chart(table(*(route((20, 0), (40, 0), start_time=day) for day in days(10))))
    page.look_at(30, 0, 5)
    thick = page.width(26, 0, MOVEMENT_LIGHT)
    page.keep("time", march(2, 4))
    assert "Events: 3" in (page.tip(26, 0) or "")
    assert 0 < page.width(26, 0, MOVEMENT_LIGHT) < thick
    page.keep("time", march(20, 21))
    assert not page.is_painted(26, 0)
    assert page.tip(26, 0) is None


def test_a_layer_that_is_off_is_not_painted(chart: Callable[..., Chart]) -> None:
    """The legend's switch, clicked."""
    page = chart(table(route((20, 0), (40, 0)))).look_at(30, 0, 5)
    page.page.evaluate("document.querySelector('#ge-legend').open = true")
    page.page.locator("[data-layer='route.flight'] input").click()
    page.drawn()
    assert not page.is_painted(24, 0)


def test_shapes_take_the_colours_of_the_theme(chart: Callable[..., Chart]) -> None:
    """From light to dark by the button, at once."""
    page = chart(table(route((20, 0), (40, 0)))).look_at(30, 0, 5)
    assert page.pixel(26, 0)[:3] == pytest.approx(MOVEMENT_LIGHT, abs=4)
    for _ in range(2):
        page.page.locator("#ge-theme").click()
    expect(page.page.locator("html[data-theme=dark]")).to_have_count(1)
    assert page.pixel(26, 0)[:3] == pytest.approx(MOVEMENT_DARK, abs=4)


KARABAKH = Polygon([(20, -5), (30, -5), (30, 5), (20, 5)])


def area(**cells: Any) -> dict[str, Any]:
    """Return the row of a clash in an area."""
    return {"geometry": KARABAKH, "type": "violence.armed_clash", "place": "Somewhere",
            "place_kind": "region", "geometry_basis": "stated", **cells}  # fmt: skip


def tints(page: Chart) -> int:
    """Return how many different shades an area is painted in."""
    return len(np.unique(page.pixels(25, 0, [(dx, 60) for dx in range(40)])[:, 3] // 16))


def test_disputed_ground_is_hatched_and_labelled(chart: Callable[..., Chart]) -> None:
    """An area is plain; one with a viewpoint is striped, and its name tells whose view it is."""
    plain = chart(table(area())).look_at(25, 0, 5)
    assert tints(plain) == 1
    disputed = chart(table(area(viewpoint="AZ", place_kind="disputed"))).look_at(25, 0, 5)
    assert tints(disputed) > 1
    labels = disputed.page.locator(".ge-label.event").all_inner_texts()
    assert labels == ["Somewhere (Viewpoint: Azerbaijan)"]
    assert "Disputed area" in disputed.page.locator("#ge-legend").text_content()
    assert "Disputed" not in plain.page.locator("#ge-legend").text_content()


def test_a_large_area_is_tinted_less_than_a_small_one(chart: Callable[..., Chart]) -> None:
    """What happened somewhere in a continent says little of each spot of it."""
    sizes = {"valley": 0.5, "country": 4, "continent": 20}
    squares = [
        area(geometry=Point(60 * i, 0).buffer(size, cap_style="square"), place=name)
        for i, (name, size) in enumerate(sizes.items())
    ]
    page = chart(table(*squares))
    tints = [page.look_at(60 * i, 0, 6).pixel(60 * i + 0.2, 0.2)[3] for i in range(len(sizes))]
    assert tints == sorted(tints, reverse=True)
    assert tints[2] > 0
    assert tints[0] >= 2 * tints[2]


def test_a_click_in_an_area_opens_its_event(chart: Callable[..., Chart]) -> None:
    """Inside, and not in its hole."""
    holed = Polygon(KARABAKH.exterior, [[(24, -1), (26, -1), (26, 1), (24, 1)]])
    page = chart(table(area(geometry=holed))).look_at(25, 0, 6)
    assert page.tip(25, 0) is None
    assert page.tip(22, 3) == "Somewhere · Armed clash"
    assert "Armed clash" in page.click(22, 3)


@pytest.mark.parametrize("lat", [0.0, 60.0, 78.0])
def test_a_circle_of_uncertainty_has_its_size(chart: Callable[..., Chart], lat: float) -> None:
    """Three hundred kilometres around, to half a percent, wherever it is."""
    row = {"geometry": Point(20, lat), "type": "violence.strike", "uncertainty_km": 300.0}
    page = chart(table(row)).look_at(20, lat, 5)
    flat = page.page.evaluate(f"geoevents.circleAround(20, {lat}, 300)")
    ring = np.array(flat).reshape(-1, 2)
    far = GEOD.inv([20] * len(ring), [lat] * len(ring), *ring.T)[2] / 1000
    assert far == pytest.approx(300, rel=0.005)
    # The edge on the screen lies where the geodesic ends.
    lon, north, _ = GEOD.fwd(20, lat, 0, 300_000)
    edge = np.flatnonzero(page.pixels(lon, north, [(0, dy) for dy in range(-12, 13)])[:, 3] > 150)
    assert edge.size
    assert abs(edge.mean() - 12) <= 2


def belt() -> gpd.GeoDataFrame:
    """Return 24 shellings at six towns around 37° E, 48° N, in March 2024."""
    towns = [(37.0, 48.0), (37.2, 48.05), (37.1, 48.15), (36.9, 48.1), (37.05, 48.2), (37.2, 48.2)]
    return table(
        *(
            {"geometry": Point(towns[n % 6]), "type": "violence.shelling", "place": f"Town {n % 6}",
             "start_time": day}
            for n, day in enumerate(days(24))
        )
    )  # fmt: skip


def test_dense_events_make_an_area_that_says_it_is_computed(chart: Callable[..., Chart]) -> None:
    """In the legend, on the map and in the popup, with number and span of its events."""
    page = chart(belt()).look_at(37.1, 48.1, 9)
    computed = "Computed from 24 events, not stated by any text"
    assert computed in page.page.locator("#ge-legend").text_content()
    labels = page.page.locator(".ge-label.event").all_inner_texts()
    assert any("Events: 24 · March 1 – 24, 2024" in label for label in labels)
    told = page.click(37.12, 48.1)
    assert computed in told
    assert "at least 10 events at 3 or more places lie within 25 km" in told
    assert "24 events here" in told


def test_a_density_recounts_and_goes_when_too_few_are_left(chart: Callable[..., Chart]) -> None:
    """Twelve of its days are still dense, five are not."""
    page = chart(belt()).look_at(37.1, 48.1, 9)
    page.keep("time", march(1, 12))
    assert "Computed from 12 events" in page.page.locator("#ge-legend").text_content()
    assert page.is_painted(37.12, 48.1)
    page.keep("time", march(1, 5))
    assert not page.is_painted(37.12, 48.1)


def test_no_area_is_computed_where_none_is_wanted(chart: Callable[..., Chart]) -> None:
    """The option leaves the layer out of the map and its legend."""
    page = chart(belt(), density=False).look_at(37.1, 48.1, 9)
    assert not page.is_painted(37.12, 48.1)
    assert "omputed" not in page.page.locator("#ge-legend").text_content()


def visits() -> gpd.GeoDataFrame:
    """Return one visit to Egypt, three to Sudan and nine to Chad, in March 2024."""
    at = {"EG": (29.8, 26.6), "SD": (30.0, 15.9), "TD": (18.6, 15.3)}
    countries = ["EG", *["SD"] * 3, *["TD"] * 9]
    return table(
        *(
            {
                "geometry": Point(at[code]),
                "type": "diplomacy.visit",
                "country": code,
                "start_time": day,
            }
            for code, day in zip(countries, days(13), strict=True)
        )
    )


def shade(page: Chart, lon: float, lat: float) -> set[tuple[int, ...]]:
    """Return the colours of an area's fill: of its tint, and of the pattern on it."""
    around = product(range(-4, 5), repeat=2)
    return {tuple(pixel) for pixel in page.pixels(lon, lat, around).tolist()}


def test_a_choropleth_shades_countries_by_their_events(chart: Callable[..., Chart]) -> None:
    """Three counts, three shades; the tip has the number, and a country without events none."""
    page = chart(visits(), choropleth="country")
    page.page.wait_for_selector("body[data-choropleth=ready]")
    page.look_at(24, 20, 5)
    places = {"Egypt": (28, 24), "Sudan": (28, 14), "Chad": (20, 12)}
    assert len({frozenset(shade(page, *at)) for at in places.values()}) == 3
    assert [page.tip(*at) for at in places.values()] == [
        "Egypt: Events: 1", "Sudan: Events: 3", "Chad: Events: 9",
    ]  # fmt: skip
    assert page.pixel(20, 27)[3] == 0
    assert "9 events here" in page.click(*places["Chad"])
    page.check()  # type: ignore[attr-defined]


def test_a_choropleth_keeps_its_classes_and_counts_anew(chart: Callable[..., Chart]) -> None:
    """The legend's limits stay, so that a colour means the same number all the time."""
    page = chart(visits(), choropleth="country")
    page.page.wait_for_selector("body[data-choropleth=ready]")
    page.look_at(24, 20, 5)
    limits = page.page.locator(".ge-classes li").all_text_contents()
    assert limits == ["1–2", "3–8", "9"]
    sudan = shade(page, 28, 14)
    page.keep("time", march(2, 7))
    assert page.page.locator(".ge-classes li").all_text_contents() == limits
    assert page.tip(20, 12) == "Chad: Events: 3"
    assert shade(page, 20, 12) == shade(page, 28, 14) == sudan
    assert page.pixel(28, 24)[3] == 0


def test_a_choropleth_is_read_by_keyboard(chart: Callable[..., Chart]) -> None:
    """The legend lists the areas by number; Enter opens the events of one."""
    page = chart(visits(), choropleth="country")
    page.page.wait_for_selector("body[data-choropleth=ready]")
    page.page.evaluate("document.querySelector('#ge-legend').open = true")
    page.page.locator(".ge-choropleth summary").focus()
    page.page.keyboard.press("Enter")
    entries = page.page.locator(".ge-areas button")
    assert entries.all_text_contents() == ["Chad9", "Sudan3", "Egypt1"]
    entries.nth(1).focus()
    page.page.keyboard.press("Enter")
    expect(page.page.locator(".ge-popup")).to_contain_text("3 events here")
    page.page.keyboard.press("Escape")
    assert "Sudan3" in page.page.evaluate("document.activeElement.textContent")
    page.page.locator(".ge-choropleth input").click()
    page.drawn()
    page.look_at(24, 20, 5)
    assert page.pixel(20, 12)[3] == 0


def test_the_classes_of_a_choropleth_have_patterns_in_the_legend_and_on_paper(
    chart: Callable[..., Chart],
) -> None:
    """Each its own; on paper the list of areas is left out, and all of it where it is off."""
    page = chart(visits(), choropleth="country").page
    page.wait_for_selector("body[data-choropleth=ready]")
    page.locator("#ge-legend > summary").click()
    squares = page.locator(".ge-classes svg")
    expect(squares).to_have_count(3)
    found = squares.evaluate_all("all => all.map((one) => one.dataset.pattern)")
    assert found == ["plain", "rising", "bars"]
    expect(squares.locator("pattern")).to_have_count(3)
    for shown in (True, False):
        page.locator(".ge-choropleth input").set_checked(shown)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        expect(squares.first).to_be_visible(visible=shown)
        expect(page.locator(".ge-choropleth summary")).to_be_hidden()
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect(page.locator(".ge-choropleth summary")).to_be_visible()


def test_divisions_come_from_the_table_of_areas(chart: Callable[..., Chart]) -> None:
    """A polygon that was handed in is shaded under its own name."""
    areas = gpd.GeoDataFrame(
        {"area_id": ["x"], "name": ["The East"]}, geometry=[KARABAKH], crs=4326
    )
    page = chart(
        table({"geometry": Point(25, 1), "type": "diplomacy.visit"}), choropleth="adm1", areas=areas
    )
    page.page.wait_for_selector("body[data-choropleth=ready]")
    page.look_at(25, 0, 5)
    assert page.tip(22, -3) == "The East: Events: 1"


def test_five_thousand_routes_pan_and_zoom(chart: Callable[..., Chart]) -> None:
    """Panning draws nothing until the map stands still; then all is there in a moment."""
    rng = np.random.default_rng(5)
    ends = rng.uniform((-20, -30), (130, 60), (5000, 2, 2))
    page = chart(table(*(route(*map(tuple, pair), geometry_basis="inferred") for pair in ends)))
    took = page.page.evaluate(
        """() => {
            const map = MAP;
            const canvas = document.querySelector("canvas.ge-shapes");
            const copy = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
            const context = copy.getContext("2d", { willReadFrequently: true });
            const drawn = () => {
                context.drawImage(canvas, 0, 0);
                context.getImageData(0, 0, 1, 1);
            };
            const start = performance.now();
            map.panBy([200, 100], { animate: false });
            drawn();
            const panned = performance.now();
            map.setZoom(map.getZoom() + 1, { animate: false });
            drawn();
            return [panned - start, performance.now() - panned];
        }""".replace("MAP", MAP)
    )
    assert max(took) < 6000  # a freeze, also on a machine that is busy
    page.check()  # type: ignore[attr-defined]


def test_hostile_names_of_shapes_are_only_text(chart: Callable[..., Chart]) -> None:
    """In tip, label, popup and legend, of routes, areas, viewpoints and divisions."""
    evil = "<img src=x onerror=alert(1)>{{7*7}}${alert(1)}\u202e</script>"
    stops = [(20.0, -8.0), (30.0, -8.0)]
    rows = [route(*stops, event_id="r")]
    rows += [
        {"geometry": Point(at), "event_id": "r", "place": evil, "role": role}
        for at, role in zip(stops, ("origin", "destination"), strict=True)
    ]
    rows.append(area(place=evil, viewpoint=evil))
    areas = gpd.GeoDataFrame({"area_id": ["x"], "name": [evil]}, geometry=[KARABAKH], crs=4326)
    page = chart(table(*rows), choropleth="adm1", areas=areas, title=evil)
    page.look_at(25, -3, 5)
    assert evil in (page.tip(22, 3) or "")
    assert evil in (page.tip(24, -8) or "")
    assert evil in page.click(24, -8)
    expect(page.page.locator("img[src=x]")).to_have_count(0)
    page.check()  # type: ignore[attr-defined]
