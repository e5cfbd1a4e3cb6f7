// What the reader corrected: kept by place, written to a file and read back; no part of the screen.
(function (ge) {
  "use strict";

  const HEAD = "geoevents_corrections";
  const VERSION = 1;
  const MOST_BYTES = 50e6;
  const KM_PER_DEGREE = 111.195;
  const METRES_PER_PIXEL = 156543.034; // at the equator, zoom 0
  // A click is as sure as a hand is: a few pixels.
  const HAND = 5;
  // What would break a line or turn its direction in a terminal.
  const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

  const pending = new Map();

  const textOf = (value) => (typeof value === "string" && value !== "" ? value : null);
  const cut = (text, span) => Array.from(text).slice(span[0], span[1]).join("");

  function spanOf(span, text) {
    return span ? { start: span[0], end: span[1], text } : { start: null, end: null, text };
  }

  /** The event and the place as a file tells them: by what the text says. */
  function subjectOf(event, spot) {
    const evidence = textOf(event.evidence);
    const trigger = evidence && event.trigger ? spanOf(event.trigger, cut(evidence, event.trigger)) : null;
    // Where the text has no name, the page shows the place's id or label.
    const text = spot.place === spot.id ? null : textOf(spot.place);
    return {
      event: {
        doc_id: textOf(event.doc_id),
        id: textOf(event.event_id),
        type: event.type,
        evidence,
        trigger,
        lang: textOf(event.lang),
      },
      place: { role: spot.role, ...spanOf(spot.span, text), place_id: textOf(spot.id) },
    };
  }

  function keyOf({ event, place }) {
    const { trigger } = event;
    return JSON.stringify([
      event.doc_id, event.type, event.evidence, trigger && [trigger.start, trigger.end],
      trigger ? null : event.id, place.role, place.text, place.start, place.end,
    ]);
  }

  const changed = () => ge.fire("corrections", ge.corrections);

  // Reading a file -------------------------------------------------------------------------

  class Unreadable extends Error {}

  function check(ok) {
    if (!ok) throw new Unreadable();
  }

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  function text(values, key) {
    const value = values[key] ?? null;
    check(value === null || typeof value === "string");
    return value;
  }

  function number(values, key, most) {
    const value = values[key] ?? null;
    check(value === null || (typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= most));
    return value;
  }

  function span(values) {
    const [start, end] = [values.start ?? null, values.end ?? null];
    const none = start === null && end === null;
    check(none || (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end));
    return { start, end, text: text(values, "text") };
  }

  function target(values) {
    check(isObject(values));
    const to = {
      place_id: text(values, "place_id"),
      name: text(values, "name"),
      country: text(values, "country"),
      lat: number(values, "lat", 90),
      lon: number(values, "lon", 180),
      uncertainty_km: number(values, "uncertainty_km", Infinity),
    };
    check(to.place_id || (to.lat !== null && to.lon !== null));
    return to;
  }

  /** One correction made of what a file holds, nothing else taken over. */
  function read(row) {
    check(isObject(row) && isObject(row.event) && isObject(row.place));
    const { event, place, action } = row;
    check(textOf(event.type) && textOf(place.role) && (action === "wrong" || action === "place"));
    const trigger = event.trigger ?? null;
    check(trigger === null || isObject(trigger));
    return {
      event: {
        doc_id: text(event, "doc_id"),
        id: text(event, "id"),
        type: event.type,
        evidence: text(event, "evidence"),
        trigger: trigger && span(trigger),
        lang: text(event, "lang"),
      },
      place: { role: place.role, ...span(place), place_id: text(place, "place_id") },
      action,
      to: action === "place" ? target(row.to) : null,
      note: text(row, "note"),
    };
  }

  /** The corrections of a file; throws where it is none of ours. */
  function parse(content) {
    const file = JSON.parse(content);
    check(isObject(file) && isObject(file[HEAD]) && file[HEAD].schema_version === VERSION);
    check(Array.isArray(file.corrections));
    return file.corrections.map(read);
  }

  // What can be typed and clicked ------------------------------------------------------------

  /** A point from typed degrees, "48.85, 2.35"; null where they are none. */
  function typed(words) {
    const found = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(latin(words));
    const [lat, lon] = found ? [Number(found[1]), Number(found[2])] : [NaN, NaN];
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon, uncertainty_km: null } : null;
  }

  /** Digits and signs of Arabic and Persian as Latin ones. */
  const latin = (words) =>
    words
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
      .replaceAll("\u066b", ".")
      .replaceAll("\u060c", ",")
      .replaceAll("\u2212", "-")
      .replace(/[\u200e\u200f\u061c\u00b0]/g, "");

  /** A clicked point, with no more digits than the zoom lets the hand choose. */
  function clicked({ lat, lng }, zoom) {
    const metres = (METRES_PER_PIXEL * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;
    const km = Math.max(0.01, (HAND * metres) / 1000);
    const digits = Math.min(5, Math.max(1, Math.ceil(Math.log10(KM_PER_DEGREE / km))));
    return {
      lat: Number(Math.max(-90, Math.min(90, lat)).toFixed(digits)),
      lon: Number(((((lng + 180) % 360) + 360) % 360 - 180).toFixed(digits)),
      uncertainty_km: Number(km.toPrecision(2)),
    };
  }

  /** The stated radius in km, else what the digits of the coordinates leave open. */
  function uncertaintyOf({ lat, lon, uncertainty_km: stated }) {
    if (stated !== null) return stated;
    const digits = Math.max(...[lat, lon].map((degrees) => (String(degrees).split(".")[1] || "").length));
    return Number((KM_PER_DEGREE * 0.5 * 10 ** -digits).toPrecision(2));
  }

  // What belongs to a name for good ----------------------------------------------------------

  const oneLine = (words) => words.replace(UNSEEN, " ").trim();
  // Between the quotes of a POSIX shell, all but a quote stands as it is.
  const escaped = (words) => words.replaceAll("'", "'\\''");

  /**
   * The command that lets the name mean the place in every text, in pieces: every second one is
   * foreign, as a shell wants it; null where there is no name.
   */
  function forGood({ event, place, to }) {
    const name = oneLine(place.text || "");
    if (!to || !name) return null;
    if (to.place_id) {
      const lang = /^[a-z]{2,3}$/.test(event.lang || "") ? ` --lang ${event.lang}` : "";
      return ["geoevents gazetteer fix --to '", escaped(oneLine(to.place_id)), `'${lang} -- '`, escaped(name), "'"];
    }
    const cell = escaped(name.replaceAll('"', '""'));
    return [
      `printf '%s\\n' 'name,lat,lon,uncertainty_km' '"`,
      cell,
      `",${to.lat},${to.lon},${uncertaintyOf(to)}' | geoevents gazetteer add -`,
    ];
  }

  ge.corrections = {
    /** The pending corrections, in the order in which they were made. */
    list: () => [...pending.values()],
    get: (event, spot) => pending.get(keyOf(subjectOf(event, spot))) || null,
    /** Correct a place of an event: `to` is the right place, null where it is only wrong. */
    set(event, spot, to, note) {
      const one = { ...subjectOf(event, spot), action: to ? "place" : "wrong", to, note: textOf(note) };
      pending.delete(keyOf(one));
      pending.set(keyOf(one), one);
      changed();
    },
    remove(one) {
      pending.delete(keyOf(one));
      changed();
    },
    /** The file's content. */
    write() {
      const corrections = this.list();
      const { title, software } = ge.data;
      const file = { [HEAD]: { schema_version: VERSION }, title: title ?? null, software, corrections };
      return `${JSON.stringify(file, null, 1)}\n`;
    },
    /** Take in a file's corrections, all or, where it is none of ours, none; how many it holds. */
    load(content) {
      let found;
      try {
        check(content.length <= MOST_BYTES);
        found = parse(content);
      } catch {
        return null;
      }
      for (const one of found) pending.set(keyOf(one), one);
      changed();
      return found.length;
    },
    typed,
    clicked,
    forGood,
  };
})(window.geoevents);
