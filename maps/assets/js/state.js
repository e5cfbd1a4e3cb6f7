// What the page knows, which layers are on, and who wants to hear when that changes.
(function (ge) {
  "use strict";

  ge.data = JSON.parse(document.getElementById("ge-data").textContent);
  ge.format = ge.formats(ge.data.lang);
  ge.rtl = ge.data.dir === "rtl";

  const off = new Set();
  const listeners = [];

  // A key may come from the table: "constructor" is a text like any other.
  ge.word = (key, section = "ui") =>
    Object.hasOwn(ge.data.words[section], key) ? ge.data.words[section][key] : key;
  ge.isOn = (layer) => !off.has(layer);
  ge.onChange = (listener) => listeners.push(listener);
  ge.setLayer = function (layer, on) {
    if (on) off.delete(layer);
    else off.add(layer);
    for (const listener of listeners) listener();
  };

  // Which features each event has.
  ge.featuresOf = ge.data.events.map(() => []);
  for (const feature of ge.data.features) {
    for (const [event] of feature.refs) ge.featuresOf[event].push(feature);
    feature.box = box(feature);
  }

  /** The feature's extent: [west, south, east, north]. */
  function box(feature) {
    const flat = feature.shape.flat(Infinity);
    const extent = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < flat.length; i += 2) {
      extent[0] = Math.min(extent[0], flat[i]);
      extent[1] = Math.min(extent[1], flat[i + 1]);
      extent[2] = Math.max(extent[2], flat[i]);
      extent[3] = Math.max(extent[3], flat[i + 1]);
    }
    return extent;
  }

  /** Leaflet positions from flat lon, lat, lon, lat … */
  ge.latLngs = function (flat) {
    const result = [];
    for (let i = 0; i < flat.length; i += 2) result.push([flat[i + 1], flat[i]]);
    return result;
  };

  const ROLES = ["origin", "destination", "location", "route", "zone", "context"];
  /** Where from comes before where to, whichever the text names first. */
  ge.byRole = (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role);

  /** Participants, whom the table joins by "; ", as the reader's language joins them. */
  ge.people = (joined) =>
    ge.format
      .list(joined.split("; "))
      .map(({ type, value }) => (type === "element" ? ge.foreign(value) : value));

  /** The name of a place in the reader's language, or as the text has it. */
  ge.placeName = (place) => place.label || place.place || place.place_id || "";
})(window.geoevents);
