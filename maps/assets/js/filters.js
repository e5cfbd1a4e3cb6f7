// The panel of filters: lists to choose from, with how many events each choice would leave.
(function (ge) {
  "use strict";

  const { el } = ge;
  const word = (key) => ge.word(key, "filters");

  // Rows of a list at first, and how many more at a time.
  const FEW = 8;
  const MORE = 40;
  // So few more are not worth a button.
  const SLACK = 4;
  // From so many values on, a list can be searched.
  const SEARCHED = 14;
  const OPEN = new Set(["family", "status"]);
  // Counting is for those who read the panel: it waits until the filters have come to rest.
  const REST_MS = 150;

  /** A searchable list of the values of one dimension. */
  class CheckList {
    constructor(dimension) {
      this.dimension = dimension;
      this.most = FEW;
      this.wanted = "";
      this.rows = new Map();
      const all = ge.filter.counts(dimension);
      this.codes = [...all.keys()].filter((code) => all[code] > 0).sort((a, b) => all[b] - all[a] || a - b);
      this.names = new Map();
      this.build();
    }

    get useful() {
      return this.codes.length > 1;
    }

    name(code) {
      if (!this.names.has(code)) this.names.set(code, ge.valueName(this.dimension, code));
      return this.names.get(code);
    }

    build() {
      const title = word(this.dimension);
      this.list = el("ul", { "aria-label": title });
      this.none = el("p", { class: "ge-none", hidden: "" }, word("none"));
      this.more = el("button", { type: "button", class: "ge-link" });
      this.more.addEventListener("click", () => this.extend());
      this.badge = el("span", { class: "ge-badge", hidden: "" });
      const find = this.codes.length >= SEARCHED ? this.finder(title) : null;
      this.element = el(
        "details",
        { class: "ge-facet", "data-filter": this.dimension, open: OPEN.has(this.dimension) ? "" : null },
        el("summary", {}, title, this.badge),
        find, this.list, this.none, this.more,
      );
      this.element.addEventListener("toggle", () => this.update());
    }

    finder(title) {
      const label = ge.fill(word("find"), { list: title });
      const box = el("input", { type: "search", placeholder: label, "aria-label": label, autocomplete: "off" });
      box.addEventListener("input", () => {
        this.wanted = ge.fold(box.value.trim());
        this.most = FEW;
        this.update();
      });
      return box;
    }

    row(code) {
      if (!this.rows.has(code)) {
        const box = el("input", { type: "checkbox" });
        box.addEventListener("change", () => this.choose(code, box.checked));
        const number = el("span", { class: "ge-number" });
        const icon = this.dimension === "family" ? ge.icon(ge.store.values.family[code], 18) : null;
        const name = el("span", { class: "ge-name" }, ge.foreign(this.name(code)));
        const item = el("li", {}, el("label", { class: "ge-check" }, box, icon, name, number));
        this.rows.set(code, { item, box, number });
      }
      return this.rows.get(code);
    }

    choose(code, on) {
      const chosen = new Set(ge.filter.get(this.dimension));
      if (on) chosen.add(code);
      else chosen.delete(code);
      ge.filter.set(this.dimension, chosen.size ? chosen : null);
    }

    /** Show more rows; the focus goes to the first new one. */
    extend() {
      const from = this.list.children.length;
      this.most += MORE;
      this.update();
      this.list.children[from]?.querySelector("input").focus();
    }

    /** The codes that fit what is looked for; the chosen ones come first in a list that is cut. */
    fitting(chosen) {
      const fit = this.wanted ? this.codes.filter((code) => ge.fold(this.name(code)).includes(this.wanted)) : this.codes;
      if (fit.length <= this.most + SLACK) return fit;
      return [...fit.filter((code) => chosen.has(code)), ...fit.filter((code) => !chosen.has(code))];
    }

    /** Show what is chosen. */
    sync() {
      const chosen = ge.filter.get(this.dimension) || new Set();
      this.badge.hidden = !chosen.size;
      this.badge.textContent = ge.format.number(chosen.size);
      for (const [code, { box }] of this.rows) box.checked = chosen.has(code);
    }

    /** Show what there is to choose from, and count it. */
    update() {
      if (!this.element.open) return;
      const chosen = ge.filter.get(this.dimension) || new Set();
      const counts = ge.filter.counts(this.dimension);
      const fit = this.fitting(chosen);
      const most = fit.length <= this.most + SLACK ? fit.length : this.most;
      const shown = fit.slice(0, most).map((code) => {
        const row = this.row(code);
        row.box.checked = chosen.has(code);
        row.number.textContent = ge.format.number(counts[code]);
        row.item.classList.toggle("empty", !counts[code]);
        return row.item;
      });
      if (shown.length !== this.list.children.length || shown.some((item, i) => item !== this.list.children[i])) {
        this.list.replaceChildren(...shown);
      }
      this.none.hidden = fit.length > 0;
      this.more.hidden = fit.length <= most;
      this.more.textContent = ge.fill(word("more"), { count: ge.format.number(fit.length - most) });
    }
  }

  /** The least confidence an event must have; null where no event tells of any. */
  function confidence() {
    const known = ge.store.events.confidence;
    if (!known || !known.some((one) => one >= 0)) return null;
    const box = el("input", { type: "range", min: 0, max: 100, step: 5, value: 0, id: "ge-confidence" });
    const said = el("output", { for: "ge-confidence" });
    box.addEventListener("input", ge.perFrame(() => ge.filter.set("confidence", Number(box.value))));
    const sync = function () {
      const least = ge.filter.get("confidence");
      box.value = least;
      said.textContent = ge.format.percent(least / 100);
      box.setAttribute("aria-valuetext", said.textContent);
    };
    const label = el("label", { for: "ge-confidence" }, word("confidence"));
    return { element: el("div", { class: "ge-facet ge-least" }, label, said, box), sync, update: () => {} };
  }

  ge.components.push(function () {
    const panel = document.getElementById("ge-filters");
    const badge = el("span", { class: "ge-badge", hidden: "" });
    const summary = el("summary", {}, ge.glyph("filter"), word("label"), badge);
    const chips = el("div", { class: "ge-chips" });
    const lists = ge.dimensions.map((dimension) => new CheckList(dimension)).filter((list) => list.useful);
    const parts = [...lists, confidence()].filter(Boolean);
    const body = el("div", { class: "ge-facets" }, parts.map((part) => part.element));
    panel.append(summary, body);
    panel.after(chips);
    panel.hidden = !parts.length;
    ge.addChips(chips, () => (summary.checkVisibility?.() ? summary : document.getElementById("ge-search"))?.focus());
    const sync = function () {
      const { length } = ge.activeFilters();
      badge.hidden = !length;
      badge.textContent = ge.format.number(length);
      for (const part of parts) part.sync();
    };
    const update = function () {
      if (panel.open) for (const part of parts) part.update();
    };
    ge.on("filter", sync);
    ge.on("filter", ge.afterQuiet(REST_MS, update));
    panel.addEventListener("toggle", update);
    sync();
    update();
  });
})(window.geoevents);
