// Correcting a place: from the popup, by a runner-up or another point; and the list of corrections.
(function (ge) {
  "use strict";

  const { el } = ge;
  const word = (key) => ge.word(key, "correct");
  const FILE = "corrections.json";
  // A press that moves farther than this drags the map.
  const STILL_PX = 6;
  // The list shows this many at once.
  const PAGE = 200;

  let map = null;
  let saved = "";

  const button = function (label, onClick, attributes = {}) {
    const one = el("button", { type: "button", ...attributes }, label);
    one.addEventListener("click", onClick);
    return one;
  };

  /** A place in words: its name and country, or its coordinates. */
  function placeWords({ name, country, place_id: id, lat, lon }) {
    const known = name || id;
    const point = lat === null || lat === undefined ? null : `${lat}, ${lon}`;
    return [
      known ? ge.foreign(known) : null,
      country ? [" (", ge.foreign(ge.format.country(country)), ")"] : null,
      !id && point ? [known ? " " : null, el("bdi", { dir: "ltr" }, point)] : null,
    ];
  }

  /** A phrase in which a place stands as a node of its own. */
  function phrase(key, nodes) {
    const [before, after = ""] = word(key).split("{place}");
    return [before, nodes, after];
  }

  const outcome = (one) => (one.to ? phrase("corrected", placeWords(one.to)) : word("marked_wrong"));

  // In the popup -------------------------------------------------------------------------------

  /** What can be chosen for one place, and what was. */
  function form(event, spot) {
    const box = el("div", { class: "ge-correct-form" });
    const note = el("input", { type: "text", maxlength: "500", placeholder: word("note"), "aria-label": word("note") });
    note.value = ge.corrections.get(event, spot)?.note || "";
    const set = (to) => ge.corrections.set(event, spot, to, note.value.trim());
    note.addEventListener("change", () => {
      const held = ge.corrections.get(event, spot);
      if (held) set(held.to);
    });
    const others = (spot.alternatives || [])
      .filter((other) => other.place_id)
      .map((other) =>
        button(runnerUp(other), () => set(targetOf(other)), { class: "ge-correct-other" }),
      );
    const pick = button(word("pick"), () => pickOnMap(spot, (point) => set(named(point))), { class: "ge-correct-pick" });
    box.append(
      el("p", { class: "ge-notes" }, word("what_is_right")),
      ...others,
      pick,
      ...coordinates((point) => set(named(point))),
      button(word("wrong"), () => set(null), { class: "ge-correct-wrong" }),
      note,
    );
    return box;
  }

  /** A runner-up in words: the town and the province of one name are told apart by kind and id. */
  function runnerUp(other) {
    const kind = ge.kindOf(other);
    const score = typeof other.score === "number" ? [" · ", ge.format.percent(other.score)] : null;
    return [placeWords(other), kind && [" · ", kind], score, el("code", { dir: "ltr" }, other.place_id)];
  }

  const named = (point) => ({ place_id: null, name: null, country: null, ...point });

  const targetOf = (other) => ({
    place_id: other.place_id,
    name: other.name ?? null,
    country: other.country ?? null,
    lat: other.lat ?? null,
    lon: other.lon ?? null,
    uncertainty_km: null,
  });

  /** A box for typed coordinates and its button. */
  function coordinates(use) {
    const box = el("input", {
      type: "text", inputmode: "text", dir: "ltr", maxlength: "60", class: "ge-correct-at",
      placeholder: "48.85, 2.35", "aria-label": word("coordinates"),
    });
    const why = el("p", { class: "ge-correct-why", role: "alert" });
    const take = function () {
      const point = ge.corrections.typed(box.value);
      why.textContent = point ? "" : word("bad_point");
      box.setAttribute("aria-invalid", String(!point));
      if (point) use(point);
    };
    box.addEventListener("keydown", (press) => {
      if (press.key === "Enter") take();
    });
    return [el("div", { class: "ge-correct-line" }, box, button(word("use"), take, { class: "ge-correct-use" })), why];
  }

  /** The part of the popup under a place: what was corrected, and the way to do it. */
  function part(event, spot) {
    if (!event.carried || spot.role === "route" || !spot.role) return null;
    const box = el("div", { class: "ge-correct" });
    const fold = el("details", {}, el("summary", {}, word("correct")));
    fold.addEventListener("toggle", () => {
      if (fold.open && fold.childElementCount === 1) fold.append(form(event, spot));
      box.dispatchEvent(new CustomEvent("ge:resized", { bubbles: true }));
      if (fold.open) box.scrollIntoView({ block: "nearest" });
    });
    const said = el("p", { class: "ge-correct-said", role: "status" });
    const undo = (held) => {
      ge.corrections.remove(held);
      fold.firstChild.focus({ preventScroll: true });
    };
    const show = function () {
      const held = ge.corrections.get(event, spot);
      said.replaceChildren(
        ...(held ? [el("span", {}, outcome(held)), " ", button(word("undo"), () => undo(held))] : []),
      );
      said.hidden = !held;
      box.dispatchEvent(new CustomEvent("ge:resized", { bubbles: true }));
    };
    shown.add({ box, show });
    show();
    box.append(said, fold);
    return box;
  }

  // Parts of popups that may be on the screen.
  const shown = new Set();
  ge.on("corrections", () => {
    for (const one of shown) {
      if (one.box.isConnected) one.show();
      else shown.delete(one);
    }
  });

  // On the map ---------------------------------------------------------------------------------

  /** Let the reader click a point; Escape ends it without. */
  function pickOnMap(spot, use) {
    const container = map.getContainer();
    map.closePopup();
    const cancel = button(word("cancel"), () => end());
    const hint = el(
      "div",
      { class: "ge-picking", role: "alert", dir: ge.data.dir },
      el("span", {}, phrase("picking", ge.foreign(ge.placeName(spot)))),
      cancel,
    );
    let pressed = null;
    const press = (event) => (pressed = [event.clientX, event.clientY]);
    const click = function (event) {
      // The map's buttons stay what they are: it may have to be zoomed first.
      if (event.target !== container && !map.getPane("mapPane").contains(event.target)) return;
      event.stopPropagation();
      event.preventDefault();
      if (pressed && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > STILL_PX) return;
      const at = map.mouseEventToLatLng(event);
      end();
      use(ge.corrections.clicked(at, map.getZoom()));
    };
    const key = (event) => {
      if (event.key === "Escape") end();
    };
    function end() {
      container.removeEventListener("mousedown", press, true);
      container.removeEventListener("click", click, true);
      document.removeEventListener("keydown", key, true);
      container.classList.remove("ge-crosshair");
      hint.remove();
      document.getElementById("ge-correct").focus({ preventScroll: true });
    }
    container.addEventListener("mousedown", press, true);
    container.addEventListener("click", click, true);
    document.addEventListener("keydown", key, true);
    container.classList.add("ge-crosshair");
    container.parentElement.append(hint);
    cancel.focus({ preventScroll: true });
  }

  /** Where the right places lie. */
  function drawTargets(group) {
    group.clearLayers();
    for (const { to } of ge.corrections.list()) {
      if (!to || to.lat === null || to.lon === null) continue;
      const lon = to.lon < ge.data.west ? to.lon + 360 : to.lon;
      const ring = L.circleMarker([to.lat, lon], { className: "ge-corrected", radius: 8, weight: 3, fill: false });
      ring.bindTooltip(el("span", { dir: "auto" }, word("right_place"), ": ", placeWords(to)), { direction: "top" });
      group.addLayer(ring);
    }
  }

  // The list -----------------------------------------------------------------------------------

  function entry(one) {
    const command = ge.corrections.forGood(one);
    // A name keeps its own direction, and the signs around it theirs.
    const isolated = command?.map((piece, i) => (i % 2 ? el("bdi", {}, piece) : piece));
    return el(
      "li",
      {},
      el("strong", {}, ge.foreign(one.place.text || one.place.place_id || ge.word(one.place.role, "roles"))),
      " · ",
      ge.foreign(ge.word(one.event.type, "types")),
      el("div", {}, outcome(one)),
      one.note ? el("div", { class: "ge-notes" }, ge.foreign(one.note)) : null,
      command
        ? el("details", { class: "ge-forgood" }, el("summary", {}, word("for_good")), el("pre", { dir: "ltr" }, isolated))
        : null,
      button(word("undo"), () => ge.corrections.remove(one), { class: "ge-correct-undo" }),
    );
  }

  function save() {
    const content = ge.corrections.write();
    const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    const link = el("a", { href: address, download: FILE });
    link.click();
    // The download has begun by then; the page need not hold the file.
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    saved = content;
  }

  function loader(tell) {
    const input = el("input", { type: "file", accept: ".json,application/json", class: "ge-unseen", tabindex: "-1", "aria-hidden": "true" });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      input.value = "";
      if (!file) return;
      const count = ge.corrections.load(await file.text());
      tell(count === null ? word("bad_file") : "");
    });
    return [button(word("load"), () => input.click(), { class: "ge-correct-load" }), input];
  }

  function panel(close) {
    const why = el("p", { class: "ge-correct-why", role: "alert" });
    const list = el("ol", {});
    const none = el("p", { class: "ge-notes" }, word("none"));
    const keep = button(word("save"), save, { class: "ge-correct-save" });
    const apply = el(
      "p",
      { class: "ge-notes" },
      word("apply"),
      " ",
      el("code", { dir: "ltr" }, `geoevents map … --corrections ${FILE}`),
    );
    const box = el(
      "section",
      {
        id: "ge-corrections", role: "dialog", "aria-label": word("title"), dir: ge.data.dir, hidden: "", tabindex: "-1",
      },
      el("header", {}, el("h2", {}, word("title")), ge.glyphButton("close", ge.word("close"), close)),
      none,
      list,
      apply,
      el("div", { class: "ge-correct-line" }, keep, loader((said) => (why.textContent = said))),
      why,
    );
    const show = function () {
      const all = ge.corrections.list();
      const inside = list.contains(document.activeElement);
      ge.byPages(list, all, PAGE, entry);
      // The button that was pressed is gone with its entry.
      if (inside) box.focus({ preventScroll: true });
      none.hidden = all.length > 0;
      list.hidden = apply.hidden = keep.hidden = !all.length;
    };
    ge.on("corrections", show);
    show();
    return box;
  }

  function openable(tool) {
    const box = panel(() => show(false));
    function show(open) {
      box.hidden = !open;
      tool.setAttribute("aria-expanded", String(open));
      (open ? box : tool).focus({ preventScroll: true });
    }
    tool.addEventListener("click", () => show(box.hidden));
    box.addEventListener("keydown", (press) => {
      if (press.key === "Escape") show(false);
    });
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    return box;
  }

  function countOn(tool) {
    const number = el("b", { class: "ge-correct-count", hidden: "" });
    tool.append(number);
    ge.on("corrections", () => {
      const { length } = ge.corrections.list();
      number.textContent = ge.format.number(length);
      number.hidden = !length;
      const label = length ? `${word("title")}: ${ge.format.number(length)}` : word("title");
      tool.setAttribute("aria-label", label);
      tool.title = label;
      ge.say(label);
    });
  }

  ge.components.push(function (leaflet) {
    // What is told coarsely cannot be found again, and is not to be made exact.
    if (ge.data.coarsened !== undefined && ge.data.coarsened !== null) return;
    map = leaflet;
    ge.detailParts.push(part);
    const tool = ge.glyphButton("correct", word("title"), () => {}, { id: "ge-correct", "aria-expanded": "false", "aria-controls": "ge-corrections" });
    document.getElementById("ge-tools").append(tool);
    countOn(tool);
    document.querySelector(".ge-view").append(openable(tool));
    const targets = L.layerGroup().addTo(map);
    ge.on("corrections", () => drawTargets(targets));
    window.addEventListener("beforeunload", (leaving) => {
      if (ge.corrections.list().length && ge.corrections.write() !== saved) leaving.preventDefault();
    });
  });
})(window.geoevents);
