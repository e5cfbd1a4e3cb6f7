// The events beside the map: those in view on layers that are on, in step both ways.
(function (ge) {
  "use strict";

  const { el, word } = ge;
  // More entries than anybody reads would only make panning slow; the count tells the rest.
  const MOST = 300;

  const isPlaced = (number) => ge.featuresOf[number].length > 0;
  const lastFirst = (a, b) => (b.start_time || "").localeCompare(a.start_time || "");

  function inView(number, view) {
    return ge.featuresOf[number].some(({ layer, box: [west, south, east, north] }) =>
      ge.isOn(layer) && view.intersects([[south, west], [north, east]]),
    );
  }

  function summary(event) {
    const names = event.places
      .filter(({ role }) => role !== "context" && role !== "route")
      .sort(ge.byRole)
      .map(ge.placeName)
      .filter(Boolean);
    const ends = event.places.some(({ role }) => role === "origin");
    return [...new Set(names)].flatMap((name, i) => [i ? (ends ? (ge.rtl ? " ← " : " → ") : " · ") : null, ge.foreign(name)]);
  }

  function entry(event, attributes) {
    const date = ge.eventDate(event) || (event.time_text ? ge.foreign(event.time_text) : null);
    const where = summary(event);
    return el(
      "button",
      { type: "button", ...attributes },
      ge.heading(event),
      where.length ? el("span", { class: "ge-where" }, where) : null,
      date ? el("span", { class: "ge-when" }, date) : null,
      event.actors ? el("span", { class: "ge-who" }, ge.people(event.actors)) : null,
    );
  }

  /** Move the map to an event and open its popup; the list keeps the focus to come back to. */
  function show(map, number, from) {
    const features = ge.featuresOf[number].filter(({ layer }) => ge.isOn(layer));
    const main = features.find(({ kind }) => kind === "route") || features[0];
    const [west, south, east, north] = main.box;
    const bounds = L.latLngBounds([south, west], [north, east]);
    if (map.getBounds().contains(bounds)) {
      // It is in view already: what lies around it stays.
    } else if (main.kind === "point") {
      map.setView(bounds.getCenter(), Math.max(map.getZoom(), 6), { animate: false });
    } else {
      map.fitBounds(bounds, { padding: [40, 40], maxZoom: 9, animate: false });
    }
    ge.openEvents(map, [number], middle(main), from);
  }

  /** Where a popup points at: the middle of a line, the middle of an area's box. */
  function middle({ kind, shape, box: [west, south, east, north] }) {
    if (kind === "point") return [shape[1], shape[0]];
    if (kind === "route" || kind === "border") {
      const line = ge.latLngs(shape[0][0]);
      return line[Math.floor(line.length / 2)];
    }
    return [(south + north) / 2, (west + east) / 2];
  }

  function placeless(numbers) {
    if (!numbers.length) return null;
    return el(
      "section",
      { class: "ge-placeless" },
      el("h2", {}, word("no_place"), el("span", { class: "ge-number" }, ge.format.number(numbers.length))),
      el(
        "ol",
        {},
        numbers.map((number) => {
          const event = ge.data.events[number];
          const button = entry(event, { "aria-expanded": "false" });
          const item = el("li", {}, button);
          button.addEventListener("click", () => {
            const open = button.getAttribute("aria-expanded") === "true";
            button.setAttribute("aria-expanded", String(!open));
            if (open) item.lastChild.remove();
            else item.append(ge.detail(event));
          });
          return item;
        }),
      ),
    );
  }

  ge.addList = function (map) {
    const all = ge.data.events.map((event, number) => number)
      .sort((a, b) => lastFirst(ge.data.events[a], ge.data.events[b]) || a - b);
    const placed = all.filter(isPlaced);
    const list = el("ol", { class: "ge-entries" });
    const note = el("div", { class: "ge-note" });
    const rest = placeless(all.filter((number) => !isPlaced(number)).slice(0, MOST));
    const side = document.getElementById("ge-list");
    side.setAttribute("aria-label", word("list"));
    side.append(...[note, list, rest].filter(Boolean));
    const buttons = new Map();

    function button(number) {
      if (!buttons.has(number)) {
        const made = entry(ge.data.events[number], { "data-event": number });
        made.addEventListener("click", () => show(map, number, made));
        buttons.set(number, el("li", {}, made));
      }
      return buttons.get(number);
    }

    /** Mark the entries of the events whose popup is open. */
    function mark(open) {
      for (const [number, item] of buttons) {
        if (open.includes(number)) item.firstChild.setAttribute("aria-current", "true");
        else item.firstChild.removeAttribute("aria-current");
      }
      buttons.get(open[0])?.scrollIntoView({ block: "nearest" });
    }

    function update() {
      const view = map.getBounds();
      const visible = placed.filter((number) => inView(number, view));
      const focused = document.activeElement;
      list.replaceChildren(...visible.slice(0, MOST).map(button));
      if (focused?.isConnected && focused !== document.body) focused.focus({ preventScroll: true });
      const count = ge.fill(word("in_view"), {
        shown: ge.format.number(visible.length),
        total: ge.format.number(placed.length),
      });
      document.getElementById("ge-count").textContent = placed.length ? count : "";
      empty(visible.length);
    }

    function empty(shown) {
      if (!ge.data.events.length) note.replaceChildren(word("no_events"));
      else if (placed.length && !shown) {
        const button = el("button", { type: "button", class: "ge-all" }, word("show_all"));
        button.addEventListener("click", () => ge.fit(map));
        note.replaceChildren(word("none_in_view"), button);
      } else note.replaceChildren();
    }

    map.on("moveend", update);
    map.on("ge:open", ({ numbers }) => mark(numbers));
    map.on("popupclose", () => mark([]));
    ge.onChange(update);
    update();
  };
})(window.geoevents);
