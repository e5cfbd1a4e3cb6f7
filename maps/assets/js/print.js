// On paper: title, map, legend and credits, the active filters spelled out, and no controls.
(function (ge) {
  "use strict";

  const { el } = ge;
  const word = (key) => ge.word(key, "print");

  ge.components.push(function (map) {
    const line = el("p", { class: "ge-on-paper" });
    document.querySelector(".ge-bar").append(line);
    let before = null;

    function filters() {
      const active = ge.activeFilters();
      const parts = active.flatMap(({ label, value }, i) => [i ? " · " : "", `${label}: `, ge.foreign(value)]);
      line.replaceChildren(...(active.length ? [`${ge.word("active", "filters")} – `, ...parts] : []));
    }

    /** Lay the page out for paper: the map has the paper's size before it is printed. */
    function prepare() {
      if (before) return;
      const legend = document.getElementById("ge-legend");
      before = { bounds: map.getBounds(), center: map.getCenter(), zoom: map.getZoom(), open: legend.open };
      filters();
      ge.lendTheme("light");
      legend.open = true;
      document.body.classList.add("ge-paper");
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(before.bounds, { animate: false });
    }

    function restore() {
      if (!before) return;
      const { center, zoom, open } = before;
      before = null;
      document.body.classList.remove("ge-paper");
      document.getElementById("ge-legend").open = open;
      ge.lendTheme();
      map.invalidateSize({ animate: false, pan: false });
      map.setView(center, zoom, { animate: false });
    }

    window.addEventListener("beforeprint", prepare);
    window.addEventListener("afterprint", restore);
    const button = ge.glyphButton("print", word("label"), () => {
      prepare();
      // Markers and tiles are put up in the next frames.
      requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
    }, { id: "ge-print" });
    document.getElementById("ge-tools").append(button);
  });
})(window.geoevents);
