// Put the page together. `geoevents.start()` returns the Leaflet map, to which folium may add.
(function (ge) {
  "use strict";

  const DEEPEST = 18;
  const BUTTONS = 64; // pixels from the edge of the map to clear of its zoom buttons, a pin beside them
  const WORLD = [[-50, -140], [72, 160]];
  // Panes from the bottom up; Leaflet's own lie at 400 (shapes) and 600 (markers).
  const PANES = { "ge-basemap": 150, "ge-places": 420, "ge-arrows": 430, "ge-labels": 450 };
  const GEONAMES = ["GeoNames (CC BY 4.0)", "https://www.geonames.org/"];
  const NATURAL_EARTH = ["Natural Earth", "https://www.naturalearthdata.com/"];
  const LEAFLET = ["Leaflet", "https://leafletjs.com/"];

  /** What a view has to leave free at the map's edges for the legend and the zoom buttons. */
  ge.clearing = function (map) {
    const legend = document.getElementById("ge-legend");
    const wide = legend.open ? Math.min(legend.offsetWidth, map.getSize().x / 3) : 0;
    const side = [BUTTONS, 46];
    const padding = [40 + wide, 46];
    return { paddingTopLeft: ge.rtl ? padding : side, paddingBottomRight: ge.rtl ? side : padding };
  };

  /** Show everything that is drawn, clear of the legend and of the zoom buttons. */
  ge.fit = (map) =>
    map.fitBounds(ge.data.bounds || WORLD, { ...ge.clearing(map), maxZoom: 8, animate: false });

  const link = ([name, url]) =>
    ge.el("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "ltr" }, name);

  /** Whom the map underneath is owed to, and whose boundaries it shows. */
  function underneath() {
    if (!ge.data.tiles) return [[link(NATURAL_EARTH)], [ge.word("boundaries")]];
    const pieces = ge.data.tiles.attribution.map(([text, url]) => (url ? link([text, url]) : ge.foreign(text)));
    return [[ge.el("bdi", { dir: "ltr" }, pieces)]];
  }

  function credits() {
    const parts = [
      [link(GEONAMES)],
      ...underneath(),
      [link(LEAFLET)],
      [`${ge.word("powered")} `, ge.el("bdi", { dir: "ltr" }, ge.data.software)],
    ];
    document.getElementById("ge-credits").append(...parts.flatMap((part, i) => [i ? " · " : "", ...part]));
  }

  /** The store, from the packed columns. */
  async function load() {
    const core = await ge.unpack(document.getElementById("ge-events").textContent);
    ge.store = ge.makeStore(ge.derive(core));
    ge.startFilter();
    return ge.store;
  }

  /** What was left out or put together on this map, and why. */
  function notes() {
    const written = (value) => (typeof value === "number" ? ge.format.number(value) : value);
    const sentences = (ge.data.notes || []).map(({ key, values = {} }) => {
      const texts = Object.entries(values).map(([name, value]) => [name, written(value)]);
      return ge.el("p", {}, ge.fill(ge.word(key, "notes"), Object.fromEntries(texts)));
    });
    document.getElementById("ge-notes").append(...sentences);
  }

  /** Say in the place of the list why there are no events. */
  function giveUp(why) {
    document.getElementById("ge-list").append(ge.el("p", { class: "ge-note" }, ge.word(why, "list")));
    document.body.dataset.events = "unreadable";
  }

  /** Give every feature its turn once the events are there. */
  async function begin(map) {
    notes();
    if (!ge.canUnpack) {
      giveUp("old_browser");
      return;
    }
    try {
      await ge.ready;
    } catch {
      giveUp("damaged");
      return;
    }
    for (const component of ge.components) {
      try {
        component(map);
      } catch (error) {
        // The rest of the page is of use without it.
        reportError(error);
      }
    }
    document.body.dataset.events = "ready";
  }

  // Unpacking begins while the map is still being put together.
  ge.ready = ge.canUnpack ? load() : new Promise(() => {});

  ge.start = function () {
    const title = document.getElementById("ge-title");
    title.textContent = ge.data.title || ge.word("map");
    ge.addPatterns();
    const moving = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map("ge-map", {
      fadeAnimation: moving,
      zoomAnimation: moving,
      inertia: moving,
      zoomControl: false,
      minZoom: 1,
      maxZoom: DEEPEST,
      zoomSnap: 0.5,
    });
    // Leaflet has no option for it, and a popup moves the map to be seen whole.
    if (!moving) map.panBy = (by, options) => L.Map.prototype.panBy.call(map, by, { ...options, animate: false });
    map.attributionControl.setPrefix(false);
    for (const [name, level] of Object.entries(PANES)) {
      map.createPane(name).style.zIndex = level;
    }
    map.getPane("ge-labels").setAttribute("aria-hidden", "true");
    for (const name of ["ge-labels", "ge-arrows"]) map.getPane(name).style.pointerEvents = "none";
    L.control.zoom({
      position: ge.rtl ? "topright" : "topleft",
      zoomInTitle: ge.word("zoom_in"),
      zoomOutTitle: ge.word("zoom_out"),
    }).addTo(map);
    ge.scaleBar({ imperial: false, position: ge.rtl ? "bottomright" : "bottomleft" }).addTo(map);
    const box = document.getElementById("ge-map");
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", ge.word("map"));
    ge.addLegend();
    ge.fitFirst(map);
    credits();
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    ge.addBasemap(map, ge.data.tiles);
    begin(map);
    return map;
  };
})(window.geoevents);
