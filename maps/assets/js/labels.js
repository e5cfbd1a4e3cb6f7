// Names on the map: of the events' places first, then of places mentioned, then of the map's own.
(function (ge) {
  "use strict";

  const GAP = 3;
  const MOST_WIDTHS = 5000;
  // An area's or country's name may stand this far above or below its middle.
  const NUDGE = 8;
  const measure = document.createElement("canvas").getContext("2d");
  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  // Names that stand beside a point of the map's own.
  const TOWNS = new Set(["city", "capital"]);

  function town({ kind, at: [x, y] }) {
    const element = ge.el("i", { class: `ge-town ${kind}` });
    L.DomUtil.setPosition(element, L.point(x, y));
    return element;
  }

  let named = true;

  /** Candidate boxes of a label around an anchor, the best first. */
  function boxes([x, y], width, height, reach, [left, , right]) {
    // A long name of an area at the edge of the view moves inwards, if it finds room at all.
    const fits = right - left > width + 2 * GAP;
    const row = (top) => [
      fits ? Math.max(left + GAP, Math.min(right - width - GAP, x - width / 2)) : x - width / 2,
      top,
    ];
    if (!reach) return [row(y - height / 2), row(y - height - NUDGE), row(y + NUDGE)];
    const side = [x + reach, y - height / 2];
    const other = [x - reach - width, y - height / 2];
    const rest = [row(y - reach - height), row(y + reach)];
    return ge.rtl ? [other, side, ...rest] : [side, other, ...rest];
  }

  const widths = new Map();

  /** Width of a text in pixels; the same ones are asked for with every move of the map. */
  function widthOf(text, font) {
    const key = `${font} ${text}`;
    if (widths.size > MOST_WIDTHS) widths.clear();
    if (!widths.has(key)) {
      measure.font = font;
      widths.set(key, measure.measureText(text).width);
    }
    return widths.get(key);
  }

  const isWithin = (box, frame) =>
    box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3];

  /** Place labels greedily; a label that fits nowhere in the frame is left out. */
  function layout(wanted, taken, frame) {
    const placed = [];
    for (const label of wanted) {
      const width = widthOf(label.text, label.font) * label.stretch;
      for (const [x, y] of boxes(label.at, width, label.height, label.reach, frame)) {
        const box = [x - GAP, y - GAP, x + width + GAP, y + label.height + GAP];
        if (!isWithin(box, frame) || taken.some((other) => overlaps(box, other))) continue;
        taken.push(box);
        placed.push({ ...label, x, y });
        break;
      }
    }
    return placed;
  }

  /**
   * A label with its text, and the nodes that show it: a text that takes time to write is a
   * function, called for what is in view alone, and may give nodes.
   */
  function written(label) {
    const nodes = [typeof label.text === "function" ? label.text() : label.text].flat(Infinity);
    return { ...label, nodes, text: nodes.map((node) => node?.textContent ?? node ?? "").join("") };
  }

  // What stands on the map and would hide a label.
  const COVERS = "#ge-legend, .leaflet-control-zoom, .leaflet-control-scale";

  /** Boxes of what covers the map, in the coordinates that labels have. */
  function covered(map) {
    const stage = map.getContainer().getBoundingClientRect();
    const [x, y] = [stage.left, stage.top];
    return [...document.querySelectorAll(COVERS)].map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const [a, b] = [[left - x, top - y], [right - x, bottom - y]].map((at) => map.containerPointToLayerPoint(at));
      return [a.x, a.y, b.x, b.y];
    });
  }

  ge.components.push(function (map) {
    const pane = map.getPane("ge-labels");
    const font = getComputedStyle(document.body).fontFamily;
    const fonts = {
      country: `500 12px ${font}`,
      water: `${ge.rtl ? "" : "italic "}400 12px ${font}`,
      capital: `500 11.5px ${font}`,
      city: `400 11.5px ${font}`,
      event: `600 12.5px ${font}`,
      dot: `400 12px ${font}`,
    };

    function draw() {
      const view = map.getBounds();
      const taken = covered(map);
      const corner = map.containerPointToLayerPoint([0, 0]);
      const far = corner.add(map.getSize());
      const frame = [corner.x, corner.y, far.x, far.y];
      const pixel = (at) => {
        const { x, y } = map.latLngToLayerPoint(at);
        return [x, y];
      };
      const points = ge.pointLabels();
      const dots = ge.dotLabels();
      for (const { at, reach } of [...points, ...dots]) {
        const [x, y] = pixel(at);
        taken.push([x - reach + GAP, y - reach + GAP, x + reach - GAP, y + reach - GAP]);
      }
      const seen = new Set();
      const wanted = [
        ...[...points, ...ge.areaLabels()].map((one) => ({ ...one, kind: "event", height: 16, stretch: 1 })),
        ...dots.map((one) => ({ ...one, kind: "dot", height: 15, stretch: 1 })),
        ...(named ? ge.baseLabels(view, map.getZoom()) : []),
      ]
        .filter(({ at }) => view.contains(at))
        .map(written)
        .filter(({ text }) => text && !seen.has(text) && seen.add(text))
        .map((label) => ({ ...label, at: pixel(label.at), font: fonts[label.kind] }));
      pane.replaceChildren(
        ...layout(wanted, taken, frame).flatMap((label) => {
          const element = ge.el("span", { class: `ge-label ${label.kind}`, dir: "auto" }, label.nodes);
          L.DomUtil.setPosition(element, L.point(label.x, label.y));
          return TOWNS.has(label.kind) ? [town(label), element] : [element];
        }),
      );
    }

    map.on("moveend ge:points", ge.perFrame(draw));
    map.on("zoomstart", () => pane.replaceChildren());
    ge.on("names", draw);
    // The legend is opened, closed, and grows and shrinks with what is on the map.
    new ResizeObserver(ge.perFrame(draw)).observe(document.getElementById("ge-legend"));
    ge.showNames = function (on) {
      named = on;
      draw();
    };
    draw();
  });
})(window.geoevents);
