// The interactive twin of the printed radar. Without it, or on narrow screens, the drawing itself stays.
"use strict";

const figure = document.getElementById("radar");
const screenPlace = figure?.querySelector(".radar__screen");
const paperPlace = figure?.querySelector(".radar__paper");
const wideEnough = window.matchMedia("(min-width: 48rem)");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function draw() {
  if (!figure || !window.Plotly || !wideEnough.matches) {
    paperPlace.hidden = false;
    screenPlace.hidden = true;
    return;
  }
  const { traces, layout, config } = JSON.parse(document.getElementById("radar-data").textContent);
  const ink = colour("--chart-ink");
  const grid = colour("--chart-grid");
  const result = colour("--chart-result");
  const look = { result: { color: result }, reached: { color: ink }, target: { color: ink }, earlier: { color: colour("--chart-muted") }, range: { color: grid } };
  for (const trace of traces) {
    trace.line = { ...trace.line, ...look[trace.meta] };
    if (trace.marker) trace.marker = { ...trace.marker, ...look[trace.meta] };
  }
  const polar = layout.polar;
  polar.radialaxis = { ...polar.radialaxis, gridcolor: grid, linecolor: grid, color: ink };
  polar.angularaxis = { ...polar.angularaxis, gridcolor: grid, linecolor: grid, color: ink };
  screenPlace.hidden = false;
  await window.Plotly.react(screenPlace, traces, { ...layout, font: { ...layout.font, color: ink } }, config);
  paperPlace.hidden = true;
}

if (figure) {
  draw();
  wideEnough.addEventListener("change", draw);
  dark.addEventListener("change", draw);
}

// A link to a perspective opens it.
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
window.addEventListener("hashchange", openTarget);
openTarget();
