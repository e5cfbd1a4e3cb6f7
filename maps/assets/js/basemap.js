// The countries under the events, drawn on canvas tiles from the embedded topology.
(function (ge) {
  "use strict";

  const LIMIT = 85.0511;
  const SIZE = 256;
  // Tiles overlap by this many pixels, so that no seam shows between them at half zooms.
  const SEAM = 1;
  // Pixels beyond the view that are painted too.
  const BEYOND = 96;

  /** Web Mercator, the world from 0 to 1. */
  function project(lon, lat) {
    const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }

  /** Undo the quantised deltas: projected, and running on over the antimeridian. */
  function decode(deltas, { scale, translate }) {
    const xy = new Float64Array(deltas.length);
    for (let i = 0, x = 0, y = 0; i < deltas.length; i += 2) {
      x += deltas[i];
      y += deltas[i + 1];
      const [px, py] = project(x * scale[0] + translate[0], y * scale[1] + translate[1]);
      xy[i] = i ? px - Math.round(px - xy[i - 2]) : px;
      xy[i + 1] = py;
    }
    return { xy, box: extent(xy), uses: 0 };
  }

  function extent(xy) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < xy.length; i += 2) {
      box[0] = Math.min(box[0], xy[i]);
      box[1] = Math.min(box[1], xy[i + 1]);
      box[2] = Math.max(box[2], xy[i]);
      box[3] = Math.max(box[3], xy[i + 1]);
    }
    return box;
  }

  // Antarctica's first ring is the pole: a polygon's extent is that of all its rings.
  const merge = (boxes) => [0, 1, 2, 3].map((side) =>
    Math[side < 2 ? "min" : "max"](...boxes.map((box) => box[side])),
  );

  /** Join arcs to a ring; one that goes round the pole is closed below the map's edge. */
  function join(indexes, arcs) {
    const points = [];
    for (const index of indexes) {
      const { xy } = arcs[index < 0 ? ~index : index];
      const start = index < 0 ? xy[xy.length - 2] : xy[0];
      const turn = points.length ? Math.round(points[points.length - 2] - start) : 0;
      // An arc begins with the point that the one before ended with.
      for (let i = points.length ? 2 : 0; i < xy.length; i += 2) {
        const at = index < 0 ? xy.length - 2 - i : i;
        points.push(xy[at] + turn, xy[at + 1]);
      }
    }
    const last = points[points.length - 2];
    if (Math.abs(last - points[0]) > 0.5) points.push(last, 1.1, points[0], 1.1);
    return Float64Array.from(points);
  }

  /** Arcs with their number of users (a coast has one, a border two) and the land's polygons. */
  function prepare(topology) {
    const arcs = topology.arcs.map((arc) => decode(arc, topology));
    const parts = topology.countries.flatMap((polygons, i) => polygons.map((polygon) => [polygon, topology.codes[i]]));
    const land = parts.map(([polygon, code]) => {
      for (const index of polygon.flat()) arcs[index < 0 ? ~index : index].uses += 1;
      const rings = polygon.map((ring) => join(ring, arcs));
      return { rings, box: merge(rings.map(extent)), code };
    });
    const lakes = topology.lakes.map((lake) => decode(lake, topology));
    return { arcs, land, lakes: lakes.map(({ xy, box }) => ({ rings: [xy], box })) };
  }

  async function unpack() {
    const packed = atob(document.getElementById("ge-basemap").textContent);
    const bytes = Uint8Array.from(packed, (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return prepare(await new Response(stream).json());
  }

  /** The copies of the world (whole turns) in which a box lies within the view. */
  const copies = (box, view) =>
    [-1, 0, 1].filter(
      (turn) =>
        box[0] + turn <= view.box[2] && box[2] + turn >= view.box[0] &&
        box[1] <= view.box[3] && box[3] >= view.box[1],
    );

  /** Add a line to the path, points closer than half a pixel left out. */
  function trace(context, xy, turn, view) {
    const last = xy.length - 2;
    let [x0, y0] = [Infinity, Infinity];
    for (let i = 0; i <= last; i += 2) {
      const x = (xy[i] + turn - view.x) * view.pixels;
      const y = (xy[i + 1] - view.y) * view.pixels;
      if (i > 0 && i < last && Math.abs(x - x0) + Math.abs(y - y0) < 0.6) continue;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
      [x0, y0] = [x, y];
    }
  }

  function fill(context, polygons, view, colour) {
    context.beginPath();
    for (const { rings, box } of polygons) {
      for (const turn of copies(box, view)) for (const ring of rings) trace(context, ring, turn, view);
    }
    context.fillStyle = colour;
    context.fill("evenodd");
  }

  function stroke(context, arcs, view, colour, width) {
    context.beginPath();
    for (const { xy, box } of arcs) {
      for (const turn of copies(box, view)) trace(context, xy, turn, view);
    }
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  function paint(context, base, view, colours) {
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, SIZE + SEAM, SIZE + SEAM);
    context.lineJoin = "round";
    fill(context, base.land, view, colours.land);
    fill(context, base.lakes, view, colours.sea);
    stroke(context, base.arcs.filter(({ uses }) => uses < 2), view, colours.coast, 0.8);
    stroke(context, base.arcs.filter(({ uses }) => uses > 1), view, colours.border, view.zoom < 4 ? 0.7 : 1.1);
  }

  function colours() {
    const style = getComputedStyle(document.body);
    const read = (name) => style.getPropertyValue(`--${name}`).trim();
    return { sea: read("sea"), land: read("land"), coast: read("coast"), border: read("border") };
  }

  const Countries = L.GridLayer.extend({
    // What lies just beyond the view is there when the window grows or the map is pulled.
    _getTiledPixelBounds(center) {
      const { min, max } = L.GridLayer.prototype._getTiledPixelBounds.call(this, center);
      return new L.Bounds(min.subtract([BEYOND, BEYOND]), max.add([BEYOND, BEYOND]));
    },

    createTile(coords) {
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const side = (SIZE + SEAM) * ratio;
      const tile = ge.el("canvas", { class: "ge-tile", width: side, height: side });
      tile.getContext("2d").scale(ratio, ratio);
      this.paint(tile, coords);
      return tile;
    },

    paint(tile, coords) {
      const tiles = 2 ** coords.z;
      const [x, y, margin] = [coords.x / tiles, coords.y / tiles, 2 / SIZE / tiles];
      const view = {
        x,
        y,
        zoom: coords.z,
        pixels: tiles * SIZE,
        box: [x - margin, y - margin, x + 1 / tiles + margin, y + 1 / tiles + margin],
      };
      paint(tile.getContext("2d"), this.options.base, view, this.options.colours);
    },

    /** Paint the tiles that are there in other colours, at once and without a flash of emptiness. */
    recolour(colours) {
      this.options.colours = colours;
      for (const { el, coords } of Object.values(this._tiles)) this.paint(el, this._wrapCoords(coords));
    },
  });

  /** Tiles of the network, where they were asked for when the page was made. */
  function addTiles(map, { url, subdomains, min_zoom: minNativeZoom, max_zoom: maxNativeZoom }) {
    L.tileLayer(url, { pane: "ge-basemap", subdomains, minNativeZoom, maxNativeZoom }).addTo(map);
  }

  /** Put the countries under everything else; a browser that cannot unpack them shows none. */
  ge.addBasemap = async function (map, tiles = null) {
    if (tiles) addTiles(map, tiles);
    else if ("DecompressionStream" in window) await addCountries(map);
    document.body.dataset.basemap = "ready";
  };

  /** The polygons of the countries with their codes, once they are unpacked. */
  let tell = null;
  ge.countries = new Promise((resolve) => (tell = resolve));

  async function addCountries(map) {
    const base = await unpack();
    tell(base.land);
    const layer = new Countries({
      pane: "ge-basemap",
      base,
      colours: colours(),
      updateWhenZooming: false,
      keepBuffer: 1,
      maxNativeZoom: 14,
    });
    layer.addTo(map);
    // Not every page that has countries has themes to choose from.
    ge.on?.("theme", () => layer.recolour(colours()));
  }
})(window.geoevents);
