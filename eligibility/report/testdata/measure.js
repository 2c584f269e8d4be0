// Writes what the browser drew as JSON into the page.
const within = (svg, selector, more) => [...svg.querySelectorAll(selector)].map((e) => {
  const b = e.getBBox();
  return Object.assign({ X: b.x, Y: b.y, Width: b.width, Height: b.height, Class: e.getAttribute("class") }, more(e));
});
const said = (svg, n) => document.getElementById(svg.getAttribute("aria-labelledby").split(" ")[n]).textContent;
const figures = [...document.querySelectorAll("svg.strip[role=img]")].map((svg) => ({
  Name: said(svg, 0),
  About: said(svg, 1),
  Texts: within(svg, "text", (e) => ({ Text: e.firstChild.nodeValue })),
  Bars: within(svg, "rect[data-from]", (e) => ({ From: e.dataset.from, To: e.dataset.to, Fill: getComputedStyle(e).fill })),
  Points: within(svg, ".point", (e) => ({ On: e.dataset.day })),
  Lines: [...svg.querySelectorAll("line[data-day]")].map((e) => ({ X: e.x1.baseVal.value, Y: e.y1.baseVal.value, End: e.y2.baseVal.value, On: e.dataset.day })),
  Ticks: [...svg.querySelectorAll(".tick")].map((e) => ({ X: e.x1.baseVal.value, Year: Number(e.nextElementSibling.textContent) })),
}));
const result = {
  Width: window.innerWidth,
  Scrolled: document.documentElement.scrollWidth,
  Scripts: document.scripts.length,
  Text: document.querySelector("main").innerText,
  Figures: figures,
};
const out = document.createElement("pre");
out.id = "measured";
out.textContent = JSON.stringify(result);
document.body.append(out);
