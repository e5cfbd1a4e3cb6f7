// What lies under the pointer, of all that is painted on canvas: its tip, and what a click does.
(function (ge) {
  "use strict";

  // How near, in pixels, a mouse and a finger have to come.
  const MOUSE = 6;
  const FINGER = 16;
  // What has a tip or a use of its own.
  const OTHERS = ".ge-marker, .leaflet-interactive, .leaflet-popup-pane, .leaflet-control-container";

  /**
   * What can be pointed at, the topmost first: `at(latLng, tolerance)` returns a thing or null,
   * `tip(thing)` its text as nodes, `press(thing, latLng)` is called when it is clicked.
   */
  ge.targets = [];

  function find(at, tolerance) {
    for (const target of ge.targets) {
      const thing = target.at(at, tolerance);
      if (thing) return { target, thing };
    }
    return null;
  }

  ge.components.push(function (map) {
    const box = map.getContainer();
    const tip = L.tooltip({ direction: "top", offset: [0, -8], className: "ge-tip" });
    let last = null;
    let over = null;

    function leave() {
      over = null;
      box.classList.remove("ge-over");
      tip.remove();
    }

    /** Show the tip of what is under the pointer. */
    const look = ge.perFrame(function () {
      if (!last || map.dragging.moving()) return leave();
      const found = find(last, MOUSE);
      if (!found) return over && leave();
      box.classList.add("ge-over");
      if (over !== found.thing) {
        over = found.thing;
        tip.setContent(ge.el("span", {}, found.target.tip(over)));
      }
      tip.setLatLng(last);
      if (!map.hasLayer(tip)) tip.addTo(map);
      return null;
    });

    map.on("mousemove", (move) => {
      last = move.originalEvent.target.closest(OTHERS) ? null : move.latlng;
      look();
    });
    map.on("mouseout movestart zoomstart", () => {
      last = null;
      leave();
    });
    map.on("click", function (click) {
      const touched = click.originalEvent?.pointerType === "touch";
      const found = find(click.latlng, touched ? FINGER : MOUSE);
      if (!found) return;
      leave();
      found.target.press(found.thing, click.latlng);
    });
  });
})(window.geoevents);
