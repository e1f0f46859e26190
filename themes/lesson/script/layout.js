/* What stands where on a stage: where tiles are, how they turn, and how many units all of it takes. */

/** @param {Element} tile @param {string} axis */
const place = (tile, axis) => Number(tile.getAttribute(axis));

/** Turn the tiles of a grid about its middle; their texts stay upright. @param {Tile[]} plane @param {number} angle */
function turnAbout(plane, angle) {
  const ends = [plane[0].tile, plane[plane.length - 1].tile];
  for (const { tile, text } of plane) {
    const [x, y] = ["x", "y"].map((axis) => place(tile, axis) - (place(ends[0], axis) + place(ends[1], axis)) / 2);
    const dx = x * Math.cos(angle) - y * Math.sin(angle) - x;
    const dy = x * Math.sin(angle) + y * Math.cos(angle) - y;
    for (const node of [tile, text]) put(node, "transform", `translate(${dx.toFixed(2)} ${dy.toFixed(2)})`);
  }
}

/** Tell the style sheet how many units a version's panels take. @param {Element} version */
function measure(version) {
  const panels = /** @type {HTMLElement} */ (one(version, ".panels"));
  set(panels, JSON.parse(panels.dataset.measures ?? ""));
  for (const panel of panels.querySelectorAll("svg")) {
    const { width, height } = panel.viewBox.baseVal;
    set(panel, { w: width, h: height });
  }
}

/** Give an element measures that the style sheet reckons with. @param {ElementCSSInlineStyle} node @param {Record<string, number | string>} measures */
function set(node, measures) {
  for (const [name, value] of Object.entries(measures)) node.style.setProperty(`--${name}`, String(value));
}
