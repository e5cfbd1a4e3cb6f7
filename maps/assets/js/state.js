// What the page knows from the start: its head, its words, and who wants to hear of changes.
(function (ge) {
  "use strict";

  // A screen reader is told a count once it stands still.
  const STILL_MS = 600;

  ge.data = JSON.parse(document.getElementById("ge-data").textContent);
  ge.format = ge.formats(ge.data.lang);
  ge.rtl = ge.data.dir === "rtl";

  /** What each feature does with the map once the events are there, in the order of the scripts. */
  ge.components = [];

  const listeners = new Map();

  /** Call `listener` whenever something of this name is fired: "filter", "theme" … */
  ge.on = function (name, listener) {
    if (!listeners.has(name)) listeners.set(name, []);
    listeners.get(name).push(listener);
  };

  ge.fire = function (name, value) {
    for (const listener of listeners.get(name) || []) listener(value);
  };

  /** A function that does its work once per frame, however often it is called. */
  ge.perFrame = function (work) {
    let asked = false;
    return function () {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        work();
      });
    };
  };

  let saying = 0;

  /** Tell a screen reader, once nothing newer has come for a moment. */
  ge.say = function (text) {
    clearTimeout(saying);
    saying = setTimeout(() => {
      document.getElementById("ge-live").textContent = text;
    }, STILL_MS);
  };

  /** Leaflet positions from flat lon, lat, lon, lat … */
  ge.latLngs = function (flat) {
    const result = [];
    for (let i = 0; i < flat.length; i += 2) result.push([flat[i + 1], flat[i]]);
    return result;
  };

  const ROLES = ["origin", "destination", "location", "route", "zone", "context"];
  /** Where from comes before where to, whichever the text names first. */
  ge.byRole = (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role);

  /** Names as the reader's language joins them. */
  ge.people = (names) =>
    ge.format
      .list(names)
      .map(({ type, value }) => (type === "element" ? ge.foreign(value) : value));

  /** The name of a place in the reader's language, or as the text has it. */
  ge.placeName = (place) => place.label || place.place || place.place_id || "";
})(window.geoevents);
