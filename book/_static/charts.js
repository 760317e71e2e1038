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

  // The colours of words and lines where the page is dark; what stands on a colour keeps its own.
  function themed(spec) {
    const swap = getComputedStyle(document.documentElement).getPropertyValue("--book-swap");
    const colours = swap.match(/#[0-9a-f]{6}/g) || [];
    const dark = {};
    for (let at = 0; at + 1 < colours.length; at += 2) dark[colours[at]] = colours[at + 1];
    const turn = (node, key) => {
      if (typeof node === "string") return key === "ink" ? node : dark[node] || node;
      if (Array.isArray(node)) return node.map((one) => turn(one, key));
      if (!node || typeof node !== "object") return node;
      const inked = (node.hollow || node.turned) && node.ink ? { ink: dark[node.ink] || node.ink } : {};
      const turned = Object.entries(node).map(([name, one]) => [name, turn(one, name)]);
      return { ...Object.fromEntries(turned), ...inked };
    };
    return colours.length ? turn(spec, "") : spec;
  }

  async function draw(box) {
    await load();
    const given = JSON.parse(box.querySelector(".exhibit-spec").textContent);
    box.dataset.width = room(box);
    const spec = fitted(themed(given), room(box));
    const picture = box.querySelector(".exhibit-picture");
    const canvas = box.querySelector(".exhibit-drawing") || document.createElement("div");
    canvas.className = "exhibit-drawing";
    // Vega measures the box it draws in, so it must be on the page, over the picture.
    box.append(canvas);
    await window.vegaEmbed(canvas, spec, options);
    // The alt text says all that is drawn; Vega's own roles have no names.
    for (const part of canvas.querySelectorAll("[role], [aria-roledescription]"))
      for (const name of ["role", "aria-roledescription", "aria-label"]) part.removeAttribute(name);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", picture.alt);
    box.classList.add("drawn");
  }

  const redraw = (box) => draw(box).catch((error) => console.error(box.dataset.exhibit, error));

  // A turned tablet, another window, another theme: what is drawn is drawn anew.
  function follow() {
    let waiting;
    const drawn = () => document.querySelectorAll(".exhibit-chart.drawn");
    window.addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        for (const box of drawn()) if (+box.dataset.width !== room(box)) redraw(box);
      }, 200);
    });
    new MutationObserver(() => drawn().forEach(redraw)).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
  }

  function watch() {
    const boxes = document.querySelectorAll(".exhibit-chart");
    const near = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          near.unobserve(entry.target);
          redraw(entry.target);
        }
      },
      { rootMargin: "800px" },
    );
    boxes.forEach((box) => near.observe(box));
    follow();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
