// Text on the screen: the only file that makes elements, and it never parses markup.
window.geoevents = {};
(function (ge) {
  "use strict";

  // Runs of Latin letters and digits that a right-to-left line would scramble.
  const LATIN = /[A-Za-z0-9](?:[A-Za-z0-9 .,:/_+\-]*[A-Za-z0-9])?/g;

  /** Make an element; children may be nodes, strings (always text), nested arrays, null. */
  ge.el = function (tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return element;
  };

  /** Text with embedded Latin isolated where it stands in a right-to-left line. */
  ge.text = function (text, rtl) {
    const fragment = document.createDocumentFragment();
    if (!rtl) {
      fragment.append(text);
      return fragment;
    }
    let last = 0;
    for (const found of text.matchAll(LATIN)) {
      fragment.append(text.slice(last, found.index), ge.el("bdi", { dir: "ltr" }, found[0]));
      last = found.index + found[0].length;
    }
    fragment.append(text.slice(last));
    return fragment;
  };

  /** A piece of foreign text on its own: isolated, its direction from its first letter. */
  ge.foreign = (text) => ge.el("bdi", { dir: "auto" }, String(text));

  /** Pieces side by side, those that are text each on its own; empty ones are left out. */
  ge.apart = (pieces, between = " · ") =>
    pieces
      .filter(Boolean)
      .flatMap((piece, i) => [i ? between : null, piece instanceof Node || Array.isArray(piece) ? piece : ge.foreign(piece)]);

  /**
   * A sentence with spans marked.
   * @param {Array<[number, number, string]>} spans code point offsets and class
   */
  ge.marked = function (sentence, spans, rtl) {
    const points = Array.from(sentence);
    const fragment = document.createDocumentFragment();
    const edges = new Set([0, points.length]);
    const inside = spans.filter(([start, end]) => start < end && end <= points.length);
    for (const [start, end] of inside) edges.add(start).add(end);
    const sorted = [...edges].sort((a, b) => a - b);
    for (let i = 0; i + 1 < sorted.length; i++) {
      const piece = ge.text(points.slice(sorted[i], sorted[i + 1]).join(""), rtl);
      const span = inside.find(([start, end]) => start <= sorted[i] && sorted[i + 1] <= end);
      fragment.append(span ? ge.el("mark", { class: span[2] }, piece) : piece);
    }
    return fragment;
  };

  /** Put values into a phrase such as "{shown} of {total}". */
  ge.fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
})(window.geoevents);
