// How the classes of a choropleth look: colours, and patterns that tell them apart without these.
(function (ge) {
  "use strict";

  const { svg } = ge;
  const OPACITY = 0.75;
  // Each pattern is a tile of so many pixels that repeats without a seam: lines or dots, how wide.
  const SIDE = 8;
  const LINES = {
    plain: ["", 0],
    dots: ["M4 3.99v.02", 2.6],
    rising: ["M-2 10 10-2M-2 2 2-2M6 10 10 6", 1.2],
    crossed: ["M-2 10 10-2M-2 2 2-2M6 10 10 6M-2-2 10 10M-2 6 2 10M6-2 10 2", 1],
    bars: ["M-2 4H10", 2.2],
  };
  // Ink goes the way of the colours, away from the land's: classes with more of it keep their order in grey.
  const INKS = { light: { ink: "#000", sheer: 0.45 }, dark: { ink: "#fff", sheer: 0.55 } };
  const [WIDTH, HEIGHT] = [34, 16];

  /** Colours and patterns spread over so many classes, the one of the fewest events first. */
  ge.classStyles = function (classes) {
    const { patterns, [ge.theme]: ramp } = ge.data.style.choropleth;
    return Array.from({ length: classes }, function (_, i) {
      const step = classes > 1 ? Math.round((i * (ramp.length - 1)) / (classes - 1)) : Math.floor(ramp.length / 2);
      return { colour: ramp[step], pattern: patterns[step], ...INKS[ge.theme] };
    });
  };

  function tileOf({ pattern, ink }, ratio) {
    const [d, width] = LINES[pattern];
    const tile = ge.el("canvas", { width: SIDE * ratio, height: SIDE * ratio });
    const context = tile.getContext("2d");
    context.scale(ratio, ratio);
    context.lineCap = "round";
    context.lineWidth = width;
    context.strokeStyle = ink;
    context.stroke(new Path2D(d));
    return context.createPattern(tile, "repeat");
  }

  /** What areas of a class are painted with on canvas, see `ge.look`. */
  ge.classFills = function (style) {
    const tint = { style: style.colour, alpha: OPACITY };
    if (!LINES[style.pattern][0]) return [tint];
    return [tint, { style: tileOf(style, Math.min(window.devicePixelRatio || 1, 2)), alpha: style.sheer, tile: SIDE }];
  };

  /** The same for the legend, where a class goes by its number. */
  ge.classSwatch = function ({ colour, pattern, ink, sheer }, number) {
    const [d, width] = LINES[pattern];
    const id = `ge-class-${number}`;
    const box = { width: WIDTH, height: HEIGHT, rx: 2 };
    return svg("svg", { width: WIDTH, height: HEIGHT, "aria-hidden": "true", "data-pattern": pattern },
      svg("pattern", { id, width: SIDE, height: SIDE, patternUnits: "userSpaceOnUse" },
        svg("path", { d, fill: "none", stroke: ink, "stroke-width": width, "stroke-linecap": "round", opacity: sheer })),
      svg("rect", { ...box, fill: colour, "fill-opacity": OPACITY }),
      svg("rect", { ...box, fill: `url(#${id})`, class: "ge-class" }));
  };
})(window.geoevents);
