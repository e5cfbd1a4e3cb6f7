// Looks at everything a page shows or says, and presses everything there is to press.
(marked) => {
  "use strict";

  const { texts, held } = marked;
  const values = held.map((text, number) => `▐${number}│${texts[text]}▌`);

  const START = /▐(\d+)│/g;
  const known = new Map(values.map((value, number) => [value, number]));
  const problems = new Map();
  const seen = new Set();
  const short = (text) => JSON.stringify(text.length > 160 ? `${text.slice(0, 160)}…` : text);
  const pathOf = (element) => {
    const names = [];
    for (let one = element; one && names.length < 4; one = one.parentElement) {
      names.unshift(one.tagName.toLowerCase() + (one.id ? `#${one.id.replace(/\d+/g, "N")}` : "") + (one.className && typeof one.className === "string" ? `.${one.className.trim().split(/\s+/)[0]}` : ""));
    }
    return names.join(" > ");
  };
  /** One text for each kind of problem and place is enough to go by. */
  const complain = function (what, element, text = "") {
    const key = `${what}: ${pathOf(element)}`;
    if (!problems.has(key)) problems.set(key, short(text));
  };

  /** Whether the direction of what stands inside an element changes nothing outside of it. */
  function isApart(element) {
    const { unicodeBidi, display } = getComputedStyle(element);
    return /isolate|plaintext/.test(unicodeBidi) || !["inline", "contents"].includes(display);
  }

  function lookAtText(node) {
    let box = node.parentElement;
    while (!isApart(box)) box = box.parentElement;
    // A command spells a name as a shell wants it; an article is one running text.
    if (box.closest("pre, #ev-text")) return;
    // Half a character of a file that was loaded shows as a sign of its own.
    const number = known.get(box.textContent.toWellFormed());
    if (number === undefined) complain("not as written, or not apart from its neighbours", box, box.textContent);
    else seen.add(number);
  }

  /** Texts in what is read out or shown in a tip must be whole; what stands beside them is free. */
  function lookAtString(text, what, element) {
    for (const found of text.matchAll(START)) {
      const value = values[found[1]];
      if (value === undefined || !text.startsWith(value, found.index)) complain(`not whole in ${what}`, element, text);
      else seen.add(Number(found[1]));
    }
  }

  function lookAtElement(element) {
    if (element.matches(".hostile, iframe, object, embed, base, link[href]")) complain("an element came of a text", element);
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) complain("a handler came of a text", element, value);
      if (/^(href|src|action|formaction|data|xlink:href)$/.test(name) && !/^(https?:|blob:|data:image\/png|#|$)/.test(value)) {
        complain(`an address that is none in ${name}`, element, value);
      }
      if (value.includes("▐")) lookAtString(value, name, element);
    }
    if (typeof element.value === "string") lookAtString(element.value, "value", element);
  }

  /** Everything under a node, whether it is shown or not. */
  function walk(root = document.documentElement) {
    if (!root) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === 1 && node.matches("script, style, head") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === 1) lookAtElement(node);
      else if (node.data.includes("▐")) lookAtText(node);
      else if (/\[native code\]|\[object \w+\]/.test(node.data)) complain("a part of an object", node.parentElement, node.data);
    }
    if (window.hostile !== undefined || {}.hostile !== undefined) complain("a text ran", document.body);
  }

  const frame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
  async function settle(frames = 2) {
    for (let i = 0; i < frames; i++) await frame();
  }

  // A dialog of the system, a window of another page, or a file would end the walk.
  const LEFT = "a[href], #ge-print, .ge-correct-save, .ge-correct-load, input[type=file]";
  const PRESSED = "button, summary, input, select, [role=button], [role=slider]";
  // How often things of one kind are pressed.
  const MOST = 2;

  const isThere = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled;
  const kindOf = (element) =>
    [element.tagName, element.type, element.className, element.closest("[id]")?.id,
      element.closest("[data-filter]")?.dataset.filter].join(" ");

  function press(element) {
    element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    element.focus?.();
    if (element.matches("input[type=range], input[type=number]")) element.value = 50;
    else if (element.matches("select")) element.selectedIndex = element.options.length - 1;
    else if (element.matches("input:not([type=checkbox])")) element.value = values[0];
    else return element.click ? element.click() : element.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    for (const name of ["input", "change"]) element.dispatchEvent(new Event(name, { bubbles: true }));
    return element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  }

  const map = () => Object.values(window).find((one) => one instanceof window.L.Map);

  /** Where on the screen places and shapes are painted. */
  function painting() {
    const { places, boxes } = window.geoevents.store;
    const at = places.map((place) => [place.at[1], place.at[0]]);
    for (let i = 0; i < boxes.length; i += 4) at.push([(boxes[i + 1] + boxes[i + 3]) / 2, (boxes[i] + boxes[i + 2]) / 2]);
    const { left, top } = map().getContainer().getBoundingClientRect();
    return at
      .map((one) => map().latLngToContainerPoint(one))
      .filter(({ x, y }) => x > 0 && y > 0 && x < map().getSize().x && y < map().getSize().y)
      .map(({ x, y }) => [left + x, top + y]);
  }

  return {
    walk,
    settle,
    report: () => ({ problems: [...problems].map((one) => one.join(" ")), seen: [...seen] }),

    /** Press one thing after the other, the newest part of the page first, and look each time. */
    async pressAll() {
      const done = new Set();
      const counts = new Map();
      const next = () =>
        [...document.querySelectorAll(`.leaflet-popup :is(${PRESSED})`), ...document.querySelectorAll(PRESSED)]
          .find((one) => !done.has(one) && !one.matches(LEFT) && isThere(one) && (counts.get(kindOf(one)) || 0) < MOST);
      let pressed = 0;
      for (let one = next(); one; one = next()) {
        done.add(one);
        counts.set(kindOf(one), (counts.get(kindOf(one)) || 0) + 1);
        press(one);
        pressed += 1;
        await settle();
        walk();
      }
      return pressed;
    },

    /** Bring the pointer to every marker, and to some of the places and shapes that are painted. */
    async pointAtAll(most) {
      for (const marker of document.querySelectorAll(".ge-marker, .leaflet-marker-icon")) {
        marker.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        walk(document.querySelector(".leaflet-tooltip-pane"));
        marker.dispatchEvent(new MouseEvent("mouseout", { bubbles: true }));
      }
      const painted = painting();
      for (const [clientX, clientY] of painted.filter((_, i) => i % Math.ceil(painted.length / most) === 0)) {
        const under = document.elementFromPoint(clientX, clientY);
        under.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, clientX, clientY }));
        await frame();
        walk(document.querySelector(".leaflet-tooltip-pane"));
      }
    },

    /** All that a popup tells, of every event. */
    async openAll() {
      const box = document.createElement("div");
      document.body.append(box);
      for (let i = 0; i < window.geoevents.store.n; i++) box.append(window.geoevents.article(await window.geoevents.detail(i)));
      walk(box);
      box.remove();
      for (const place of window.geoevents.store.places) {
        window.geoevents.openPlace(map(), place, [place.at[1], place.at[0]]);
        walk(document.querySelector(".leaflet-popup-pane"));
      }
      map().closePopup();
    },
  };
}
