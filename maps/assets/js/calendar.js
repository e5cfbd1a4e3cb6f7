// Days since 1970-01-01 (UTC): where do weeks, months and years begin among them?
(function (ge) {
  "use strict";

  const DAY_MS = 86_400_000;
  const MONTHS = { month: 1, quarter: 3, year: 12, decade: 120, century: 1200 };
  // Units of the histogram's bars, the finest first, with their usual length in days.
  const UNITS = { day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.2, decade: 3652, century: 36524 };
  const ISO = /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)$/;
  // Days that a Date can hold, which is more than any text tells of.
  const LAST = 100_000_000;

  const modulo = (number, by) => ((number % by) + by) % by;
  const dateOf = (day) => new Date(day * DAY_MS);

  /** The first day of a month counted from the year 0. */
  function monthStart(month) {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), modulo(month, 12), 1);
    return Math.round(date.getTime() / DAY_MS);
  }

  const monthOf = (day) => dateOf(day).getUTCFullYear() * 12 + dateOf(day).getUTCMonth();

  /** The first day of the unit in which a day lies; weeks begin on Monday, as in ISO 8601. */
  function floor(unit, day) {
    if (unit === "day") return day;
    if (unit === "week") return day - modulo(day + 3, 7);
    const month = monthOf(day);
    return monthStart(month - modulo(month, MONTHS[unit]));
  }

  /** The day so many units later; the 31st becomes the last of a shorter month. */
  function add(unit, day, count) {
    if (unit === "day") return day + count;
    if (unit === "week") return day + 7 * count;
    const month = monthOf(day) + MONTHS[unit] * count;
    const within = day - monthStart(monthOf(day));
    return Math.min(monthStart(month) + within, monthStart(month + 1) - 1);
  }

  /** How many of a unit, of a month or longer, lie between the year 0 and a day. */
  const count = (unit, day) => Math.floor(monthOf(day) / MONTHS[unit]);

  /** The finest unit of which no more than `most` fill the days. */
  function unitFor(days, most) {
    return Object.keys(UNITS).find((unit) => days / UNITS[unit] <= most) || "century";
  }

  /** The first days of the units that meet [from, to], and the day after the last of them. */
  function edges(unit, from, to) {
    const found = [floor(unit, from)];
    while (found[found.length - 1] <= to) found.push(add(unit, found[found.length - 1], 1));
    return found;
  }

  /** "2020-09-27"; years beyond four digits have a sign and six. */
  const iso = (day) => dateOf(day).toISOString().split("T")[0];

  /** The day of such a date, or null if there is no such day. */
  function parse(text) {
    if (!ISO.test(text)) return null;
    const day = Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
    return Number.isFinite(day) && Math.abs(day) < LAST && iso(day) === text ? day : null;
  }

  ge.calendar = { add, count, dateOf, edges, floor, iso, parse, unitFor, usual: UNITS };
})(window.geoevents);
