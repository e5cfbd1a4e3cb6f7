// The timeline under the map: choose a span of time, or let it run.
(function (ge) {
  "use strict";

  const { el, calendar } = ge;
  const word = (key) => ge.word(key, "timeline");

  const STEPS = ["day", "week", "month", "year"];
  // What PageUp and PageDown move by, where an arrow moves by a step.
  const LARGER = { day: "week", week: "month", month: "year", year: "decade" };
  // The step that a stretch of so many days begins with.
  const FITTING = [["day", 62], ["week", 370], ["month", 3700], ["year", Infinity]];
  const SPEEDS = [0.5, 1, 2, 4];
  const STEP_MS = 900;
  // Changes of these leave the bars as they are, and so do layers, which hide but do not filter.
  const ABOUT_TIME = new Set(["time", "undated", "off"]);
  // A single day would make a scale without any room.
  const SHORTEST = 7;

  /** First and last day of the scale, by when events begin, and how many have no date. */
  function survey() {
    const { n, weight, from } = ge.store.events;
    // What goes on without an end does so until the newest article at least.
    let [first, last, undated] = [Infinity, ge.data.published ?? -Infinity, 0];
    for (let i = 0; i < n; i++) {
      const day = from[i];
      if (day === ge.NONE) undated += weight ? weight[i] : 1;
      else [first, last] = [Math.min(first, day), Math.max(last, day)];
    }
    const lacking = Math.max(0, SHORTEST - (last + 1 - first));
    return { undated, full: [first - Math.floor(lacking / 2), last + Math.ceil(lacking / 2)] };
  }

  const select = (name, choices, chosen, onChange) => {
    const box = el("select", { "aria-label": word(name), title: word(name), class: `ge-${name}` },
      choices.map(([value, text]) => el("option", { value, selected: value === chosen ? "" : null }, text)));
    box.addEventListener("change", () => onChange(box.value));
    return box;
  };

  class Timeline {
    constructor(undated, full) {
      this.undated = undated;
      this.full = full;
      this.domain = full;
      this.step = FITTING.find(([, days]) => full[1] - full[0] <= days)[0];
      this.speed = 1;
      this.timer = 0;
      // Whether the window was cut by a step, so that another step cuts it anew.
      this.cut = false;
      this.apply = ge.perFrame(() => ge.filter.set("time", this.wanted));
      this.slider = ge.rangeSlider({
        names: { from: word("from"), to: word("to") },
        text: (day) => ge.format.day(day),
        shift: (day, sign, size) => calendar.add(size === "large" ? LARGER[this.step] : this.step, day, sign),
        pick: (day) => [calendar.floor(this.unit, day), calendar.add(this.unit, calendar.floor(this.unit, day), 1) - 1],
        edges: () => this.edges,
        change: (range) => {
          this.pause();
          this.cut = false;
          this.choose(range);
        },
      });
      this.build();
    }

    get range() {
      return ge.filter.get("time");
    }

    build() {
      this.bars = el("div", { class: "ge-histogram", role: "img" });
      this.axis = el("div", { class: "ge-axis", "aria-hidden": "true" });
      this.tip = el("div", { class: "ge-bar-tip", "aria-hidden": "true", hidden: "" });
      this.said = el("output", { class: "ge-span" });
      this.slider.element.prepend(this.bars);
      this.slider.element.append(this.tip);
      this.slider.element.addEventListener("pointermove", (event) => this.hint(event));
      this.slider.element.addEventListener("pointerleave", () => (this.tip.hidden = true));
      this.element = document.getElementById("ge-timeline");
      this.element.setAttribute("aria-label", word("label"));
      this.element.append(this.tools(), this.slider.element, this.axis);
      new ResizeObserver(() => this.layout()).observe(this.slider.element);
      ge.on("filter", (names) => this.follow(names));
      ge.on("calendar", () => this.relabel());
    }

    tools() {
      this.player = ge.glyphButton("play", word("play"), () => (this.timer ? this.pause() : this.play()), { class: "ge-tool ge-play" });
      this.zoomer = ge.glyphButton("zoom", word("zoom"), () => this.zoom());
      this.whole = el("button", { type: "button", class: "ge-link" }, word("all"));
      this.whole.addEventListener("click", () => this.reset());
      return el(
        "div",
        { class: "ge-time-tools" },
        el("div", { class: "ge-group" },
          ge.glyphButton("earlier", word("earlier"), () => this.move(-1)),
          this.player,
          ge.glyphButton("later", word("later"), () => this.move(1)),
        ),
        select("step", STEPS.map((step) => [step, word(step)]), this.step, (step) => this.setStep(step)),
        select("speed", SPEEDS.map((speed) => [String(speed), `${ge.format.number(speed)}×`]), "1", (speed) => {
          this.speed = Number(speed);
        }),
        this.said,
        this.zoomer,
        this.whole,
        this.undated ? this.switch() : null,
      );
    }

    switch() {
      this.box = el("input", { type: "checkbox", role: "switch" });
      this.box.addEventListener("change", () => ge.filter.set("undated", this.box.checked));
      const count = ge.format.number(this.undated);
      return el("label", { class: "ge-undated" }, this.box, ge.fill(word("undated"), { count }));
    }

    /** Cut the scale to the room there is, and draw. */
    layout() {
      const width = this.slider.element.clientWidth;
      if (!width || (width === this.width && this.domain === this.drawn)) return;
      [this.width, this.drawn] = [width, this.domain];
      Object.assign(this, ge.barScale(this.domain, width));
      ge.drawAxis(this.axis, this.scale, width);
      this.count();
      this.show();
    }

    /** Write the dates anew, in another calendar. */
    relabel() {
      if (!this.scale) return;
      ge.drawAxis(this.axis, this.scale, this.width);
      this.count();
      this.show();
    }

    count() {
      if (!this.scale) return;
      this.counts = ge.barCounts(this.unit, this.edges, this.scale);
      ge.drawBars(this.bars, this.edges, this.counts, this.scale);
      const [from, to] = this.scale.map((day) => ge.format.day(day));
      const most = ge.format.number(Math.max(0, ...this.counts.all));
      this.bars.setAttribute("aria-label", ge.fill(word("histogram"), { unit: word(this.unit), from, to, most }));
    }

    /** Show the window that the filter has. */
    show() {
      const { range } = this;
      if (this.scale) this.slider.show(this.scale, range);
      this.said.textContent = range ? ge.format.days(...range) : word("every");
      this.zoomer.hidden = !range || (range[0] <= this.scale?.[0] && range[1] >= this.scale?.[1]);
      this.whole.hidden = !range && this.domain === this.full;
      if (this.box) this.box.checked = ge.filter.get("undated");
    }

    follow(names) {
      if ([...names].some((name) => !ABOUT_TIME.has(name))) this.count();
      this.show();
    }

    /** Filter by a window; one that leaves nothing out is none. */
    choose(range) {
      const everything = range && this.domain === this.full && range[0] <= this.scale[0] && range[1] >= this.scale[1];
      this.wanted = everything ? null : range;
      this.apply();
    }

    /** The next window in a direction, or null where the scale ends. */
    next(sign) {
      const { range, scale, step } = this;
      if (!range) {
        const at = calendar.floor(step, sign > 0 ? this.domain[0] : this.domain[1]);
        return [at, calendar.add(step, at, 1) - 1];
      }
      const moved = [calendar.add(step, range[0], sign), calendar.add(step, range[1] + 1, sign) - 1];
      return moved[0] > scale[1] || moved[1] < scale[0] ? null : moved;
    }

    move(sign) {
      this.pause();
      this.advance(sign);
    }

    advance(sign) {
      const next = this.next(sign);
      if (!next) return false;
      if (!this.range) this.cut = true;
      this.choose(next);
      return true;
    }

    setStep(step) {
      this.step = step;
      if (!this.range || !this.cut) return;
      const at = calendar.floor(step, this.range[0]);
      this.choose([at, calendar.add(step, at, 1) - 1]);
    }

    play() {
      // From the end it begins again.
      if (this.range && !this.next(1)) ge.filter.set("time", null);
      ge.turnButton(this.player, "pause", word("pause"));
      this.element.classList.add("playing");
      if (!this.range) this.advance(1);
      this.wait();
    }

    wait() {
      this.timer = setTimeout(() => {
        if (this.advance(1)) this.wait();
        else this.pause();
      }, STEP_MS / this.speed);
    }

    pause() {
      if (!this.timer) return;
      clearTimeout(this.timer);
      this.timer = 0;
      this.element.classList.remove("playing");
      ge.turnButton(this.player, "play", word("play"));
    }

    /** Let the window fill the scale. */
    zoom() {
      this.domain = [...this.range];
      this.layout();
      this.whole.focus({ preventScroll: true });
    }

    reset() {
      this.pause();
      this.domain = this.full;
      ge.filter.set("time", null);
      this.layout();
      this.player.focus({ preventScroll: true });
    }

    /** Tell what stands under the pointer. */
    hint(event) {
      if (event.pointerType === "touch" || !this.scale) return;
      const day = this.slider.dayAt(event);
      const bar = this.edges.findIndex((edge) => edge > day) - 1;
      if (bar < 0) return;
      const [from, next] = [this.edges[bar], this.edges[bar + 1]];
      const [count, vague] = [this.counts.all[bar], this.counts.vague[bar]];
      this.tip.textContent = ge.fill(word(vague ? "vague" : "bar"), {
        date: ge.format.days(from, next - 1), count: ge.format.number(count), vague: ge.format.number(vague),
      });
      this.tip.style.setProperty("--at", ((from + next) / 2 - this.scale[0]) / (this.scale[1] + 1 - this.scale[0]));
      this.tip.hidden = false;
    }
  }

  ge.components.push(function () {
    const { undated, full } = survey();
    const timeline = document.getElementById("ge-timeline");
    timeline.hidden = !Number.isFinite(full[0]);
    if (timeline.hidden) return;
    const made = new Timeline(undated, full);
    made.layout();
    made.show();
  });
})(window.geoevents);
