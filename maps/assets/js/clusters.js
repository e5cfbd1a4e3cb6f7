// Which positions would cover each other at a zoom, and what is left of them under the filters?
(function (ge) {
  "use strict";

  const RADIUS = 42;
  const TILE = 256;
  // Beyond this zoom every position stands alone: what is closer than some ten metres overlaps.
  const DEEPEST = 16;
  // Zooms whose clusters are kept.
  const KEPT = 12;
  const LIMIT = 85.0511;

  function project(lat) {
    const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  const unproject = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

  /** The positions in Web Mercator, the world from 0 to 1, and those with most points first. */
  function prepare({ n, lon, lat, points: { first } }) {
    const order = Float64Array.from({ length: n }, (_, p) => (first[p] - first[p + 1]) * n + p);
    order.sort();
    return {
      n,
      x: Float64Array.from(lon, (degrees) => degrees / 360 + 0.5),
      y: Float64Array.from(lat, project),
      order: Int32Array.from(order, (key) => ((key % n) + n) % n),
    };
  }

  /** Positions sorted into the cells of a grid, cells hashed into as many buckets as it takes. */
  function gridOf({ n, x, y, order }, reach) {
    const size = 2 ** Math.ceil(Math.log2(2 * n + 2));
    const bucket = (a, b) =>
      ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 8) & (size - 1);
    const [column, row] = [new Int32Array(n), new Int32Array(n)];
    const first = new Int32Array(size + 1);
    for (let p = 0; p < n; p++) {
      column[p] = Math.floor(x[p] / reach);
      row[p] = Math.floor(y[p] / reach);
      first[bucket(column[p], row[p]) + 1] += 1;
    }
    for (let s = 0; s < size; s++) first[s + 1] += first[s];
    const end = first.slice(0, size);
    const held = new Int32Array(n);
    for (const p of order) held[end[bucket(column[p], row[p])]++] = p;
    return { bucket, column, row, first, end, held };
  }

  /** Which cluster each position belongs to: each takes all that are free within its reach. */
  function group(world, reach) {
    const { n, x, y, order } = world;
    const { bucket, column, row, first, end, held } = gridOf(world, reach);
    const of = new Int32Array(n).fill(-1);
    let count = 0;
    for (const p of order) {
      if (of[p] >= 0) continue;
      for (let cell = 0; cell < 9; cell++) {
        const s = bucket(column[p] + (cell % 3) - 1, row[p] + Math.floor(cell / 3) - 1);
        for (let k = first[s]; k < end[s]; ) {
          const other = held[k];
          const [dx, dy] = [x[other] - x[p], y[other] - y[p]];
          if (of[other] < 0 && dx * dx + dy * dy > reach * reach) {
            k += 1;
            continue;
          }
          // It is taken now, or was before: nobody needs to look at it again.
          if (of[other] < 0) of[other] = count;
          held[k] = held[--end[s]];
        }
      }
      count += 1;
    }
    return { of, count };
  }

  /**
   * Clusters of the store's positions. `at(zoom)` says, once per zoom, which cluster each position
   * belongs to; `tally(zoom)` what of them is there under the filters.
   */
  ge.makeClusters = function (store) {
    const { events, points, positions, pointsByEvent } = store;
    const world = prepare(positions);
    const families = store.values.family.length;
    const known = new Map();

    function at(zoom) {
      const level = Math.min(zoom, DEEPEST + 1);
      if (!known.has(level)) {
        const alone = level > DEEPEST;
        const each = alone ? { of: Int32Array.from(world.x, (_, p) => p), count: world.n } : null;
        known.set(level, each || group(world, RADIUS / (TILE * 2 ** level)));
        if (known.size > KEPT) known.delete(known.keys().next().value);
      }
      return known.get(level);
    }

    /** An event counts once in a cluster, however many of its places lie there. */
    function tally(zoom) {
      const { of, count } = at(zoom);
      const { passes, isShown } = ge.filter;
      const shown = Uint8Array.from(store.values.layer, (_, code) => (isShown(code) ? 1 : 0));
      const left = new Uint8Array(positions.n);
      const last = new Int32Array(count).fill(-1);
      const result = {
        of, left, count, families,
        events: new Int32Array(count), places: new Int32Array(count), one: new Int32Array(count),
        x: new Float64Array(count), y: new Float64Array(count),
        mix: new Int32Array(count * families),
      };
      for (let i = 0; i < store.n; i++) {
        if (!passes[i]) continue;
        const weight = events.weight ? events.weight[i] : 1;
        for (let k = pointsByEvent.first[i]; k < pointsByEvent.first[i + 1]; k++) {
          const point = pointsByEvent.codes[k];
          if (!shown[points.layer[point]]) continue;
          const p = points.at[point];
          const c = of[p];
          if (!left[p]) {
            left[p] = 1;
            result.places[c] += 1;
            result.one[c] = p;
            result.x[c] += world.x[p];
            result.y[c] += world.y[p];
          }
          if (last[c] === i) continue;
          last[c] = i;
          result.events[c] += weight;
          result.mix[c * families + points.family[point]] += weight;
        }
      }
      return result;
    }

    /** Where a cluster stands, [lat, lon]: in the middle of what is left, or exactly there. */
    function middle(tallied, c) {
      const { places, one, x, y } = tallied;
      if (places[c] === 1) return [positions.lat[one[c]], positions.lon[one[c]]];
      return [unproject(y[c] / places[c]), (x[c] / places[c] - 0.5) * 360];
    }

    /** The clusters that have something left and stand within the bounds. */
    function inView({ places, x, y, count }, bounds) {
      const [west, east] = [bounds.getWest() / 360 + 0.5, bounds.getEast() / 360 + 0.5];
      const [north, south] = [project(bounds.getNorth()), project(bounds.getSouth())];
      const found = [];
      for (let c = 0; c < count; c++) {
        const n = places[c];
        if (!n || x[c] < west * n || x[c] > east * n || y[c] < north * n || y[c] > south * n) continue;
        found.push(c);
      }
      return found;
    }

    /** The positions of a cluster that are left. */
    function members({ of, left }, c) {
      const found = [];
      for (let p = 0; p < of.length; p++) if (of[p] === c && left[p]) found.push(p);
      return found;
    }

    return { tally, inView, middle, members };
  };
})(window.geoevents);
