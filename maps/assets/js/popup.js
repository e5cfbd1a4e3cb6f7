// What a click tells: one event in full, or the list of events that share the place.
(function (ge) {
  "use strict";

  const { el, word, format } = ge;
  const row = (label, ...content) => [el("dt", {}, label), el("dd", {}, ...content)];
  const NARROW = 620;
  const WIDE = 900;
  // What a popup needs under its text, in pixels: its tip, and its distance from the place.
  const TIP = 28;
  // How high a popup may be at most: a share of the map, and on low maps all that there is up to so much.
  const SHARE = 0.6;
  const LOW = 340;
  // A list in a popup shows this many events at once.
  const PAGE = 100;
  // From here on a place is known so roughly that the popup says it in words.
  const WIDE_KM = 50;
  const RTL_SCRIPTS = new Set(["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"]);

  /** The date of an event as text, as precise as it is known; null where there is none. */
  ge.eventDate = ({ start, end, precision }) => format.date(start, end, precision) || null;

  /** The same as an element that follows the reader's calendar. */
  ge.eventTime = (event) => (ge.eventDate(event) ? ge.dated(() => ge.eventDate(event)) : null);

  /** Direction of a text in a language; from its first letter where the language is not known. */
  function directionOf(lang) {
    try {
      return RTL_SCRIPTS.has(new Intl.Locale(lang).maximize().script) ? "rtl" : "ltr";
    } catch {
      return "auto";
    }
  }

  function dateRow(event) {
    const { start, end, precision } = event;
    const date = ge.eventDate(event) ? ge.dated(() => format.dateInFull(start, end, precision)) : null;
    const stated = event.time_text ? el("span", { class: "ge-aside" }, ge.foreign(event.time_text)) : null;
    if (!date && !stated) return row(word("date"), el("span", { class: "ge-none" }, word("unknown_date")));
    return row(word("date"), date, date && stated ? " · " : null, stated);
  }

  /** What the pin does not show: that the place is a whole country, or known only roughly. */
  function roughly({ kind, km, role }) {
    if (role === "context") return null;
    if (kind === "country") return word("country_level", "points");
    return km > WIDE_KM ? word("roughly", "points") : null;
  }

  /** What other features say or ask under a place: functions of the event and the place, to a node or null. */
  ge.detailParts = [];

  /** Name, country, uncertainty, basis, id and runners-up of one of the event's places. */
  function placeRow(event, spot) {
    const name = ge.placeName(spot);
    const local = spot.label && spot.place && spot.label !== spot.place ? spot.place : null;
    const notes = [
      spot.country ? format.country(spot.country) : null,
      spot.dispute ? el("span", {}, word("is_disputed", "shapes"), ": ", ge.foreign(spot.dispute)) : null,
      spot.km ? ge.fill(word("uncertainty"), { km: format.number(Math.round(spot.km)) }) : null,
      roughly(spot),
      spot.role === "context" ? null : word(spot.basis, "basis"),
      spot.score === undefined ? null : `${word("confidence")} ${format.percent(spot.score)}`,
      spot.viewpoint ? el("span", {}, word("viewpoint"), ": ", ge.foreign(spot.viewpoint)) : null,
    ].filter(Boolean);
    return row(
      word(spot.role, "roles"),
      el("strong", {}, ge.foreign(name)),
      local ? [" ", el("span", { class: "ge-aside" }, ge.foreign(local))] : null,
      notes.length ? el("div", { class: "ge-notes" }, joined(notes)) : null,
      spot.alternatives?.length ? alternatives(spot.alternatives) : null,
      spot.id
        ? el("div", { class: "ge-notes", title: word("place_id") }, el("code", { dir: "ltr" }, spot.id))
        : null,
      ge.detailParts.map((part) => part(event, spot)),
    );
  }

  const joined = (notes) => ge.apart(notes);

  /** What a runner-up is, in the page's words: the town and the division of one name look alike. */
  ge.kindOf = ({ kind }) => (kind && Object.hasOwn(ge.data.words.place_kinds, kind) ? word(kind, "place_kinds") : null);

  function alternatives(others) {
    const names = others.map((other) => {
      const notes = [
        ge.kindOf(other),
        other.country ? format.country(other.country) : null,
        typeof other.score === "number" ? format.percent(other.score) : null,
      ].filter(Boolean);
      const name = ge.foreign(other.name || other.place_id || "");
      return el("bdi", { dir: ge.data.dir }, name, notes.length ? [" (", joined(notes), ")"] : null);
    });
    return el("div", { class: "ge-notes" }, `${word("alternatives")}: `, joined(names));
  }

  function sentence(event) {
    if (!event.evidence) return null;
    const spans = [
      event.trigger ? [...event.trigger, "trigger"] : null,
      ...event.places.map((spot) => (spot.span ? [...spot.span, "place"] : null)),
    ].filter(Boolean);
    const dir = directionOf(event.lang);
    return el(
      "blockquote",
      { class: "ge-sentence", dir, lang: event.lang },
      ge.marked(event.evidence, spans, dir === "rtl"),
    );
  }

  function source(event) {
    const title = event.source_title || event.source || event.source_url || event.doc_id;
    if (!title) return null;
    // The address was checked when the page was made; a page may be edited, so check it again.
    const url = /^https?:\/\//i.test(event.source_url || "") ? event.source_url : null;
    const text = ge.foreign(title);
    return row(
      word("source"),
      url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : text,
      event.published ? [" · ", ge.dated(() => format.date(event.published))] : null,
    );
  }

  /** Of an event that several articles report: how many, how independently, and who. */
  function reports({ reports: known }) {
    if (!known) return null;
    const told = [ge.plural("ui", "articles", known.documents), ge.plural("ui", "independent", known.sources)];
    const names = known.names.length ? el("div", { class: "ge-notes" }, ge.apart(known.names)) : null;
    return row(word("reported_by"), joined(told), names);
  }

  /** Places by role; the route repeats its ends, so it is left out where these are there. */
  function places(event) {
    const ends = event.places.some((spot) => spot.role === "origin" || spot.role === "destination");
    return event.places
      .filter((spot) => ge.placeName(spot) && !(spot.role === "route" && ends))
      .sort(ge.byRole)
      .flatMap((spot) => placeRow(event, spot));
  }

  /** The heading of an event: icon, type, status. */
  ge.heading = function (event) {
    const family = Object.hasOwn(ge.data.style.families, event.family) ? event.family : "other";
    return [ge.icon(family, 22), el("span", { class: "ge-type" }, ge.foreign(event.title))];
  };

  // The table joins several in one cell.
  const listed = (cell) => (Array.isArray(cell) ? cell : String(cell).split("; "));

  /** Everything known about an event. */
  ge.article = function (event) {
    const state = [
      event.status ? word(event.status, "status") : null,
      event.aspect ? word(event.aspect, "aspect") : null,
    ].filter(Boolean);
    const plain = (name, value) => (value === undefined ? null : row(word(name), ge.foreign(value)));
    return el(
      "article",
      { class: "ge-detail", dir: ge.data.dir },
      el("h2", {}, ge.heading(event)),
      sentence(event),
      el(
        "dl",
        {},
        dateRow(event),
        event.actors.length ? row(word("actors"), ge.people(event.actors)) : null,
        event.targets ? row(word("targets"), ge.people(listed(event.targets))) : null,
        plain("count", event.count === undefined ? undefined : format.number(event.count)),
        plain("money", event.money),
        event.casualties ? row(word("casualties"), ge.apart(listed(event.casualties), "; ")) : null,
        places(event),
        state.length ? row(word("status"), joined(state)) : null,
        plain("confidence", event.confidence === undefined ? undefined : format.percent(event.confidence)),
        reports(event),
        source(event),
      ),
      event.carried ? null : el("p", { class: "ge-notes" }, word("not_carried", "points")),
    );
  };

  /** What tells events of one type apart: when, who, and how far. */
  function about(event) {
    const date = ge.eventTime(event);
    const who = event.actors.length ? el("span", {}, ge.people(event.actors)) : null;
    return joined([date, who, ...ge.distancesOf(event.number)].filter(Boolean));
  }

  /** An event in a list; a click leads to its own page. */
  function choice(number, show) {
    const event = ge.event(number);
    const button = el(
      "button",
      { type: "button" },
      ge.heading(event),
      el("span", { class: "ge-aside" }, about(event)),
    );
    button.addEventListener("click", () => show(number));
    return el("li", {}, button);
  }

  /** A list of the events; `shared` says that they are at one and the same place. */
  function chooser(numbers, show, shared) {
    const heading = shared ? ge.plural("points", "share_place", numbers.length) : ge.plural("ui", "here", numbers.length);
    const list = el("ul", {});
    ge.byPages(list, numbers, PAGE, (number) => choice(number, show));
    return el(
      "div",
      { class: "ge-chooser", dir: ge.data.dir },
      el("h2", {}, heading),
      list,
    );
  }

  /** What stands over some events in a popup, such as the route that they share. */
  ge.popupHeads = () => [];

  /** The popup's content: `first` is the event that it opens with, if there is but one. */
  function pages(numbers, first, shared) {
    const box = el("div", { class: "ge-pages", tabindex: "-1", lang: ge.data.lang });
    const heads = ge.popupHeads(numbers);
    const changed = () => box.dispatchEvent(new Event("ge:changed"));
    const list = () => {
      box.replaceChildren(...heads, chooser(numbers, one, shared));
      changed();
    };
    async function one(number) {
      const event = await ge.detail(number);
      const back = el("button", { type: "button", class: "ge-back" }, word("back"));
      back.addEventListener("click", list);
      box.replaceChildren(...heads, back, ge.article(event));
      changed();
      back.focus({ preventScroll: true });
    }
    if (first) box.append(...heads, ge.article(first));
    else list();
    return box;
  }

  /** Room that the controls and the legend take at the map's edges, and what is left for a popup. */
  function room(map) {
    const legend = document.getElementById("ge-legend");
    const { x, y } = map.getSize();
    // On a phone the buttons of the zoom make room, see base.css.
    const [top, bottom] = x < NARROW ? [10, 16] : [10, 14];
    const wide = x < NARROW ? 12 : (legend.open ? legend.offsetWidth : 0) + 24;
    const [left, right] = x < NARROW ? [12, 12] : ge.rtl ? [wide, 60] : [60, wide];
    return {
      maxWidth: Math.min(x < WIDE ? 360 : 420, x - 40),
      minWidth: Math.min(260, x - 60),
      // Not the whole height: the map moves that far, and what is around the place goes out of view.
      maxHeight: Math.max(120, Math.min(y - top - bottom - TIP, Math.max(LOW, y * SHARE))),
      autoPanPaddingTopLeft: [left, top],
      autoPanPaddingBottomRight: [right, bottom],
    };
  }

  /** Show that a popup goes on below its edge, for as long as it does. */
  function mindTheRest(content) {
    const box = content.parentElement;
    const look = () => box.parentElement.classList.toggle("ge-more", box.scrollHeight - box.scrollTop - box.clientHeight > 2);
    box.addEventListener("scroll", look);
    new ResizeObserver(look).observe(content);
    look();
    return look;
  }

  function open(map, at, content, from) {
    const popup = L.popup({ className: "ge-popup", offset: [0, -6], ...room(map) })
      .setLatLng(at)
      .setContent(content)
      .openOn(map);
    const look = mindTheRest(content);
    const fit = () => {
      L.setOptions(popup, room(map));
      popup.update();
      look();
    };
    map.on("resize", fit);
    popup.once("remove", () => map.off("resize", fit));
    popup._closeButton?.setAttribute("aria-label", word("close"));
    // Leaflet asks where a click began, and a button that turned the page is gone by then.
    content.addEventListener("click", (click) => click.stopPropagation());
    content.addEventListener("ge:changed", () => {
      popup.update();
      content.parentElement.scrollTo(0, 0);
      look();
    });
    content.addEventListener("ge:resized", () => {
      const focused = document.activeElement;
      const { scrollTop } = content.parentElement;
      popup.update();
      content.parentElement.scrollTop = scrollTop;
      look();
      if (content.contains(focused)) focused.focus({ preventScroll: true });
    });
    content.addEventListener("keydown", (press) => {
      if (press.key === "Escape") map.closePopup();
    });
    popup.once("remove", () => from?.focus({ preventScroll: true }));
    if (from) content.focus({ preventScroll: true });
  }

  // What was asked for last: details that arrive after a newer click are not shown.
  let asked = 0;

  /**
   * Open the popup of some events; focus returns to `from` when it closes.
   * `shared` tells that they are at one and the same place.
   */
  ge.openEvents = async function (map, numbers, at, from = null, shared = false) {
    const ask = ++asked;
    const unique = [...new Set(numbers)];
    const first = unique.length === 1 ? await ge.detail(unique[0]) : null;
    if (ask !== asked) return;
    open(map, at, pages(unique, first, shared), from);
    map.fire("ge:open", { numbers: unique });
  };

  ge.openPlace = function (map, place, at) {
    const notes = [
      place.country ? format.country(place.country) : null,
      typeof place.score === "number" ? `${word("confidence")} ${format.percent(place.score)}` : null,
      place.count === undefined ? null : `${word("mentions")}: ${format.number(place.count)}`,
      place.faint ? word("context_place") : null,
    ].filter(Boolean);
    const content = el(
      "article",
      { class: "ge-detail ge-pages", dir: ge.data.dir, tabindex: "-1" },
      el("h2", {}, ge.foreign(ge.placeName(place))),
      place.label && place.place !== place.label ? el("p", { class: "ge-aside" }, ge.foreign(place.place)) : null,
      notes.length ? el("p", { class: "ge-notes" }, joined(notes)) : null,
      place.place_id ? el("p", { class: "ge-notes" }, el("code", { dir: "ltr" }, String(place.place_id))) : null,
    );
    open(map, at, content, null);
  };
})(window.geoevents);
