// Put the page together. `geoevents.start()` returns the Leaflet map, to which folium may add.
(function (ge) {
  "use strict";

  const DEEPEST = 18;
  const WORLD = [[-50, -140], [72, 160]];
  // Panes from the bottom up; Leaflet's own lie at 400 (shapes) and 600 (markers).
  const PANES = { "ge-basemap": 150, "ge-places": 420, "ge-arrows": 430, "ge-labels": 450 };
  const LINKS = [
    ["GeoNames (CC BY 4.0)", "https://www.geonames.org/"],
    ["Natural Earth", "https://www.naturalearthdata.com/"],
    ["Leaflet", "https://leafletjs.com/"],
  ];

  /** Show everything that is drawn, clear of the legend. */
  ge.fit = function (map) {
    const legend = document.getElementById("ge-legend");
    const wide = legend.open ? Math.min(legend.offsetWidth, map.getSize().x / 3) : 0;
    const side = [40, 46];
    const padding = [40 + wide, 46];
    map.fitBounds(ge.data.bounds || WORLD, {
      paddingTopLeft: ge.rtl ? padding : side,
      paddingBottomRight: ge.rtl ? side : padding,
      maxZoom: 8,
      animate: false,
    });
  };

  function credits() {
    const links = LINKS.map(([name, url]) =>
      ge.el("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "ltr" }, name),
    );
    const parts = [
      ...links.slice(0, 2),
      ge.word("boundaries"),
      links[2],
      [`${ge.word("powered")} `, ge.el("bdi", { dir: "ltr" }, ge.data.software)],
    ];
    document.getElementById("ge-credits").append(
      ...parts.flatMap((part, i) => [i ? " · " : "", ...[part].flat()]),
    );
  }

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
    L.control.scale({ imperial: false, position: ge.rtl ? "bottomright" : "bottomleft" }).addTo(map);
    document.getElementById("ge-map").setAttribute("aria-label", ge.word("map"));
    ge.addLegend();
    ge.fit(map);
    ge.addShapes(map);
    ge.addPlaces(map);
    ge.addPoints(map);
    ge.addLabels(map);
    ge.addList(map);
    credits();
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    ge.addBasemap(map);
    return map;
  };
})(window.geoevents);
