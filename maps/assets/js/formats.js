// Numbers, shares, lists, countries and plural forms as the reader's language writes them.
(function (ge) {
  "use strict";

  /** The locale of a BCP 47 tag; one that is none reads as English. */
  function localeOf(lang) {
    try {
      return Intl.getCanonicalLocales(lang)[0] || "en";
    } catch {
      return "en";
    }
  }

  /** Formatters of the reader's language; an unknown language reads as English. */
  ge.formats = function (lang) {
    const locale = localeOf(lang);
    const number = new Intl.NumberFormat(locale);
    const percent = new Intl.NumberFormat(locale, { style: "percent" });
    const list = new Intl.ListFormat(locale, { style: "short", type: "unit" });
    const regions = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
    const others = {
      locale,
      list: (items) => list.formatToParts(items),
      number: (value) => number.format(value),
      percent: (value) => percent.format(value),
      country(code) {
        try {
          return regions.of(code);
        } catch {
          return code;
        }
      },
    };
    // With its getters: the calendar changes while one reads.
    return Object.defineProperties(others, Object.getOwnPropertyDescriptors(ge.dates(locale)));
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
    rules ||= new Intl.PluralRules(localeOf(ge.word("code", "language")));
    const form = forms[rules.select(count)] ?? forms.other;
    return ge.fill(form, { count: ge.format.number(count), ...values });
  };
})(window.geoevents);
