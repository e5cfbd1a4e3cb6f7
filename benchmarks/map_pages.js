// How long a map's page takes to become usable, and to answer; runs before the page's own scripts.
window.bench = (function () {
  "use strict";

  const bench = {};
  /** The next frame is on the screen. */
  const painted = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));

  async function usable() {
    await painted();
    bench.ready = performance.now();
    document.documentElement.dataset.benchReady = "yes";
  }

  /** Our pages say when their events can be used; of others it is when they are loaded. */
  bench.watch = function (own) {
    if (!own) {
      addEventListener("load", usable);
      return;
    }
    new MutationObserver((_, watch) => {
      if (document.body?.dataset.events !== "ready") return;
      watch.disconnect();
      usable();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  };

  /** folium and this package leave the Leaflet map in a global variable. */
  bench.begin = async function () {
    bench.map = Object.values(window).find((one) => one instanceof L.Map);
    bench.map.setView([25, 40], 4, { animate: false });
    await painted();
    await painted();
  };

  async function timed(act) {
    const start = performance.now();
    await act();
    await painted();
    return performance.now() - start;
  }

  const moved = (act) =>
    timed(async () => {
      const ended = new Promise((go) => bench.map.once("moveend", go));
      act();
      await ended;
    });

  bench.zoom = (by) => moved(() => bench.map.setZoom(bench.map.getZoom() + by, { animate: false }));
  bench.pan = (by) => moved(() => bench.map.panBy([by, 0], { animate: false }));

  /** Click the layer that lies at a share of the map's points, whoever holds its popup. */
  bench.popup = function (share) {
    const points = [];
    bench.map.eachLayer((layer) => {
      if (layer.getLatLng && !(layer instanceof L.Popup)) points.push(layer);
    });
    const point = points[Math.floor((points.length - 1) * share)];
    return timed(async () => {
      point.fire("click", { latlng: point.getLatLng() }, true);
      while (!document.querySelector(".leaflet-popup")) await painted();
    });
  };

  /** Open an event of the list, until its sentence can be read. */
  bench.ownPopup = async function (share) {
    const entries = document.querySelectorAll("#ge-list button[data-event]");
    const took = await timed(async () => {
      entries[Math.floor((entries.length - 1) * share)].click();
      while (!document.querySelector(".ge-popup .ge-sentence")) await painted();
    });
    bench.map.closePopup();
    await painted();
    return took;
  };

  /** Move the first handle of the time slider by a step. */
  bench.ownSlider = function (forward) {
    const handle = document.querySelector("#ge-timeline [role=slider]");
    const key = forward ? "PageUp" : "PageDown";
    handle.focus();
    return timed(async () => {
      const before = handle.getAttribute("aria-valuenow");
      handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      if (handle.getAttribute("aria-valuenow") === before) throw new Error("the slider did not move");
      await painted();
    });
  };

  return bench;
})();
