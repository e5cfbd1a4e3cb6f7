"""The comparison of our codes with a published list."""

from geoevents.codebooks import codes
from tools.compare_codebooks import differences, main


def test_what_either_side_lacks_is_named() -> None:
    """A code that is missing here, and one that is missing there."""
    assert differences(codes("cameo") - {"1213"} | {"1883"}) == (["1883"], ["1213"])


def test_a_file_is_compared_by_its_keys(tmp_path, capsys) -> None:
    """The keys of a JSON object are the codes."""
    path = tmp_path / "codes.json"
    path.write_text('{"01": {}, "010": {}, "999": {}}', encoding="utf-8")
    main(str(path))
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "only there: 999"
    assert said[1].startswith("only here: 011 012 ")
