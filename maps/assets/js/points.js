// Events at a point: those that share it or would cover each other stand as one, none is moved.
(function (ge) {
  "use strict";

  const RADIUS = 34;
  const ICON = 28;
  const DEEPEST = 14;

  let shown = [];

  /** Points of the layers that are on, grouped by position. */
  function groups() {
    const found = new Map();
    for (const feature of ge.data.features) {
      if (feature.kind !== "point" || !ge.isOn(feature.layer)) continue;
      const key = feature.shape.join();
      if (!found.has(key)) found.set(key, { at: feature.shape, features: [] });
      found.get(key).features.push(feature);
    }
    return [...found.values()];
  }

  const eventsOf = (features) => [
    ...new Set(features.flatMap(({ refs }) => refs.map(([event]) => event))),
  ];

  /** How many events of each family; an event is counted once. */
  function makeUp(features) {
    const counts = {};
    const seen = new Set();
    for (const { family, refs } of features) {
      for (const [event] of refs) {
        if (seen.has(event)) continue;
        seen.add(event);
        counts[family] = (counts[family] || 0) + 1;
      }
    }
    return counts;
  }

  /** The place's name, where all the features are at one place. */
  function nameOf(features) {
    const spots = features.flatMap(({ refs }) =>
      refs.map(([event, spot]) => ge.placeName(ge.data.events[event].places[spot])),
    );
    const names = new Set(spots.filter(Boolean));
    return names.size ? [...names][0] : "";
  }

  function iconOf(features, merged) {
    const counts = makeUp(features);
    const families = Object.keys(counts);
    const events = eventsOf(features).length;
    if (merged || families.length > 1) return [ge.ring(counts, ge.format.number(events)), 38];
    // The surest basis of those that share the point: one stated event makes the place stated.
    const basis = Object.keys(ge.data.style.bases).find((one) => features.some((feature) => feature.basis === one));
    const icon = ge.icon(families[0], ICON, features.every(({ origin }) => origin), basis);
    if (events === 1) return [icon, ICON];
    return [ge.el("span", { class: "ge-several" }, icon, ge.el("b", {}, ge.format.number(events))), ICON];
  }

  function marker(map, features, at, merged, onClick) {
    const [picture, size] = iconOf(features, merged);
    const mark = L.marker(at, {
      icon: L.divIcon({ html: picture, className: "ge-marker", iconSize: [size, size] }),
      riseOnHover: true,
    });
    const events = eventsOf(features).map((number) => ge.data.events[number]);
    const label = [
      merged ? ge.word("cluster") : nameOf(features),
      events.length > 1 ? ge.fill(ge.word("here"), { count: events.length }) : events[0].title,
    ].filter(Boolean).join(": ");
    mark.on("add", () => mark.getElement().setAttribute("aria-label", label));
    if (!merged) mark.bindTooltip(ge.el("span", { dir: "auto" }, label), { direction: "top", offset: [0, -12] });
    mark.on("click", (click) => onClick(click.originalEvent));
    mark.on("keypress", (press) => {
      if (press.originalEvent.key !== "Enter" && press.originalEvent.key !== " ") return;
      press.originalEvent.preventDefault();
      onClick(press.originalEvent);
    });
    shown.push({ at, reach: size / 2, text: merged ? "" : nameOf(features) });
    return mark;
  }

  ge.pointLabels = () => shown;

  ge.addPoints = function (map) {
    const drawn = L.layerGroup().addTo(map);
    // supercluster knows the world from -180 to 180: turn ours so that its cut is there.
    const turn = ge.data.west + 180;
    let index = null;
    let points = [];

    function load() {
      points = groups();
      index = new Supercluster({ radius: RADIUS, extent: 256, maxZoom: DEEPEST, minPoints: 2 });
      index.load(
        points.map((group, number) => ({
          type: "Feature",
          properties: { number },
          geometry: { type: "Point", coordinates: [group.at[0] - turn, group.at[1]] },
        })),
      );
      draw();
    }

    function cluster(found, at) {
      const id = found.properties.cluster_id;
      const leaves = index.getLeaves(id, Infinity).map((leaf) => points[leaf.properties.number]);
      const features = leaves.flatMap((leaf) => leaf.features);
      return marker(map, features, at, true, () => {
        const zoom = index.getClusterExpansionZoom(id);
        if (zoom <= DEEPEST) map.setView(at, Math.max(zoom, map.getZoom() + 1));
        else ge.openEvents(map, eventsOf(features), at);
      });
    }

    function single(found) {
      const { features, at } = points[found.properties.number];
      const here = [at[1], at[0]];
      return marker(map, features, here, false, (press) =>
        ge.openEvents(map, eventsOf(features), here, press?.type === "click" ? null : press?.target),
      );
    }

    function draw() {
      const view = map.getBounds().pad(0.2);
      const side = (lon) => Math.max(-180, Math.min(180, lon - turn));
      const bbox = [side(view.getWest()), view.getSouth(), side(view.getEast()), view.getNorth()];
      drawn.clearLayers();
      shown = [];
      for (const found of index.getClusters(bbox, Math.round(map.getZoom()))) {
        const [lon, lat] = found.geometry.coordinates;
        const mark = found.properties.cluster ? cluster(found, [lat, lon + turn]) : single(found);
        drawn.addLayer(mark);
      }
      map.fire("ge:points");
    }

    map.on("moveend", draw);
    ge.onChange(load);
    load();
  };
})(window.geoevents);
