// Routes, areas, borders and circles of uncertainty: which of them are shown, and how they look.
(function (ge) {
  "use strict";

  // An area's edge is thinner than a route, that of a circle thinner still.
  const EDGE = 0.7;
  const CIRCLE_EDGE = 1.2;
  const CIRCLE_POINTS = 72;
  // More circles than this would paint the land over: they keep their edge only.
  const MANY_CIRCLES = 150;
  // A line of n events is log2(n) times this many pixels thicker, up to a limit.
  const THICKER = 1.1;
  const THICKEST = 9;
  // Routes over the same stops, such as there and back, keep this many pixels apart.
  const LANE = 4;
  // A computed area is labelled where it is so many pixels wide.
  const ROOM = 60;
  const WORD = "shapes";
  // What happened somewhere in a large area says little of each spot of it: such an area is tinted less.
  const TINTED_WHOLE = 50_000; // square kilometres
  const FAINTEST = 0.3;

  const DEGREE = Math.PI / 180;
  // The WGS84 ellipsoid, in kilometres and squared eccentricity.
  const RADIUS = 6378.137;
  const E2 = 0.00669438;

  /** A circle on the Earth as flat lon, lat …; right to half a percent, on a sphere that fits there. */
  ge.circleAround = function (lon, lat, km) {
    const sine = Math.sin(lat * DEGREE);
    const angle = km / ((RADIUS * Math.sqrt(1 - E2)) / (1 - E2 * sine * sine));
    const flat = [];
    for (let k = 0; k <= CIRCLE_POINTS; k++) {
      const azimuth = (2 * Math.PI * k) / CIRCLE_POINTS;
      const up = sine * Math.cos(angle) + Math.cos(lat * DEGREE) * Math.sin(angle) * Math.cos(azimuth);
      const east = Math.sin(azimuth) * Math.sin(angle) * Math.cos(lat * DEGREE);
      const along = lon + Math.atan2(east, Math.cos(angle) - sine * up) / DEGREE;
      const before = flat.length ? flat[flat.length - 2] : along;
      flat.push(along - 360 * Math.round((along - before) / 360), Math.asin(up) / DEGREE);
    }
    // One that holds a pole is closed beyond the edge of the map.
    if (Math.abs(flat[flat.length - 2] - flat[0]) > 180) {
      flat.push(flat[flat.length - 2], Math.sign(lat) * 90, flat[0], Math.sign(lat) * 90);
    }
    return flat;
  };

  /** About how many square kilometres polygons have, their holes among them. */
  function sizeOf(polygons) {
    let size = 0;
    for (const [flat] of polygons) {
      let twice = 0;
      let north = -90;
      let south = 90;
      for (let i = 0; i < flat.length; i += 2) {
        const j = (i + 2) % flat.length;
        twice += flat[i] * flat[j + 1] - flat[j] * flat[i + 1];
        north = Math.max(north, flat[i + 1]);
        south = Math.min(south, flat[i + 1]);
      }
      size += (Math.abs(twice) / 2) * Math.cos(((north + south) / 2) * DEGREE);
    }
    return size * (RADIUS * DEGREE) ** 2;
  }

  /** How much an area is tinted, in tenths, so that few looks are kept. */
  const tintOf = ({ shape }) =>
    Math.round(10 * Math.max(FAINTEST, Math.min(1, Math.sqrt(TINTED_WHOLE / sizeOf(shape))))) / 10;

  const DRAWN = {
    route: ({ shape, stops }) => ({ lines: legs(shape[0][0], stops), arrows: true }),
    border: ({ shape }) => ({ lines: shape.flat().flatMap(ge.onMap) }),
    band: ({ shape }) => ({ rings: shape.map((polygon) => polygon.map(ge.project)) }),
    circle: ({ lon, lat, km }) => ({ rings: [[ge.project(ge.circleAround(lon, lat, km))]] }),
  };
  DRAWN.density = DRAWN.band;
  DRAWN.area = (area) => ({ ...DRAWN.band(area), tint: tintOf(area) });

  /** The course from each stop to the next; of a track the whole. */
  function legs(flat, stops) {
    if (!stops) return ge.onMap(flat);
    return stops.slice(1).flatMap((stop, i) => ge.onMap(flat.slice(stops[i] * 2, stop * 2 + 2)));
  }

  function itemOf(shape, number) {
    const events = Int32Array.from(new Set(shape.refs.map(([event]) => event)));
    const drawn = DRAWN[shape.kind](shape);
    const box = ge.extentOf(drawn.lines || drawn.rings.flat());
    return { shape, number, events, box, ...drawn };
  }

  /** The circles of points, each position and radius once. */
  function circles() {
    const { points, positions, values } = ge.store;
    const found = new Map();
    for (let k = 0; k < points.n; k++) {
      if (!points.km[k]) continue;
      const key = [points.at[k], points.km[k], points.layer[k], points.basis[k]].join();
      if (!found.has(key)) {
        found.set(key, {
          kind: "circle", km: points.km[k], refs: [],
          lon: positions.lon[points.at[k]], lat: positions.lat[points.at[k]],
          layer: values.layer[points.layer[k]], family: values.family[points.family[k]],
          basis: values.basis[points.basis[k]],
        });
      }
      found.get(key).refs.push([points.event[k], points.spot[k]]);
    }
    return [...found.values()];
  }

  /** The sum of the events of an item that pass the filters. */
  function countOf({ events }) {
    const { weight } = ge.store.events;
    let sum = 0;
    for (const event of events) if (ge.filter.passes[event]) sum += weight ? weight[event] : 1;
    return sum;
  }

  const LOOKS = {
    route: ({ family, basis }, { count }) => {
      const { weight } = ge.data.style.bases[basis];
      const thick = Math.min(THICKEST, weight + THICKER * Math.log2(Math.max(1, count)));
      return ge.look(family, basis, { weight: Math.round(thick * 2) / 2 });
    },
    border: ({ family, basis }) => ge.look(family, basis),
    // A border's band has no edge of its own: the line in its middle is what is known.
    band: ({ family, basis }) => ge.look(family, basis),
    area: ({ family, basis, disputed }, { tint = 1 }) =>
      ge.look(family, basis, { edge: ge.data.style.bases[basis].weight * EDGE, disputed, alpha: tint }),
    circle: ({ family, basis }, _, crowded) =>
      ge.look(family, basis, { edge: CIRCLE_EDGE, alpha: crowded ? 0 : 0.55, still: true }),
  };
  LOOKS.density = LOOKS.area;

  /** Whether enough of an item's events are left: a density of few is none. */
  const isThere = ({ shape, count }) => ge.isOn(shape.layer) && count >= (shape.least || 1);

  /** Bend routes over the same stops apart, each to its right; one alone runs straight. */
  function intoLanes(routes) {
    const lanes = new Map();
    for (const item of routes) {
      const key = item.way.there < item.way.back ? item.way.there : item.way.back;
      if (!lanes.has(key)) lanes.set(key, []);
      lanes.get(key).push(item);
    }
    for (const items of lanes.values()) {
      const next = new Map();
      for (const item of items) {
        const room = item.look.weight / 2 + LANE / 2;
        const before = next.get(item.way.there) || 0;
        item.offset = items.length > 1 ? before + room : 0;
        next.set(item.way.there, before + 2 * room);
      }
    }
  }

  /** The stops of a route, there and back, to tell which routes go together. */
  function wayOf({ shape: [[flat]], stops }) {
    const at = (stops || []).map((stop) => [((flat[stop * 2] % 360) + 360) % 360, flat[stop * 2 + 1]].map((n) => n.toFixed(5)).join(" "));
    return stops ? { there: at.join(), back: [...at].reverse().join() } : null;
  }

  const placeText = (ref) => ge.placeName(ge.spot(ref[1]));
  ge.nameOfShape = ({ shape }) =>
    placeText(shape.refs.find(([event]) => ge.filter.passes[event]) || shape.refs[0]);

  /** Whose view of disputed ground an area's outline is, in brackets. */
  function viewOf({ disputed, viewpoint }) {
    if (!disputed) return [];
    if (!viewpoint) return [` (${ge.word("is_disputed", WORD)})`];
    const whose = /^[A-Z]{2}$/.test(viewpoint) ? ge.format.country(viewpoint) : viewpoint;
    return [" (", ge.word("viewpoint"), ": ", ge.foreign(whose), ")"];
  }

  /** First and last day of the events of an item that pass, as text; empty where none has a date. */
  ge.spanOfShape = function ({ events }) {
    let [first, last] = [Infinity, -Infinity];
    for (const event of events) {
      const [start, end] = ge.span(event);
      if (!ge.filter.passes[event] || start === ge.NONE) continue;
      first = Math.min(first, start);
      last = Math.max(last, end);
    }
    return first > last ? "" : ge.format.days(first, last);
  };

  const denseText = (item) =>
    [ge.fill(ge.word("events", WORD), { count: ge.format.number(item.count) }), ge.spanOfShape(item)]
      .filter(Boolean).join(" · ");

  const TEXTS = {
    area: (item) => [ge.foreign(ge.nameOfShape(item)), viewOf(item.shape)],
    density: denseText,
  };

  let items = [];
  let shown = [];
  let scale = () => 1;

  /** Whether an item has a label: a computed area only where there is room for it. */
  const isNamed = ({ shape: { kind }, box }) =>
    TEXTS[kind] && (kind !== "density" || (box[2] - box[0]) * scale() > ROOM);

  /** Names of the areas shown, each in the middle of its box; areas lie the largest first. */
  ge.areaLabels = () =>
    shown
      .filter(isNamed)
      .reverse()
      .map((item) => {
        const [west, south, east, north] = ge.store.boxes.subarray(item.number * 4, item.number * 4 + 4);
        // What is computed from pins has pins in its middle.
        const lat = item.shape.kind === "density" ? south : (south + north) / 2;
        return { at: [lat, (west + east) / 2], reach: 0, text: () => TEXTS[item.shape.kind](item) };
      });

  /** What a shape says when it is pointed at. */
  ge.shapeTip = function (item) {
    const { kind } = item.shape;
    if (kind === "route") return ge.routeTip(item);
    const what = TEXTS[kind] ? TEXTS[kind](item) : ge.nameOfShape(item);
    const { values, events } = ge.store;
    const [event] = ge.eventsOfShape(item);
    const more = kind === "density" ? ge.word("dense_short", WORD)
      : item.count > 1 ? ge.fill(ge.word("events", WORD), { count: ge.format.number(item.count) })
        : values.title[events.title[event]];
    return ge.apart([what, more]);
  };

  /** The events of an item that pass. */
  ge.eventsOfShape = ({ events }) => Array.from(events).filter((event) => ge.filter.passes[event]);

  /** The items of an event: shapes it has part in. */
  ge.shapesOfEvent = (event) => items.filter((item) => item.number !== null && item.events.includes(event));

  ge.shownRoutes = () => shown.filter(({ shape }) => shape.kind === "route");

  ge.components.push(function (map) {
    const canvas = new ge.ShapeCanvas({ pane: "overlayPane" }).addTo(map);
    scale = () => 256 * 2 ** map.getZoom();
    items = [
      ...circles().map((shape) => itemOf(shape, null)),
      ...ge.store.shapes.map(itemOf),
    ];
    for (const item of items) if (item.shape.kind === "route") item.way = wayOf(item.shape);

    /** Tell in the legend how many events the computed areas are made of. */
    function sayDense() {
      const text = document.querySelector("#ge-legend [data-mark='density'] > :last-child");
      const dense = shown.filter(({ shape }) => shape.kind === "density");
      const count = ge.format.number(dense.reduce((sum, item) => sum + item.count, 0));
      if (text) text.textContent = dense.length ? ge.fill(ge.word("dense", WORD), { count }) : ge.word("density", WORD);
    }

    function update() {
      for (const item of items) item.count = countOf(item);
      shown = items.filter(isThere);
      const crowded = shown.filter(({ shape }) => shape.kind === "circle").length > MANY_CIRCLES;
      for (const item of shown) item.look = LOOKS[item.shape.kind](item.shape, item, crowded);
      intoLanes(shown.filter(({ way }) => way));
      canvas.show(ge.spreadOut(shown));
      sayDense();
      map.fire("ge:points");
    }

    ge.redrawShapes = update;
    ge.on("filter", ge.perFrame(update));
    ge.on("theme", update);
    update();
    ge.targets.unshift({
      at: (at, tolerance) => canvas.at(at, tolerance),
      tip: ge.shapeTip,
      press: (item, at) => ge.openShape(map, item, at),
    });
  });
})(window.geoevents);
