// Words of the reader's language, and the forms of phrases that go with a number.
(function (ge) {
  "use strict";

  /** The locale of a BCP 47 tag; one that is none reads as English. */
  ge.localeOf = function (lang) {
    try {
      return Intl.getCanonicalLocales(lang)[0] || "en";
    } catch {
      return "en";
    }
  };

  // A key may come from the table: "constructor" is a text like any other.
  ge.word = function (key, section = "ui") {
    const words = ge.data.words[section];
    const found = words && Object.hasOwn(words, key) ? words[key] : key;
    // A phrase in plural forms is asked for by `ge.plural`; without a number it stands in its usual one.
    return typeof found === "object" ? found.other : found;
  };

  let rules = null;

  /**
   * A phrase in the form that goes with a number, by CLDR's plural rules; {count} is the number.
   * The words may be of another language than the page: its own rules decide.
   * @param {Object<string, string>} values further values of the phrase
   */
  ge.plural = function (section, key, count, values = {}) {
    const forms = ge.data.words[section]?.[key];
    if (typeof forms !== "object" || !Object.hasOwn(ge.data.words[section], key)) {
      return ge.fill(ge.word(key, section), { count: ge.format.number(count), ...values });
    }
    rules ||= new Intl.PluralRules(ge.localeOf(ge.word("code", "language")));
    const form = forms[rules.select(count)] ?? forms.other;
    return ge.fill(form, { count: ge.format.number(count), ...values });
  };
})(window.geoevents);
