// The search box in the bar.
(function (ge) {
  "use strict";

  const { el } = ge;
  const word = (key, values = {}) => ge.fill(ge.word(key, "searchbox"), values);
  const TYPING_MS = 150;
  const isWriting = (element) => element.matches("input:not([type=checkbox], [type=range]), textarea, select") || element.isContentEditable;

  ge.components.push(function () {
    const box = el("input", {
      type: "search", id: "ge-search", "aria-label": word("label"), placeholder: word("hint"), autocomplete: "off",
      "aria-keyshortcuts": "/", "aria-describedby": "ge-found", dir: "auto", enterkeyhint: "search",
    });
    const found = el("output", { id: "ge-found", for: "ge-search" });
    const key = el("kbd", { "aria-hidden": "true" }, "/");
    const place = el("search", { class: "ge-search" }, ge.glyph("search"), box, key, found);
    document.getElementById("ge-tools").before(place);

    function search() {
      const text = box.value.trim();
      if (text !== ge.filter.get("text")) ge.filter.set("text", text);
    }
    const later = ge.afterQuiet(TYPING_MS, search);

    function tell() {
      const text = ge.filter.get("text");
      if (document.activeElement !== box && box.value.trim() !== text) box.value = text;
      const [count, total] = [ge.filter.count, ge.filter.total].map(ge.format.number);
      found.textContent = text ? (ge.filter.count ? word("found", { count, total }) : word("nothing")) : "";
    }

    box.addEventListener("input", later);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") search();
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (!box.value) box.blur();
      box.value = "";
      search();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      event.preventDefault();
      box.focus();
      box.select();
    });
    ge.on("filter", tell);
    tell();
  });
})(window.geoevents);
