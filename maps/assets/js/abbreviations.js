// Words that come often in the table's sentences are packed as one character each: spell them out.
(function (ge) {
  "use strict";

  let words = null;

  /** Word and space by character; unpacked when the first sentence is asked for. */
  async function read() {
    const found = new Map();
    const packed = document.getElementById("ge-abbreviations").textContent;
    if (!packed.trim()) return found;
    const [signs, spelt] = await ge.unpack(packed);
    spelt.split(" ").forEach((word, i) => found.set(signs[i], `${word} `));
    return found;
  }

  function spell(known, text) {
    let whole = "";
    for (let i = 0; i < text.length; i++) whole += known.get(text[i]) ?? text[i];
    return known.has(text[text.length - 1]) ? whole.slice(0, -1) : whole;
  }

  /** Spell out the sentences of a chunk of details. */
  ge.spellOut = async function (chunk) {
    words ||= read();
    const known = await words;
    const sentences = known.size ? chunk.event.evidence : null;
    if (sentences) chunk.event.evidence = sentences.map((text) => text && spell(known, text));
    return chunk;
  };
})(window.geoevents);
