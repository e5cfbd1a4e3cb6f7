// Lines and rings on the plane of the map: projected, in pixels, bent, clipped, and near a pointer.
(function (ge) {
  "use strict";

  // Web Mercator ends here; what lies beyond is on no map.
  const LIMIT = 85.0511287798;
  // A line may stray this many pixels from what it would be with all its points.
  const MISSED = 0.35;
  // Longer pieces are cut off at the margin: a dashed line of a million pixels takes minutes.
  const LONG = 3000;
  const ARROW_EVERY = 260;
  const ARROW_ROOM = 56;

  const onWorld = function (lon, lat) {
    const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  };

  /** Flat lon, lat, lon, lat … on Web Mercator, the world from 0 to 1. */
  ge.project = function (flat) {
    const xy = new Float64Array(flat.length);
    for (let i = 0; i < flat.length; i += 2) [xy[i], xy[i + 1]] = onWorld(flat[i], flat[i + 1]);
    return xy;
  };

  /** Pieces of a course that are on the map: what passes beyond its upper or lower edge is cut off. */
  ge.onMap = function (flat) {
    const pieces = [[]];
    const isBeyond = (i) => Math.abs(flat[i + 1]) > LIMIT;
    for (let i = 0; i < flat.length; i += 2) {
      const [cut, out] = [i > 0 && isBeyond(i) !== isBeyond(i - 2), isBeyond(i)];
      if (cut && !out) pieces.push([]);
      const piece = pieces[pieces.length - 1];
      if (cut) {
        // Where it crosses the edge.
        const edge = Math.sign(flat[i + 1]) * LIMIT;
        const share = (edge - flat[i - 1]) / (flat[i + 1] - flat[i - 1]);
        piece.push(flat[i - 2] + share * (flat[i] - flat[i - 2]), edge);
      }
      if (!out) piece.push(flat[i], flat[i + 1]);
    }
    return pieces.filter((piece) => piece.length > 2).map(ge.project);
  };

  /** Extent of flat coordinates: [least x, least y, most x, most y]. */
  ge.extentOf = function (tracks) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const xy of tracks) {
      for (let i = 0; i < xy.length; i += 2) {
        if (xy[i] < box[0]) box[0] = xy[i];
        if (xy[i] > box[2]) box[2] = xy[i];
        if (xy[i + 1] < box[1]) box[1] = xy[i + 1];
        if (xy[i + 1] > box[3]) box[3] = xy[i + 1];
      }
    }
    return box;
  };

  /** Square of the distance from point i of a line to the straight piece between points a and b. */
  function aside2(xy, i, a, b) {
    const [dx, dy] = [xy[b] - xy[a], xy[b + 1] - xy[a + 1]];
    const [px, py] = [xy[i] - xy[a], xy[i + 1] - xy[a + 1]];
    const share = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    return (px - share * dx) ** 2 + (py - share * dy) ** 2;
  }

  const weights = new WeakMap();

  /** How much each point adds to its line (Douglas and Peucker), as the square of a distance. */
  function weightsOf(xy) {
    if (weights.has(xy)) return weights.get(xy);
    const added = new Float64Array(xy.length / 2);
    const stack = [[0, xy.length - 2, Infinity]];
    while (stack.length) {
      const [a, b, most] = stack.pop();
      let [far, at] = [-1, 0];
      for (let i = a + 2; i < b; i += 2) {
        const one = aside2(xy, i, a, b);
        if (one > far) [far, at] = [one, i];
      }
      if (far < 0) continue;
      added[at / 2] = Math.min(far, most);
      stack.push([a, at, added[at / 2]], [at, b, added[at / 2]]);
    }
    added[0] = added[added.length - 1] = Infinity;
    weights.set(xy, added);
    return added;
  }

  /** A line in pixels of a view, points that nobody would miss left out. */
  function inPixels(xy, view, turn) {
    const flat = new Float32Array(xy.length);
    const added = weightsOf(xy);
    const least = (MISSED / view.scale) ** 2;
    let n = 0;
    for (let i = 0; i < xy.length; i += 2) {
      if (added[i / 2] < least) continue;
      flat[n++] = (xy[i] + turn) * view.scale - view.x;
      flat[n++] = xy[i + 1] * view.scale - view.y;
    }
    return flat.subarray(0, n);
  }

  /** Lengths from the start of a line to each of its points. */
  function lengthsOf(flat) {
    const lengths = new Float32Array(flat.length / 2);
    for (let i = 2; i < flat.length; i += 2) {
      lengths[i / 2] = lengths[i / 2 - 1] + Math.hypot(flat[i] - flat[i - 2], flat[i + 1] - flat[i - 1]);
    }
    return lengths;
  }

  /** Bend a line aside, to its right by `offset` pixels in the middle and not at all at its ends. */
  function bent(flat, offset) {
    const lengths = lengthsOf(flat);
    const total = lengths[lengths.length - 1] || 1;
    const result = new Float32Array(flat.length);
    for (let i = 0; i < flat.length; i += 2) {
      const [before, after] = [Math.max(0, i - 2), Math.min(flat.length - 2, i + 2)];
      const [dx, dy] = [flat[after] - flat[before], flat[after + 1] - flat[before + 1]];
      const far = (offset * Math.sin((Math.PI * lengths[i / 2]) / total)) / (Math.hypot(dx, dy) || 1);
      result[i] = flat[i] - dy * far;
      result[i + 1] = flat[i + 1] + dx * far;
    }
    return result;
  }

  /** A straight line of few points gets more, so that it can be bent. */
  function finer(flat) {
    if (flat.length > 40) return flat;
    const parts = Math.ceil(40 / flat.length);
    const result = new Float32Array((flat.length / 2 - 1) * parts * 2 + 2);
    for (let i = 0, n = 0; i + 2 < flat.length; i += 2) {
      for (let k = 0; k < parts; k++) {
        result[n++] = flat[i] + ((flat[i + 2] - flat[i]) * k) / parts;
        result[n++] = flat[i + 1] + ((flat[i + 3] - flat[i + 1]) * k) / parts;
      }
    }
    result.set(flat.subarray(flat.length - 2), result.length - 2);
    return result;
  }

  /** Which sides of the clip a point lies beyond, as bits. */
  const beyond = (x, y, clip) =>
    (x < clip[0] ? 1 : x > clip[2] ? 2 : 0) | (y < clip[1] ? 4 : y > clip[3] ? 8 : 0);

  /** The shares of a piece between which it lies in the clip (Liang and Barsky), or null. */
  function clipped(x0, y0, x1, y1, clip) {
    let [from, to] = [0, 1];
    for (const [step, room] of [
      [x0 - x1, x0 - clip[0]], [x1 - x0, clip[2] - x0], [y0 - y1, y0 - clip[1]], [y1 - y0, clip[3] - y0],
    ]) {
      if (step === 0 && room < 0) return null;
      if (step < 0) from = Math.max(from, room / step);
      else if (step > 0) to = Math.min(to, room / step);
    }
    return from < to ? [from, to] : null;
  }

  /** Add a line to a path, as far as it is in the clip. */
  function trace(path, flat, clip) {
    let down = false;
    for (let i = 0; i + 2 < flat.length; i += 2) {
      let [x0, y0, x1, y1] = [flat[i], flat[i + 1], flat[i + 2], flat[i + 3]];
      if (beyond(x0, y0, clip) & beyond(x1, y1, clip)) {
        down = false;
        continue;
      }
      let cut = false;
      if (Math.abs(x1 - x0) + Math.abs(y1 - y0) > LONG) {
        const shares = clipped(x0, y0, x1, y1, clip);
        if (!shares) {
          down = false;
          continue;
        }
        const [dx, dy] = [x1 - x0, y1 - y0];
        [x1, y1] = [x0 + dx * shares[1], y0 + dy * shares[1]];
        if (shares[0] > 0) [x0, y0, down] = [x0 + dx * shares[0], y0 + dy * shares[0], false];
        cut = shares[1] < 1;
      }
      if (!down) path.moveTo(x0, y0);
      path.lineTo(x1, y1);
      down = !cut;
    }
  }

  /** Heads of arrows along a line, on the part of it that is in view. */
  function arrowsOn(flat, clip, size, add) {
    const lengths = lengthsOf(flat);
    const total = lengths[lengths.length - 1];
    if (total < ARROW_ROOM) return;
    const step = total < 1.6 * ARROW_EVERY ? total : ARROW_EVERY;
    let next = total < 1.6 * ARROW_EVERY ? total * 0.55 : step * 0.6;
    for (let i = 1; i < lengths.length && next < total; i++) {
      if (lengths[i] < next) continue;
      const [x0, y0, x1, y1] = flat.subarray(i * 2 - 2, i * 2 + 2);
      if (beyond(x0, y0, clip) & beyond(x1, y1, clip)) {
        next += Math.ceil((lengths[i] - next + 1e-3) / step) * step;
        continue;
      }
      const [dx, dy, long] = [x1 - x0, y1 - y0, lengths[i] - lengths[i - 1] || 1];
      for (; next <= lengths[i] && next < total; next += step) {
        const share = (next - lengths[i - 1]) / long;
        const [x, y] = [x0 + dx * share, y0 + dy * share];
        if (!beyond(x, y, clip)) add(x, y, dx / long, dy / long, size);
      }
    }
  }

  /** The head of an arrow as a path: notched behind, as on the legend. */
  const headOn = (path) => (x, y, ux, uy, size) => {
    const at = (along, aside) => [x + ux * along * size - uy * aside * size, y + uy * along * size + ux * aside * size];
    path.moveTo(...at(1, 0));
    path.lineTo(...at(-0.85, 0.85));
    path.lineTo(...at(-0.4, 0));
    path.lineTo(...at(-0.85, -0.85));
    path.closePath();
  };

  /** Square of the distance from a point to a line. */
  function distance2(flat, x, y) {
    let least = Infinity;
    for (let i = 0; i + 2 < flat.length; i += 2) {
      const [dx, dy] = [flat[i + 2] - flat[i], flat[i + 3] - flat[i + 1]];
      const [px, py] = [x - flat[i], y - flat[i + 1]];
      const share = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
      const far = (px - share * dx) ** 2 + (py - share * dy) ** 2;
      if (far < least) least = far;
    }
    return least;
  }

  /** Whether a point lies in polygons, holes left out (even-odd). */
  function inside(rings, x, y) {
    let odd = false;
    for (const xy of rings) {
      for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
        if (xy[i + 1] > y !== xy[j + 1] > y &&
            x < ((xy[j] - xy[i]) * (y - xy[i + 1])) / (xy[j + 1] - xy[i + 1]) + xy[i]) odd = !odd;
      }
    }
    return odd;
  }

  ge.plane = { arrowsOn, bent, distance2, finer, headOn, inPixels, inside, trace };
})(window.geoevents);
