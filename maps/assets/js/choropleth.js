// Countries or divisions shaded by their number of events, counted anew under every filter.
(function (ge) {
  "use strict";

  const { el } = ge;
  const LAYER = "choropleth";
  const PANE = "ge-choropleth";
  const EDGE = 1;
  const PAGE = 10;

  const word = (key) => ge.word(key, LAYER);
  const number = (value) => ge.format.number(value);
  const nameOf = ({ name, id }) => name || ge.format.country(id);

  /** How many events lie in each area, and how many in none. */
  function tally({ event, area, areas }) {
    const { n, events: { weight } } = ge.store;
    const counts = new Float64Array(areas.length);
    const seen = new Uint8Array(n);
    for (let k = 0; k < event.length; k++) {
      if (!ge.filter.passes[event[k]]) continue;
      counts[area[k]] += weight ? weight[event[k]] : 1;
      seen[event[k]] = 1;
    }
    let elsewhere = 0;
    for (let i = 0; i < n; i++) {
      if (ge.filter.passes[i] && !seen[i]) elsewhere += weight ? weight[i] : 1;
    }
    return { counts, elsewhere };
  }

  /** The least count of each class, one class per colour at most; equal counts are of one class. */
  const SCALES = {
    quantile(sorted, classes) {
      return Array.from({ length: classes }, (_, i) => sorted[Math.floor((i * sorted.length) / classes)]);
    },
    log(sorted, classes) {
      const [least, most] = [sorted[0], sorted[sorted.length - 1]];
      return Array.from({ length: classes }, (_, i) => Math.round(least * (most / least) ** (i / classes)));
    },
  };

  function limitsOf(counts, scale, classes) {
    const sorted = Array.from(counts).filter(Boolean).sort((a, b) => a - b);
    const distinct = [...new Set(sorted)];
    if (distinct.length <= classes) return distinct;
    // Where most areas have the same count, the others are parted among themselves.
    const limits = [sorted, distinct].map((values) => [...new Set(SCALES[scale](values, classes))]);
    return limits[0].length > classes / 2 ? limits[0] : limits[1];
  }

  /** The class of a count; below the least limit, which a filter may leave, it is the first one. */
  const classOf = (count, limits) => Math.max(0, limits.findLastIndex((limit) => count >= limit));

  function rangeOf(limits, i, most) {
    const last = i + 1 < limits.length ? limits[i + 1] - 1 : Math.max(most, limits[i]);
    const first = i ? limits[i] : 1;
    return first === last ? number(first) : `${number(first)}–${number(last)}`;
  }

  function looksOf(classes) {
    const edge = getComputedStyle(document.body).getPropertyValue("--paper").trim();
    return ge.classStyles(classes).map((style) => ({
      colour: edge, edge: EDGE, dash: [], cap: "butt", weight: 0, fills: ge.classFills(style),
    }));
  }

  /** The outlines of the areas: the page's own, or those of the countries under the events. */
  async function itemsOf({ areas }) {
    const land = areas.some(({ shape }) => !shape) ? await ge.countries : [];
    return areas.map((area, index) => {
      const rings = area.shape
        ? area.shape.map((polygon) => polygon.map(ge.project))
        : land.filter(({ code }) => code === area.id).map((polygon) => polygon.rings);
      return { area, index, rings, box: ge.extentOf(rings.flat()) };
    });
  }

  /** Where an area's popup stands, in latitude and longitude: the middle of its largest part. */
  function middleOf({ rings }) {
    const boxes = rings.map((polygon) => ge.extentOf(polygon));
    const size = ([x0, y0, x1, y1]) => (x1 - x0) * (y1 - y0);
    const [x0, y0, x1, y1] = boxes.reduce((a, b) => (size(b) > size(a) ? b : a));
    return L.CRS.EPSG3857.pointToLatLng(L.point(((x0 + x1) / 2) * 256, ((y0 + y1) / 2) * 256), 0);
  }

  /** The part of the legend that tells the classes and lists the areas. */
  function legendPart(data, press) {
    const box = el("input", { type: "checkbox", checked: "" });
    box.addEventListener("change", () => ge.setLayer(LAYER, box.checked));
    const classes = el("ul", { class: "ge-classes" });
    const elsewhere = el("p", { class: "ge-aside" });
    const list = el("ol", { class: "ge-areas" });
    const ranking = el("details", {}, el("summary", {}, word("ranking")), list);
    const part = el(
      "fieldset",
      { class: "ge-choropleth" },
      el("legend", {}, word(data.level)),
      el("label", { class: "ge-switch" }, box, el("span", { class: "ge-name" }, word("shade"))),
      classes, elsewhere, ranking,
    );

    function entry(item) {
      const button = el("button", { type: "button" }, el("span", { class: "ge-name" }, ge.foreign(nameOf(item.area))),
        el("span", { class: "ge-number" }, number(item.count)));
      button.addEventListener("click", () => press(item, button));
      return el("li", {}, button);
    }

    return {
      part,
      update(items, limits, most, left) {
        box.checked = ge.isOn(LAYER);
        classes.replaceChildren(...ge.classStyles(limits.length).map((style, i) =>
          el("li", {}, ge.classSwatch(style, i), el("span", {}, rangeOf(limits, i, most)))));
        elsewhere.textContent = left ? ge.fill(word("elsewhere"), { count: number(left) }) : "";
        const ranked = items.filter(({ count }) => count).sort((a, b) => b.count - a.count);
        ge.byPages(list, ranked, PAGE, entry);
      },
    };
  }

  ge.components.push(async function (map) {
    const data = ge.store.choropleth;
    if (!data) return;
    map.createPane(PANE).style.zIndex = 180;
    map.getPane(PANE).style.pointerEvents = "none";
    const canvas = new ge.ShapeCanvas({ pane: PANE }).addTo(map);
    const items = (await itemsOf(data)).filter(({ rings }) => rings.length);
    const { counts: all } = tally(data);
    // The classes stay while the filters change: one colour means the same number all the time.
    const limits = limitsOf(all, data.scale, ge.data.style.choropleth.patterns.length);
    const most = Math.max(0, ...all);

    function press(item, at, from = null) {
      const inside = [];
      for (let k = 0; k < data.event.length; k++) {
        if (data.area[k] === item.index && ge.filter.passes[data.event[k]]) inside.push(data.event[k]);
      }
      ge.openHeaded(map, inside, at, el("p", { class: "ge-way" }, ge.foreign(nameOf(item.area))), from);
    }

    const legend = legendPart(data, function (item, from) {
      const at = middleOf(item);
      map.setView(at, map.getZoom(), { animate: false });
      press(item, at, from);
    });
    document.querySelector("#ge-legend .ge-panel").append(legend.part);

    function update() {
      const { counts, elsewhere } = tally(data);
      const looks = looksOf(limits.length);
      for (const item of items) {
        item.count = counts[item.index];
        item.look = looks[classOf(item.count, limits)];
      }
      canvas.show(ge.isOn(LAYER) ? items.filter(({ count }) => count) : []);
      legend.update(items, limits, most, elsewhere);
    }

    ge.on("filter", ge.perFrame(update));
    ge.on("theme", update);
    update();
    ge.targets.push({
      at: (at) => canvas.at(at, 0),
      tip: (item) => ge.apart([nameOf(item.area), ge.fill(ge.word("events", "shapes"), { count: number(item.count) })], ": "),
      press,
    });
    document.body.dataset.choropleth = "ready";
  });
})(window.geoevents);
