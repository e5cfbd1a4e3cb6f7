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
    const turn = 2 * Math.PI * 15;
    const arcs = [];
    let done = 0;
    for (const [family, count] of Object.entries(counts)) {
      const share = (count / total) * turn;
      arcs.push(
        svg("circle", {
          r: 15,
          class: `arc f-${family}`,
          "stroke-dasharray": `${share} ${turn - share}`,
          "stroke-dashoffset": -done,
        }),
      );
      done += share;
    }
    const text = svg("text", { y: "0.36em", "text-anchor": "middle" });
    text.textContent = label;
    return svg(
      "svg",
      { viewBox: "-19 -19 38 38", width: 38, height: 38, class: "ge-ring", "aria-hidden": "true" },
      svg("circle", { r: 17, class: "disc" }),
      ...arcs,
      text,
    );
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
      );
    }
    document.body.append(
      svg("svg", { width: 0, height: 0, class: "ge-patterns", "aria-hidden": "true" }, definitions),
    );
  };

  /** Leaflet options of a line or area. */
  ge.pathStyle = function (family, basis) {
    const { dash, cap, fill, opacity, weight } = bases[basis];
    return {
      className: `ge-path f-${family} ${fill === "solid" ? "solid" : "pattern"}`,
      dashArray: dash || null,
      lineCap: cap,
      weight,
      fillColor: fill === "solid" ? null : `url(#${fill}-${family})`,
      fillOpacity: opacity,
    };
  };

  /** A small picture of a route, area or band for the legend. */
  ge.swatch = function (kind, family, basis) {
    const { dash, cap, fill, opacity, weight } = bases[basis];
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
              "fill-opacity": opacity,
            }),
          ];
    if (kind === "arrow") parts.splice(0, 1, ...arrowLine(line));
    return svg(
      "svg",
      { viewBox: "0 0 32 16", width: 32, height: 16, class: `ge-swatch f-${family}`, "aria-hidden": "true" },
      ...parts,
    );
  };

  function arrowLine(line) {
    return [
      svg("path", { d: "M1 8H31", fill: "none", ...line }),
      svg("path", { d: "M12 3 22 8 12 13Z", class: "arrow" }),
    ];
  }
})(window.geoevents);
