"""Files, folders and streams give their articles in order."""

import json
from datetime import date
from pathlib import Path

import pytest

from geoevents.article import Article
from geoevents.readers import Failure, read_articles
from geoevents.readers.text import MAX_ARTICLE_BYTES, MAX_TEXT_BYTES

HTML = b"<html><head><title>T</title></head><body><p>A ship sank off Djibouti.</p></body></html>"


@pytest.fixture
def folder(tmp_path):
    """Return a folder with articles of each kind and other files."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_bytes("\ufeffخبر\r\nثان".encode())
    (tmp_path / "b" / "1.HTML").write_bytes(HTML)
    (tmp_path / "a.jsonl").write_text('{"id":"x","text":"T"}\n{"id":"y"}\n', encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("hidden", encoding="utf-8")
    (tmp_path / "notes.md").write_text("no article", encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_recursively_in_order(folder):
    """Articles of all kinds come sorted by path; other and hidden files are left aside."""
    read = list(read_articles([folder]))
    assert [item.id for item in read] == ["x", "y", "1", "2"]
    assert [isinstance(item, Failure) for item in read] == [False, True, False, False]
    assert read[3].text == "خبر\nثان"


def test_options_hold_for_articles_that_state_none(folder):
    """Language and date of the run reach articles without their own."""
    day = date(2020, 9, 30)
    (article,) = read_articles([folder / "b" / "2.txt"], lang="ar", published=day)
    assert article == Article("خبر\nثان", "2", "ar", day)


@pytest.mark.parametrize(
    ("name", "text", "published"),
    [
        ("a.txt", "الخرطوم، 14 أغسطس 2025 (رويترز) – قتل شخصان يوم الاثنين.", date(2025, 8, 14)),
        ("a.txt", "قصف جديد\n\nالخرطوم – 14 أغسطس 2025\n\nقتل شخصان.", date(2025, 8, 14)),
        ("a.txt", "GENEVA, May 6, 2024 (AFP) - A plane landed in Oslo.", date(2024, 5, 6)),
        ("a.txt", "قتل شخصان يوم الاثنين.", date(2025, 9, 6)),
        ("a.html", "<p>GENEVA, May 6, 2024 (AFP) - A plane landed.</p>", date(2024, 5, 6)),
        (
            "a.html",
            '<meta property="article:published_time" content="2024-05-07"><p>A plane landed.</p>',
            date(2024, 5, 7),
        ),
        (
            "a.jsonl",
            '{"id": "x", "text": "GENEVA, May 6, 2024 (AFP) - A plane landed."}',
            date(2024, 5, 6),
        ),
        (
            "a.jsonl",
            '{"id": "x", "text": "GENEVA, May 6, 2024 - One landed.", "published": "2024-05-07"}',
            date(2024, 5, 7),
        ),
    ],
)
def test_a_date_of_its_own_wins_over_the_one_of_the_run(
    tmp_path: Path, name: str, text: str, published: date
) -> None:
    """What a file states of an article comes first, then its dateline, then the option."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    (article,) = read_articles([tmp_path / name], published=date(2025, 9, 6))
    assert isinstance(article, Article)
    assert article.published == published


def test_one_bad_input_does_not_stop_the_others(folder):
    """A missing file, an unknown kind, an empty folder: each is one failure."""
    (folder / "empty").mkdir()
    inputs = [folder / "no.txt", folder / "notes.md", folder / "empty", folder / "b" / "2.txt"]
    *failures, last = read_articles(inputs)
    assert isinstance(last, Article)
    for failure, words in zip(
        failures, ["There is no file", "is not known", "holds no article"], strict=True
    ):
        assert words in failure.error
        assert not failure.is_record


def test_a_file_may_be_unreadable(folder):
    """A folder that calls itself a text file is no crash."""
    (folder / "c.jsonl").symlink_to(folder / "nowhere")
    (failure,) = read_articles([folder / "c.jsonl"])
    assert "There is no file" in failure.error


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl"])
def test_a_longer_text_is_read_where_the_limit_is_higher(tmp_path, name):
    """By default it is refused with the limit in words; nothing of a longer one is cut off."""
    text = "word " * (MAX_ARTICLE_BYTES // 5 + 1)
    line = text if name.endswith(".txt") else json.dumps({"id": "long", "text": text})
    (tmp_path / name).write_text(line, encoding="utf-8")
    (refused,) = read_articles([tmp_path / name])
    assert "larger than 2 MB" in refused.error
    (article,) = read_articles([tmp_path / name], limit=MAX_TEXT_BYTES)
    assert article.text == text
