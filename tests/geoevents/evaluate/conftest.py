"""Ways to write gold and predictions as files."""

import json

import pytest


@pytest.fixture
def lines(tmp_path):
    """Return a function that writes objects as JSON lines and returns the file's path."""

    def lines(name, *rows):
        path = tmp_path / name
        text = "".join(
            (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n"
            for row in rows
        )
        path.write_text(text, encoding="utf-8")
        return path

    return lines
