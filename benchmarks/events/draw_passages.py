"""Which texts are to be annotated with events?

``GEOEVENTS_BENCH=... python -m benchmarks.events.draw_passages LANG COUNT [--seed 5]
[--besides PASSAGES...]`` draws
passages of about 60 to 120 words among the texts that hold event vocabulary, in turn for each
family of events and for words of events where none may have happened (sport, markets, feelings).
It prints, one JSON line a passage, the family, the corpus and the parts ``[document id, start,
end]``, and never text. The same seed gives the same passages. Seed 5 drew the Arabic ones here
(``passages_ar.jsonl``); those of the other languages were drawn by another script. Seed 11 drew
the second set (``second_*.jsonl``) in all of them, besides the first: no text that the first holds;
seed 23 the third (``third_*.jsonl``), besides both; seed 41 the fourth (``fourth_*.jsonl``),
seed 59 the fifth (``fifth_*.jsonl``), and seed 73 the sixth (``sixth_*.jsonl``), each besides all
before.

- The vocabulary is a short list written for this draw alone: the project's triggers were not read.
  A passage holds at least three such words of any family (a tweet two). After two trial draws the
  Arabic words were narrowed, that bound was set and passages were let grow backwards, too.
- Texts of the gold's development part, of its seed article and of the files ``--besides`` are
  skipped.
- A passage is a run of sentences around the drawn one. ANERcorp comes as shuffled sentences; their
  order is that of NewsFANE, which annotated the same texts. At most one sentence may be missing
  between two that follow each other. Tweets and the shuffled sentences of Wojood stand alone.
- Who annotates cuts a passage where a neighbouring article begins, fills it up at its other end,
  and drops what is no news. The number in a passage's id is that of the draw. Arabic: of 36 drawn,
  2, 16, 29, 31 and 32 were dropped (history, a prayer, advice), 4, 7, 8, 10 and 19 cut.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from itertools import chain, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.events.passages import bench_folder, documents_of, gold_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEED = 5
FEWEST_WORDS, ENOUGH_WORDS, MOST_WORDS = 35, 70, 130
FEWEST_WORDS_OF_TWEET = 18
FEWEST_HITS = 3  # words of events in a passage
FEWEST_HITS_OF_TWEET = 2
FARTHEST_ID = 2  # one sentence may be missing between two of a passage
SHINGLE = 8  # words in a row that make two texts the same

# Corpus -> its share of the passages of a language.
CORPORA: dict[str, dict[str, float]] = {
    "ar": {"anercorp_train": 0.84, "wojood_sample": 0.08, "idrisi_r_ar": 0.08},
    "en": {"lgl": 0.45, "geovirus": 0.2, "event_location_dev": 0.35},
    "ru": {"nerel_dev": 0.5, "factrueval_dev": 0.5},
    "he": {"nemo_train": 1.0},
}
SINGLE = {"wojood_sample", "idrisi_r_ar", "event_location_dev"}  # documents that stand alone
TWEETS = {"idrisi_r_ar"}
CONSECUTIVE = {"nemo_train"}  # one sentence a document, in the order of the text

# Beginnings of words, by family; a particle may stand glued before them.
PARTICLES = {"ar": "(?:[وف]?(?:ال|لل|بال|[بلكس])?)", "he": "[ושהבלמכ]{0,3}", "en": "", "ru": ""}
WORDS: dict[str, dict[str, str]] = {
    "ar": {
        "violence": "قصف انفجار انفجر تفجير هجوم هجمات اشتباك غارة غارات مقتل اغتيال معارك قذيف",
        "movement": "وصل غادر هبط أقلع طائرة سفينة قافلة توغل انسحب انسحاب رحلة متوجه عودته",
        "diplomacy": "زيارة زار اجتماع اجتمع التقى محادثات قمة مفاوضات مباحثات استقبل",
        "deal": "اتفاق اتفاقية توقيع صفقة معاهدة هدنة اشترى شراء تصدير بيع",
        "unrest": "تظاهر مظاهر متظاهر احتجاج محتج اعتصام إضراب اضراب شغب",
        "hazard": "زلزال فيضان سيول إعصار حريق حرائق تحطم غرق وباء إنفلونزا تسونامي اصطدام انهيار",
        "transfer": "شحنة شحنات مساعدات تسليح إمدادات تزويد إغاثة أسلحة",
        "coercion": "اعتقل اعتقال حصار عقوبات حظر احتجز احتجاز أوقف معتقل طرد",
        "force": "مناورات تجربة صاروخ صواريخ نشر انتشار تدريبات",
        "statement": "اتهم هدد حذر طالب دعا ندد تهديد إنذار",
        "intelligence": "تجسس جاسوس استخبارات مخابرات اختراق قرصنة عملاء",
        "figurative": "هجوم هجمات هجمة معركة انفجار زلزال حرب عاصفة غزو ضربة صراع هزة",
    },
    "en": {
        "violence": "bomb explo attack clash shell kill ambush airstrike shooting raid assault",
        "movement": "arriv flew flight land sail ship convoy advanc withdr evacuat depart",
        "diplomacy": "visit met meeting talks summit ambassador delegation negotiat",
        "deal": "agreement signed deal contract treaty ceasefire bought sold purchase",
        "unrest": "protest demonstrat riot rally strike march looting",
        "hazard": "earthquake flood storm hurricane fire crash outbreak epidemic collaps landslide",
        "transfer": "shipment aid supplies deliver relief cargo weapons",
        "coercion": "arrest sanction blockade detain seiz siege expel embargo",
        "force": "missile troops deploy exercise drill test base",
        "statement": "accus threaten warn urge demand condemn blam",
        "intelligence": "spy espionage intelligence hack cyber",
        "figurative": "battle storm attack explo war flood landslide bombard",
    },
    "ru": {
        "violence": "взрыв обстрел напад убит убий бой боев удар теракт атак стрельб",
        "movement": "прибы вылет прилет самолет судно корабл конвой колонн вывод отступ",
        "diplomacy": "визит посети встреч переговор саммит делегац посол",
        "deal": "соглашен подписа договор сделк контракт перемири купи прода",
        "unrest": "протест митинг демонстрац забастовк беспорядк шестви пикет",
        "hazard": "землетряс наводнен ураган пожар авари крушен катастроф эпидеми обруш",
        "transfer": "постав груз помощ оружи партию",
        "coercion": "арест задержа санкци блокад эмбарго высл захвач",
        "force": "учени испытани ракет войск размещ базы",
        "statement": "обвин угроз потребова призва предупред заявил",
        "intelligence": "шпион разведк хакер кибер",
        "figurative": "битв штурм взрыв атак война шквал удар",
    },
    "he": {
        "violence": "פיגוע התקפ תקיפ הפגז הפצצ נהרג נרצח ירי רימון תקרית",
        "movement": "הגיע נחת המריא טיסה מטוס ספינ אוניי שייר נסוג יצא",
        "diplomacy": "ביקור ביקר פגיש נפגש שיחות ועיד שגריר יחסים",
        "deal": "הסכם חתמ עסק חוז רכש מכר",
        "unrest": "הפגנ הפגין מחא שביתה שבת מהומ התפרע",
        "hazard": "רעיד שיטפון סופ שריפ תאונ התרסק התמוטט מגיפ",
        "transfer": "משלוח סיוע אספק נשק",
        "coercion": "נעצר מעצר עצר סנקצי מצור עוצר סגר גירש",
        "force": "טיל תרגיל ניסוי כוחות חיילים צבא",
        "statement": "האשים איים הזהיר דרש קרא גינ",
        "intelligence": "ריגול מרגל מודיעין שבכ מוסד",
        "figurative": "קרב מלחמ פצצ סערה התקפ",
    },
}
# What else such a passage has to hold to be drawn for words of events without one.
OTHER_THAN_EVENT = {
    "ar": "مباراة مباريات منتخب لاعب بطولة دوري أسعار أسهم بورصة فيلم أغنية رواية قصيدة مسرح",
    "en": "game team coach season score market shares film band players prices election",
    "ru": "матч команд игрок чемпионат рынок акци фильм книг цен сборн",
    "he": "משחק קבוצ שחקן ליג שוק סרט ספר מחיר הצג",
}


class Sentence(NamedTuple):
    """A sentence that can stand in a passage.

    Attributes
    ----------
    document : str
        Id of its document.
    start, end : int
        Its place in the document's text, in code points.
    text : str
        Its words.
    rank : int
        Sentences whose ranks differ by at most ``FARTHEST_ID`` follow each other.
    """

    document: str
    start: int
    end: int
    text: str
    rank: int

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())


def letters(text: str) -> str:
    """Return the letters of a text alone, Arabic spelled the simplest way.

    Examples
    --------
    >>> letters("إلى 20 , مدينة")
    'اليمدينه'
    """
    text = re.sub("[أإآٱ]", "ا", text.lower()).replace("ى", "ي").replace("ة", "ه")
    return "".join(character for character in text if character.isalpha())


def number(document: str) -> int:
    """Return the number at the end of a document's id.

    Examples
    --------
    >>> number("newsfane:314")
    314
    """
    return int(re.findall(r"\d+", document)[-1])


def whole(document: dict[str, str], rank: int) -> Sentence:
    """Return a document that is one sentence."""
    text = document["text"]
    return Sentence(document["id"], 0, len(text), text, rank)


def sentences(document: dict[str, str], first_rank: int) -> Iterator[Sentence]:
    """Yield the sentences of a document, ranked from a number on."""
    for rank, found in enumerate(
        re.finditer(r"\S.*?(?:[.!?…][\"»”']?(?=\s)|\n|$)", document["text"], re.DOTALL), first_rank
    ):
        text = found.group().rstrip()
        yield Sentence(document["id"], found.start(), found.start() + len(text), text, rank)


def in_newsfane_order(corpus: str) -> list[Sentence]:
    """Return the sentences of ANERcorp ranked as NewsFANE orders the same texts."""
    held: dict[str, dict[str, str]] = {}
    for document in documents_of(corpus, bench_folder()):
        held.setdefault(letters(document["text"]), document)
    return [
        whole(same, number(document["id"]))
        for document in documents_of("train_newsfane", bench_folder())
        if (same := held.pop(letters(document["text"]), None)) is not None
    ]


def ranked(corpus: str) -> list[Sentence]:
    """Return the sentences of a corpus, ranked by what follows what."""
    if corpus == "anercorp_train":
        return in_newsfane_order(corpus)
    if corpus in SINGLE:
        return [
            whole(document, 10 * i)
            for i, document in enumerate(documents_of(corpus, bench_folder()))
        ]
    if corpus in CONSECUTIVE:
        # The ids count on from the train part to the dev part anew.
        return [
            whole(d, number(d["id"]) + (10**6 if ":dev" in d["id"] else 0))
            for d in documents_of(corpus, bench_folder())
        ]
    found: list[Sentence] = []
    for document in documents_of(corpus, bench_folder()):
        found += sentences(document, (found[-1].rank if found else 0) + 10)
    return found


def shingles(text: str) -> set[str]:
    """Return all runs of ``SHINGLE`` words of a text."""
    words = [word for word in map(letters, text.split()) if word]
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def window(pool: list[Sentence], middle: int) -> list[Sentence]:
    """Return the run of sentences around one, of about 60 to 120 words."""
    first = last = middle
    words = pool[middle].words

    def joins(one: int, other: int) -> bool:
        return (
            one >= 0
            and other < len(pool)
            and 0 < pool[other].rank - pool[one].rank <= FARTHEST_ID
            and words + pool[one if one < first else other].words <= MOST_WORDS
        )

    backwards = True  # what comes before often says where and when
    while words < ENOUGH_WORDS and (joins(first - 1, first) or joins(last, last + 1)):
        if joins(first - 1, first) and (backwards or not joins(last, last + 1)):
            first -= 1
            words += pool[first].words
        else:
            last += 1
            words += pool[last].words
        backwards = not backwards
    return pool[first : last + 1]


def pattern(lang: str, beginnings: str) -> re.Pattern[str]:
    """Return what finds words of a language that begin in one of these ways."""
    return re.compile(rf"(?<!\w){PARTICLES[lang]}(?:{'|'.join(beginnings.split())})", re.IGNORECASE)


def fits(corpus: str, passage: Iterable[Sentence], events: re.Pattern[str]) -> bool:
    """Tell whether a passage has as many words, and as many of events, as it must have."""
    words = sum(sentence.words for sentence in passage)
    hits = sum(len(events.findall(sentence.text)) for sentence in passage)
    if corpus in TWEETS:
        return words >= FEWEST_WORDS_OF_TWEET and hits >= FEWEST_HITS_OF_TWEET
    return FEWEST_WORDS <= words <= MOST_WORDS and hits >= FEWEST_HITS


def parts(passage: list[Sentence]) -> list[tuple[str, int, int]]:
    """Return the stretches of documents that a passage is made of."""
    if len({sentence.document for sentence in passage}) == 1:
        return [(passage[0].document, passage[0].start, passage[-1].end)]
    return [(s.document, s.start, s.end) for s in passage]


def known_texts(besides: Iterable[Path]) -> Iterator[str]:
    """Yield the texts that no passage may hold: the gold's own, and passages drawn before."""
    gold = bench_folder().parent / "gold"
    for name in ("events_dev.jsonl", "seed.jsonl"):
        for line in filter(None, (gold / name).read_text(encoding="utf-8").split("\n")):
            yield json.loads(line)["text"]
    for document in gold_documents(besides):
        yield document["text"]


def draw(
    lang: str, count: int, seed: int = SEED, besides: Iterable[Path] = ()
) -> Iterator[tuple[str, str, list[Sentence]]]:
    """Draw passages of a language, in turn for each family of events.

    Parameters
    ----------
    lang : str
        A language of ``CORPORA``.
    count : int
        Number of passages.
    seed : int, optional
        The same seed draws the same passages; a greater count draws more behind them.
    besides : iterable of Path, optional
        Files of passages whose texts are not drawn again.

    Yields
    ------
    tuple of str, str and list of Sentence
        Family whose words were looked for, corpus, and the sentences of the passage.
    """
    rng = random.Random(seed)  # noqa: S311 -- a draw, no secret
    known = set(chain.from_iterable(map(shingles, known_texts(besides))))
    pools = {corpus: ranked(corpus) for corpus in CORPORA[lang]}
    taken: set[tuple[str, int]] = set()
    events = pattern(lang, " ".join(WORDS[lang].values()))
    drawn = 0
    for family, beginnings in islice(cycle(WORDS[lang].items()), 10 * count):
        if drawn == count:
            return
        wanted, other = pattern(lang, beginnings), pattern(lang, OTHER_THAN_EVENT[lang])
        share = CORPORA[lang]
        corpus = rng.choices(list(share), list(share.values()))[0]
        pool = pools[corpus]
        for middle in rng.sample(range(len(pool)), len(pool)):
            text = pool[middle].text
            if not wanted.search(text) or (family == "figurative" and not other.search(text)):
                continue
            passage = window(pool, middle)
            fresh = not any((s.document, s.start) in taken for s in passage)
            unknown = not any(shingles(s.text) & known for s in passage)
            if fresh and unknown and fits(corpus, passage, events):
                taken |= {(s.document, s.start) for s in passage}
                drawn += 1
                yield family, corpus, passage
                break


def main() -> None:
    """Print the families, corpora and parts of the passages drawn."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("lang", choices=CORPORA)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--besides", type=Path, nargs="+", default=[], metavar="PASSAGES")
    options = parser.parse_args()
    for family, corpus, passage in draw(options.lang, options.count, options.seed, options.besides):
        print(json.dumps({"family": family, "corpus": corpus, "parts": parts(passage)}))


if __name__ == "__main__":
    main()
