// Routes over the same stops are one line with a count: what it says, and how it is spread again.
(function (ge) {
  "use strict";

  const { el } = ge;
  const word = (key) => ge.word(key, "shapes");
  const fill = (key, values) => ge.fill(word(key), values);
  // Arcs of a spread line lie so far apart, all of them within the room on the screen.
  const APART = 9;
  const ROOM = 260;
  const MOST_ARCS = 40;
  const ARC = { weight: 2 };

  let spread = null;

  const kilometres = (km, about) => `${about ? "≈ " : ""}${ge.format.number(Math.round(km))}`;
  const total = ({ legs }) => legs.reduce((sum, leg) => sum + leg, 0);

  /** The name of a stop: of the event's point there, if the text names it. */
  function nameAt(event, lon, lat) {
    const { points, positions, pointsByEvent: { first, codes } } = ge.store;
    for (let k = first[event]; k < first[event + 1]; k++) {
      const at = points.at[codes[k]];
      const turns = (positions.lon[at] - lon) / 360;
      if (Math.abs(turns - Math.round(turns)) < 1e-7 && Math.abs(positions.lat[at] - lat) < 2e-5) {
        return ge.placeName(ge.spot(points.spot[codes[k]]));
      }
    }
    return "";
  }

  /** The names of a route's stops in order, of its ends also by their role; "" where unknown. */
  function stopNames({ shape: { shape: [[flat]], stops }, events: [event] }) {
    const { places } = ge.event(event);
    const named = (role) => places.filter((place) => place.role === role).map(ge.placeName)[0] || "";
    const at = stops || [0, flat.length / 2 - 1];
    const roles = at.map((_, i) => (i === 0 ? "origin" : i === at.length - 1 ? "destination" : null));
    return at.map((stop, i) => nameAt(event, flat[stop * 2], flat[stop * 2 + 1]) || (roles[i] && named(roles[i])) || "");
  }

  /** "Baku → Ovda", in the reader's direction; what has no name is left out. */
  const way = (names) => ge.apart(names, ge.rtl ? " ← " : " → ");

  const distance = ({ shape }) =>
    fill(shape.track ? "track" : "distance", { km: kilometres(total(shape), shape.about) });

  /** How far an event went, in short: a text for each of its routes. */
  ge.distancesOf = function (event) {
    const { shapes, shapesByEvent: { first, codes } } = ge.store;
    return Array.from(codes.subarray(first[event], first[event + 1]), (number) => shapes[number])
      .filter(({ kind }) => kind === "route")
      .map((shape) => fill("km", { km: kilometres(total(shape), shape.about) }));
  };

  ge.routeTip = function (item) {
    const { values, events } = ge.store;
    const [event] = item.arc === undefined ? ge.eventsOfShape(item) : [item.arc];
    const title = values.title[events.title[event]];
    const count = item.count > 1 ? fill("events", { count: ge.format.number(item.count) }) : null;
    const stops = stopNames(item);
    return ge.apart([title, stops.some(Boolean) ? way(stops) : null, count, distance(item)]);
  };

  /** Put the single events of the line that is spread in its place. */
  ge.spreadOut = function (items) {
    const bundle = items.find((item) => item === spread);
    if (!bundle) return items;
    const events = ge.eventsOfShape(bundle).slice(0, MOST_ARCS);
    const apart = Math.min(APART, ROOM / events.length);
    const { family, basis } = bundle.shape;
    const arcs = events.map((event, i) => ({
      ...bundle, arc: event, bundle, count: 1, events: Int32Array.of(event),
      look: ge.look(family, basis, ARC),
      offset: (i - (events.length - 1) / 2) * apart,
    }));
    return [...items.filter((item) => item !== bundle), ...arcs];
  };

  function toggle(map, bundle) {
    spread = spread === bundle ? null : bundle;
    map.closePopup();
    ge.redrawShapes();
    if (!spread) return ge.say(word("gathered"));
    const drawn = Math.min(MOST_ARCS, ge.eventsOfShape(bundle).length);
    return ge.say(fill("is_spread", { count: ge.format.number(drawn) }));
  }

  /** The same stops the other way round. */
  const opposite = ({ way: own }) =>
    own ? ge.shownRoutes().filter((item) => item.way?.there === own.back && own.back !== own.there) : [];

  /** Each leg of a route over several stops, and how long it is. */
  function legList({ shape: { legs, about } }, names) {
    if (legs.length < 2) return null;
    return el("ul", { class: "ge-legs" }, legs.map((leg, i) =>
      el("li", {}, way([names[i] || "…", names[i + 1] || "…"]), ": ", fill("km", { km: kilometres(leg, about) })),
    ));
  }

  /** What stands over a route's events: where it goes, how far, how often, and back. */
  function routeHead(map, item) {
    const bundle = item.bundle || item;
    const names = stopNames(bundle);
    const back = opposite(bundle).reduce((sum, { count }) => sum + count, 0);
    const notes = [
      distance(bundle),
      bundle.count > 1 ? fill("on_route", { count: ge.format.number(bundle.count) }) : null,
      back ? fill("reverse", { count: ge.format.number(back) }) : null,
    ].filter(Boolean);
    return el(
      "div",
      {},
      names.some(Boolean) ? el("p", { class: "ge-way" }, way(names)) : null,
      notes.map((note) => el("p", { class: "ge-notes" }, note)),
      legList(bundle, names),
      bundle.count > 1 ? spreadButton(map, bundle) : null,
    );
  }

  function spreadButton(map, bundle) {
    const button = el("button", { type: "button", class: "ge-spread" }, word(spread === bundle ? "gather" : "spread"));
    button.addEventListener("click", () => toggle(map, bundle));
    return button;
  }

  /** What stands over the events of a computed area: that it is computed, and from what. */
  function denseHead(item) {
    const { radius_km: km, least, places } = item.shape;
    const when = ge.spanOfShape(item);
    return el(
      "div",
      {},
      el("p", { class: "ge-way" }, fill("dense", { count: ge.format.number(item.count) })),
      when ? el("p", { class: "ge-notes" }, when) : null,
      el("p", { class: "ge-notes" }, fill("dense_rule", {
        least: ge.format.number(least), places: ge.format.number(places), km: ge.format.number(km),
      })),
    );
  }

  const HEADS = { route: routeHead, density: (map, item) => denseHead(item) };
  const headsOf = (map, items) => items.map((item) => HEADS[item.shape.kind]?.(map, item)).filter(Boolean);
  let asked = null;

  /** Open the events of a shape, of one arc of a spread line its own. */
  ge.openShape = function (map, item, at) {
    const [head] = headsOf(map, [item]);
    ge.openHeaded(map, ge.eventsOfShape(item), at, head);
  };

  /** Open some events under a heading of their own. */
  ge.openHeaded = function (map, numbers, at, head, from = null) {
    asked = { numbers, head };
    ge.openEvents(map, numbers, at, from);
  };

  /** What stands over the events of a popup: what it was opened with, else its event's routes. */
  function headsOver(map, numbers) {
    const { numbers: wanted, head } = asked || {};
    asked = null;
    if (wanted && wanted.length === numbers.length && wanted.every((one, i) => one === numbers[i])) {
      return [head].filter(Boolean);
    }
    if (numbers.length > 1) return [];
    return headsOf(map, ge.shapesOfEvent(numbers[0]).filter(({ shape }) => shape.kind === "route"));
  }

  ge.components.push(function (map) {
    ge.popupHeads = function (numbers) {
      const heads = headsOver(map, numbers);
      return heads.length ? [el("header", { class: "ge-shape-head", dir: ge.data.dir }, heads)] : [];
    };
  });
})(window.geoevents);
