// Dates at the precision the text gives them, in the calendar that the reader has chosen.
(function (ge) {
  "use strict";

  const DAY_MS = 86_400_000;
  const GREGORIAN = "gregory";
  /** Unicode's names of the calendars, and what their years and dates are called in our words. */
  const CALENDARS = { [GREGORIAN]: "gregorian", "islamic-umalqura": "islamic", persian: "persian", hebrew: "hebrew" };
  const FIELDS = {
    day: { year: "numeric", month: "long", day: "numeric" },
    month: { year: "numeric", month: "long" },
    year: { year: "numeric" },
  };
  const WRITTEN = { 4: "year", 7: "month" };
  // Days that a Date can hold.
  const LAST = 100_000_000;

  const word = (key) => ge.word(key, "dates");
  const moment = (day) => new Date(day * DAY_MS);
  const isKnown = (day) => typeof day === "number" && Math.abs(day) <= LAST;

  /** A UTC date whatever the year, also those below 100. */
  function utc(year, month, day) {
    const date = new Date(0);
    date.setUTCFullYear(year, month, day);
    return Math.round(date.getTime() / DAY_MS);
  }

  /** First and last day of "2020", "2020-09" or "2020-09-27" (a time of day is passed over). */
  function span(iso) {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(String(iso));
    if (!found) return null;
    const [year, month, day] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
    if (month === null) return [utc(year, 0, 1), utc(year, 11, 31), "year"];
    if (day === null) return [utc(year, month - 1, 1), utc(year, month, 0), "month"];
    return [utc(year, month - 1, day), utc(year, month - 1, day), "day"];
  }

  /** What an end of an open span says at least: a year if it lies on the year's edge, and so on. */
  function edge(day, shift = 0) {
    const date = moment(day + shift);
    if (date.getUTCDate() !== 1) return "day";
    return date.getUTCMonth() ? "month" : "year";
  }

  ge.edgeOf = edge;

  /** The first and last day that a precision leaves open around two days. */
  function widened(from, to, precision) {
    const [a, b] = [moment(from), moment(to)];
    if (precision === "day") return [from, to];
    if (precision === "month") {
      return [utc(a.getUTCFullYear(), a.getUTCMonth(), 1), utc(b.getUTCFullYear(), b.getUTCMonth() + 1, 0)];
    }
    return [utc(a.getUTCFullYear(), 0, 1), utc(b.getUTCFullYear(), 11, 31)];
  }

  /** The decade around a day, or the decades around two. */
  function decades(from, to) {
    const [a, b] = [moment(from), moment(to)].map((date) => Math.floor(date.getUTCFullYear() / 10) * 10);
    return [utc(a, 0, 1), utc(b + 9, 11, 31)];
  }

  /** Formatters of dates of one locale in one calendar. */
  function calendarOf(locale, calendar) {
    const cache = new Map();
    const of = function (options) {
      const key = JSON.stringify(options);
      if (!cache.has(key)) {
        cache.set(key, new Intl.DateTimeFormat(locale, { calendar, timeZone: "UTC", ...options }));
      }
      return cache.get(key);
    };
    const own = calendar === GREGORIAN;
    const isBefore = (day) => moment(day).getUTCFullYear() < 1;
    const dated = (options, days) => (own && days.some(isBefore) ? { ...options, era: "short" } : options);

    /** Day, month and year of a date, each as the calendar and the language have it. */
    function parts(day) {
      const found = {};
      for (const { type, value } of of(FIELDS.day).formatToParts(moment(day))) found[type] = value;
      found.year ??= found.relatedYear;
      // Some languages write "06" in calendars other than their own.
      found.day = found.day.replace(/^[0٠۰](?=.)/u, "");
      return found;
    }

    /** Only what the precision tells: CLDR lacks good patterns for calendars of other cultures. */
    function foreign(from, to, precision) {
      const [a, b] = [parts(from), parts(to)];
      const names = { day: ["day", "month", "year"], month: ["month", "year"], year: ["year"] }[precision];
      const pattern = word(`${precision}_pattern`);
      const first = ge.fill(pattern, a);
      const text = names.every((name) => a[name] === b[name])
        ? first
        : ge.fill(word("range"), { from: first, to: ge.fill(pattern, b) });
      return ge.fill(word(`${CALENDARS[calendar]}_era`), { date: text });
    }

    return function (from, to, precision, exact = false) {
      if (!own) return foreign(...(exact ? [from, to] : widened(from, to, precision)), precision);
      const format = of(dated(FIELDS[precision], [from, to]));
      return from === to ? format.format(moment(from)) : format.formatRange(moment(from), moment(to));
    };
  }

  /** A span of days in words: at its precision, open on one side, or whole decades. */
  function told(write, start, end, precision) {
    const from = isKnown(start) ? start : null;
    const to = isKnown(end) ? end : null;
    if (from === null && to === null) return "";
    if (precision === "open" && (from === null || to === null)) {
      const day = from ?? to;
      const known = edge(day, from === null ? 1 : 0);
      return ge.fill(word(from === null ? "until" : "since"), { date: write(day, day, known, true) });
    }
    const [first, last] = [from ?? to, to ?? from];
    if (precision === "decade") return write(...decades(first, last), "year");
    return write(first, last, Object.hasOwn(FIELDS, precision) ? precision : "day");
  }

  // Dates on an axis: short, and with their year where a new one begins.
  const TICKS = {
    day: { day: "numeric", month: "short" },
    month: { month: "short" },
    year: { year: "numeric" },
  };
  const SCALE = { day: "day", week: "day", month: "month", quarter: "month" };

  // What each date on the screen says, to say it again in another calendar.
  const texts = new WeakMap();

  /** An element with a date that follows the reader's calendar; `text` gives it. */
  ge.dated = function (text) {
    const element = ge.el("span", { class: "ge-date" }, text());
    texts.set(element, text);
    return element;
  };

  function renew() {
    for (const element of document.querySelectorAll(".ge-date")) {
      if (texts.has(element)) element.textContent = texts.get(element)();
    }
  }

  /** What `ge.format` knows of dates. Days are counted from 1970-01-01. */
  ge.dates = function (locale) {
    const calendars = new Map();
    const axis = new Map();
    let chosen = GREGORIAN;

    function writer(calendar) {
      if (!calendars.has(calendar)) calendars.set(calendar, calendarOf(locale, calendar));
      return calendars.get(calendar);
    }

    /** A span from days or from ISO dates cut at their precision. */
    function read(start, end, precision) {
      const [a, b] = [start, end].map((value) => (typeof value === "string" ? span(value) : value));
      const known = Array.isArray(a) ? a[2] : Array.isArray(b) ? b[2] : "day";
      const from = Array.isArray(a) ? a[0] : a;
      const to = Array.isArray(b) ? b[1] : (b ?? (precision === "open" ? null : Array.isArray(a) ? a[1] : null));
      return [from, to, precision || known];
    }

    function date(start, end, precision, calendar = chosen) {
      const days = read(start, end, precision);
      const text = told(writer(calendar), ...days);
      // What is no date stands as it is written.
      return text || [start, end].filter((value) => typeof value === "string").join(" – ");
    }

    return {
      calendars: Object.keys(CALENDARS),
      get calendar() {
        return chosen;
      },
      /** The calendar of all dates from now on; whoever shows dates hears of "calendar". */
      setCalendar(calendar) {
        if (!Object.hasOwn(CALENDARS, calendar) || calendar === chosen) return;
        chosen = calendar;
        renew();
        ge.fire("calendar", calendar);
      },
      date,
      /** The same, with the Gregorian date beside one of another calendar. */
      dateInFull(start, end, precision) {
        const own = date(start, end, precision);
        if (chosen === GREGORIAN || !own) return own;
        return ge.fill(word("also"), { date: own, gregorian: date(start, end, precision, GREGORIAN) });
      },
      day: (day) => date(day, day, "day"),
      days: (from, to) => date(from, to, "day"),
      /** A date on an axis, where one unit of the Gregorian calendar begins. */
      tick(day, unit, fresh) {
        if (!isKnown(day)) return "";
        const scale = SCALE[unit] || "year";
        // A Gregorian year begins within one of another calendar: its month must be told.
        const foreign = chosen !== GREGORIAN && scale === "year";
        const options = { ...TICKS[foreign ? "month" : scale], ...(fresh || foreign ? { year: "numeric" } : {}) };
        const key = `${chosen} ${JSON.stringify(options)}`;
        if (!axis.has(key)) {
          axis.set(key, new Intl.DateTimeFormat(locale, { calendar: chosen, timeZone: "UTC", ...options }));
        }
        const parts = axis.get(key).formatToParts(moment(day));
        return parts.filter(({ type }) => type !== "era").map(({ value }) => value).join("").trim();
      },
    };
  };
})(window.geoevents);
