// The legend, which is also where layers are switched: only what is on the map stands in it.
(function (ge) {
  "use strict";

  const { el, word } = ge;
  const NEUTRAL = "other";
  const WIDE = 760;

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

  function group(name, layers) {
    return el(
      "fieldset",
      {},
      el("legend", {}, word(name, "groups")),
      layers.map((layer) => {
        const row = switchRow(SYMBOLS[name](layer), layer.title, layer.count, (on) =>
          ge.setLayer(layer.id, on),
        );
        row.dataset.layer = layer.id;
        return row;
      }),
    );
  }

  function explain(symbols, text) {
    return el("li", {}, el("span", { class: "ge-symbol wide" }, symbols), el("span", {}, text));
  }

  function key() {
    const { bases, marks } = ge.data.legend;
    const rows = [
      ...bases.map((basis) =>
        explain([ge.swatch("line", NEUTRAL, basis), ge.swatch("area", NEUTRAL, basis)], word(basis, "basis")),
      ),
      ...marks.map((mark) => explain(MARKS[mark](), word(mark))),
    ];
    return rows.length ? el("div", { class: "ge-key" }, el("h3", {}, word("legend")), el("ul", {}, rows)) : null;
  }

  ge.addLegend = function () {
    const panel = document.getElementById("ge-legend");
    panel.open = window.innerWidth > WIDE;
    const names = [...new Set(ge.data.layers.map((layer) => layer.group))];
    const countries = switchRow(el("span", { class: "ge-letter" }, "A"), word("country_names"), null, (on) =>
      ge.showCountries(on),
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
})(window.geoevents);
