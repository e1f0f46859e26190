export default {
  extends: "stylelint-config-standard",
  reportNeedlessDisables: true,
  rules: {
    "color-no-hex": true, // colours stand in theme.toml
    "media-feature-range-notation": "prefix", // which browsers know that do not know `width >= 60rem`
    "no-descending-specificity": null, // rules are in the order of what they are about
    "selector-pseudo-class-no-unknown": [true, { ignorePseudoClasses: ["target-current"] }], // of CSS Overflow 5
    "value-keyword-case": ["lower", { ignoreProperties: ["--serif", "--mono"] }], // fonts have names
  },
};
