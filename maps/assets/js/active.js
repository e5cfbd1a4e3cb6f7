// Which filters are active, in words: as chips that can be removed, and as a line on paper.
(function (ge) {
  "use strict";

  const { el } = ge;
  const word = (key) => ge.word(key, "filters");
  // Chips of one list; the rest are counted.
  const MOST = 6;

  const percent = (hundredths) => ge.format.percent(hundredths / 100);

  /** The lists of values that can be chosen from, in the order of the panel. */
  ge.dimensions = ["family", "type", "status", "actor", "country", "source"];

  const key = (dimension, code) => ge.store.values[dimension][code];

  /** The title of a type that the interface has no word for is that of an event of it. */
  function typeTitle(code) {
    const name = key("type", code);
    if (Object.hasOwn(ge.data.words.types, name)) return ge.word(name, "types");
    const event = ge.store.events.type.indexOf(code);
    return event < 0 ? name : ge.event(event).title;
  }

  const NAMES = {
    family: (code) => ge.familyName(key("family", code)),
    type: typeTitle,
    status: (code) => ge.word(key("status", code), "status"),
    country: (code) => ge.format.country(key("country", code)),
  };

  /** The name of a value in the reader's language. */
  ge.valueName = (dimension, code) => (NAMES[dimension] || ((one) => key(dimension, one)))(code);

  ge.familyName = function (family) {
    const own = ge.data.style.families[family]?.label;
    return own && !Object.hasOwn(ge.data.words.families, family) ? own : ge.word(family, "families");
  };

  const set = (name, value) => () => ge.filter.set(name, value);

  function without(name, code) {
    return function () {
      const rest = new Set(ge.filter.get(name));
      rest.delete(code);
      ge.filter.set(name, name === "off" || rest.size ? rest : null);
    };
  }

  function chosen(dimension) {
    const codes = [...(ge.filter.get(dimension) || [])];
    const chips = codes.slice(0, MOST).map((code) => ({
      label: word(dimension), value: ge.valueName(dimension, code), remove: without(dimension, code),
    }));
    const rest = codes.length - MOST;
    if (rest > 0) {
      const count = ge.format.number(rest);
      chips.push({ label: word(dimension), value: ge.fill(word("others"), { count }), remove: set(dimension, null) });
    }
    return chips;
  }

  function hidden() {
    return [...ge.filter.get("off")].map((id) => {
      const layer = ge.data.layers.find((one) => one.id === id);
      return { label: word("layer"), value: layer ? layer.title : id, remove: without("off", id) };
    });
  }

  /** What is active: label, value, and how to be rid of it. */
  ge.activeFilters = function () {
    const { filter } = ge;
    const [text, time, least] = ["text", "time", "confidence"].map(filter.get);
    return [
      text ? { label: word("text"), value: text, remove: set("text", "") } : null,
      time ? { label: word("time"), value: ge.format.days(...time), remove: set("time", null) } : null,
      filter.get("undated") ? null : { label: word("time"), value: word("dated"), remove: set("undated", true) },
      ...ge.dimensions.flatMap(chosen),
      least ? { label: word("confidence"), value: percent(least), remove: set("confidence", 0) } : null,
      ...hidden(),
    ].filter(Boolean);
  };

  function chip({ label, value, remove }, onRemoved) {
    const name = `${word("remove")}: ${label} ${value}`;
    const button = el(
      "button",
      { type: "button", class: "ge-chip", title: name, "aria-label": name },
      el("span", { class: "ge-chip-label" }, label),
      el("span", { class: "ge-chip-value" }, ge.foreign(value)),
      ge.glyph("close"),
    );
    button.addEventListener("click", () => {
      remove();
      onRemoved();
    });
    return el("li", {}, button);
  }

  /** A line of chips that follows the filters. */
  ge.addChips = function (line, onEmpty) {
    const list = el("ul", { "aria-label": word("active") });
    const reset = el("button", { type: "button", class: "ge-link ge-reset" }, word("reset"));
    reset.addEventListener("click", () => {
      ge.filter.reset();
      onEmpty();
    });
    line.append(list, reset);

    function update() {
      const active = ge.activeFilters();
      line.hidden = !active.length;
      list.replaceChildren(
        ...active.map((one, i) =>
          chip(one, () => {
            // The focus goes on to the next chip, so that several can be removed in a row.
            const left = list.querySelectorAll("button");
            if (left.length) left[Math.min(i, left.length - 1)].focus();
            else onEmpty();
          }),
        ),
      );
    }

    ge.on("filter", update);
    ge.on("calendar", update);
    update();
  };
})(window.geoevents);
