// Draws the charts of a page with Vega, when the reader comes near them. Until then, without
// script, and in print, each chart is the picture that stands in its place.
(function () {
  "use strict";
  const root = document.documentElement.dataset.content_root || "./";
  const options = { mode: "vega-lite", actions: false, renderer: "svg", logLevel: 1 };
  let bundle;

  function load() {
    // One copy for the whole site, fetched on the first page that has a chart.
    bundle ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = root + "vega.js";
      script.onload = resolve;
      script.onerror = () => reject(new Error("vega.js is missing"));
      document.head.append(script);
    });
    return bundle;
  }

  function merge(into, from) {
    for (const [key, value] of Object.entries(from)) {
      const nested = value && typeof value === "object" && !Array.isArray(value);
      into[key] = nested ? merge(into[key] || {}, value) : value;
    }
    return into;
  }

  // The chart at the width of its box; what its builder says of narrow screens stands in usermeta.
  function fitted(spec, width) {
    const { aspect, narrow, narrowBelow } = spec.usermeta || {};
    if (narrow && width < narrowBelow) {
      // Legends in two columns, and room for the label behind the longest bar.
      const legend = { columns: 2, columnPadding: 10, labelFontSize: 12 };
      merge(spec, { config: { legend }, padding: { left: 2, top: 5, right: 28, bottom: 5 } });
      merge(spec, narrow);
    }
    spec.width = width;
    if (aspect) spec.height = Math.round(width * aspect);
    return spec;
  }

  function room(box) {
    const style = getComputedStyle(box);
    const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    return Math.floor(box.clientWidth - padding);
  }

  async function draw(box) {
    await load();
    const spec = fitted(JSON.parse(box.querySelector(".exhibit-spec").textContent), room(box));
    const picture = box.querySelector(".exhibit-picture");
    const canvas = document.createElement("div");
    canvas.className = "exhibit-drawing";
    // Vega measures the box it draws in, so it must be on the page, over the picture.
    box.append(canvas);
    await window.vegaEmbed(canvas, spec, options);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", picture.alt);
    box.classList.add("drawn");
  }

  function watch() {
    const boxes = document.querySelectorAll(".exhibit-chart");
    const near = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          near.unobserve(entry.target);
          draw(entry.target).catch((error) => console.error(entry.target.dataset.exhibit, error));
        }
      },
      { rootMargin: "800px" },
    );
    boxes.forEach((box) => near.observe(box));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
