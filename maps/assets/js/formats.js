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
    const unit = (name) => new Intl.NumberFormat(locale, { style: "unit", unit: name });
    const lengths = { meter: unit("meter"), kilometer: unit("kilometer") };
    const regions = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
    const others = {
      locale,
      list: (items) => list.formatToParts(items),
      number: (value) => number.format(value),
      /** Metres, or kilometres from a thousand on. */
      length: (metres) => (metres < 1000 ? lengths.meter.format(metres) : lengths.kilometer.format(metres / 1000)),
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

  const ScaleBar = L.Control.Scale.extend({
    // Leaflet's own writes "km" and European digits in every language.
    _updateMetric(metres) {
      const round = this._getRoundNum(metres);
      this._updateScale(this._mScale, ge.format.length(round), round / metres);
    },
  });

  /** Leaflet's scale bar with the reader's digits and units. */
  ge.scaleBar = (options) => new ScaleBar(options);

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
