// Routes, areas, borders and circles of uncertainty, one Leaflet group per layer.
(function (ge) {
  "use strict";

  const HIT = { weight: 16, opacity: 0, fill: false, className: "ge-hit" };
  // An area's edge is thinner than a route.
  const EDGE = 0.7;
  const ARROWS = [0.35, 0.7];

  // Leaflet rounds to whole pixels, which makes a long smooth line tremble.
  const Course = L.Polyline.extend({
    _projectLatlngs(latlngs, result, bounds) {
      if (!(latlngs[0] instanceof L.LatLng)) {
        for (const part of latlngs) this._projectLatlngs(part, result, bounds);
        return;
      }
      const origin = this._map.getPixelOrigin();
      const points = latlngs.map((at) => this._map.project(at).subtract(origin));
      for (const point of points) bounds.extend(point);
      result.push(points);
    },
  });

  /** Where along a projected line a share of its length lies, and which way it runs there. */
  function along(map, latLngs, share) {
    const points = latLngs.map((at) => map.project(at, 4));
    const lengths = points.slice(1).map((point, i) => point.distanceTo(points[i]));
    let left = lengths.reduce((sum, length) => sum + length, 0) * share;
    for (let i = 0; i < lengths.length; i++) {
      if (left > lengths[i] && i + 1 < lengths.length) {
        left -= lengths[i];
        continue;
      }
      const [from, to] = [points[i], points[i + 1]];
      const at = from.add(to.subtract(from).multiplyBy(lengths[i] ? left / lengths[i] : 0));
      const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
      return { at: map.unproject(at, 4), angle };
    }
    return null;
  }

  function arrow({ at, angle }, family) {
    const head = ge.svg(
      "svg",
      { viewBox: "-8 -8 16 16", width: 16, height: 16, class: `ge-arrow f-${family}` },
      ge.svg("path", { d: "M-6 -6 7 0 -6 6 -3 0Z", transform: `rotate(${angle.toFixed(1)})` }),
    );
    return L.marker(at, {
      icon: L.divIcon({ html: head, className: "ge-bare", iconSize: [16, 16] }),
      interactive: false,
      keyboard: false,
      pane: "ge-arrows",
    });
  }

  function lines(map, feature) {
    const style = ge.pathStyle(feature.family, feature.basis);
    const tracks = feature.shape.flat().map(ge.latLngs);
    const drawn = new Course(tracks, {
      ...style, className: `ge-path open f-${feature.family}`, fill: false, interactive: false, smoothFactor: 0.2,
    });
    const halo = new Course(tracks, {
      className: "ge-halo", weight: style.weight + 3, fill: false, interactive: false, smoothFactor: 0.2,
    });
    const arrows =
      feature.kind === "route"
        ? tracks.flatMap((track) => ARROWS.map((share) => along(map, track, share)))
        : [];
    return [
      halo,
      drawn,
      clickable(map, L.polyline(tracks, HIT), feature),
      ...arrows.filter(Boolean).map((one) => arrow(one, feature.family)),
    ];
  }

  function area(map, feature) {
    const rings = feature.shape.map((polygon) => polygon.map(ge.latLngs));
    const style = ge.pathStyle(feature.family, feature.basis);
    // A border's band has no edge of its own: the line in its middle is what is known.
    if (feature.kind === "band") style.className += " ge-band";
    const polygon = L.polygon(rings, { ...style, weight: style.weight * EDGE, smoothFactor: 0.5 });
    return [clickable(map, polygon, feature)];
  }

  function circle(map, feature) {
    const [lon, lat] = feature.shape;
    const style = ge.pathStyle(feature.family, feature.basis);
    return [
      L.circle([lat, lon], {
        ...style, radius: feature.km * 1000, weight: 1.2, interactive: false,
        className: `${style.className} ge-circle`,
      }),
    ];
  }

  function clickable(map, layer, feature) {
    layer.on("click", (click) => {
      L.DomEvent.stopPropagation(click);
      ge.openEvents(map, feature.refs.map(([event]) => event), click.latlng);
    });
    return layer;
  }

  const DRAW = { route: lines, border: lines, area, band: area, point: circle };

  /** Names of the areas shown, each in the middle of its box; areas lie the largest first. */
  ge.areaLabels = () =>
    ge.data.features
      .filter(({ kind, layer }) => kind === "area" && ge.isOn(layer))
      .reverse()
      .map(({ refs: [[event, spot]], box: [west, south, east, north] }) => ({
        at: [(south + north) / 2, (west + east) / 2],
        reach: 0,
        text: ge.placeName(ge.data.events[event].places[spot]),
      }));

  ge.addShapes = function (map) {
    const groups = new Map();
    for (const feature of ge.data.features) {
      if (feature.kind === "point" && !feature.km) continue;
      if (!groups.has(feature.layer)) groups.set(feature.layer, L.layerGroup());
      for (const layer of DRAW[feature.kind](map, feature)) groups.get(feature.layer).addLayer(layer);
    }
    const update = () => {
      for (const [layer, group] of groups) {
        if (ge.isOn(layer)) group.addTo(map);
        else group.remove();
      }
    };
    ge.onChange(update);
    update();
  };
})(window.geoevents);
