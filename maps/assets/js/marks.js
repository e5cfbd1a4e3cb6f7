// Markers, many at once: elements that stay where nothing changed, one listener for all of them.
(function (ge) {
  "use strict";

  // Up to so many, each is a stop of the tab key; beyond, the arrow keys go from one to the next.
  const TAB_STOPS = 40;
  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const pictures = new Map();
  const MOST_PICTURES = 2000;

  /** A copy of a picture; drawing it anew takes longer. */
  function pictureOf({ key, picture }) {
    if (pictures.size > MOST_PICTURES) pictures.clear();
    if (!pictures.has(key)) pictures.set(key, picture());
    return pictures.get(key).cloneNode(true);
  }

  /** The nearest mark in a direction, what lies beside it counting double. */
  function nearest(marks, from, [dx, dy]) {
    let [best, least] = [null, Infinity];
    for (const mark of marks) {
      const { x, y } = mark.point.subtract(from.point);
      const ahead = x * dx + y * dy;
      const far = ahead + 2 * Math.abs(x * dy - y * dx);
      if (ahead > 0 && far < least) [best, least] = [mark, far];
    }
    return best;
  }

  /**
   * A layer of marks. `show(list)` takes what is to be seen: `at` [lat, lon], `size`, `key` and
   * `picture()` (the same key means the same picture), `label`, `tip()` (the same as nodes) and
   * `press(from)`, where `from` is the element if it was a key that pressed it.
   */
  ge.makeMarks = function (map, paneName) {
    const pane = map.createPane(paneName);
    pane.style.zIndex = map.getPane("markerPane").style.zIndex || 600;
    const tooltip = L.tooltip({ direction: "top", offset: [0, -12] });
    const byElement = new Map();
    let standing = new Map();

    function build(mark) {
      const element = ge.el(
        "div",
        { class: `ge-marker ${map.options.zoomAnimation ? "leaflet-zoom-animated" : ""}`, role: "button" },
        pictureOf(mark),
      );
      element.style.width = element.style.height = `${mark.size}px`;
      element.style.margin = `${-mark.size / 2}px`;
      return element;
    }

    function put(mark, before) {
      mark.element = before ? before.element : build(mark);
      mark.point = map.latLngToLayerPoint(mark.at);
      L.DomUtil.setPosition(mark.element, mark.point);
      if (before?.label !== mark.label) mark.element.setAttribute("aria-label", mark.label);
      byElement.set(mark.element, mark);
      return mark;
    }

    function show(list) {
      const next = new Map();
      const made = [];
      const focused = byElement.get(document.activeElement);
      for (const wanted of list) {
        const key = `${wanted.at} ${wanted.key}`;
        const before = standing.get(key);
        next.set(key, put(wanted, before));
        if (!before) made.push(wanted.element);
      }
      const gone = [...standing].filter(([key]) => !next.has(key)).map(([, mark]) => mark.element);
      for (const element of gone) byElement.delete(element);
      // One by one takes longer, where most of them change.
      if (gone.length > list.length / 2) pane.replaceChildren(...list.map(({ element }) => element));
      else {
        for (const element of gone) element.remove();
        pane.append(...made);
      }
      standing = next;
      if (map.hasLayer(tooltip)) map.closeTooltip(tooltip);
      stops(focused);
    }

    /** Which marks the tab key stops at; the focus stays near where it was. */
    function stops(focused) {
      const marks = [...standing.values()];
      const all = marks.length <= TAB_STOPS;
      for (const { element } of marks) element.tabIndex = all ? 0 : -1;
      if (focused?.element.isConnected) {
        focus(focused);
      } else if (focused && marks.length) {
        const point = map.latLngToLayerPoint(focused.at);
        focus(marks.reduce((a, b) => (b.point.distanceTo(point) < a.point.distanceTo(point) ? b : a)));
      } else if (!all) marks[0].element.tabIndex = 0;
    }

    /** Put the focus on a mark, which becomes the one where the tab key stops. */
    function focus(mark) {
      if (standing.size > TAB_STOPS) for (const { element } of standing.values()) element.tabIndex = -1;
      mark.element.tabIndex = 0;
      mark.element.focus({ preventScroll: true });
    }

    const markOf = (event) => byElement.get(event.target.closest(".ge-marker"));

    function tell(event) {
      const mark = markOf(event);
      if (mark) {
        tooltip.setContent(ge.el("span", {}, mark.tip())).setLatLng(mark.at);
        map.openTooltip(tooltip);
      }
    }

    pane.addEventListener("click", (click) => {
      const mark = markOf(click);
      if (!mark) return;
      click.stopPropagation();
      // The end of a drag is no click.
      if (!map.dragging.moved?.()) mark.press(null);
    });
    pane.addEventListener("keydown", (press) => {
      const mark = markOf(press);
      if (!mark) return;
      if (press.key === "Enter" || press.key === " ") mark.press(mark.element);
      else if (ARROWS[press.key]) {
        const next = nearest(standing.values(), mark, ARROWS[press.key]);
        if (next) focus(next);
      } else return;
      press.preventDefault();
      press.stopPropagation();
    });
    for (const name of ["mouseover", "focusin"]) pane.addEventListener(name, tell);
    for (const name of ["mouseout", "focusout"]) pane.addEventListener(name, () => map.closeTooltip(tooltip));
    map.on("zoomanim", ({ zoom, center }) => {
      for (const { element, at } of standing.values()) {
        // As Leaflet's own markers do.
        L.DomUtil.setPosition(element, map._latLngToNewLayerPoint(at, zoom, center).round());
      }
    });
    return { show };
  };
})(window.geoevents);
