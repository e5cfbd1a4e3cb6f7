// Places that the text mentions, as small dots under the events; context fainter still.
(function (ge) {
  "use strict";

  const LAYER = "places";

  /** Names of the places shown, for the labels; an event's context is faint enough without. */
  ge.dotLabels = () =>
    ge.isOn(LAYER)
      ? ge.store.places
          .filter(({ faint }) => !faint)
          .map((place) => ({ at: [place.at[1], place.at[0]], reach: 7, text: ge.placeName(place) }))
      : [];

  ge.components.push(function (map) {
    if (!ge.store.places.length) return;
    const renderer = L.canvas({ pane: "ge-places", padding: 0.3 });
    const group = L.layerGroup();
    const style = () => getComputedStyle(document.body).getPropertyValue("--place").trim();

    for (const place of ge.store.places) {
      const at = [place.at[1], place.at[0]];
      const dot = L.circleMarker(at, {
        renderer,
        radius: place.faint ? 3.5 : 4,
        color: style(),
        weight: 1.3,
        opacity: place.faint ? 0.55 : 0.95,
        fillColor: style(),
        fillOpacity: place.faint ? 0 : 0.35,
      });
      dot.bindTooltip(ge.el("span", { dir: "auto" }, ge.placeName(place)), { direction: "top" });
      dot.on("click", (click) => {
        L.DomEvent.stopPropagation(click);
        ge.openPlace(map, place, at);
      });
      group.addLayer(dot);
    }
    const update = () => (ge.isOn(LAYER) ? group.addTo(map) : group.remove());
    ge.on("filter", update);
    update();
    ge.on("theme", () =>
      group.eachLayer((dot) => dot.setStyle({ color: style(), fillColor: style() })),
    );
  });
})(window.geoevents);
