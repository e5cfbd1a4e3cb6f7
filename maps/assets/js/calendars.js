// In which calendar does the reader want dates? A choice among the tools; the Gregorian at first.
(function (ge) {
  "use strict";

  const KEYS = { gregory: "gregorian", "islamic-umalqura": "islamic", persian: "persian", hebrew: "hebrew" };
  const word = (key) => ge.word(key, "calendars");

  ge.components.push(function () {
    const option = (calendar) => ge.el("option", { value: calendar }, word(KEYS[calendar]));
    const choice = ge.el(
      "select",
      { id: "ge-calendar", title: word("label"), "aria-label": word("label") },
      ge.format.calendars.map(option),
    );
    choice.value = ge.format.calendar;
    choice.addEventListener("change", () => ge.format.setCalendar(choice.value));
    ge.on("calendar", (calendar) => {
      choice.value = calendar;
    });
    // The browser's own list opens over a picture that takes no more room than a button.
    const tool = ge.el("span", { class: "ge-tool ge-picked" }, ge.glyph("calendar"), choice);
    document.getElementById("ge-tools").append(tool);
  });
})(window.geoevents);
