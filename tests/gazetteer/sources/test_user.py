"""Tables of the user's own places: what is read, what is refused, and what comes of it."""

import io
import json

import geopandas as gpd
import pytest
import shapely

from gazetteer import BadQueryError, UnknownPlaceError
from gazetteer.errors import BadPlacesError, OverlayBrokenError, PlacesFileError
from gazetteer.overlay import Fix, Overlay, UserPlace
from gazetteer.sources.overlay_file import write_overlay
from gazetteer.sources.user import add_places, new_fix

SHUSHA, SHUSHA_LAT, SHUSHA_LON = "geonames:147105", 39.75, 46.75


@pytest.fixture
def add(gazetteer, tmp_path):
    """Return a function that adds a table, given as text or bytes, to an overlay."""

    def add(table, *, into=None, suffix=".csv", **options):
        path = tmp_path / f"places{suffix}"
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        return add_places(path, into=into or Overlay(), known=gazetteer, **options)

    return add


@pytest.fixture
def refused(add):
    """Return a function: the sentences about the rows of a table that are refused."""

    def refused(table, **options):
        with pytest.raises(BadPlacesError) as error:
            add(table, **options)
        return list(error.value.problems)

    return refused


def collection(*features, **members):
    """Return GeoJSON of (properties, geometry) pairs."""
    listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", **members, "features": listed})


def point(lon, lat):
    """Return a GeoJSON point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def test_every_column_is_read(add):
    """Names by language, kind, country, numbers, dates and note; other columns are kept."""
    added = add(
        "name,name_ar,name:he,en,kind,country,lat,lon,population,uncertainty_km,valid_from,"
        "valid_to,note,colour\n"
        "Old Mill,الطاحونة|طاحونة قديمة,הטחנה,The Mill,Check Point,AZE,40.1,47.2,12,0.5,1994-05,"
        "2020-11-10,by the bridge,red\n"
    )
    assert added.overlay.places == (
        UserPlace(
            id="user:the-mill",
            name="Old Mill",
            kind="check_point",
            country="AZ",
            lat=40.1,
            lon=47.2,
            names={"ar": ("الطاحونة", "طاحونة قديمة"), "en": ("The Mill",), "he": ("הטחנה",)},
            population=12,
            uncertainty_km=0.5,
            valid_from="1994-05",
            valid_to="2020-11-10",
            note="by the bridge",
            extra={"colour": "red"},
        ),
    )
    assert added.added == ("user:the-mill",)
    assert added.remarks == ("columns that are kept and not used: 'colour'.",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(("lat", "lon"), [("lat", "lng"), ("Latitude", "LONGITUDE"), ("y", "x")])
def test_delimiter_and_headings_are_recognised(add, delimiter, lat, lon):
    """A byte order mark and blank lines do no harm."""
    rows = ["", delimiter.join(["Name", lat, lon]), "", delimiter.join(["Mill", "40.1", "47.2"])]
    (place,) = add(("\ufeff" + "\r\n".join(rows)).encode()).overlay.places
    assert (place.name, place.lat, place.lon) == ("Mill", 40.1, 47.2)


def test_a_decimal_comma_and_arabic_digits_are_numbers(add):
    """As spreadsheets of many countries write them."""
    places = add("name;lat;lon\nA;40,25;47,5\nB;٤٠٫٢٥;−٤٧.٥\n").overlay.places
    assert [(p.lat, p.lon) for p in places] == [(40.25, 47.5), (40.25, -47.5)]


def test_names_may_be_an_object_or_tagged(add):
    """A column of names holds JSON, or names with a language in front, or neither."""
    text = 'name\tnames\tlat\tlon\nA\t{"ar": ["أ", "ب"], "en": "Ay"}\t1\t2\nB\tru:Б|Bee\t1\t3\n'
    first, second = add(
        text.replace('{"ar": ["أ", "ب"], "en": "Ay"}', '"{""ar"": [""أ"", ""ب""], ""en"": ""Ay""}"')
    ).overlay.places
    assert first.names == {"ar": ("أ", "ب"), "en": ("Ay",)}
    assert second.names == {"ru": ("Б",), "und": ("Bee",)}


def test_a_formula_is_a_name_and_nothing_else(add):
    """What a spreadsheet would execute is kept as the text that it is."""
    (place,) = add("name,lat,lon\n=cmd|' /C calc'!A0,40.1,47.2\n").overlay.places
    assert place.name == "=cmd|' /C calc'!A0"


def test_marks_of_direction_are_no_part_of_a_name(add):
    """They come along with Arabic that was copied from a page; names are composed (NFC)."""
    (place,) = add("name,lat,lon\n\u202bباكو\u200f  القديمة,40.1,47.2\n").overlay.places
    assert place.name == "باكو القديمة"


def test_names_alone_do_for_a_place_that_is_held(add):
    """The row's id says which; coordinates stay those of the gazetteer."""
    added = add(f"id,name_ar\n{SHUSHA},شوشي القديمة\n")
    assert added.overlay.places == (UserPlace(SHUSHA, names={"ar": ("شوشي القديمة",)}),)


def test_what_is_said_about_a_held_place_adds_up(add):
    """Names of a second file come to those of the first, a point moves, nothing is lost."""
    first = add(f"id,name_ar,note\n{SHUSHA},شوشي القديمة,from A\n").overlay
    added = add(f"id,name_ar,lat,lon\n{SHUSHA},قلعة شوشا,39.75,46.75\n", into=first)
    assert added.replaced == (SHUSHA,)
    assert added.overlay.places == (
        UserPlace(
            SHUSHA,
            names={"ar": ("قلعة شوشا", "شوشي القديمة")},
            lat=SHUSHA_LAT,
            lon=SHUSHA_LON,
            note="from A",
        ),
    )


def test_another_source_s_id_of_a_held_place_is_that_place(add):
    """The overlay holds the gazetteer's own id."""
    assert add("id,name_ar\nwikidata:Q227,أرض النار\n").added == ("iso:AZ",)


def test_ids_are_made_from_names_and_numbered(add):
    """Places of one name far from each other get numbers; Arabic names make Arabic ids."""
    added = add("name,lat,lon\nOld Mill,40.1,47.2\nOld mill,41,49\nقرية,33,36\n")
    assert added.added == ("user:old-mill", "user:old-mill-2", "user:قريه")


def test_adding_a_file_again_changes_nothing(add):
    """Rows are recognised by name and place, ids or not."""
    table = "id,name,lat,lon\n,Old Mill,40.1,47.2\n,Old Mill,41,49\nm7,Third,1,2\n"
    first = add(table).overlay
    again = add(table, into=first)
    assert again.overlay == first
    assert again.unchanged == ("user:old-mill", "user:old-mill-2", "user:m7")


def test_a_corrected_row_replaces_the_place_that_it_was(add):
    """Moved by two kilometres it is the same place; in another country it is another."""
    first = add("name,lat,lon\nOld Mill,40.1,47.2\n").overlay
    moved = add("name,lat,lon\nOld Mill,40.12,47.2\n", into=first)
    assert (moved.replaced, moved.overlay.places[0].lat) == (("user:old-mill",), 40.12)
    assert add("name,lat,lon\nOld Mill,33,36\n", into=first).added == ("user:old-mill-2",)


def test_a_number_as_id_does_not_replace_another_file_s_place(add, refused):
    """Tables number their rows from 1, each of them."""
    first = add("id,name,lat,lon\n1,Old Mill,40.1,47.2\n").overlay
    assert refused("id,name,lat,lon\n1,Camp,33,36\n", into=first) == [
        (
            "row 2: its id 'user:1' is that of 'Old Mill' already, elsewhere: give it another "
            "id, or remove that place first."
        )
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",1,2,,,,", "name is empty: give the place a name"),
        ("A,,,,,,", "it has no coordinates: give lat and lon, or a geometry"),
        ("A,1,,,,,", "lon is empty: give both lat and lon, or neither"),
        ("A,1,east,,,,", "lon is 'east': write a number, as 40.4093"),
        ("A,nan,2,,,,", "lat is 'nan': write a number, as 40.4093"),
        (
            "A,95,200,,,,",
            (
                "lat is 95, but goes from -90 to 90: correct it, or state the CRS that the "
                "coordinates are in"
            ),
        ),
        ("A,147.2,40.1,,,,", "lat 147.2 and lon 40.1 seem to be swapped: exchange them"),
        (
            "A,49.87,40.41,AZ,,,",
            "lat 49.87 and lon 40.41 seem to be swapped, for so they are not in AZ: exchange them",
        ),
        ("A,1,2,Congo,,,", "country is 'Congo', which may be CD or CG: write its code, as AZ"),
        ("A,1,2,QQ,,,", "country is 'QQ', which is none that is known: write its code, as AZ"),
        (
            "A,1,2,,1994-13,,",
            "valid_from is '1994-13': write a date as 1994-05-12, 1994-05 or 1994",
        ),
        (
            "A,1,2,,12/5/94,,",
            "valid_from is '12/5/94': write a date as 1994-05-12, 1994-05 or 1994",
        ),
        (
            "A,1,2,,2000,1999-12,",
            "valid_from (2000) is after valid_to (1999-12): correct one of them",
        ),
        ("A,1,2,,,,1.5", "population is 1.5: write a whole number without separators"),
        ("A,1,2,,,,1_000", "population is '1_000': write a number, as 40.4093"),
        ("!!!,1,2,,,,", "name is '!!!': a name has letters or digits"),
        ("A\x00B,1,2,,,,", r"name holds a control character ('A\x00B'): take it out"),
        ("A\x1b[2J,1,2,,,,", r"name holds a control character ('A\x1b[2J'): take it out"),
        (
            "A,1,2,,,,5,6",
            (
                "it has 8 cells, but the heading has 7: put cells that hold the delimiter into "
                "double quotes"
            ),
        ),
    ],
)
def test_a_wrong_row_is_refused_with_its_number_and_a_remedy(refused, row, why):
    """Rows are counted as spreadsheets do, and nothing of the file is added."""
    table = f"name,lat,lon,country,valid_from,valid_to,population\nGood,10,20,,,,\n{row}\n"
    assert refused(table) == [f"row 3: {why}."]


def test_an_overlong_name_is_refused(refused):
    """A name is no story."""
    assert refused(f"name,lat,lon\n{'Aa ' * 34},1,2\n") == [
        (
            "row 2: name has 101 characters ('Aa Aa Aa Aa Aa Aa Aa Aa Aa Aa ' …): a name has at "
            "most 100, so put the rest into note."
        )
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,B,1,3", "its id 'user:a' is that of row 2 too: join the rows, or give each its own id"),
        ("A,C,1,3", "its id 'user:a' is that of row 2 too: join the rows, or give each its own id"),
        (
            "geonames:999999999,D,1,3",
            (
                "id is 'geonames:999999999', which no place of the gazetteer has: correct it, or "
                "leave it empty for a place of your own"
            ),
        ),
        (
            "part@iso:IL;south,D,1,3",
            (
                "id is 'part@iso:IL;south', which no place of the gazetteer has: correct it, or "
                "leave it empty for a place of your own"
            ),
        ),
        (
            "geonames:587084,,,",
            "it says nothing about Baku (geonames:587084): give a name or a point",
        ),
        (",A,1,2", "it is the same place as in row 2: join them, or give each an id"),
        ("???,D,1,3", "id is '???': an id has letters or digits, as user:old-mill"),
    ],
)
def test_a_wrong_id_is_refused(refused, row, why):
    """Ids are one place's, and those with a source's prefix must be held."""
    assert refused(f"id,name,lat,lon\na,A,1,2\n{row}\n") == [f"row 3: {why}."]


def test_good_rows_can_be_kept(add):
    """All wrong rows are told, in the file's order."""
    added = add("name,lat,lon\n,1,2\nA,1,2\nB,x,2\nA,1,2\n", skip_bad=True)
    assert added.added == ("user:a",)
    assert [skipped.where for skipped in added.skipped] == ["row 2", "row 4", "row 5"]


def test_a_place_far_outside_its_country_is_remarked_on(add):
    """It may be true, so that it is added."""
    added = add("name,lat,lon,country\nEmbassy,48.85,2.35,Azerbaijan\n")
    assert added.overlay.places[0].country == "AZ"
    (remark,) = added.remarks
    assert remark.startswith("row 2: it lies about 4")
    assert remark.endswith("degrees outside AZ; check its coordinates and country.")


@pytest.mark.parametrize(
    ("stated", "code"),
    [("az", "AZ"), ("SYR", "SY"), ("Côte d'Ivoire", "CI"), ("Georgia", "GE"), ("UK", "GB")],
)
def test_countries_are_known_by_code_and_name(add, stated, code):
    """Alpha-2, alpha-3 or a name that is one country's."""
    assert (
        add(f"name,lat,lon,country\nA,,,{stated}\n", skip_bad=True)
        .skipped[0]
        .why.startswith("it has no")
    )
    (place,) = add(f"name,lat,lon,country\nA,0,0,{stated}\n").overlay.places
    assert place.country == code


@pytest.mark.parametrize(
    ("table", "suffix", "why"),
    [
        ("", ".csv", "it is empty: give a table with a heading and rows"),
        ("name,lat,lon\n\n", ".csv", "it holds no rows: give at least one place"),
        (
            "name,country\nA,AZ\n",
            ".csv",
            (
                "it has no columns lat and lon (its columns are 'name', 'country'): "
                "name the columns of the coordinates so"
            ),
        ),
        (
            "name,lat,lon,y\nA,1,2,3\n",
            ".csv",
            "the columns 'lat', 'y' all mean lat: keep one of them",
        ),
        (
            'name,lat,lon\n"A,1,2\n',
            ".csv",
            "it is no CSV table (unexpected end of data): export it again",
        ),
        (
            "name,lat,lon\nباكو القديمة في أذربيجان,40,49\n".encode("cp1256"),
            ".csv",
            "its encoding is not UTF-8 (it looks like windows-1256): save it as CSV UTF-8",
        ),
        (
            "name,lat,lon\nA,40,49\n".encode("utf-16"),
            ".csv",
            "its encoding is not UTF-8 (it looks like utf-16): save it as CSV UTF-8",
        ),
        (
            "PK",
            ".xlsx",
            "its type is not known: save it as one of .csv, .tsv, .geojson, .json, .gpkg",
        ),
        (
            '{"type": "FeatureCollection", "features": [',
            ".geojson",
            "it is no JSON: Expecting value, line 1: export it again",
        ),
        ("[1, 2]", ".geojson", "it is no GeoJSON FeatureCollection: export it again"),
        (
            collection(({"name": "A"}, point(1, 2)), crs=None),
            ".geojson",
            "it has no CRS: save it in EPSG:4326, or state its CRS",
        ),
        ("no database", ".gpkg", "it is no GeoPackage, or is cut short: export it again"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(add, table, suffix, why):
    """One sentence with the file's name and what to do."""
    with pytest.raises(PlacesFileError) as error:
        add(table, suffix=suffix)
    assert str(error.value) == f"'places{suffix}': {why}."


def test_a_crs_that_does_not_exist_is_refused(add):
    """Whether the file names it or the user; GDAL would read it as degrees."""
    table = collection(
        ({"name": "A"}, point(1, 2)),
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}},
    )
    for options in ({}, {"crs": "EPSG:32638"}):
        with pytest.raises(PlacesFileError, match="the CRS 'urn:ogc:def:crs:EPSG::999999' is not"):
            add(table, suffix=".geojson", **options)
    with pytest.raises(PlacesFileError, match="the CRS 'EPSG:999999' is not known"):
        add("name,x,y\nA,1,2\n", crs="EPSG:999999")


def test_coordinates_of_any_crs_become_degrees(add, tmp_path):
    """CSV with a stated CRS, GeoJSON and GeoPackage with their own."""
    layer = gpd.GeoDataFrame({"name": ["Mill"]}, geometry=[shapely.Point(47.2, 40.1)], crs=4326)
    layer = layer.to_crs(32638)
    x, y = layer.geometry[0].x, layer.geometry[0].y
    layer.to_file(tmp_path / "mill.gpkg")
    crs = {"type": "name", "properties": {"name": "EPSG:32638"}}
    for places in (
        add(f"name,x,y\nMill,{x},{y}\n", crs="EPSG:32638"),
        add(collection(({"name": "Mill"}, point(x, y)), crs=crs), suffix=".geojson"),
        add((tmp_path / "mill.gpkg").read_bytes(), suffix=".gpkg"),
    ):
        (place,) = places.overlay.places
        assert (place.lat, place.lon) == pytest.approx((40.1, 47.2), abs=1e-6)


def test_a_layer_without_crs_is_refused_unless_it_is_stated(add, tmp_path):
    """Metres are never taken for degrees."""
    path = tmp_path / "mill.gpkg"
    with pytest.warns(UserWarning, match="crs"):
        gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(1, 2)]).to_file(path, layer="m")
    with pytest.raises(PlacesFileError, match="the layer 'm' has no CRS: set one in your GIS"):
        add(path.read_bytes(), suffix=".gpkg")
    (place,) = add(path.read_bytes(), suffix=".gpkg", crs="EPSG:4326").overlay.places
    assert (place.lat, place.lon) == (2, 1)


def test_a_layer_of_several_is_chosen(add, tmp_path):
    """The error names those that there are; dates and numbers keep their meaning."""
    path = tmp_path / "two.gpkg"
    for layer in ("mills", "camps"):
        table = gpd.GeoDataFrame(
            {"name": [layer], "population": [5], "valid_from": ["1994-05-12"]},
            geometry=[shapely.Point(47.2, 40.1)],
            crs=4326,
        )
        table["valid_from"] = table["valid_from"].astype("datetime64[ms]")
        table.to_file(path, layer=layer)
    data = path.read_bytes()
    with pytest.raises(PlacesFileError, match=r"2 layers \('mills', 'camps'\): choose one"):
        add(data, suffix=".gpkg")
    with pytest.raises(PlacesFileError, match=r"no layer 'x': choose one of 'mills', 'camps'"):
        add(data, suffix=".gpkg", layer="x")
    (place,) = add(data, suffix=".gpkg", layer="camps").overlay.places
    assert (place.name, place.population, place.valid_from) == ("camps", 5, "1994-05-12")


def test_areas_and_lines_are_kept(add):
    """Their point is computed, rings turn as RFC 7946 wants, heights are dropped."""
    square = {
        "type": "Polygon",
        "coordinates": [[[47, 40, 9], [47, 41, 9], [48, 41, 9], [48, 40, 9], [47, 40, 9]]],
    }
    line = {"type": "MultiLineString", "coordinates": [[[47, 40], [48, 40], [49, 40]]]}
    added = add(collection(({"name": "Zone"}, square), ({"name": "Road"}, line)), suffix=".geojson")
    zone, road = added.overlay.places
    assert (zone.lat, zone.lon, zone.geometry.has_z) == (40.5, 47.5, False)
    assert shapely.is_ccw(zone.geometry.exterior)
    assert zone.radius_km == pytest.approx(54.5, abs=0.5)
    assert (road.geometry.geom_type, road.lat, road.lon) == ("LineString", 40, 48)


def test_a_geometry_that_crosses_itself_is_repaired_and_one_without_extent_refused(add):
    """Which of the two happened is said."""
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
    flat = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [1, 1], [0, 0]]]}
    points = {"type": "MultiPoint", "coordinates": [[0, 0], [1, 1]]}
    broken = {"type": "Point", "coordinates": ["a", 1]}
    shapes = (bow, flat, points, broken, None)
    features = [({"name": f"N{number}"}, shape) for number, shape in enumerate(shapes)]
    added = add(collection(*features), suffix=".geojson", skip_bad=True)
    assert added.overlay.places[0].geometry.is_valid
    assert added.overlay.places[0].geometry.area == pytest.approx(2)
    assert added.remarks == (
        "feature 1: its geometry was invalid (self-intersection) and was repaired.",
    )
    assert [(s.where, s.why) for s in added.skipped] == [
        ("feature 2", "its geometry is invalid (self-intersection): draw it again in your GIS"),
        (
            "feature 3",
            (
                "its geometry is a MultiPoint: give a point, a line or an area, and other places a "
                "row of their own"
            ),
        ),
        ("feature 4", "its geometry cannot be read: draw it again in your GIS"),
        ("feature 5", "it has no coordinates: give lat and lon, or a geometry"),
    ]


def test_geometry_goes_before_columns_of_coordinates(add):
    """In a GIS the geometry is what was edited last."""
    table = collection(({"name": "A", "lat": 1, "lon": 2}, point(47.2, 40.1)))
    assert add(table, suffix=".geojson").overlay.places[0].lat == 40.1


def test_a_table_can_come_from_an_open_file(gazetteer):
    """Standard input has no suffix: the format is stated."""
    file = io.BytesIO(b"name,wkt\nMill,POINT (47.2 40.1)\n")
    added = add_places(file, into=Overlay(), known=gazetteer, file_format="csv")
    assert (added.overlay.places[0].lat, added.overlay.places[0].lon) == (40.1, 47.2)


def test_an_overlay_is_added_with_its_fixes(gazetteer, tmp_path):
    """A colleague's places and fixes go before one's own of the same id and name."""
    path = tmp_path / "theirs.geojson"
    mill = UserPlace("user:mill", "Mill", "mill", lat=1.0, lon=2.0)
    write_overlay(path, Overlay((mill,), (Fix("Qarabag", "region:karabakh"),)))
    mine = Overlay(
        (UserPlace("user:mill", "Mill", "mill", lat=3.0, lon=4.0),),
        (Fix("Qarabağ", "geonames:1"), Fix("Halab", "geonames:170063")),
    )
    added = add_places(path, into=mine, known=gazetteer)
    assert (added.replaced, added.fixes) == (("user:mill",), (Fix("Qarabag", "region:karabakh"),))
    assert added.overlay.places == (mill,)
    assert {fix.name: fix.to for fix in added.overlay.fixes} == {
        "Qarabag": "region:karabakh",
        "Halab": "geonames:170063",
    }
    path.write_text(path.read_text().replace('"schema_version": 1', '"schema_version": 2'))
    with pytest.raises(OverlayBrokenError, match="its schema version is 2"):
        add_places(path, into=mine, known=gazetteer)


def test_a_fix_is_checked(gazetteer):
    """Its place must be held by the gazetteer or the overlay, its name must have letters."""
    mill = Overlay((UserPlace("user:mill", "Mill", lat=1.0, lon=2.0),))
    assert new_fix("الطاحونة", "user:mill", into=mill, known=gazetteer).to == "user:mill"
    fix = new_fix(
        "قره باغ", "region:nagorno-karabakh", into=mill, known=gazetteer, country="AZE", lang="ar"
    )
    assert fix == Fix("قره باغ", "region:nagorno-karabakh", "AZ", "ar")
    for unknown in ("user:other", "geonames:999999999", "part@iso:IL;south", ""):
        with pytest.raises((UnknownPlaceError, BadQueryError)):
            new_fix("A", unknown, into=mill, known=gazetteer)
    for name, options in (("—", {}), ("A", {"country": "Congo"}), ("A", {"lang": "Arabic!"})):
        with pytest.raises(BadQueryError):
            new_fix(name, "iso:AZ", into=mill, known=gazetteer, **options)
