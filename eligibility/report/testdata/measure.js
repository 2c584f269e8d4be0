// Tells the page around this one what the browser drew.
const box = (e, more) => {
  const b = e.getBBox();
  return Object.assign({ X: b.x, Y: b.y, Width: b.width, Height: b.height, Class: e.getAttribute("class") }, more);
};
const within = (svg, selector, more) => [...svg.querySelectorAll(selector)].map((e) => box(e, more(e)));
const said = (svg, n) => document.getElementById(svg.getAttribute("aria-labelledby").split(" ")[n]).textContent;
const section = (e) => {
  let g = e.closest("g");
  while (g && g.getAttribute("class") !== "heading") g = g.previousElementSibling;
  return g ? g.querySelector("text").firstChild.nodeValue : "";
};
const figures = [...document.querySelectorAll("svg.strip[role=img]")].map((svg) => ({
  Name: said(svg, 0),
  About: said(svg, 1),
  Height: svg.viewBox.baseVal.height,
  Rows: within(svg, "g", () => ({})),
  Texts: within(svg, "text", (e) => ({ Text: e.firstChild.nodeValue, Section: e.closest("g.heading") ? "" : section(e) })),
  Bars: within(svg, "rect[data-from]", (e) => ({ From: e.dataset.from, To: e.dataset.to, Fill: getComputedStyle(e).fill, Section: section(e) })),
  Points: within(svg, ".point", (e) => ({ On: e.dataset.day })),
  Lines: [...svg.querySelectorAll("line[data-day]")].map((e) => ({ X: e.x1.baseVal.value, Y: e.y1.baseVal.value, End: e.y2.baseVal.value, On: e.dataset.day })),
  Ticks: [...svg.querySelectorAll(".tick")].map((e) => ({ X: e.x1.baseVal.value, Y: e.y1.baseVal.value, End: e.y2.baseVal.value, On: e.dataset.tick })),
}));
const result = {
  Width: window.innerWidth,
  Scrolled: document.documentElement.scrollWidth,
  Cut: [...document.querySelectorAll("td, th, p, li, h1, h2, h3")].filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== "inline").map((e) => e.textContent),
  Scripts: document.scripts.length,
  Text: document.querySelector("main").innerText,
  Legend: [...document.querySelectorAll(".legend rect")].map((e) => e.getAttribute("class")),
  Figures: figures,
};
parent.postMessage({ Number: Number(window.name), Page: result }, "*");
