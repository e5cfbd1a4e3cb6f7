// Icons and patterns: shape and colour of a family, line and fill of a geometry basis.
(function (ge) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const { families, bases } = ge.data.style;

  const svg = (ge.svg = function (tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  });

  /** The icon of a family, `size` pixels wide; hollow for an origin; its edge tells the basis. */
  ge.icon = function (family, size, hollow = false, basis = "stated") {
    const { shape, glyph } = families[family];
    return svg(
      "svg",
      {
        viewBox: "-2 -2 28 28",
        width: size,
        height: size,
        class: `ge-icon ${basis} f-${family}${hollow ? " hollow" : ""}`,
        "aria-hidden": "true",
      },
      svg("path", { d: shape, class: "shape" }),
      svg("path", { d: glyph, class: "glyph" }),
    );
  };

  /** A ring whose arcs show how many events of each family it stands for. */
  ge.ring = function (counts, label) {
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    let done = 0;
    const arcs = Object.entries(counts).map(([family, count]) => {
      const from = done;
      done += (count / total) * 100;
      return `var(--f-${family}) ${from.toFixed(1)}% ${done.toFixed(1)}%`;
    });
    // One element with a painted background: there are hundreds of these at a time.
    const long = label.length > 3 ? " long" : "";
    const ring = ge.el("span", { class: `ge-ring${long}`, "aria-hidden": "true" }, label);
    ring.style.setProperty("--arcs", `conic-gradient(${arcs.join(", ")})`);
    return ring;
  };

  /** Fill patterns of the families, referred to as url(#hatch-violence). */
  ge.addPatterns = function () {
    const definitions = svg("defs", {});
    for (const family of Object.keys(families)) {
      const shared = { patternUnits: "userSpaceOnUse", class: `f-${family}` };
      definitions.append(
        svg(
          "pattern",
          { id: `hatch-${family}`, width: 8, height: 8, patternTransform: "rotate(45)", ...shared },
          svg("rect", { width: 8, height: 8, class: "tint" }),
          svg("path", { d: "M0 0V8", class: "line" }),
        ),
        svg(
          "pattern",
          { id: `dots-${family}`, width: 8, height: 8, ...shared },
          svg("rect", { width: 8, height: 8, class: "tint" }),
          svg("circle", { cx: 4, cy: 4, r: 1.3, class: "dot" }),
        ),
        svg(
          "pattern",
          { id: `stripes-${family}`, width: 11, height: 11, patternTransform: "rotate(-45)", ...shared },
          svg("rect", { width: 11, height: 11, class: "tint" }),
          svg("rect", { width: 5, height: 11, class: "stripe" }),
        ),
      );
    }
    document.body.append(
      svg("svg", { width: 0, height: 0, class: "ge-patterns", "aria-hidden": "true" }, definitions),
    );
  };

  const PATTERN = { hatch: 11, dots: 8, stripes: 16 };

  /** One tile of a fill pattern in a colour, for painting on canvas; it repeats without a seam. */
  function tileOf(name, colour, ratio) {
    const side = PATTERN[name];
    const tile = ge.el("canvas", { width: side * ratio, height: side * ratio });
    const context = tile.getContext("2d");
    context.scale(ratio, ratio);
    context.fillStyle = context.strokeStyle = colour;
    if (name === "dots") {
      context.arc(side / 2, side / 2, 1.3, 0, 2 * Math.PI);
      context.fill();
      return tile;
    }
    // Diagonals, upwards or downwards, and what of their neighbours is on the tile.
    context.lineWidth = name === "hatch" ? 2.4 : 5;
    for (const shift of [-side, 0, side]) {
      context.moveTo(shift - 2, name === "hatch" ? side + 2 : -2);
      context.lineTo(shift + side + 2, name === "hatch" ? -2 : side + 2);
    }
    context.stroke();
    return tile;
  }

  const css = (name) => getComputedStyle(document.body).getPropertyValue(`--${name}`).trim();
  let looks = new Map();
  // Before anybody else paints again.
  ge.on("theme", () => (looks = new Map()));

  /** What fills an area: a tint, and the pattern of its basis or that of disputed ground. */
  function fills(context, colour, basis, { disputed, alpha }) {
    const { fill, opacity } = bases[basis];
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const names = [fill === "solid" ? null : fill, disputed ? "stripes" : null].filter(Boolean);
    return [
      { style: colour, alpha: (fill === "solid" ? opacity : 0.12) * alpha * (disputed ? 0.6 : 1) },
      ...names.map((name) => ({
        style: context.createPattern(tileOf(name, colour, ratio), "repeat"),
        alpha: (name === "stripes" ? 0.38 : opacity) * alpha,
        tile: PATTERN[name],
      })),
    ];
  }

  /**
   * How a shape is painted in the theme of the moment; the same object for the same request.
   * @param {{weight?: number, edge?: number, disputed?: boolean, alpha?: number, still?: boolean}} options
   *   `weight`: of a line, in pixels; `edge`: of an area's outline, 0 for none; `alpha`: of its
   *   fill; `still`: nothing happens when it is clicked.
   */
  ge.look = function (family, basis, options = {}) {
    const { weight = bases[basis].weight, edge = 0, disputed = false, alpha = 1, still = false } = options;
    const key = [family, basis, weight, edge, disputed, alpha, still].join();
    if (!looks.has(key)) {
      const colour = families[family][ge.theme === "dark" ? "dark" : "light"];
      const context = document.createElement("canvas").getContext("2d");
      // A thicker line has longer dashes; dots grow with it.
      const share = (edge || weight) / bases[basis].weight;
      const stretch = bases[basis].cap === "round" ? share : Math.sqrt(share);
      looks.set(key, {
        colour, weight, edge, still,
        halo: css("halo"),
        cap: bases[basis].cap,
        dash: bases[basis].dash ? bases[basis].dash.split(" ").map((part) => part * stretch) : [],
        fills: fills(context, colour, basis, { disputed, alpha }),
      });
    }
    return looks.get(key);
  };

  /** A small picture of a route, area or band for the legend; `pattern` in place of the basis's own. */
  ge.swatch = function (kind, family, basis, pattern = null) {
    const { dash, cap, opacity, weight } = bases[basis];
    const fill = pattern || bases[basis].fill;
    const line = {
      "stroke-width": weight, "stroke-dasharray": dash, "stroke-linecap": cap, class: "ge-path",
    };
    const parts =
      kind === "line"
        ? [svg("path", { d: "M1 8H31", fill: "none", ...line })]
        : [
            svg("rect", {
              x: 2, y: 2, width: 28, height: 12, rx: 2, ...line,
              class: `ge-path ${fill === "solid" ? "solid" : "pattern"}`,
              fill: `url(#${fill}-${family})`,
              "fill-opacity": pattern ? 0.9 : opacity,
            }),
          ];
    if (kind === "arrow") parts.splice(0, 1, ...arrowLine(line));
    return svg(
      "svg",
      { viewBox: "0 0 32 16", width: 32, height: 16, class: `ge-swatch f-${family}`, "aria-hidden": "true" },
      ...parts,
    );
  };

  /** One of several lines of growing thickness. */
  ge.thickness = (family, step) =>
    svg(
      "svg",
      { viewBox: "0 0 16 16", width: 16, height: 16, class: `ge-swatch f-${family}`, "aria-hidden": "true" },
      svg("path", { d: "M1 8H15", fill: "none", class: "ge-path", "stroke-width": step * 2.2 }),
    );

  function arrowLine(line) {
    return [
      svg("path", { d: "M1 8H31", fill: "none", ...line }),
      svg("path", { d: "M12 3 22 8 12 13Z", class: "arrow" }),
    ];
  }
})(window.geoevents);
