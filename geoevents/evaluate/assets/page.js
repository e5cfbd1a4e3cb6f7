// The page of mistakes: filters, a list by kind and words, a map with a line from gold to answer.
(function (ge) {
  "use strict";

  const data = JSON.parse(document.getElementById("ev-data").textContent);
  const byId = (id) => document.getElementById(id);
  const GROUPS = 150; // of a kind that are listed at first
  const WORLD = [[-50, -140], [72, 160]];
  const MS = 150;
  const { mistakes } = data;
  const collator = new Intl.Collator();

  const wanted = { text: "", km: 0, kinds: new Set(data.kinds.map(({ id }) => id)) };

  /** All that can be searched for in a mistake. */
  const haystack = (one) =>
    [one.words, one.doc, one.goldName, one.answerName, one.sentence]
      .filter(Boolean).join("\n").toLocaleLowerCase();

  function isWanted(one) {
    if (!wanted.kinds.has(one.kind)) return false;
    if (wanted.km && !((one.km || 0) >= wanted.km)) return false;
    if (!wanted.text) return true;
    one.haystack ??= haystack(one);
    return one.haystack.includes(wanted.text);
  }

  // ---- list

  const degrees = ([lat, lon]) => `${lat.toFixed(3)}, ${lon.toFixed(3)}`;

  function place(label, cls, name, point) {
    if (!name && !point) return null;
    return [
      ge.el("b", { class: cls }, label, ":"), " ",
      name ? [ge.foreign(name), " "] : [],
      point ? `(${degrees(point)})` : [],
    ];
  }

  function facts(one) {
    const told = [
      place("gold", "is-gold", one.goldName, one.gold),
      place("answer", "is-answer", one.answerName, one.answer),
      one.km === undefined ? null : `${one.km.toLocaleString("en")} km apart`,
      one.score === undefined ? null : `score ${one.score.toFixed(2)}`,
      one.pPlace === undefined ? null : `p_place ${one.pPlace.toFixed(2)}`,
      ge.foreign(one.doc),
    ].filter((part) => part !== null);
    return told.flatMap((part, i) => [i ? " · " : "", part]);
  }

  function described(one) {
    const spans = [];
    if (one.answerSpan) spans.push([...one.answerSpan, "answer"]);
    // Where both mark the same words, gold's mark is shown.
    if (one.goldSpan) spans.unshift([...one.goldSpan, "gold"]);
    const sentence = ge.el("p", { class: "sentence", dir: one.dir });
    sentence.append(ge.marked(one.sentence, spans, one.dir === "rtl"));
    return [sentence, ge.el("p", { class: "facts" }, facts(one))];
  }

  function article(one) {
    const element = ge.el("article", { tabindex: "-1" }, described(one));
    if (one.gold || one.answer) {
      const button = ge.el("button", { type: "button" }, "on the map");
      button.addEventListener("click", () => showOnMap(one));
      element.lastElementChild.append(" · ", button);
    }
    one.element = element;
    return element;
  }

  /** One group: mistakes of a kind on the same words, opened when it is looked at. */
  function group([words, members]) {
    const details = ge.el(
      "details", {},
      ge.el("summary", {}, ge.foreign(words), " ", ge.el("span", { class: "count" }, `${members.length}`)),
    );
    details.fill = function () {
      if (details.childElementCount === 1) details.append(...members.map(article));
    };
    details.addEventListener("toggle", () => details.open && details.fill());
    for (const one of members) one.group = details;
    return details;
  }

  function grouped(members) {
    const groups = new Map();
    for (const one of members) {
      if (!groups.has(one.words)) groups.set(one.words, []);
      groups.get(one.words).push(one);
    }
    return [...groups].sort((a, b) => b[1].length - a[1].length || collator.compare(a[0], b[0]));
  }

  function section(kind, members) {
    const drawn = kind.shown < kind.total ? `, ${kind.shown} of ${kind.total} drawn at random` : "";
    const groups = grouped(members);
    const box = ge.el(
      "section", { "data-kind": kind.id },
      ge.el("h2", {}, `${kind.label} `, ge.el("span", { class: "count" }, `${members.length}${drawn}`)),
      ge.el("p", { class: "about" }, kind.about),
    );
    box.append(...groups.slice(0, GROUPS).map(group));
    if (groups.length > GROUPS) {
      const more = ge.el("button", { type: "button" }, `${groups.length - GROUPS} more`);
      more.addEventListener("click", () => more.replaceWith(...groups.slice(GROUPS).map(group)));
      box.append(more);
    }
    return box;
  }

  function list(shown) {
    const sections = data.kinds
      .map((kind) => [kind, shown.filter((one) => one.kind === kind.id)])
      .filter(([, members]) => members.length)
      .map(([kind, members]) => section(kind, members));
    const figures = ge.el("details", { id: "ev-figures" },
      ge.el("summary", {}, "Figures"), ge.el("pre", {}, data.figures));
    if (!sections.length) sections.push(ge.el("p", { id: "ev-none" }, "No mistake is as asked for."));
    byId("ev-list").replaceChildren(figures, ...sections);
    byId("ev-list").dataset.shown = shown.length;
  }

  // ---- map

  const style = (name) => getComputedStyle(document.body).getPropertyValue(`--${name}`).trim();
  const map = L.map("ev-map", { preferCanvas: true, worldCopyJump: false, minZoom: 1, maxZoom: 16, zoomSnap: 0.5 });
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution("Natural Earth · Leaflet");
  map.createPane("ge-basemap").style.zIndex = 150;
  const layer = L.layerGroup().addTo(map);

  /** The answer's copy of the world that is nearest to gold. */
  function near(gold, answer) {
    if (!gold) return answer;
    return [answer[0], answer[1] - 360 * Math.round((answer[1] - gold[1]) / 360)];
  }

  function popup(one) {
    const box = ge.el("div", {}, ge.el("p", {}, ge.el("b", {}, ge.foreign(one.words))), described(one));
    const button = ge.el("button", { type: "button" }, "in the list");
    button.addEventListener("click", () => showInList(one));
    box.append(button);
    return box;
  }

  function dot(at, colour, hollow) {
    return L.circleMarker(at, {
      radius: 4.5, weight: 2, color: colour, fillColor: hollow ? style("paper") : colour, fillOpacity: 1,
    });
  }

  function draw(one) {
    const answer = one.answer && near(one.gold, one.answer);
    const parts = [];
    if (one.gold && answer && one.kind === "misplaced") {
      parts.push(L.polyline([one.gold, answer], { color: style("answer"), weight: 1.5, opacity: 0.65 }));
    }
    if (one.gold) parts.push(dot(one.gold, style("gold"), true));
    if (answer) parts.push(dot(answer, style("answer"), false));
    for (const part of parts) part.bindPopup(() => popup(one), { maxWidth: 380, maxHeight: 260 });
    one.at = parts.length ? parts[parts.length - 1] : null;
    return parts;
  }

  function drawAll(shown) {
    layer.clearLayers();
    for (const one of shown) for (const part of draw(one)) layer.addLayer(part);
    byId("ev-stage").dataset.lines =
      shown.filter(({ kind, gold, answer }) => kind === "misplaced" && gold && answer).length;
  }

  function bounds(shown) {
    const points = shown.flatMap((one) => [
      ...(one.gold ? [one.gold] : []), ...(one.answer ? [near(one.gold, one.answer)] : []),
    ]);
    return points.length ? L.latLngBounds(points) : L.latLngBounds(WORLD);
  }

  function showOnMap(one) {
    map.fitBounds(bounds([one]), { maxZoom: 8, padding: [50, 50], animate: false });
    if (one.at) one.at.openPopup();
  }

  function showInList(one) {
    if (!one.group.isConnected) byId("ev-list").querySelector(`[data-kind="${one.kind}"] > button`)?.click();
    one.group.open = true;
    one.group.fill();
    for (const other of document.querySelectorAll("article.shown")) other.classList.remove("shown");
    one.element.classList.add("shown");
    one.element.scrollIntoView({ block: "center" });
    one.element.focus({ preventScroll: true });
  }

  // ---- filters

  function update() {
    const shown = mistakes.filter(isWanted);
    list(shown);
    drawAll(shown);
  }

  function addFilters() {
    let timer = 0;
    const soon = function () {
      clearTimeout(timer);
      timer = setTimeout(update, MS);
    };
    const search = ge.el("input", { type: "search", id: "ev-search", dir: "auto", placeholder: "name, sentence, document", "aria-label": "Search" });
    search.addEventListener("input", function () {
      wanted.text = search.value.trim().toLocaleLowerCase();
      soon();
    });
    const km = ge.el("input", { type: "number", id: "ev-km", min: "0", step: "10" });
    km.addEventListener("input", function () {
      wanted.km = Number(km.value) || 0;
      soon();
    });
    const boxes = data.kinds.map(function (kind) {
      const box = ge.el("input", { type: "checkbox", value: kind.id });
      box.checked = true;
      box.addEventListener("change", function () {
        if (box.checked) wanted.kinds.add(kind.id);
        else wanted.kinds.delete(kind.id);
        soon();
      });
      return ge.el("label", { title: kind.about }, box, `${kind.label} ${kind.total}`);
    });
    const form = byId("ev-filter");
    form.append(search, ...boxes, ge.el("label", {}, "at least", km, "km apart"));
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  byId("ev-title").textContent = data.title;
  byId("ev-legend").append(
    ge.el("span", { class: "is-gold" }, "○ gold"), " ", ge.el("span", { class: "is-answer" }, "● answer"),
  );
  addFilters();
  map.fitBounds(bounds(mistakes), { maxZoom: 8, padding: [30, 30], animate: false });
  update();
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  ge.addBasemap(map);
})(window.geoevents);
