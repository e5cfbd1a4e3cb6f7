// What a test measures in an open page: one object of functions.
({
  /** Texts with too little contrast against what is painted under them, with their ratio. */
  faint(text, large) {
    const numbers = (colour) => {
      const found = colour.match(/[\d.]+/g).map(Number);
      const scale = colour.startsWith("color(") ? 255 : 1;
      return [found[0] * scale, found[1] * scale, found[2] * scale, found[3] ?? 1];
    };
    const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) =>
      0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
    const contrast = (a, b) => {
      const [dim, bright] = [light(a), light(b)].sort((x, y) => x - y);
      return (bright + 0.05) / (dim + 0.05);
    };
    const named = (name) => {
      const probe = document.createElement("i");
      probe.style.color = `var(${name})`;
      document.body.append(probe);
      const colour = numbers(getComputedStyle(probe).color);
      probe.remove();
      return colour;
    };
    const ground = { land: named("--land"), sea: named("--sea"), paper: named("--paper") };

    // Backgrounds of the elements around a text, laid over each other; on the map, on land and sea.
    function grounds(element) {
      // A name in the sea stands on the sea, one on land on land; an event's may stand on both.
      if (element.matches(".ge-label.water")) return [ground.sea];
      if (element.matches(".ge-label:not(.event)")) return [ground.land];
      const layers = [];
      for (let one = element; one; one = one.parentElement) {
        const colour = numbers(getComputedStyle(one).backgroundColor);
        if (colour[3] > 0) layers.unshift(colour);
        if (colour[3] === 1) break;
      }
      const onMap = element.closest(".ge-view") && !element.closest(".ge-popup");
      const bases = onMap ? [ground.land, ground.sea] : [ground.paper];
      return bases.map((base) => layers.reduce((under, top) => over(top, under), base));
    }

    const faint = [];
    for (const element of document.querySelectorAll("body.ge *")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
      if (!own || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest(".ge-unseen, script, style, option, [aria-disabled=true], :disabled")) continue;
      const style = getComputedStyle(element);
      const colour = numbers(element instanceof SVGElement ? style.fill : style.color);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      for (const under of grounds(element)) {
        const ratio = contrast(over(colour, under), under);
        if (ratio >= (isLarge ? large : text)) continue;
        faint.push(`${ratio.toFixed(2)} ${style.color} ${element.outerHTML.slice(0, 120)}`);
      }
    }
    return faint;
  },

  /** What has the focus: its part of the page, whether a ring shows it, whether it is on the screen. */
  focused() {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    // A box may draw its ring around what stands beside it.
    const ring = [one, one.parentElement, one.nextElementSibling].filter(Boolean).some((element) => {
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const box = one.getBoundingClientRect();
    const part = one.closest(
      ".ge-bar, #ge-filters, .ge-chips, #ge-list, #ge-map, #ge-legend, #ge-timeline, #ge-tabs, #ge-credits",
    );
    const across = box.right > 0 && box.left < innerWidth;
    return {
      part: part ? part.id || part.className : "?",
      ring,
      seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && across,
      html: one.outerHTML.slice(0, 140),
      key: (one.geKey ||= window.geKeys = (window.geKeys || 0) + 1),
    };
  },

  /** Everything that the keyboard should come to, as [key, markup]. */
  reachable() {
    const found = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
    return [...found]
      .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => !one.closest("details:not([open]) > :not(summary)") && !one.closest("[inert]"))
      .map((one) => [
        (one.geKey ||= window.geKeys = (window.geKeys || 0) + 1),
        one.outerHTML.slice(0, 140),
      ]);
  },

  /**
   * What is pressed and smaller than it should be, as far as it takes the press: a label and a
   * margin count as part of it. Measured from its middle outwards, along both axes.
   */
  small(least) {
    const pressable = `button, input, select, summary, [role=button], [role=slider],
      .leaflet-bar a, .leaflet-popup-close-button`;
    const small = [];
    for (const one of document.querySelectorAll(pressable)) {
      if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".ge-unseen")) continue;
      const owner = one.closest("label") || one;
      owner.scrollIntoView({ block: "nearest", inline: "nearest" });
      const box = owner.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const takes = (dx, dy) => owner.contains(document.elementFromPoint(x + dx, y + dy));
      const reach = function (sx, sy) {
        let far = 0;
        while (far < least && takes(sx * (far + 1), sy * (far + 1))) far += 1;
        return far;
      };
      const wide = Math.max(box.width, 1 + reach(1, 0) + reach(-1, 0));
      const high = Math.max(box.height, 1 + reach(0, 1) + reach(0, -1));
      if (wide < least || high < least) small.push(`${wide} x ${high} ${one.outerHTML.slice(0, 120)}`);
    }
    return small;
  },

  /** Visible elements beyond the edges of the screen, but for what scrolls across. */
  stickingOut(more) {
    const parts = ".ge-bar, .ge-side, .ge-legend, #ge-timeline, #ge-tabs, #ge-credits".split(", ");
    return [...document.querySelectorAll([...parts, ...more].map((part) => `${part} *`).join())]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => !one.closest(".ge-unseen, .ge-chips, svg, .ge-tick, option"))
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (left < -1 || right > innerWidth + 1);
      })
      .map((one) => one.outerHTML.slice(0, 120));
  },

  /** Where places mentioned and the middles of routes stand, in pixels of the screen. */
  anchors(name) {
    const map = window[name];
    const { left, top } = map.getContainer().getBoundingClientRect();
    const { store } = geoevents;
    const lines = store.shapes
      .filter(({ kind }) => kind === "route")
      .map(({ shape }) => {
        const flat = shape[0][0];
        const at = Math.floor(flat.length / 4) * 2;
        return [flat[at + 1], flat[at]];
      });
    return [...store.places.map(({ at: [lon, lat] }) => [lat, lon]), ...lines].map((at) => {
      const { x, y } = map.latLngToContainerPoint(at);
      return [x + left, y + top];
    });
  },
})
