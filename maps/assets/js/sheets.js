// On a phone: list, filters, legend and timeline as sheets under the map, one at a time or none.
(function (ge) {
  "use strict";

  const { el } = ge;
  const SHEETS = { list: "ge-list", filters: "ge-filters", legend: "ge-legend", time: "ge-timeline" };
  const narrow = matchMedia("(max-width: 760px)");

  ge.components.push(function () {
    const body = document.body;
    const buttons = Object.entries(SHEETS)
      .filter(([, id]) => !document.getElementById(id).hidden)
      .map(([name, id]) => {
        const button = el("button", { type: "button", "aria-controls": id, "data-sheet": name },
          ge.glyph(name === "filters" ? "filter" : name), el("span", {}, ge.word(name, "sheets")));
        // A second press puts the sheet away: the map is never further than that.
        button.addEventListener("click", () => show(body.dataset.sheet === name ? "" : name));
        return button;
      });

    function show(name) {
      body.dataset.sheet = name;
      for (const button of buttons) button.setAttribute("aria-expanded", String(button.dataset.sheet === name));
      unfold();
    }

    /** What folds by itself on a wide screen is unfolded by its tab on a narrow one. */
    function unfold() {
      if (!narrow.matches) return;
      for (const id of ["ge-filters", "ge-legend"]) document.getElementById(id).open = true;
    }

    document.querySelector(".ge-main").append(el("nav", { id: "ge-tabs", "aria-label": ge.word("label", "sheets") }, buttons));
    narrow.addEventListener("change", unfold);
    show("list");
  });
})(window.geoevents);
