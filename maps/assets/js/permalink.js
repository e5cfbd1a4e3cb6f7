// The address of what is on the screen: view, layers, filters, theme and the open event.
(function (ge) {
  "use strict";

  const { calendar } = ge;
  const word = (key) => ge.word(key, "permalink");

  // Browsers bear about a hundred changes of the address in half a minute.
  const REST_MS = 400;
  // Longer addresses are cut when they are passed on.
  const LONGEST = 8000;
  const DEEPEST = 18;

  // The calendar of the dates at first.
  const CALENDAR = ge.format.calendar;

  // What has a meaning in the address; anything else, of any script, stands as it is.
  const RESERVED = /[%&=,+#\s\u0000-\u001f\u007f\u2028\u2029"<>`]/g;
  const escape = (text) => String(text).replace(RESERVED, (sign) => (sign === " " ? "+" : encodeURIComponent(sign)));

  function unescape(text) {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return null;
    }
  }

  const number = (text, low, high) => {
    const value = /^-?\d{1,4}(\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
    return value >= low && value <= high ? value : null;
  };

  const items = (text) => text.split(",").map(unescape).filter((item) => item !== null && item !== "");

  /** Codes of the values that this page knows. */
  function codes(dimension, text) {
    const wanted = new Set(items(text));
    const found = new Set();
    ge.store.values[dimension].forEach((value, code) => {
      if (wanted.has(value)) found.add(code);
    });
    return found.size ? found : null;
  }

  function readTime(text) {
    const days = text.split("..").map(calendar.parse);
    return days.length === 2 && days.every((day) => day !== null) && days[0] <= days[1] ? days : null;
  }

  const list = (dimension) => ({
    write: (chosen) => [...chosen].map((code) => escape(ge.store.values[dimension][code])).join(),
    read: (text) => codes(dimension, text),
  });

  // How each filter is written and read; what cannot be read is null, which is the default.
  const FILTERS = {
    time: { write: (days) => days.map(calendar.iso).join(".."), read: readTime },
    undated: { write: () => "no", read: (text) => (text === "no" ? false : null) },
    text: { write: escape, read: unescape },
    ...Object.fromEntries(ge.dimensions.map((dimension) => [dimension, list(dimension)])),
    confidence: { write: String, read: (text) => number(text, 0, 100) },
    off: {
      write: (layers) => [...layers].map(escape).join(),
      read(text) {
        const known = new Set(ge.data.layers.map(({ id }) => id));
        const found = items(text).filter((id) => known.has(id));
        return found.length ? new Set(found) : null;
      },
    },
  };

  function readView(text) {
    const parts = text.split("/");
    const [zoom, lat, lon] = [number(parts[0], 0, DEEPEST), number(parts[1] ?? "", -90, 90), number(parts[2] ?? "", -540, 540)];
    return parts.length === 3 && ![zoom, lat, lon].includes(null) ? { at: [lat, lon], zoom } : null;
  }

  const KEYS = new Set(["map", ...Object.keys(FILTERS), "theme", "calendar", "event"]);

  /** Keys and values of an address; a key that is not ours is passed over. */
  function parse(hash) {
    const found = new Map();
    for (const pair of hash.replace(/^#/, "").slice(0, LONGEST).split("&")) {
      const at = pair.indexOf("=");
      if (at > 0 && KEYS.has(pair.slice(0, at))) found.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return found;
  }

  class Permalink {
    constructor(map) {
      this.map = map;
      this.open = null;
      // Until the reader moves the map, an address need not say where it is.
      this.first = ge.viewOf(map);
      this.moved = false;
      this.write = ge.afterQuiet(REST_MS, () => this.writeNow());
      this.read(parse(location.hash));
      map.on("moveend", () => {
        this.moved ||= !ge.hasView(map, this.first);
        this.write();
      });
      map.on("ge:open", ({ numbers }) => this.opened(numbers.length === 1 ? numbers[0] : null));
      map.on("popupclose", () => this.opened(null));
      ge.on("filter", () => this.write());
      ge.on("choice", () => this.write());
      ge.on("calendar", () => this.write());
      window.addEventListener("hashchange", () => {
        const asked = parse(location.hash);
        if (asked.size) this.read(asked);
      });
    }

    opened(number) {
      this.open = number;
      this.write();
    }

    text() {
      const state = ge.filter.state();
      const { lat, lng } = this.map.getCenter();
      const view = [this.map.getZoom(), lat.toFixed(4), lng.toFixed(4)].map((part) => String(Number(part)));
      const parts = [
        this.moved ? `map=${view.join("/")}` : null,
        ...Object.keys(FILTERS)
          .filter((name) => Object.hasOwn(state, name))
          .map((name) => `${name}=${FILTERS[name].write(ge.filter.get(name))}`),
        ge.themeChoice() === "auto" ? null : `theme=${ge.themeChoice()}`,
        ge.format.calendar === CALENDAR ? null : `calendar=${ge.format.calendar}`,
        this.open === null ? null : `event=${this.open}`,
      ].filter(Boolean);
      // Better an address without its longest part than one of something else.
      while (parts.join("&").length > LONGEST) {
        const lengths = parts.map((part) => part.length);
        parts.splice(lengths.indexOf(Math.max(...lengths)), 1);
      }
      return parts.join("&");
    }

    writeNow() {
      const text = this.text();
      if (`#${text}` === location.hash || (!text && !location.hash)) return;
      try {
        history.replaceState(history.state, "", `#${text}`);
      } catch {
        // A frame without an address of its own, as in a notebook: nothing to write to.
      }
    }

    /** Show what an address says; what it does not say is as at first. */
    read(asked) {
      if (!asked.size) return;
      const settings = Object.entries(FILTERS).map(([name, { read }]) => [
        name, asked.has(name) ? read(asked.get(name)) : null,
      ]);
      ge.filter.assign(Object.fromEntries(settings));
      ge.chooseTheme(asked.get("theme") || "auto");
      ge.format.setCalendar(asked.get("calendar") || CALENDAR);
      const view = asked.has("map") ? readView(asked.get("map")) : null;
      this.show(number(asked.get("event") ?? "", 0, ge.store.n - 1));
      if (!view) return;
      this.moved = true;
      this.map.setView(view.at, view.zoom, { animate: false });
    }

    show(event) {
      const isKnown = Number.isInteger(event) && ge.store.isPlaced[event] && ge.filter.passes[event];
      if (isKnown) ge.showEvent(this.map, event, null);
      else this.map.closePopup();
    }
  }

  /** Put a text on the clipboard, also where the browser keeps its own way from pages on disk. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const box = ge.el("textarea", { class: "ge-unseen", readonly: "" }, text);
      document.querySelector(".ge-bar").append(box);
      box.select();
      const done = document.execCommand("copy");
      box.remove();
      return done;
    }
  }

  ge.components.push(function (map) {
    const permalink = new Permalink(map);
    const button = ge.glyphButton("link", word("copy"), async () => {
      permalink.writeNow();
      const done = await copy(location.href);
      button.focus({ preventScroll: true });
      const said = word(done ? "copied" : "failed");
      ge.say(said);
      button.dataset.said = said;
      setTimeout(() => delete button.dataset.said, 2500);
    }, { id: "ge-link" });
    document.getElementById("ge-tools").append(button);
  });
})(window.geoevents);
