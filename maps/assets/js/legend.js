// The legend, which is also where layers are switched: only what is on the map stands in it.
(function (ge) {
  "use strict";

  const { el, word } = ge;
  const NEUTRAL = "other";
  const WIDE = 760;

  // What the legend explains about shapes of a kind.
  const KINDS = { route: "direction", band: "band" };
  const IN_SHAPES = new Set(["thicker", "density", "disputed"]);

  const SYMBOLS = {
    routes: ({ families, basis }) => ge.swatch("arrow", families[0], basis),
    zones: ({ families, basis }) => ge.swatch("area", families[0], basis),
    points: ({ families }) => ge.icon(families[0], 20),
    places: () => el("span", { class: "ge-dot" }),
  };

  const MARKS = {
    direction: () => ge.swatch("arrow", NEUTRAL, "stated"),
    origin: () => ge.icon("movement", 20, true),
    uncertain: () => el("span", { class: "ge-round" }),
    band: () => ge.swatch("area", NEUTRAL, "schematic"),
    thicker: () => [1, 2, 3].map((step) => ge.thickness(NEUTRAL, step)),
    density: () => ge.swatch("area", "violence", "schematic"),
    disputed: () => ge.swatch("area", NEUTRAL, "stated", "stripes"),
    context_place: () => el("span", { class: "ge-dot faint" }),
  };

  function switchRow(symbol, title, count, onToggle) {
    const box = el("input", { type: "checkbox", checked: "" });
    box.addEventListener("change", () => onToggle(box.checked));
    return el(
      "label",
      { class: "ge-switch" },
      box,
      el("span", { class: "ge-symbol" }, symbol),
      el("span", { class: "ge-name" }, title),
      count === null ? null : el("span", { class: "ge-number" }, ge.format.number(count)),
    );
  }

  const others = (id) => ge.data.layers.map((layer) => layer.id).filter((other) => other !== id);
  const isAlone = (id) => ge.isOn(id) && others(id).every((other) => !ge.isOn(other));

  /** A layer with its switch, and beside it the button that leaves nothing else on the map. */
  function layerRow(layer) {
    const box = switchRow(SYMBOLS[layer.group](layer), layer.title, layer.count, (on) =>
      ge.setLayer(layer.id, on),
    );
    const only = el(
      "button",
      { type: "button", class: "ge-only", "aria-label": `${word("only", "legend")}: ${layer.title}` },
      word("only", "legend"),
    );
    only.addEventListener("click", () => ge.filter.set("off", isAlone(layer.id) ? [] : others(layer.id)));
    return el("div", { class: "ge-layer", "data-layer": layer.id }, box, only);
  }

  function group(name, layers) {
    return el("fieldset", {}, el("legend", {}, word(name, "groups")), layers.map(layerRow));
  }

  function explain(mark, symbols, text) {
    return el("li", { "data-mark": mark }, el("span", { class: "ge-symbol wide" }, symbols), el("span", {}, text));
  }

  function key() {
    const { bases, marks } = ge.data.legend;
    const rows = [
      ...bases.map((basis) =>
        explain(basis, [ge.swatch("line", NEUTRAL, basis), ge.swatch("area", NEUTRAL, basis)], word(basis, "basis")),
      ),
      ...marks.filter((mark) => MARKS[mark]).map((mark) =>
        explain(mark, MARKS[mark](), word(mark, IN_SHAPES.has(mark) ? "shapes" : "ui")),
      ),
    ];
    return rows.length ? el("div", { class: "ge-key" }, el("h2", {}, word("legend")), el("ul", {}, rows)) : null;
  }

  /** Bases and marks that are on the map under the filters, of points and of shapes. */
  function present() {
    const { points, shapes, values } = ge.store;
    const { passes, isShown } = ge.filter;
    const bases = new Uint8Array(values.basis.length);
    const found = new Set(ge.isOn("places") && ge.store.places.some(({ faint }) => faint) ? ["context_place"] : []);
    for (let k = 0; k < points.n; k++) {
      if (!passes[points.event[k]] || !isShown(points.layer[k])) continue;
      bases[points.basis[k]] = 1;
      if (points.origin[k]) found.add("origin");
      if (points.km[k]) found.add("uncertain");
    }
    for (const { kind, layer, basis, refs, disputed } of shapes) {
      if (!ge.isOn(layer) || !refs.some(([event]) => passes[event])) continue;
      found.add(basis).add(KINDS[kind] || kind);
      if (disputed) found.add("disputed");
      if (kind === "route" && refs.filter(([event]) => passes[event]).length > 1) found.add("thicker");
    }
    values.basis.forEach((basis, code) => bases[code] && found.add(basis));
    return found;
  }

  /** Bring counts, switches and signs in step with the filters. */
  function update(panel) {
    const counts = ge.filter.counts("layer");
    const { layer: ids } = ge.store.values;
    for (const row of panel.querySelectorAll("[data-layer]")) {
      const id = row.dataset.layer;
      const code = ids.indexOf(id);
      const number = row.querySelector(".ge-number");
      if (code >= 0) {
        number.textContent = ge.format.number(counts[code]);
        row.hidden = !counts[code];
      }
      row.querySelector("input").checked = ge.isOn(id);
      row.querySelector(".ge-only").setAttribute("aria-pressed", String(isAlone(id)));
    }
    for (const part of panel.querySelectorAll("fieldset")) {
      const rows = [...part.querySelectorAll("[data-layer]")];
      part.hidden = rows.length > 0 && rows.every((row) => row.hidden);
    }
    const found = present();
    for (const row of panel.querySelectorAll("[data-mark]")) {
      row.hidden = ge.data.legend.marks.concat(ge.data.legend.bases).includes(row.dataset.mark)
        && !found.has(row.dataset.mark);
    }
  }

  /** The legend as it is before the events are there: it takes its room beside the map. */
  ge.addLegend = function () {
    const panel = document.getElementById("ge-legend");
    panel.open = window.innerWidth > WIDE;
    const names = [...new Set(ge.data.layers.map((layer) => layer.group))];
    const countries = switchRow(el("span", { class: "ge-letter" }, "A"), word("country_names"), null, (on) =>
      ge.showNames(on),
    );
    panel.append(
      el("summary", {}, word("show_layers")),
      el(
        "div",
        { class: "ge-panel" },
        names.map((name) => group(name, ge.data.layers.filter((layer) => layer.group === name))),
        el("fieldset", {}, el("legend", {}, word("map")), countries),
        key(),
      ),
    );
    // A click or a wheel over the panel is not meant for the map under it.
    L.DomEvent.disableClickPropagation(panel).disableScrollPropagation(panel);
  };

  ge.components.push(function () {
    const panel = document.getElementById("ge-legend");
    ge.on("filter", ge.perFrame(() => update(panel)));
    update(panel);
  });
})(window.geoevents);
