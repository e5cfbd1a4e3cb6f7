// Events at one and the same place: on a click they fan out on legs, and the page says why.
(function (ge) {
  "use strict";

  // As many as fit around a point and can still be told apart; more are listed.
  const MOST = 12;
  const ICON = 26;
  const LEAST_REACH = 44;
  // Room for one icon along the circle, in pixels.
  const ROOM = 36;

  let close = () => {};

  /** Ends of the legs around the middle, in pixels, the first one at the top. */
  function ends(count) {
    const reach = Math.max(LEAST_REACH, (count * ROOM) / (2 * Math.PI));
    return Array.from({ length: count }, (_, k) => {
      const angle = (2 * Math.PI * k) / count - Math.PI / 2;
      return L.point(Math.cos(angle) * reach, Math.sin(angle) * reach);
    });
  }

  function leg(map, at, end, number) {
    const event = ge.event(number);
    const middle = map.latLngToLayerPoint(at);
    const here = map.layerPointToLatLng(middle.add(end));
    const line = L.polyline([at, here], { className: "ge-leg", interactive: false, weight: 1.5 });
    const mark = L.marker(here, {
      icon: L.divIcon({ html: ge.icon(event.family, ICON), className: "ge-fan", iconSize: [ICON, ICON] }),
      zIndexOffset: 2000,
    });
    const says = [event.title, ge.eventDate(event), ...event.actors, ...ge.distancesOf(number)].filter(Boolean);
    mark.on("add", () => mark.getElement().setAttribute("aria-label", says.join(" · ")));
    mark.bindTooltip(() => ge.el("span", {}, ge.apart(says)), { direction: "top", offset: [0, -10] });
    const open = (from) => ge.openEvents(map, [number], here, from);
    mark.on("click", () => open(null));
    mark.on("keypress", ({ originalEvent: press }) => {
      if (press.key !== "Enter" && press.key !== " ") return;
      press.preventDefault();
      open(mark.getElement());
    });
    mark.on("keydown", ({ originalEvent: press }) => {
      if (press.key === "Escape") close();
    });
    return [line, mark];
  }

  /** The sentence under the middle: how many events share the place. */
  function note(map, at, end, text) {
    const below = map.layerPointToLatLng(map.latLngToLayerPoint(at).add([0, end + ICON]));
    return L.marker(below, {
      icon: L.divIcon({
        html: ge.el("span", { dir: "auto" }, text), className: "ge-shared", iconSize: [220, 22],
      }),
      interactive: false,
      keyboard: false,
      zIndexOffset: 1900,
    });
  }

  function fan(map, numbers, at, from) {
    close();
    const tips = ends(numbers.length);
    const legs = numbers.map((number, k) => leg(map, at, tips[k], number));
    const text = ge.plural("points", "share_place", numbers.length);
    const reach = Math.max(...tips.map(({ y }) => y));
    const group = L.layerGroup([...legs.flat(), note(map, at, reach, text)]).addTo(map);
    close = function () {
      close = () => {};
      group.remove();
      from?.focus({ preventScroll: true });
    };
    ge.say(text);
    if (from) legs[0][1].getElement().focus({ preventScroll: true });
  }

  /** Open the events of one position: one in full, a few as a fan, many as a list. */
  ge.openAt = function (map, numbers, at, from) {
    if (numbers.length < 2 || numbers.length > MOST) ge.openEvents(map, numbers, at, from, true);
    else fan(map, numbers, at, from);
  };

  ge.components.push(function (map) {
    map.on("zoomstart click", () => close());
    ge.on("filter", () => close());
  });
})(window.geoevents);
