// The events beside the map: those in view that pass, newest first, in step both ways.
(function (ge) {
  "use strict";

  const { el, word } = ge;
  const PAGE = 100;
  // Entries that are kept to be shown again when the map moves back.
  const KEPT = 1000;
  const EVERYWHERE = { west: -Infinity, east: Infinity, south: -Infinity, north: Infinity };

  // A map's north and south edge: what lies at a pole is drawn there.
  const EDGE = 85.0511;
  const onMap = (lat) => Math.max(-EDGE, Math.min(EDGE, lat));

  /** One byte per position: whether it is in view. */
  function positionsIn({ west, south, east, north }) {
    const { n, lon, lat } = ge.store.positions;
    const inside = new Uint8Array(n);
    for (let p = 0; p < n; p++) {
      inside[p] = lon[p] >= west && lon[p] <= east && onMap(lat[p]) >= south && onMap(lat[p]) <= north ? 1 : 0;
    }
    return inside;
  }

  /** One byte per shape: whether it reaches into view, on a layer that is on. */
  const shapesIn = ({ west, south, east, north }) =>
    Uint8Array.from(ge.store.shapes, ({ layer }, s) => {
      const [w, e] = [ge.store.boxes[s * 4], ge.store.boxes[s * 4 + 2]];
      const [b, t] = [ge.store.boxes[s * 4 + 1], ge.store.boxes[s * 4 + 3]];
      return w <= east && e >= west && onMap(b) <= north && onMap(t) >= south && ge.isOn(layer) ? 1 : 0;
    });

  /** The events that pass and have a point or a shape in view, newest first. */
  function eventsIn(view) {
    const { order, isPlaced, points, pointsByEvent, shapesByEvent, values } = ge.store;
    const { passes } = ge.filter;
    const shown = Uint8Array.from(values.layer, (_, code) => (ge.filter.isShown(code) ? 1 : 0));
    const [inside, reaching] = [positionsIn(view), shapesIn(view)];
    const found = [];
    for (const i of order) {
      if (!isPlaced[i] || !passes[i]) continue;
      let seen = false;
      for (let k = pointsByEvent.first[i]; !seen && k < pointsByEvent.first[i + 1]; k++) {
        const point = pointsByEvent.codes[k];
        seen = inside[points.at[point]] === 1 && shown[points.layer[point]] === 1;
      }
      for (let k = shapesByEvent.first[i]; !seen && k < shapesByEvent.first[i + 1]; k++) {
        seen = reaching[shapesByEvent.codes[k]] === 1;
      }
      if (seen) found.push(i);
    }
    return found;
  }

  function summary(event) {
    const names = event.places
      .filter(({ role }) => role !== "context" && role !== "route")
      .sort(ge.byRole)
      .map(ge.placeName)
      .filter(Boolean);
    const ends = event.places.some(({ role }) => role === "origin");
    const between = ends ? (ge.rtl ? " ← " : " → ") : " · ";
    return [...new Set(names)].flatMap((name, i) => [i ? between : null, ge.foreign(name)]);
  }

  function entry(event, attributes) {
    const date = ge.eventTime(event);
    const where = summary(event);
    return el(
      "button",
      { type: "button", ...attributes },
      ge.heading(event),
      where.length ? el("span", { class: "ge-where" }, where) : null,
      date ? el("span", { class: "ge-when" }, date) : null,
      event.actors.length ? el("span", { class: "ge-who" }, ge.people(event.actors)) : null,
    );
  }

  /** Where an event is drawn: its first route, else its first point or shape; [west, south, east, north]. */
  function mainOf(i) {
    const { points, positions, pointsByEvent, shapesByEvent, shapes, boxes } = ge.store;
    const drawn = Array.from(shapesByEvent.codes.subarray(shapesByEvent.first[i], shapesByEvent.first[i + 1]))
      .filter((s) => ge.isOn(shapes[s].layer));
    const spots = Array.from(pointsByEvent.codes.subarray(pointsByEvent.first[i], pointsByEvent.first[i + 1]))
      .filter((point) => ge.filter.isShown(points.layer[point]));
    const route = drawn.find((s) => shapes[s].kind === "route");
    if (route === undefined && spots.length) {
      const [lon, lat] = [positions.lon[points.at[spots[0]]], positions.lat[points.at[spots[0]]]];
      return { box: [lon, lat, lon, lat], at: [lat, lon] };
    }
    const s = route ?? drawn[0];
    const box = boxes.subarray(s * 4, s * 4 + 4);
    return { box, at: middle(shapes[s], box) };
  }

  /** Where a popup points at: the middle of a line, the middle of an area's box. */
  function middle({ kind, shape }, [west, south, east, north]) {
    if (kind === "route" || kind === "border") {
      const line = ge.latLngs(shape[0][0]);
      return line[Math.floor(line.length / 2)];
    }
    return [(south + north) / 2, (west + east) / 2];
  }

  /** The part of the map in view that legend and buttons leave free. */
  function clearPart(map) {
    const { paddingTopLeft, paddingBottomRight } = ge.clearing(map);
    const corners = [L.point(paddingTopLeft), map.getSize().subtract(paddingBottomRight)];
    return L.latLngBounds(corners.map((corner) => map.containerPointToLatLng(corner)));
  }

  /** Move the map to an event and open its popup; the list keeps the focus to come back to. */
  function show(map, number, from) {
    const { box: [west, south, east, north], at } = mainOf(number);
    const bounds = L.latLngBounds([south, west], [north, east]);
    if (clearPart(map).contains(bounds)) {
      // It is in view already: what lies around it stays.
    } else if (west === east && south === north) {
      map.setView(at, Math.max(map.getZoom(), 6), { animate: false });
    } else {
      map.fitBounds(bounds, { ...ge.clearing(map), maxZoom: 9, animate: false });
    }
    ge.openEvents(map, [number], at, from);
  }

  ge.showEvent = show;

  /** Give a list these children. What stays is not taken out, so that a click on it that is under way is not lost. */
  function become(list, children) {
    const wanted = new Set(children);
    for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
    children.forEach((child, i) => {
      if (list.children[i] !== child) list.insertBefore(child, list.children[i] ?? null);
    });
  }

  /**
   * Fill a list page by page: what `make` returns for each item, and a button for more, which
   * presses itself when one scrolls to it.
   */
  ge.byPages = function (list, items, size, make) {
    const button = el("button", { type: "button", class: "ge-more" });
    const more = el("li", { class: "ge-rest" }, button);
    let shown = 0;
    function page() {
      const made = items.slice(shown, shown + size).map(make);
      shown += made.length;
      if (shown === items.length) return made;
      button.textContent = ge.plural("list", "more", items.length - shown);
      return [...made, more];
    }
    function next() {
      const from = shown;
      const focused = document.activeElement === button;
      more.remove();
      list.append(...page());
      // The button has moved on; who pressed it reads on with what it brought.
      if (focused) list.children[from].querySelector("button").focus({ preventScroll: true });
    }
    button.addEventListener("click", () => {
      button.focus({ preventScroll: true });
      next();
    });
    become(list, page());
    return next;
  };

  /** An event without a place: its entry unfolds. */
  function unfolding(number) {
    const button = entry(ge.event(number), { "aria-expanded": "false" });
    const item = el("li", {}, button);
    button.addEventListener("click", async () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
      if (open) return item.lastChild === button ? null : item.lastChild.remove();
      const article = ge.article(await ge.detail(number));
      if (button.getAttribute("aria-expanded") === "true" && item.lastChild === button) item.append(article);
      return null;
    });
    return item;
  }

  function sum(numbers) {
    const { weight } = ge.store.events;
    return weight ? numbers.reduce((total, i) => total + weight[i], 0) : numbers.length;
  }

  /** Whether the text says where an event was, though nobody found that on the map. */
  function statesPlace(i) {
    const { first } = ge.store.events;
    for (let s = first[i]; s < first[i + 1]; s++) {
      const spot = ge.spot(s);
      if (spot.role !== "context" && spot.role !== "route" && ge.placeName(spot)) return true;
    }
    return false;
  }

  /** A section of events that are not on the map, under the list; `holds` tells which. */
  function placelessSection(title, holds) {
    const number = el("span", { class: "ge-number" });
    const list = el("ol", {});
    const section = el("section", { class: "ge-placeless" }, el("h2", {}, word(title), number), list);
    const all = Array.from(ge.store.order.filter((i) => !ge.store.isPlaced[i] && holds(i)));
    const entries = new Map();
    const item = function (i) {
      if (!entries.has(i)) entries.set(i, unfolding(i));
      return entries.get(i);
    };
    const update = function () {
      const left = all.filter((i) => ge.filter.passes[i]);
      section.hidden = !left.length;
      number.textContent = ge.format.number(sum(left));
      ge.byPages(list, left, PAGE, item);
    };
    const redraw = function () {
      entries.clear();
      update();
    };
    return { section, update, redraw };
  }

  ge.components.push(function (map) {
    const list = el("ol", { class: "ge-entries" });
    const note = el("div", { class: "ge-note" });
    const placeless = [
      placelessSection("not_located", statesPlace),
      placelessSection("no_place", (i) => !statesPlace(i)),
    ];
    const side = document.getElementById("ge-list");
    side.setAttribute("aria-label", word("list"));
    side.append(note, list, ...placeless.map(({ section }) => section));
    const entries = new Map();
    let current = [];

    function item(number) {
      let found = entries.get(number);
      if (!found) {
        const made = entry(ge.event(number), { "data-event": number });
        made.addEventListener("click", () => show(map, number, made));
        found = el("li", {}, made);
      }
      entries.delete(number);
      entries.set(number, found);
      if (entries.size > KEPT) entries.delete(entries.keys().next().value);
      if (current.includes(number)) found.firstChild.setAttribute("aria-current", "true");
      else found.firstChild.removeAttribute("aria-current");
      return found;
    }

    /** Mark the entries of the events whose popup is open. */
    function mark(open) {
      const before = current;
      current = open;
      for (const number of [...before, ...open]) if (entries.has(number)) item(number);
      const first = entries.get(open[0]);
      if (first?.isConnected) first.scrollIntoView({ block: "nearest" });
    }

    let next = () => {};

    function update() {
      const bounds = map.getBounds();
      const found = eventsIn({
        west: bounds.getWest(), east: bounds.getEast(), south: bounds.getSouth(), north: bounds.getNorth(),
      });
      const focused = document.activeElement;
      next = ge.byPages(list, found, PAGE, item);
      if (focused?.isConnected && focused !== document.body) focused.focus({ preventScroll: true });
      tell(found);
    }

    function tell(found) {
      const { isPlaced, n, events: { weight } } = ge.store;
      let total = 0;
      for (let i = 0; i < n; i++) if (isPlaced[i]) total += weight ? weight[i] : 1;
      const count = ge.plural("ui", "in_view", total, {
        shown: ge.format.number(sum(found)), total: ge.format.number(total),
      });
      document.getElementById("ge-count").textContent = total ? count : "";
      if (total) ge.say(count);
      if (!n) note.replaceChildren(word("no_events"));
      else if (total && !found.length) note.replaceChildren(word("none_in_view"), wayBack());
      else note.replaceChildren();
    }

    function wayBack() {
      const button = el("button", { type: "button", class: "ge-all" }, word("show_all"));
      button.addEventListener("click", () => {
        // Where the filters leave nothing anywhere, no other part of the map has more.
        if (!eventsIn(EVERYWHERE).length) ge.filter.reset();
        ge.fit(map);
      });
      return button;
    }

    side.addEventListener("scroll", ge.perFrame(() => {
      const rest = list.lastElementChild;
      if (!rest?.classList.contains("ge-rest")) return;
      if (rest.getBoundingClientRect().top < side.getBoundingClientRect().bottom) next();
    }));
    map.on("moveend", update);
    map.on("ge:open", ({ numbers }) => mark(numbers));
    map.on("popupclose", () => mark([]));
    ge.on("filter", ge.perFrame(() => {
      update();
      placeless.forEach((one) => one.update());
    }));
    // Entries that are out of the page would keep the dates of the other calendar.
    ge.on("calendar", () => {
      entries.clear();
      update();
      placeless.forEach((one) => one.redraw());
    });
    update();
    placeless.forEach((one) => one.update());
  });
})(window.geoevents);
