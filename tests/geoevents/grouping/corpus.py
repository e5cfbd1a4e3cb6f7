"""Invented articles: a strike in many reports, another the day after, an older one recalled."""

from datetime import date

from geoevents.article import Article

_WIRE = (
    "An airstrike hit Aleppo on Monday, killing three people, a hospital official said. Rescue "
    "workers dug through the rubble of the vegetable market until the evening and carried the "
    "injured to two clinics nearby. Shopkeepers said they had heard a plane circle twice before "
    "the blast, and that most stalls had already closed for the day."
)

ARTICLES = (
    Article(
        f"BEIRUT (Reuters) - {_WIRE}",
        id="wire",
        lang="en",
        published=date(2024, 3, 5),
        url="https://www.harbour-post.example/1",
    ),
    # The same text under another name, one sentence dropped and a word changed.
    Article(
        _WIRE.replace("dug", "searched").replace(", and that most stalls", ". Most stalls"),
        id="copy",
        lang="en",
        published=date(2024, 3, 5),
        url="https://valley-herald.example/world/77",
    ),
    # Reported by another newsroom, in other words and with another toll.
    Article(
        "At least five people were killed when an airstrike struck Aleppo on Monday. Our "
        "correspondent counted four burnt cars along the main road.",
        id="rewrite",
        lang="en",
        published=date(2024, 3, 5),
        url="https://morning-courier.example/a",
    ),
    Article(
        "قتل خمسة أشخاص في غارة جوية على حلب يوم الاثنين. وقال شهود إن الطائرة عادت مرتين.",
        id="arabic",
        lang="ar",
        published=date(2024, 3, 5),
        url="https://sahifa.example/5",
    ),
    # The day after, in the same city.
    Article(
        "An airstrike on Aleppo on Tuesday killed two people, the city council said.",
        id="next-day",
        lang="en",
        published=date(2024, 3, 6),
        url="https://morning-courier.example/b",
    ),
    # News of something else, which recalls an older attack on the same city in its last paragraph.
    Article(
        "Farmers blocked a road near Hama to protest against fuel prices on Monday.\n\n"
        "In 2016, an airstrike on Aleppo killed 40 people.",
        id="background",
        lang="en",
        published=date(2024, 3, 5),
        url="https://plain-news.example/9",
    ),
)
