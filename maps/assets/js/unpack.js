// From the packed elements of the page to values: the events at the start, details when asked for.
(function (ge) {
  "use strict";

  // Chunks of details that stay unpacked: a reader looks at neighbours in the list.
  const KEPT = 6;

  /** Whether this browser can unpack what the page carries. */
  ge.canUnpack = "DecompressionStream" in window;

  function bytesOf(base64) {
    const signs = atob(base64.trim());
    const bytes = new Uint8Array(signs.length);
    for (let i = 0; i < signs.length; i++) bytes[i] = signs.charCodeAt(i);
    return bytes;
  }

  /** Base64 of gzipped JSON as a value. */
  ge.unpack = async function (base64) {
    const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  };

  let lines = null;
  const kept = new Map();

  /** The packed chunks of details, in the order of the events. */
  function chunks() {
    if (!lines) {
      const element = document.getElementById("ge-details");
      lines = (element ? element.textContent : "").split("\n").filter((line) => line.trim());
    }
    return lines;
  }

  ge.chunkCount = () => chunks().length;

  /** A chunk of details as a value, without keeping it; null where the page has none. */
  ge.readChunk = (number) =>
    number < chunks().length ? ge.unpack(chunks()[number]).then(ge.spellOut) : Promise.resolve(null);

  /** A chunk of details for a popup: the last few stay unpacked. */
  ge.chunk = function (number) {
    const found = kept.get(number) || ge.readChunk(number);
    kept.delete(number);
    kept.set(number, found);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return found;
  };
})(window.geoevents);
