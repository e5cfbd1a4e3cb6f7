// Small parts that several of the reader's controls are made of.
(function (ge) {
  "use strict";

  const { el } = ge;

  // Path data on a 24 x 24 grid, stroked.
  const GLYPHS = {
    auto: "M12 3.5A8.5 8.5 0 1 1 12 20.5A8.5 8.5 0 1 1 12 3.5ZM12 3.5V20.5M12 7.5A4.5 4.5 0 0 1 12 16.5",
    calendar: "M4 6H20V20H4ZM4 10.5H20M8.5 3.5V7.5M15.5 3.5V7.5M8 14H8.1M12 14H12.1M16 14H16.1M8 17H8.1M12 17H12.1",
    close: "M6.5 6.5 17.5 17.5M17.5 6.5 6.5 17.5",
    correct: "M4 20 5.2 15.8 15.8 5.2 18.8 8.2 8.2 18.8ZM13.5 7.5 16.5 10.5",
    dark: "M19.5 14.5A8 8 0 1 1 10 4.3 6.5 6.5 0 0 0 19.5 14.5Z",
    earlier: "M18 5.5 9 12 18 18.5ZM5.5 5.5V18.5",
    filter: "M4 6H20M7 12H17M10 18H14",
    later: "M6 5.5 15 12 6 18.5ZM18.5 5.5V18.5",
    legend: "M12 3.5 20.5 8.5 12 13.5 3.5 8.5ZM3.5 12.5 12 17.5 20.5 12.5M3.5 16.5 12 21.5 20.5 16.5",
    light: "M12 7.7A4.3 4.3 0 1 1 12 16.3A4.3 4.3 0 1 1 12 7.7ZM12 2.2V4.2M12 19.8V21.8M2.2 12H4.2M19.8 12H21.8M5.1 5.1 6.5 6.5M17.5 17.5 18.9 18.9M5.1 18.9 6.5 17.5M17.5 6.5 18.9 5.1",
    link: "M10 14A4 4 0 0 0 15.7 14L19.3 10.4A4 4 0 0 0 13.6 4.7L12 6.3M14 10A4 4 0 0 0 8.3 10L4.7 13.6A4 4 0 0 0 10.4 19.3L12 17.7",
    list: "M9 6.5H20M9 12H20M9 17.5H20M4.2 6.5H5M4.2 12H5M4.2 17.5H5",
    pause: "M8 5.5V18.5M16 5.5V18.5",
    play: "M8 5 18.5 12 8 19Z",
    print: "M7 9V3.5H17V9M7 17H4V9H20V17H17M7 14H17V20.5H7Z",
    search: "M10.5 4A6.5 6.5 0 1 1 10.5 17A6.5 6.5 0 1 1 10.5 4ZM15.5 15.5 20.5 20.5",
    time: "M12 3.5A8.5 8.5 0 1 1 12 20.5A8.5 8.5 0 1 1 12 3.5ZM12 7V12L15.5 14",
    zoom: "M3.5 5V19M20.5 5V19M7.5 12H16.5M7.5 12 10 9.5M7.5 12 10 14.5M16.5 12 14 9.5M16.5 12 14 14.5",
  };

  ge.glyph = (name) =>
    ge.svg(
      "svg",
      { viewBox: "0 0 24 24", width: 20, height: 20, class: `ge-glyph g-${name}`, "aria-hidden": "true" },
      ge.svg("path", { d: GLYPHS[name] }),
    );

  /** A button with a picture; its label is its name and its tooltip. */
  ge.glyphButton = function (glyph, label, onClick, attributes = {}) {
    const button = el(
      "button",
      { type: "button", class: "ge-tool", title: label, "aria-label": label, ...attributes },
      ge.glyph(glyph),
    );
    button.addEventListener("click", onClick);
    return button;
  };

  /** Give such a button another picture and name. */
  ge.turnButton = function (button, glyph, label) {
    button.replaceChildren(ge.glyph(glyph));
    button.title = label;
    button.setAttribute("aria-label", label);
  };

  /** Call back once things have been quiet for so many milliseconds. */
  ge.afterQuiet = function (wait, call) {
    let timer = 0;
    return function (...values) {
      clearTimeout(timer);
      timer = setTimeout(() => call(...values), wait);
    };
  };
})(window.geoevents);
