// The page of one article: its text with marks, and what was found in it, each with its reasons.
(function (ge) {
  "use strict";

  const data = (ge.data = JSON.parse(document.getElementById("ev-data").textContent));
  ge.format = { number: (value, digits = 0) => value.toLocaleString(data.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }) };
  const byId = (id) => document.getElementById(id);
  const word = (key) => ge.word(key, "page");
  const rtl = data.dir === "rtl";

  // Kinds and finer kinds of marks, as the legend tells them; a kind can be switched off.
  const LEGEND = [
    ["event", [["", "mark_event"], ["is-negated", "mark_denied"], ["is-hypothetical", "mark_not_so"], ["is-echo", "mark_echo"]]],
    ["place", [["", "mark_place"], ["is-unplaced", "mark_unplaced"], ["is-demonym", "mark_whose"]]],
    ["who", [["", "mark_who"]]],
    ["when", [["", "mark_when"]]],
    ["amount", [["", "mark_amount"]]],
    ["cue", [["", "mark_cue"]]],
  ];
  const TAB_STOPS = new Set(["event", "place"]);
  const off = new Set();
  const segments = []; // {element, marks}
  const first = new Map(); // id of an event or a mention: its first piece in the text

  /** Pieces of a sentence: our words, and words that are not ours, isolated. */
  const pieces = (list) => list.map(function (piece) {
    if (typeof piece === "string") return ge.text(piece, rtl);
    if ("number" in piece) return ge.el("bdi", { dir: "ltr" }, ge.format.number(piece.number, piece.digits));
    const words = ge.foreign(piece.words);
    if (piece.aside) return words;
    words.className = "words";
    return piece.to ? ge.el("a", { href: `#${piece.to}` }, words) : words;
  });

  // ---- the text

  function classes(marks) {
    const shown = marks.filter(([kind]) => !off.has(kind));
    const names = shown.flatMap(([kind, , , flavour]) => [`m-${kind}`, flavour ? `is-${flavour}` : ""]);
    return ["m", ...names].filter(Boolean).join(" ");
  }

  /** The number of the event, or nothing, at the first piece of its trigger. */
  function numberOf(fresh) {
    const event = fresh.find(([kind, , , flavour]) => kind === "event" && flavour !== "echo");
    return event ? ge.el("sup", { "aria-hidden": "true" }, ge.format.number(Number(event[1].replace("event-", "")))) : null;
  }

  function segment([words, numbers], rtl) {
    if (!numbers) return ge.text(words, rtl);
    const marks = numbers.map((n) => data.marks[n]);
    const fresh = marks.filter((mark) => !mark.seen);
    for (const mark of fresh) mark.seen = true;
    // Where an event's own words are, its card is what is asked for.
    const [, ref] = marks.find(([kind]) => kind === "event") || marks.find(([kind]) => kind === "place") || marks[0];
    const element = ge.el("a", {
      href: `#${ref}`,
      class: classes(marks),
      title: marks.map(([, , label]) => label).join("\n"),
      tabindex: fresh.some(([kind]) => TAB_STOPS.has(kind)) ? null : "-1",
    });
    element.append(ge.text(words, rtl), numberOf(fresh) || "");
    for (const [kind, of, , flavour] of fresh) {
      if (TAB_STOPS.has(kind) && flavour !== "echo" && !first.has(of)) first.set(of, element);
    }
    segments.push({ element, marks });
    return element;
  }

  function paragraph({ dir, parts }) {
    return ge.el("p", { dir }, parts.map((part) => segment(part, dir === "rtl")));
  }

  // ---- what was found

  function rows(list) {
    let group = "";
    return list.flatMap(function (row) {
      const head = row.group && row.group !== group ? [ge.el("dt", { class: "group" }, row.group)] : [];
      group = row.group;
      const why = (row.why || []).map((sentence) => ge.el("li", {}, pieces(sentence)));
      return [
        ...head,
        ge.el("dt", {}, row.name),
        ge.el("dd", {}, ge.el("div", {}, pieces(row.value)), why.length ? ge.el("ul", {}, why) : null),
      ];
    });
  }

  function toText(id) {
    const element = first.get(id);
    if (!element) return null;
    element.id = `in-text-${id}`;
    return [" ", ge.el("a", { href: `#${element.id}`, class: "count" }, word("in_text"))];
  }

  function heading(one, label) {
    const words = ge.foreign(one.words);
    words.className = "words";
    return ge.el("h3", {}, label, words, toText(one.id));
  }

  const card = (one, label, ...more) =>
    ge.el("article", { id: one.id, tabindex: "-1" }, heading(one, label), ge.el("dl", {}, rows(one.rows)), more);

  const event = (one) => card(one, [ge.format.number(one.number), " ", ge.foreign(one.label), ": "]);

  const signed = (odds) => (odds > 0 ? "+" : "−") + ge.format.number(Math.abs(odds), 2);

  function candidate(one) {
    const why = one.why.flatMap(([words, odds], i) => [i ? "; " : "", `${words} `, ge.el("bdi", { dir: "ltr" }, signed(odds))]);
    return ge.el("tr", one.chosen ? { class: "chosen" } : {},
      ge.el("td", {}, ge.foreign(one.name), one.chosen ? ` (${word("chosen")})` : ""),
      ge.el("td", {}, ge.apart([one.kind, one.country], ", "), " ", ge.foreign(one.id)),
      ge.el("td", { class: "figure" }, ge.format.number(one.score, 2)),
      ge.el("td", {}, why),
    );
  }

  function place(one) {
    if (!one.candidates.length) return card(one, "");
    const heads = ["place", "what", "score", "why"].map((name) => word(`column_${name}`));
    const none = one.none === null ? null : ge.el("p", { class: "quiet" }, ge.fill(word("none_of_them"), { score: ge.format.number(one.none, 2) }));
    return card(one, "", ge.el("details", {},
      ge.el("summary", {}, ge.plural("page", "may_mean", one.candidates.length)),
      ge.el("table", {},
        ge.el("thead", {}, ge.el("tr", {}, heads.map((name) => ge.el("th", { scope: "col" }, name)))),
        ge.el("tbody", {}, one.candidates.map(candidate)),
      ),
      none,
    ));
  }

  function section(name, list, make, empty) {
    return ge.el("section", {},
      ge.el("h2", {}, `${name} `, ge.el("span", { class: "count" }, ge.format.number(list.length))),
      list.length ? list.map(make) : ge.el("p", { class: "quiet" }, empty),
    );
  }

  // ---- legend, and what is looked at

  function legendOf([kind, flavours]) {
    const box = ge.el("input", { type: "checkbox", value: kind });
    box.checked = true;
    box.addEventListener("change", function () {
      if (box.checked) off.delete(kind);
      else off.add(kind);
      for (const { element, marks } of segments) element.className = classes(marks);
      look();
    });
    const samples = flavours.flatMap(([flavour, label], i) => [
      i ? ", " : "", ge.el("span", { class: `m m-${kind} ${flavour}`.trim() }, word(label)),
    ]);
    return ge.el("label", {}, box, ge.el("span", {}, samples));
  }

  /** Show in the text all words of the event or mention whose card, or whose words, are looked at. */
  function look() {
    const ref = location.hash.slice(1).replace("in-text-", "");
    for (const { element, marks } of segments) {
      element.classList.toggle("shown", marks.some(([, of]) => of === ref));
    }
    const target = byId(location.hash.slice(1));
    if (target) target.focus({ preventScroll: true });
  }

  for (const [id, key] of [["ev-legend", "legend"], ["ev-text", "text"], ["ev-found", "found"]]) {
    byId(id).setAttribute("aria-label", word(key));
  }
  byId("ev-title").textContent = data.title;
  byId("ev-about").append(...data.about.map(([name, value, address]) => ge.el("span", {}, `${name}: `,
    address ? ge.el("a", { href: address, rel: "noreferrer noopener" }, ge.foreign(value)) : ge.foreign(value))));
  byId("ev-text").append(...data.paragraphs.map(paragraph));
  byId("ev-found").append(
    section(word("events"), data.events, event, pieces(data.empty)),
    section(word("mentions"), data.places, place, word("no_mentions")),
  );
  byId("ev-legend").append(...LEGEND.map(legendOf));
  byId("ev-legend").addEventListener("submit", (submitted) => submitted.preventDefault());
  window.addEventListener("hashchange", look);
  // What is folded away would not be printed.
  window.addEventListener("beforeprint", function () {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
  look();
  document.body.dataset.ready = "yes";
})(window.geoevents);
