// The events as columns: typed arrays that filters run over, and one event as a view of them.
(function (ge) {
  "use strict";

  /** Stands for a day that is not known. */
  const NONE = (ge.NONE = -(2 ** 31));
  const DEGREE = 1e5;
  const DAY_MS = 864e5;
  // How much of an ISO date is known, by precision.
  const KNOWN = { day: 10, month: 7, year: 4, decade: 4, open: 10 };

  /** A column of codes or days; null and a column that is not there read as `missing`. */
  function column(values, length, missing = -1) {
    const typed = new Int32Array(length);
    if (!values) return typed.fill(missing);
    for (let i = 0; i < length; i++) typed[i] = values[i] ?? missing;
    return typed;
  }

  /** Lists of numbers, one after the other: those of `i` lie from first[i] to first[i + 1]. */
  function lists(length, each) {
    const first = new Int32Array(length + 1);
    const codes = [];
    for (let i = 0; i < length; i++) {
      each(i, (code) => {
        for (let k = first[i]; k < codes.length; k++) if (codes[k] === code) return;
        codes.push(code);
      });
      first[i + 1] = codes.length;
    }
    return { first, codes: Int32Array.from(codes) };
  }

  /** Which rows belong to each owner, in their order. */
  function grouped(owners, count) {
    const first = new Int32Array(count + 1);
    for (let k = 0; k < owners.length; k++) first[owners[k] + 1] += 1;
    for (let i = 0; i < count; i++) first[i + 1] += first[i];
    const next = first.slice(0, count);
    const codes = new Int32Array(owners.length);
    for (let k = 0; k < owners.length; k++) codes[next[owners[k]]++] = k;
    return { first, codes };
  }

  /**
   * The days on which each event counts, as `since` and `until`.
   *
   * "Since 2014" counts as long as there is anything in the data, "until 2014" from their first day.
   */
  function addDays(columns, precisions) {
    const { n, start, end, from, to, precision } = columns;
    Object.assign(columns, { since: from, until: to });
    const open = precisions.indexOf("open");
    if (open < 0) return;
    let [first, last] = [Infinity, ge.data.published ?? -Infinity];
    for (let i = 0; i < n; i++) {
      if (from[i] !== NONE) [first, last] = [Math.min(first, from[i]), Math.max(last, to[i])];
    }
    const isOpen = (i, one, other) => precision[i] === open && one[i] === NONE && other[i] !== NONE;
    columns.since = from.map((day, i) => (isOpen(i, start, end) ? first : day));
    columns.until = to.map((day, i) => (isOpen(i, end, start) ? last : day));
  }

  function eventsOf({ events, spots, values }) {
    const { n } = events;
    const columns = { n };
    for (const name of [
      "type", "title", "family", "status", "aspect", "precision", "country", "source", "confidence",
    ]) {
      columns[name] = column(events[name], n);
    }
    columns.start = column(events.start, n, NONE);
    columns.end = column(events.end, n, NONE);
    // Of an event that names only its start or its end, both are that day.
    columns.from = columns.start.map((day, i) => (day === NONE ? columns.end[i] : day));
    columns.to = columns.end.map((day, i) => (day === NONE ? columns.start[i] : day));
    addDays(columns, values.precision || []);
    columns.weight = events.weight ? column(events.weight, n, 1) : null;
    columns.first = column([...(events.first || []), spots.n].slice(0, n + 1), n + 1, spots.n);
    columns.actors = lists(n, (i, add) => (events.actors?.[i] || []).forEach(add));
    return columns;
  }

  function spotsOf({ spots }) {
    const columns = { n: spots.n };
    for (const name of ["place", "label", "canonical", "role", "basis", "country"]) {
      columns[name] = column(spots[name], spots.n);
    }
    return columns;
  }

  function pointsOf({ points }) {
    const columns = { n: points.n };
    for (const name of ["event", "spot", "layer", "family", "basis"]) {
      columns[name] = column(points[name], points.n);
    }
    columns.km = Float32Array.from(points.km || new Float32Array(points.n), (km) => km || 0);
    columns.origin = Uint8Array.from(points.origin || new Uint8Array(points.n));
    return columns;
  }

  /** Number the distinct positions; `at` is each point's. A hash table of our own: a Map is slow. */
  function positionsOf({ points }, columns) {
    const size = 2 ** Math.ceil(Math.log2(2 * points.n + 2));
    const table = new Int32Array(size).fill(-1);
    const at = new Int32Array(points.n);
    const sample = [];
    for (let k = 0; k < points.n; k++) {
      const [lon, lat] = [points.lon[k], points.lat[k]];
      let slot = (Math.imul(lon, 0x9e3779b1) ^ Math.imul(lat, 0x85ebca6b)) >>> 0;
      slot = (slot ^ (slot >>> 15)) & (size - 1);
      while (table[slot] >= 0) {
        const other = sample[table[slot]];
        if (points.lon[other] === lon && points.lat[other] === lat) break;
        slot = (slot + 1) & (size - 1);
      }
      if (table[slot] < 0) {
        table[slot] = sample.length;
        sample.push(k);
      }
      at[k] = table[slot];
    }
    columns.at = at;
    const n = sample.length;
    const [lon, lat] = [new Float64Array(n), new Float64Array(n)];
    sample.forEach((k, i) => {
      lon[i] = points.lon[k] / DEGREE;
      lat[i] = points.lat[k] / DEGREE;
    });
    return { n, lon, lat, points: grouped(at, n) };
  }

  /** Extents of the shapes, [west, south, east, north] of each one after the other. */
  function boxesOf(shapes) {
    const boxes = new Float64Array(shapes.length * 4);
    shapes.forEach(({ shape }, s) => {
      let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const flat of shape.flat()) {
        for (let i = 0; i < flat.length; i += 2) {
          if (flat[i] < west) west = flat[i];
          if (flat[i] > east) east = flat[i];
          if (flat[i + 1] < south) south = flat[i + 1];
          if (flat[i + 1] > north) north = flat[i + 1];
        }
      }
      boxes.set([west, south, east, north], s * 4);
    });
    return boxes;
  }

  /** Which shapes each event has part in. */
  function shapesByEvent(shapes, n) {
    const owners = [];
    const numbers = [];
    shapes.forEach(({ refs }, s) => {
      for (const [event] of refs) {
        owners.push(event);
        numbers.push(s);
      }
    });
    const { first, codes } = grouped(owners, n);
    return { first, codes: codes.map((k) => numbers[k]) };
  }

  /** Countries of an event: its own and those of its places. */
  const countriesOf = ({ events, spots }) =>
    lists(events.n, (i, add) => {
      if (events.country[i] >= 0) add(events.country[i]);
      for (let s = events.first[i]; s < events.first[i + 1]; s++) {
        if (spots.country[s] >= 0) add(spots.country[s]);
      }
    });

  /** Layers on which an event is drawn; a shape names its layer, a point has its code. */
  function layersOf({ events, points, shapes, values, pointsByEvent, shapesByEvent: drawn }) {
    const codes = new Map(values.layer.map((layer, code) => [layer, code]));
    for (const { layer } of shapes) {
      if (!codes.has(layer)) codes.set(layer, values.layer.push(layer) - 1);
    }
    return lists(events.n, (i, add) => {
      for (let k = pointsByEvent.first[i]; k < pointsByEvent.first[i + 1]; k++) {
        add(points.layer[pointsByEvent.codes[k]]);
      }
      for (let k = drawn.first[i]; k < drawn.first[i + 1]; k++) {
        add(codes.get(shapes[drawn.codes[k]].layer));
      }
    });
  }

  /** Events from the newest to the oldest; those without a date come last. */
  function newestFirst({ n, from }) {
    const keys = new Float64Array(n);
    for (let i = 0; i < n; i++) keys[i] = (from[i] === NONE ? 2 ** 31 : -from[i]) * n + i;
    return Int32Array.from(keys.sort(), (key) => ((key % n) + n) % n);
  }

  /**
   * The store from the unpacked columns.
   *
   * Beside the columns: `positions` (distinct ones; `points.at` is a point's), `boxes` of the
   * shapes, `pointsByEvent`, `shapesByEvent`, `countries`, `layers` of the events as lists
   * (`first`, `codes`), `order` from the newest event to the oldest, and `isPlaced`.
   */
  ge.makeStore = function (core) {
    const store = {
      values: core.values,
      events: eventsOf(core),
      spots: spotsOf(core),
      points: pointsOf(core),
      shapes: core.shapes || [],
      places: core.places || [],
      choropleth: core.choropleth || null,
    };
    const { n } = store.events;
    store.n = n;
    store.positions = positionsOf(core, store.points);
    store.boxes = boxesOf(store.shapes);
    store.pointsByEvent = grouped(store.points.event, n);
    store.shapesByEvent = shapesByEvent(store.shapes, n);
    store.countries = countriesOf(store);
    store.layers = layersOf(store);
    store.order = newestFirst(store.events);
    store.isPlaced = Uint8Array.from({ length: n }, (_, i) =>
      store.layers.first[i + 1] > store.layers.first[i] ? 1 : 0,
    );
    return store;
  };

  const value = (name, code) => (code < 0 ? undefined : ge.store.values[name][code]);
  const day = (days) => (days === NONE ? null : days);

  /** A day since 1970 as an ISO date, cut at what is known of it; null stays null. */
  ge.iso = function (days, precision) {
    const moment = new Date(days * DAY_MS);
    if (days === null || Number.isNaN(moment.getTime())) return null;
    const iso = moment.toISOString();
    // A year beyond four digits makes the whole longer.
    return iso.slice(0, (Object.hasOwn(KNOWN, precision) ? KNOWN[precision] : 10) + iso.length - 24);
  };

  /** One of the places of an event, by its number among all of them. */
  ge.spot = function (s) {
    const { spots } = ge.store;
    return {
      place: value("place", spots.place[s]),
      label: value("place", spots.label[s]),
      role: value("role", spots.role[s]),
      basis: value("basis", spots.basis[s]),
      country: value("country", spots.country[s]),
    };
  };

  /** What lists and labels show of an event. `start` and `end` are days since 1970, or null. */
  ge.event = function (i) {
    const { events } = ge.store;
    const one = { number: i, start: day(events.start[i]), end: day(events.end[i]) };
    for (const name of [
      "type", "title", "family", "status", "aspect", "precision", "country", "source",
    ]) {
      one[name] = value(name, events[name][i]);
    }
    one.confidence = events.confidence[i] < 0 ? undefined : events.confidence[i] / 100;
    const { first, codes } = events.actors;
    one.actors = Array.from(codes.subarray(first[i], first[i + 1]), (code) => value("actor", code));
    one.places = [];
    for (let s = events.first[i]; s < events.first[i + 1]; s++) one.places.push(ge.spot(s));
    return one;
  };

  /** Put the cells of one row into an object, empty ones left out. */
  function fill(target, columns, row) {
    for (const [name, cells] of Object.entries(columns || {})) {
      if (cells && cells[row] !== null && cells[row] !== undefined) target[name] = cells[row];
    }
  }

  /** Everything the page knows of an event; `carried` tells whether it carries its details. */
  ge.detail = async function (i) {
    const size = ge.data.chunk;
    const number = Math.floor(i / size);
    const chunk = await ge.chunk(number);
    const one = ge.event(i);
    one.carried = Boolean(chunk);
    if (!chunk) return one;
    fill(one, chunk.event, i - number * size);
    const { first } = ge.store.events;
    one.places.forEach((place, k) => fill(place, chunk.spot, first[i] + k - first[number * size]));
    return one;
  };
})(window.geoevents);
