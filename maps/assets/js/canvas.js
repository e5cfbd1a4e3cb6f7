// Lines and areas on one canvas: projected once, painted for each view, found again under a pointer.
(function (ge) {
  "use strict";

  const TILE = 256;
  // Lines are drawn so far beyond the canvas, so that no dash begins in view.
  const MARGIN = 60;
  // From so many lines on they are thinner and let others through, without halos and arrows.
  const CROWD = 1200;
  const THINNER = 0.5;
  const SHEER = 0.45;

  const { arrowsOn, bent, distance2, finer, headOn, inPixels, inside, trace } = ge.plane;

  /**
   * A canvas of lines and areas.
   *
   * `items` are drawn in their order, areas under lines. An item has `lines` or `rings` (flat, as
   * `ge.project` gives them), their `box`, `look` (of `ge.look`), and optionally `offset` (pixels
   * by which its lines are bent aside) and `arrows`.
   */
  ge.ShapeCanvas = L.Renderer.extend({
    options: { padding: 0.2 },

    initialize(options) {
      L.Renderer.prototype.initialize.call(this, options);
      this.items = [];
    },

    /** Show other items, or the same ones with other looks. */
    show(items) {
      this.items = items;
      if (this._map && this._bounds) this._paint();
    },

    _initContainer() {
      this._container = L.DomUtil.create("canvas", "ge-shapes");
      this._context = this._container.getContext("2d");
    },

    _destroyContainer() {
      this._container.remove();
      this._container = null;
    },

    _updatePaths() {},

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      // Leaflet tells twice of a zoom.
      const at = [this._zoom, this._map.getPixelOrigin(), this._bounds.min, this._bounds.max].join();
      if (at === this._at) return;
      this._at = at;
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const size = this._bounds.getSize();
      L.DomUtil.setPosition(this._container, this._bounds.min);
      if (this._container.width !== size.x * ratio || this._container.height !== size.y * ratio) {
        this._container.width = size.x * ratio;
        this._container.height = size.y * ratio;
        this._container.style.width = `${size.x}px`;
        this._container.style.height = `${size.y}px`;
      }
      this._paint();
    },

    /** Scale and corner of the canvas on the world, in pixels. */
    _view() {
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const size = this._bounds.getSize();
      const scale = TILE * 2 ** this._map.getZoom();
      return {
        scale, x: corner.x, y: corner.y, size,
        clip: [-MARGIN, -MARGIN, size.x + MARGIN, size.y + MARGIN],
        // What runs over the edge of the map's own turn of the world is drawn on its other side too.
        west: (ge.data.west ?? -180) / 360 + 0.5,
      };
    },

    /** Whole turns of the world by which an item is in view. */
    _turns({ box }, view) {
      const over = box[0] < view.west || box[2] > view.west + 1;
      return (over ? [-1, 0, 1] : [0]).filter((turn) => {
        const x0 = (box[0] + turn) * view.scale - view.x;
        const x1 = (box[2] + turn) * view.scale - view.x;
        const y0 = box[1] * view.scale - view.y;
        const y1 = box[3] * view.scale - view.y;
        return x1 >= view.clip[0] && x0 <= view.clip[2] && y1 >= view.clip[1] && y0 <= view.clip[3];
      });
    },

    _paint() {
      const view = (this._seen = this._view());
      const context = this._context;
      const ratio = this._container.width / view.size.x || 1;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, view.size.x, view.size.y);
      this._drawn = [];
      const batches = new Map();
      for (const item of this.items) {
        const turns = this._turns(item, view);
        if (!turns.length) continue;
        const drawn = { item, lines: [], turns };
        this._drawn.push(drawn);
        if (item.rings) this._area(context, item, turns, view, ratio);
        else this._gather(batches, drawn, view);
      }
      this._lines(context, batches, view);
    },

    _area(context, { rings, look }, turns, view, ratio) {
      const [filled, edge] = [new Path2D(), look.edge ? new Path2D() : null];
      for (const turn of turns) {
        for (const ring of rings.flat()) {
          const flat = inPixels(ring, view, turn);
          for (let i = 0; i < flat.length; i += 2) {
            if (i) filled.lineTo(flat[i], flat[i + 1]);
            else filled.moveTo(flat[0], flat[1]);
          }
          filled.closePath();
          if (edge) trace(edge, flat, view.clip);
        }
      }
      for (const { style, alpha, tile } of look.fills) {
        context.globalAlpha = alpha;
        // A pattern stays with the land under it when the map is moved.
        if (tile) style.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, -view.x % tile, -view.y % tile]));
        context.fillStyle = style;
        context.fill(filled, "evenodd");
      }
      context.globalAlpha = 1;
      if (edge) this._stroke(context, edge, look, look.edge, look.colour);
    },

    /** Put an item's lines, in pixels, to those of the same look. */
    _gather(batches, drawn, view) {
      const { item } = drawn;
      for (const turn of drawn.turns) {
        for (const line of item.lines) {
          let flat = inPixels(line, view, turn);
          if (item.offset) flat = bent(finer(flat), item.offset);
          drawn.lines.push(flat);
        }
      }
      if (!batches.has(item.look)) batches.set(item.look, []);
      batches.get(item.look).push(drawn);
    },

    _lines(context, batches, view) {
      const number = [...batches.values()].reduce((sum, batch) => sum + batch.length, 0);
      const paths = [...batches].map(([look, batch]) => {
        const path = new Path2D();
        for (const { lines } of batch) for (const flat of lines) trace(path, flat, view.clip);
        return [look, path, batch];
      });
      context.lineJoin = number < CROWD ? "round" : "bevel";
      if (number < CROWD) this._clearly(context, paths, view);
      else this._sheerly(context, paths);
    },

    _clearly(context, paths, view) {
      for (const [look, path] of paths) {
        this._stroke(context, path, { dash: [], cap: "round" }, look.weight + 3, look.halo);
      }
      for (const [look, path] of paths) this._stroke(context, path, look, look.weight, look.colour);
      for (const [look, , batch] of paths) this._arrows(context, look, batch, view);
    },

    _sheerly(context, paths) {
      context.globalAlpha = SHEER;
      for (const [look, path] of paths) this._stroke(context, path, look, look.weight * THINNER, look.colour);
      context.globalAlpha = 1;
    },

    _arrows(context, look, batch, view) {
      const path = new Path2D();
      const size = 5.5 + look.weight * 0.55;
      for (const { item, lines } of batch) {
        if (item.arrows) for (const flat of lines) arrowsOn(flat, view.clip, size, headOn(path));
      }
      context.setLineDash([]);
      context.strokeStyle = look.halo;
      context.lineWidth = 2;
      context.stroke(path);
      context.fillStyle = look.colour;
      context.fill(path);
    },

    _stroke(context, path, { dash, cap }, width, colour) {
      context.setLineDash(dash);
      context.lineCap = cap;
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke(path);
    },

    /** The item at a place of the map: the nearest line within a tolerance in pixels, else the topmost area. */
    at(latLng, tolerance) {
      if (!this._drawn) return null;
      const { x, y } = this._map.latLngToLayerPoint(latLng).subtract(this._bounds.min);
      let [best, least] = [null, Infinity];
      for (const { item, lines } of this._drawn) {
        const reach = tolerance + (item.look.weight || 0) / 2;
        for (const flat of lines) {
          const far = distance2(flat, x, y);
          if (far <= reach * reach && far <= least) [best, least] = [item, far];
        }
      }
      return best || this._areaAt(x, y, tolerance);
    },

    _areaAt(x, y, tolerance) {
      const view = this._seen;
      for (let k = this._drawn.length - 1; k >= 0; k--) {
        const { item, turns } = this._drawn[k];
        if (!item.rings || item.look.still) continue;
        const { box } = item;
        for (const turn of turns) {
          const [wx, wy] = [(x + view.x) / view.scale - turn, (y + view.y) / view.scale];
          const room = tolerance / view.scale;
          if (wx < box[0] - room || wx > box[2] + room || wy < box[1] - room || wy > box[3] + room) continue;
          // An area smaller than a fingertip is hit by its box.
          if (Math.max(box[2] - box[0], box[3] - box[1]) < 2 * room) return item;
          if (inside(item.rings.flat(), wx, wy)) return item;
        }
      }
      return null;
    },
  });
})(window.geoevents);
