// Bars of how many events begin when, over an axis of dates.
(function (ge) {
  "use strict";

  const { el, svg, calendar } = ge;
  // Pixels that a bar and a date on the axis need at least.
  const BAR = 5;
  const TICK = 76;
  // Pixels before the end of the axis that a date needs to be readable.
  const LAST = 58;
  // Shares of a bar's length left open beside it, and of the height that one event has at least.
  const GAP = 0.09;
  const LEAST = 0.05;
  // Steps of the axis, the finest first: every so many of a unit.
  const STEPS = [
    ["day", 1], ["week", 1], ["month", 1], ["quarter", 1], ["month", 6], ["year", 1], ["year", 2],
    ["year", 5], ["decade", 1], ["decade", 2], ["decade", 5], ["century", 1], ["century", 5], ["century", 10],
  ];

  // Precisions and the bars that are as fine: an event of a later line stands at the beginning of
  // what is known, and says so.
  const FINENESS = [["day", "week"], ["month", "quarter"], ["year"], ["decade"], ["century"]];

  /** The days from which on a step of the axis begins. */
  function marks([unit, many], [low, high]) {
    const starts = calendar.edges(unit, low, high).filter((day) => day >= low && day <= high);
    return many === 1 ? starts : starts.filter((day) => calendar.count(unit, day) % many === 0);
  }

  const length = ([low, high]) => high + 1 - low;

  function axis(scale, width) {
    const most = Math.max(1, width / TICK);
    const step =
      STEPS.find(([unit, many]) => length(scale) / (calendar.usual[unit] * many) <= most) || STEPS[STEPS.length - 1];
    let year = null;
    const fitting = marks(step, scale).filter((day) => (1 - (day - scale[0]) / length(scale)) * width >= LAST);
    return fitting.map((day) => {
      const date = calendar.dateOf(day);
      const fresh = date.getUTCFullYear() !== year;
      year = date.getUTCFullYear();
      const at = (day - scale[0]) / length(scale);
      const tick = el("span", { class: "ge-tick", dir: ge.data.dir }, ge.format.tick(day, step[0], fresh));
      tick.style.setProperty("--at", at);
      return tick;
    });
  }

  /** One outline of a part of all bars, in days across and shares of the highest bar down. */
  function outline(edges, [low, high], highest, scale) {
    const level = (count) => (1 - (count && Math.max(LEAST, count / highest))).toFixed(3);
    return high
      .map((count, i) => {
        if (count === low[i]) return "";
        const gap = (edges[i + 1] - edges[i]) * GAP;
        const [left, right] = [edges[i] - scale[0] + gap, edges[i + 1] - scale[0] - gap];
        return `M${left} ${level(low[i])}V${level(count)}H${right}V${level(low[i])}Z`;
      })
      .join("");
  }

  const bars = (paths, days, name) =>
    svg(
      "svg",
      { viewBox: `0 0 ${days} 1`, preserveAspectRatio: "none", class: `ge-bars ${name}`, "aria-hidden": "true" },
      ...Object.entries(paths).map(([part, d]) => svg("path", { d, class: part })),
    );

  /** Tells whether the beginning of an event is known less exactly than a bar; null where all are. */
  function coarser(unit) {
    const rank = (name) => FINENESS.findIndex((names) => names.includes(name));
    const { values, events: { precision, start } } = ge.store;
    const isCoarse = values.precision.map((name) => rank(name) > rank(unit));
    const open = values.precision.indexOf("open");
    if (open < 0 && !isCoarse.includes(true)) return null;
    // "Since 2014" begins some time in that year, and "until 2014" nobody knows when.
    const isOpen = (i) => start[i] === ge.NONE || rank(ge.edgeOf(start[i])) > rank(unit);
    return (i) => (open >= 0 && precision[i] === open ? isOpen(i) : isCoarse[precision[i]] === true);
  }

  /** Count by days, then by bars. */
  function counted(edges, [low, high], only) {
    const days = ge.filter.histogram(length([low, high]), low, high, only);
    return edges.slice(1).map((end, i) => {
      let sum = 0;
      for (let day = edges[i]; day < end; day++) sum += days[day - low];
      return sum;
    });
  }

  /** The unit of the bars and the scale that whole bars fill. */
  ge.barScale = function ([first, last], width) {
    const unit = calendar.unitFor(last + 1 - first, Math.max(1, width / BAR));
    const edges = calendar.edges(unit, first, last);
    return { unit, edges, scale: [edges[0], edges[edges.length - 1] - 1] };
  };

  /** How many events begin within each bar, and of how many that is known less exactly. */
  ge.barCounts = function (unit, edges, scale) {
    const isCoarse = coarser(unit);
    const vague = isCoarse ? counted(edges, scale, isCoarse) : new Array(edges.length - 1).fill(0);
    return { all: counted(edges, scale), vague };
  };

  /** Draw the bars twice, so that those in the window can be shown by clipping alone. */
  ge.drawBars = function (box, edges, { all, vague }, scale) {
    const exact = all.map((count, i) => count - vague[i]);
    const highest = Math.max(1, ...all);
    const paths = {
      exact: outline(edges, [exact.map(() => 0), exact], highest, scale),
      vague: outline(edges, [exact, all], highest, scale),
    };
    box.replaceChildren(bars(paths, length(scale), "all"), bars(paths, length(scale), "chosen"));
  };

  ge.drawAxis = (box, scale, width) => box.replaceChildren(...axis(scale, width));
})(window.geoevents);
