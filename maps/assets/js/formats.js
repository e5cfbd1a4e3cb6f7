// Numbers, shares, lists and countries as the reader's language writes them.
(function (ge) {
  "use strict";

  /** Formatters of the reader's language; an unknown language reads as English. */
  ge.formats = function (lang) {
    const locale = ge.localeOf(lang);
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
})(window.geoevents);
