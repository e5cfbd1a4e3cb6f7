// A slider with two handles over a stretch of days; the window between them can be moved as a whole.
(function (ge) {
  "use strict";

  const { el } = ge;
  // A press that moves less than this many pixels is a click.
  const STILL = 4;
  // Pixels from which an edge draws the pointer to itself.
  const MAGNET = 4;
  const ENDS = ["from", "to"];

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  /** What a key asks for: [-1 | 1, "small" | "large"], an end of the scale, or null. */
  function asked(key) {
    const ahead = ge.rtl ? "ArrowLeft" : "ArrowRight";
    const back = ge.rtl ? "ArrowRight" : "ArrowLeft";
    const keys = {
      [ahead]: [1, "small"], ArrowUp: [1, "small"], [back]: [-1, "small"], ArrowDown: [-1, "small"],
      PageUp: [1, "large"], PageDown: [-1, "large"], Home: "first", End: "last",
    };
    return Object.hasOwn(keys, key) ? keys[key] : null;
  }

  /**
   * Make the slider.
   *
   * A window is [from, to], both days included; none means everything.
   * @param {object} options
   *   `names` of the handles; `text(day)` for a screen reader; `shift(day, sign, size)` where a key
   *   leads; `pick(day)` the window that a click on a day chooses; `edges()` days to which a
   *   pointer that is near is drawn; `change(window)` what to do.
   */
  ge.rangeSlider = function ({ names, text, shift, pick, edges, change }) {
    let scale = [0, 0];
    let range = null;
    let press = null;

    const handles = Object.fromEntries(ENDS.map((end) => [end, handle(end)]));
    const band = el("div", { class: "ge-window" });
    const track = el("div", { class: "ge-track" }, band, handles.from, handles.to);

    function handle(end) {
      const made = el("div", {
        class: `ge-handle ${end}`, role: "slider", tabindex: "0", "aria-label": names[end],
        "aria-orientation": "horizontal",
      });
      made.addEventListener("keydown", (event) => {
        const wish = asked(event.key);
        if (!wish || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        move(end, target(end, wish));
      });
      return made;
    }

    function target(end, wish) {
      if (wish === "first") return scale[0];
      if (wish === "last") return scale[1];
      // The later handle stands behind its day: a month on from its end is the end of a month.
      const behind = end === "to" ? 1 : 0;
      return shift(current()[ENDS.indexOf(end)] + behind, ...wish) - behind;
    }

    const current = () => (range ? [clamp(range[0], ...scale), clamp(range[1], ...scale)] : [...scale]);

    /** Move one handle, no further than the other. */
    function move(end, day) {
      const [from, to] = current();
      set(end === "from" ? [clamp(day, scale[0], to), to] : [from, clamp(day, from, scale[1])]);
    }

    function set(wanted) {
      range = wanted;
      paint();
      change(range);
    }

    function paint() {
      const [low, high] = scale;
      const length = high + 1 - low;
      const [from, to] = current();
      track.style.setProperty("--from", (from - low) / length);
      track.style.setProperty("--to", (to + 1 - low) / length);
      track.classList.toggle("limited", range !== null);
      ENDS.forEach((end, i) => {
        handles[end].setAttribute("aria-valuemin", i ? from : low);
        handles[end].setAttribute("aria-valuemax", i ? high : to);
        handles[end].setAttribute("aria-valuenow", i ? to : from);
        handles[end].setAttribute("aria-valuetext", text(i ? to : from));
      });
    }

    /** Where along the scale the pointer is, in days and their parts. */
    function dayAt(event) {
      const { left, right, width } = track.getBoundingClientRect();
      const share = (ge.rtl ? right - event.clientX : event.clientX - left) / width;
      return scale[0] + clamp(share, 0, 1) * (scale[1] + 1 - scale[0]);
    }

    function begin(event) {
      if (event.button) return;
      const at = dayAt(event);
      const end = ENDS.find((one) => handles[one] === event.target);
      const inside = range !== null && at >= current()[0] && at < current()[1] + 1;
      press = { at, x: event.clientX, end, kind: end ? "handle" : inside ? "window" : "brush", start: current(), moved: false };
      track.setPointerCapture(event.pointerId);
      if (end) handles[end].focus({ preventScroll: true });
      event.preventDefault();
    }

    /** The edge that draws a place to itself, else what `round` makes of it. */
    function drawn(at, round) {
      const reach = (MAGNET / track.clientWidth) * (scale[1] + 1 - scale[0]);
      return edges().find((edge) => Math.abs(edge - at) <= reach) ?? round(at);
    }

    const DRAG = {
      // The edge lies between two days: the nearest gap between days is meant.
      handle: (at) => move(press.end, drawn(at, Math.round) - (press.end === "to" ? 1 : 0)),
      window: (at) => {
        const [from, to] = press.start;
        const by = drawn(from + at - press.at, Math.round) - from;
        const within = clamp(by, scale[0] - from, scale[1] - to);
        set([from + within, to + within]);
      },
      brush: (at) => {
        const from = clamp(drawn(Math.min(at, press.at), Math.floor), ...scale);
        set([from, clamp(drawn(Math.max(at, press.at), Math.ceil) - 1, from, scale[1])]);
      },
    };

    function drag(event) {
      if (!press) return;
      if (Math.abs(event.clientX - press.x) >= STILL) press.moved = true;
      if (press.moved) DRAG[press.kind](dayAt(event));
    }

    function end() {
      if (!press) return;
      const { at, kind, moved } = press;
      press = null;
      if (moved || kind === "handle") return;
      const [from, to] = pick(Math.min(Math.floor(at), scale[1]));
      set([clamp(from, ...scale), clamp(to, ...scale)]);
    }

    track.addEventListener("pointerdown", begin);
    track.addEventListener("pointermove", drag);
    track.addEventListener("pointerup", end);
    track.addEventListener("pointercancel", () => (press = null));

    return {
      element: track,
      dayAt,
      /** Show a window on a scale, without telling anybody. */
      show(newScale, newRange) {
        scale = newScale;
        range = newRange;
        paint();
      },
    };
  };
})(window.geoevents);
