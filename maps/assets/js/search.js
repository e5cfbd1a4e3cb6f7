// Which events speak of what somebody types? Dictionaries first, the evidence while idle.
(function (ge) {
  "use strict";

  const DICTIONARIES = ["place", "title", "actor", "source"];
  // One bit per word of the search.
  const MOST_WORDS = 31;
  // The map is drawn anew this often while the evidence is read.
  const TELL_MS = 300;

  const folded = {};
  // Folded evidence by chunk, once it has been read.
  const evidence = [];
  let current = 0;

  const dictionary = (name) =>
    (folded[name] ??= ge.store.values[name].map((value) => ge.fold(String(value))));

  /** For one word: which entries of each dictionary hold it. */
  const lookUp = (word) =>
    Object.fromEntries(
      DICTIONARIES.map((name) => [
        name, Uint8Array.from(dictionary(name), (value) => (value.includes(word) ? 1 : 0)),
      ]),
    );

  function hasWord(i, hits) {
    const { events, spots } = ge.store;
    const { first, codes } = events.actors;
    if (hits.title[events.title[i]] || hits.source[events.source[i]]) return true;
    for (let k = first[i]; k < first[i + 1]; k++) if (hits.actor[codes[k]]) return true;
    for (let s = events.first[i]; s < events.first[i + 1]; s++) {
      if (hits.place[spots.place[s]] || hits.place[spots.label[s]]) return true;
      if (hits.place[spots.canonical[s]]) return true;
    }
    return false;
  }

  /** Words found per event, as bits: each may stand in any of the fields. */
  function byDictionary(words) {
    const bits = new Uint32Array(ge.store.n);
    words.forEach((word, w) => {
      const hits = lookUp(word);
      for (let i = 0; i < bits.length; i++) if (hasWord(i, hits)) bits[i] |= 1 << w;
    });
    return bits;
  }

  async function read(number) {
    const chunk = await ge.readChunk(number);
    const texts = chunk?.event?.evidence || [];
    evidence[number] = texts.map((text) => (text ? ge.fold(text) : ""));
  }

  function byEvidence(number, words, bits) {
    const from = number * ge.data.chunk;
    evidence[number].forEach((text, k) => {
      if (text) words.forEach((word, w) => text.includes(word) && (bits[from + k] |= 1 << w));
    });
  }

  const pause = () => new Promise((go) => setTimeout(go));

  /** Read on through the evidence and tell now and then; a newer search ends this one. */
  async function readOn(search, words, bits, tell) {
    let told = performance.now();
    let untold = false;
    for (let number = 0; number < ge.chunkCount(); number++) {
      if (evidence[number]) continue;
      await read(number);
      if (search !== current) return;
      byEvidence(number, words, bits);
      untold = true;
      if (performance.now() - told > TELL_MS) {
        tell(true);
        told = performance.now();
        untold = false;
      }
      await pause();
      if (search !== current) return;
    }
    if (untold) tell(true);
  }

  /**
   * Search for text: `done(found, later)` gets one byte per event, or null where all pass.
   * It is called at once, and again (`later`) as more of the evidence has been read.
   */
  ge.search = function (text, done) {
    const search = ++current;
    const words = ge.fold(text).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
    if (!words.length) {
      done(null, false);
      return;
    }
    const bits = byDictionary(words);
    evidence.forEach((_, number) => byEvidence(number, words, bits));
    const all = 2 ** words.length - 1;
    const tell = (later) => done(Uint8Array.from(bits, (found) => (found === all ? 1 : 0)), later);
    tell(false);
    readOn(search, words, bits, tell);
  };
})(window.geoevents);
