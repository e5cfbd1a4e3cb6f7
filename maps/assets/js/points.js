// Events at a point: those that share it or would cover each other stand as one, none is moved.
(function (ge) {
  "use strict";

  const ICON = 28;
  const RING = 38;
  // Part of the view around it in which markers are drawn too, so that a short pan shows no gap.
  const MARGIN = 0.15;
  const DEEPEST = 18;
  // Longer numbers are written short: 12K.
  const MANY = 10_000;

  let shown = [];

  const titles = new Map(ge.data.layers.map(({ id, title }) => [id, title]));
  const numbers = new Map();
  const short = new Intl.NumberFormat(ge.format.locale, { notation: "compact", maximumSignificantDigits: 2 });

  /** A count as text that fits a ring; the same ones come again and again. */
  function written(count) {
    if (!numbers.has(count)) {
      numbers.set(count, count < MANY ? ge.format.number(count) : short.format(count));
    }
    return numbers.get(count);
  }

  /** Where markers stand, how far they reach and which place they name: for the labels. */
  ge.pointLabels = () => shown;

  /** The points at a position that pass, on layers that are on. */
  function pointsAt(position) {
    const { points, positions } = ge.store;
    const { first, codes } = positions.points;
    const found = [];
    for (let k = first[position]; k < first[position + 1]; k++) {
      const point = codes[k];
      if (ge.filter.passes[points.event[point]] && ge.filter.isShown(points.layer[point])) found.push(point);
    }
    return found;
  }

  /** The events that are left at some positions, each once. */
  ge.eventsAt = (positions) => [
    ...new Set(positions.flatMap((position) => pointsAt(position).map((k) => ge.store.points.event[k]))),
  ];

  function placeOf(points) {
    const { spots, points: { spot }, values } = ge.store;
    for (const point of points) {
      const s = spot[point];
      const code = spots.label[s] >= 0 ? spots.label[s] : spots.place[s];
      if (code >= 0) return values.place[code];
    }
    return "";
  }

  /** How many events of each family a cluster stands for, in the order of the dictionary. */
  function makeUp({ mix, families }, c) {
    const counts = {};
    for (let f = 0; f < families; f++) {
      const count = mix[c * families + f];
      if (count) counts[ge.store.values.family[f]] = count;
    }
    return counts;
  }

  /** The make-up in words, the most frequent first: colours alone would not tell everybody. */
  function inWords(counts, foreign) {
    const parts = Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .flatMap(([family, count], i) => [i ? ", " : " (", foreign(titles.get(`event.${family}`) || family), ` ${written(count)}`]);
    return Object.keys(counts).length > 1 ? [...parts, ")"] : [];
  }

  /** What a marker says, from its pieces: read out as text, or shown with foreign ones kept apart. */
  const sayings = (pieces) => ({ label: pieces(String).flat().join(""), tip: () => pieces(ge.foreign) });

  /** What is said of a marker holds the number that it shows, also where a dual says it in words. */
  const here = function (count, text) {
    const phrase = ge.plural("ui", "here", count);
    return phrase.includes(text) ? phrase : `${phrase} · ${text}`;
  };

  /** What a marker shows and says; `key` tells whether it is the same as one that stands. */
  function clusterOf(tallied, c) {
    const counts = makeUp(tallied, c);
    const text = written(tallied.events[c]);
    return {
      key: `c ${JSON.stringify(counts)}`,
      size: RING,
      picture: () => ge.ring(counts, text),
      ...sayings((foreign) => [ge.word("cluster"), ": ", here(tallied.events[c], text), inWords(counts, foreign)]),
      name: "",
    };
  }

  function singleOf(tallied, c) {
    const { values, points: columns, events } = ge.store;
    const points = pointsAt(tallied.one[c]);
    const counts = makeUp(tallied, c);
    const families = Object.keys(counts);
    const total = tallied.events[c];
    const name = placeOf(points);
    const text = written(total);
    const hollow = points.every((point) => columns.origin[point]);
    // The surest basis of those that share the point: one stated event makes the place stated.
    const bases = new Set(points.map((point) => values.basis[columns.basis[point]]));
    const basis = Object.keys(ge.data.style.bases).find((one) => bases.has(one));
    const what = (foreign) => (total > 1
      ? [here(total, text), inWords(counts, foreign)]
      : [foreign(values.title[events.title[columns.event[points[0]]]])]);
    const icon = () => ge.icon(families[0], ICON, hollow, basis);
    return {
      key: `p ${JSON.stringify(counts)} ${hollow} ${basis}`,
      size: families.length > 1 ? RING : ICON,
      picture: () => {
        if (families.length > 1) return ge.ring(counts, text);
        return total > 1 ? ge.el("span", { class: "ge-several" }, icon(), ge.el("b", {}, text)) : icon();
      },
      ...sayings((foreign) => [name ? [foreign(name), ": "] : [], what(foreign)].flat()),
      name,
    };
  }

  ge.components.push(function (map) {
    const clusters = ge.makeClusters(ge.store);
    const marks = ge.makeMarks(map, "ge-marks");
    let tallied = null;
    let zoom = null;

    function zoomIn(c) {
      const { lat, lon } = ge.store.positions;
      const bounds = L.latLngBounds(clusters.members(tallied, c).map((p) => [lat[p], lon[p]]));
      const fitting = map.getBoundsZoom(bounds, false, L.point(RING * 2, RING * 2));
      map.setView(bounds.getCenter(), Math.min(DEEPEST, Math.max(fitting, map.getZoom() + 1)));
    }

    function open(position, from) {
      const { lat, lon } = ge.store.positions;
      ge.openAt(map, ge.eventsAt([position]), [lat[position], lon[position]], from);
    }

    function draw() {
      const found = clusters.inView(tallied, map.getBounds().pad(MARGIN)).map((c) => {
        const alone = tallied.places[c] === 1;
        const look = alone ? singleOf(tallied, c) : clusterOf(tallied, c);
        const position = tallied.one[c];
        const press = alone ? (from) => open(position, from) : () => zoomIn(c);
        return { ...look, at: clusters.middle(tallied, c), press };
      });
      marks.show(found);
      shown = found.map(({ at, size, name }) => ({ at, reach: size / 2, text: name }));
      map.fire("ge:points");
    }

    function count() {
      zoom = map.getZoom();
      tallied = clusters.tally(zoom);
      draw();
    }

    map.on("moveend", () => (map.getZoom() === zoom ? draw() : count()));
    ge.on("filter", ge.perFrame(count));
    count();
  });
})(window.geoevents);
