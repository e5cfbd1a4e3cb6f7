// Which events pass? One bit per event and setting, so that a change touches its own bit only.
(function (ge) {
  "use strict";

  /** Settings with codes of a dictionary: all events pass where the setting is null. */
  const CODED = ["type", "family", "status", "actor", "country", "source"];
  const DEFAULTS = {
    off: () => new Set(), confidence: () => 0, time: () => null, undated: () => true, text: () => "",
  };
  for (const name of CODED) DEFAULTS[name] = () => null;
  // The two settings about dates share a bit, and layers decide on drawing, not on events.
  const BITS = {};
  [...CODED, "confidence", "time", "text"].forEach((name, bit) => (BITS[name] = 1 << bit));
  BITS.undated = BITS.time;

  const settings = {};
  for (const [name, initial] of Object.entries(DEFAULTS)) settings[name] = initial();

  let store = null;
  let fails = null;
  let offCodes = null;

  /** The codes of a dimension by event: a column, or lists for what an event has several of. */
  const DIMENSIONS = {
    actor: () => store.events.actors,
    country: () => store.countries,
    layer: () => store.layers,
  };
  const dimension = (name) => (DIMENSIONS[name] ? DIMENSIONS[name]() : store.events[name]);

  /** Set the bit of every event for which `test` fails. */
  function mark(bit, test) {
    for (let i = 0; i < store.n; i++) {
      if (test(i)) fails[i] &= ~bit;
      else fails[i] |= bit;
    }
  }

  function markCoded(name) {
    const chosen = settings[name];
    const bit = BITS[name];
    if (chosen === null) return mark(bit, () => true);
    const wanted = new Uint8Array(store.values[name].length);
    for (const code of chosen) wanted[code] = 1;
    const codes = dimension(name);
    if (codes instanceof Int32Array) return mark(bit, (i) => codes[i] >= 0 && wanted[codes[i]]);
    return mark(bit, (i) => {
      for (let k = codes.first[i]; k < codes.first[i + 1]; k++) if (wanted[codes.codes[k]]) return true;
      return false;
    });
  }

  /** Days of an event; one that names only its start or its end lasts that day. */
  ge.span = (i) => [store.events.from[i], store.events.to[i]];

  function markTime() {
    const { time, undated } = settings;
    const { since: firsts, until: lasts } = store.events;
    const [from, to] = time || [-Infinity, Infinity];
    mark(BITS.time, (i) =>
      firsts[i] === ge.NONE ? undated : firsts[i] <= to && lasts[i] >= from,
    );
  }

  function apply(name) {
    if (CODED.includes(name)) markCoded(name);
    else if (name === "time" || name === "undated") markTime();
    else if (name === "confidence") {
      // What has no confidence is not doubted.
      const { confidence } = store.events;
      const least = settings.confidence;
      mark(BITS.confidence, (i) => confidence[i] < 0 || confidence[i] >= least);
    } else if (name === "off") {
      store.values.layer.forEach((layer, code) => (offCodes[code] = settings.off.has(layer) ? 1 : 0));
    }
  }

  /** Count what passes; the sum of weights where one event stands for several. */
  function count() {
    const { weight } = store.events;
    const { passes } = ge.filter;
    let sum = 0;
    for (let i = 0; i < store.n; i++) {
      passes[i] = fails[i] ? 0 : 1;
      if (passes[i]) sum += weight ? weight[i] : 1;
    }
    ge.filter.count = sum;
  }

  const isDefault = (name) => {
    const value = settings[name];
    return value instanceof Set ? name === "off" && !value.size : value === DEFAULTS[name]();
  };

  const asSet = (value) => (value === null || value === undefined ? null : new Set(value));

  function take(name, value) {
    if (name === "off") settings.off = new Set(value || []);
    else if (CODED.includes(name)) settings[name] = asSet(value);
    else settings[name] = value ?? DEFAULTS[name]();
  }

  function changed(names) {
    for (const name of names) {
      if (name === "text") ge.search(settings.text, textFound);
      else apply(name);
    }
    count();
    ge.fire("filter", new Set(names));
  }

  /** The search calls this at once, and again for each piece of the evidence that it has read. */
  function textFound(found, later) {
    mark(BITS.text, found ? (i) => found[i] : () => true);
    if (!later) return;
    count();
    ge.fire("filter", new Set(["text"]));
  }

  ge.filter = {
    /** 1 for each event that passes everything but the layers, which decide on drawing. */
    passes: new Uint8Array(0),
    count: 0,
    total: 0,

    /** Change one setting; a set of codes may come as any list. */
    set(name, value) {
      if (!(name in DEFAULTS)) throw new RangeError(`There is no filter "${name}".`);
      take(name, value);
      changed([name]);
    },

    get: (name) => settings[name],

    /** Change several settings at once. */
    assign(values) {
      const names = Object.keys(values).filter((name) => name in DEFAULTS);
      for (const name of names) take(name, values[name]);
      if (names.length) changed(names);
    },

    /** Take one setting back, or all of them. */
    reset(name) {
      const names = (name ? [name] : Object.keys(DEFAULTS)).filter((one) => !isDefault(one));
      for (const one of names) settings[one] = DEFAULTS[one]();
      if (names.length) changed(names);
    },

    /** The settings that are not as at the start, sets as sorted lists. */
    state() {
      const state = {};
      for (const name of Object.keys(DEFAULTS)) {
        if (isDefault(name)) continue;
        state[name] = settings[name] instanceof Set ? [...settings[name]].sort() : settings[name];
      }
      return state;
    },

    /** Whether a layer is shown, by its code in the dictionary of layers. */
    isShown: (code) => !offCodes[code],

    /**
     * How many events that pass everything but the time start in each part of [from, to].
     * @param {function(number): boolean} only which events count; all of them without it
     */
    histogram(bins, from, to, only = () => true) {
      const result = new Array(bins).fill(0);
      const { weight, from: firsts } = store.events;
      const width = (to - from + 1) / bins;
      for (let i = 0; i < store.n; i++) {
        if (fails[i] & ~BITS.time || !only(i)) continue;
        const start = firsts[i];
        if (start === ge.NONE || start < from || start > to) continue;
        result[Math.min(bins - 1, Math.floor((start - from) / width))] += weight ? weight[i] : 1;
      }
      return result;
    },

    /** How many events have each code of a dimension, of those that pass all other settings. */
    counts(name) {
      const result = new Array(store.values[name].length).fill(0);
      const others = ~(BITS[name] || 0);
      const { weight } = store.events;
      const codes = dimension(name);
      const single = codes instanceof Int32Array;
      for (let i = 0; i < store.n; i++) {
        if (fails[i] & others) continue;
        const one = weight ? weight[i] : 1;
        if (!single) {
          for (let k = codes.first[i]; k < codes.first[i + 1]; k++) result[codes.codes[k]] += one;
        } else if (codes[i] >= 0) result[codes[i]] += one;
      }
      return result;
    },
  };

  ge.isOn = (layer) => !settings.off.has(layer);
  ge.setLayer = function (layer, on) {
    const off = new Set(settings.off);
    if (on) off.delete(layer);
    else off.add(layer);
    ge.filter.set("off", off);
  };

  /** Begin once the store is there: everything passes. */
  ge.startFilter = function () {
    store = ge.store;
    fails = new Uint16Array(store.n);
    offCodes = new Uint8Array(store.values.layer.length);
    ge.filter.passes = new Uint8Array(store.n);
    count();
    ge.filter.total = ge.filter.count;
  };
})(window.geoevents);
