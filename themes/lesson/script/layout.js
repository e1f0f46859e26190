/* What stands where on a stage: rows of terms, planes of weights, and how many units all of it takes. */

/** Terms row by row, as they stand. @param {Tile[]} terms @returns {Row[]} */
function rowsOf(terms) {
  const starts = terms.flatMap(({ tile }, n) => (tile.getAttribute("y") === terms[n - 1]?.tile.getAttribute("y") ? [] : [n]));
  return starts.map((first, n) => ({ first, end: starts[n + 1] ?? terms.length }));
}

/** Weights plane by plane: between two planes there is a gap. @param {Tile[]} weights @returns {Tile[][]} */
function planesOf(weights) {
  /** @type {Tile[][]} */
  const planes = [];
  weights.forEach((weight, n) => {
    const [before, here] = [weights[n - 1], weight].map((each) => Number(each?.tile.getAttribute("y")));
    if (!n || here - before > PITCH) planes.push([]);
    planes[planes.length - 1].push(weight);
  });
  return planes;
}

/** Turn tiles about the middle of all of them; their texts stay upright. @param {Tile[]} plane @param {number} angle */
function turnAbout(plane, angle) {
  const at = plane.map(({ tile }) => ["x", "y"].map((name) => Number(tile.getAttribute(name))));
  const centre = [0, 1].map((axis) => (Math.min(...at.map((place) => place[axis])) + Math.max(...at.map((place) => place[axis]))) / 2);
  plane.forEach(({ tile, text }, n) => {
    const [x, y] = at[n].map((place, axis) => place - centre[axis]);
    const dx = x * Math.cos(angle) - y * Math.sin(angle) - x;
    const dy = x * Math.sin(angle) + y * Math.cos(angle) - y;
    for (const node of [tile, text]) put(node, "transform", `translate(${dx.toFixed(2)} ${dy.toFixed(2)})`);
  });
}

/**
 * Tell the style sheet how large the panels are, in units: it finds the one measure at which all of them fit.
 * @param {HTMLElement} panels
 */
function measure(panels) {
  /** @param {SVGSVGElement} panel */
  const sized = (panel) => {
    const { width, height } = panel.viewBox.baseVal;
    set(panel, { w: width, h: height });
    return { width, height };
  };
  const [inputs, maps, [work]] = [".grids:first-child", ".grids:last-child", ":scope"].map((place) =>
    Array.from(/** @type {NodeListOf<SVGSVGElement>} */ (panels.querySelectorAll(`${place} > svg, ${place} > .plate .over`)), sized),
  );
  const apart = panels.classList.contains("many") && !panels.querySelector(".plate");
  const rows = apart ? [inputs, maps] : [[...inputs, ...maps]];
  const wide = rows.map((row) => row.reduce((sum, { width }) => sum + width + BETWEEN, -BETWEEN));
  const high = rows.map((row) => Math.max(0, ...row.map(({ height }) => height)));
  const alone = high.reduce((sum, height) => sum + height + BETWEEN, -BETWEEN);
  set(panels, {
    wide: Math.max(...wide),
    high: alone + (work ? work.height + BETWEEN : 0),
    alone,
    tall: Math.max(...high),
    first: inputs[0]?.width ?? 0,
    second: maps[0]?.width ?? 0,
    small: Math.min(...Array.from(panels.querySelectorAll("[font-size]:not(.laid-text)"), (text) => Number(text.getAttribute("font-size")))),
  });
}

/** Give an element measures that the style sheet reckons with. @param {ElementCSSInlineStyle} node @param {Record<string, number>} measures */
function set(node, measures) {
  for (const [name, value] of Object.entries(measures)) node.style.setProperty(`--${name}`, String(value));
}
