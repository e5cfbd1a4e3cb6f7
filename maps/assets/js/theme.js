// Light or dark: as the reader's system says, until the reader says otherwise.
(function (ge) {
  "use strict";

  const CHOICES = ["auto", "light", "dark"];
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  let choice = "auto";
  let lent = null;

  /** Show a theme; what is painted on canvas hears of it. */
  function show(theme) {
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    ge.fire("theme");
  }

  const wanted = () => lent || (choice === "auto" ? (system.matches ? "dark" : "light") : choice);

  // The theme on the screen, "light" or "dark".
  Object.defineProperty(ge, "theme", { get: () => root.dataset.theme });

  ge.themeChoice = () => choice;

  /** Choose "auto", "light" or "dark"; anything else is "auto". */
  ge.chooseTheme = function (name) {
    choice = CHOICES.includes(name) ? name : "auto";
    show(wanted());
    ge.fire("choice");
  };

  /** Show a theme for a while, such as on paper; without a name the reader's own again. */
  ge.lendTheme = function (theme = null) {
    lent = theme;
    show(wanted());
  };

  system.addEventListener("change", () => show(wanted()));
  // Before anything is drawn.
  show(wanted());

  ge.components.push(function () {
    const label = () =>
      ge.fill(ge.word("label", "theme"), { choice: ge.word(choice, "theme") });
    const button = ge.glyphButton(choice, label(), () => {
      ge.chooseTheme(CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length]);
      ge.say(label());
    }, { id: "ge-theme" });
    ge.on("choice", () => ge.turnButton(button, choice, label()));
    document.getElementById("ge-tools").append(button);
  });
})(window.geoevents);
