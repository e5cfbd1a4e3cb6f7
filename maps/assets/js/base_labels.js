// What the countries, seas and cities under the events are called, in the reader's language.
(function (ge) {
  "use strict";

  const DEGREE = 100;
  // A name may stand half a zoom before its own: the map snaps to halves.
  const EARLY = 0.5;
  // How each kind is written: room it takes down, how much wider than its letters, how far from its point.
  const COUNTRY = { kind: "country", height: 14, stretch: 1.12, reach: 0 };
  const WATER = { kind: "water", height: 14, stretch: 1.1, reach: 0 };
  const CITY = { kind: "city", height: 14, stretch: 1, reach: 6 };
  const CAPITAL = { kind: "capital", height: 14, stretch: 1.05, reach: 8 };

  let names = [];

  /** Columns of the page as names with their place, kind and first zoom, the important ones first. */
  function read({ text, lon, lat, zoom, look }) {
    return text.map((one, i) => ({
      ...[WATER, CAPITAL, CITY][look[i]],
      text: one,
      at: [lat[i] / DEGREE, lon[i] / DEGREE],
      zoom: zoom[i],
    }));
  }

  const countries = () =>
    ge.data.labels.map(([text, lon, lat, zoom]) => ({ ...COUNTRY, text, at: [lat, lon], zoom: zoom - EARLY }));

  /**
   * The names that may stand in a view at a zoom, the important ones first: countries, waters,
   * cities. Where the map runs over the antimeridian, those of its other copies too.
   */
  ge.baseLabels = (view, zoom) =>
    names
      .filter((name) => zoom >= name.zoom)
      .flatMap((name) =>
        [0, -360, 360]
          .map((turn) => [name.at[0], name.at[1] + turn])
          .filter((at) => view.contains(at))
          .map((at) => ({ ...name, at })),
      );

  /** Unpack the names; tiles of the network bring their own. */
  ge.components.push(async function () {
    if (ge.data.tiles) return;
    names = countries();
    const packed = document.getElementById("ge-names").textContent;
    if (packed.trim()) names.push(...read(await ge.unpack(packed)));
    ge.fire("names");
    document.body.dataset.names = "ready";
  });
})(window.geoevents);
