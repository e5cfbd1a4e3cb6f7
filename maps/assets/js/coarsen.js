// Events that are told coarsely: the legend and the notes say so, and how coarsely.
(function (ge) {
  "use strict";

  const { el } = ge;

  /** What the reader has to know, in a sentence. */
  function sentence(grain) {
    if (typeof grain !== "number") return ge.word("divisions", "coarsen");
    return ge.fill(ge.word("cells", "coarsen"), { km: ge.format.number(grain) });
  }

  ge.components.push(function () {
    const grain = ge.data.coarsened;
    if (grain === undefined || grain === null) return;
    const panel = document.querySelector("#ge-legend .ge-panel") || document.getElementById("ge-legend");
    panel.prepend(el("p", { class: "ge-coarsened", "data-coarsened": String(grain) }, sentence(grain)));
    document.getElementById("ge-notes").append(el("p", {}, sentence(grain)));
  });
})(window.geoevents);
