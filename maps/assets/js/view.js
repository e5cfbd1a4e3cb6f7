// Which part of the world the map shows at first, and whether anybody has moved it since.
(function (ge) {
  "use strict";

  // Pixels by which the middle may shift when the map changes its size.
  const ROUNDING = 2;

  let first = null;

  ge.viewOf = (map) => ({ at: map.getCenter(), zoom: map.getZoom() });

  /** Whether the map still shows a view, but for the rounding of a change of its size. */
  ge.hasView = (map, { at, zoom }) =>
    map.getZoom() === zoom && map.project(at).distanceTo(map.project(map.getCenter())) < ROUNDING;

  /** Show everything, once now and once more when the controls stand. */
  ge.fitFirst = function (map) {
    ge.fit(map);
    first = ge.viewOf(map);
  };

  // Legend, timeline and sheets have taken their room by now.
  ge.components.push(function (map) {
    if (!ge.hasView(map, first)) return;
    map.invalidateSize({ animate: false, pan: false });
    ge.fit(map);
  });
})(window.geoevents);
