/** What the standard has and we keep; what we write otherwise, with the reason. Browser support is floor.mjs's work. */
export default {
  extends: ["stylelint-config-standard"],
  rules: {
    "selector-class-pattern": null, // Bootstrap's names and the mock-ups'
    "custom-property-pattern": null, // --s-1, --fs-12, --k
    "declaration-block-single-line-max-declarations": null, // one line a rule reads as a table
    "rule-empty-line-before": null,
    "at-rule-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "no-descending-specificity": null, // sections follow the screens
    "no-duplicate-selectors": null, // a later section adds to an earlier one
    "alpha-value-notation": "number",
    "color-function-notation": "legacy", // the floor
    "color-function-alias-notation": null,
    "media-feature-range-notation": "prefix", // the floor
    "selector-not-notation": "simple", // the floor
    "declaration-block-no-redundant-longhand-properties": null, // inset is younger than its parts
    "declaration-block-no-duplicate-properties": [true, { ignore: ["consecutive-duplicates-with-different-values"] }],
    "value-no-vendor-prefix": null,
    "property-no-vendor-prefix": [true, { ignoreProperties: ["text-size-adjust", "font-smoothing", "overflow-scrolling", "appearance", "print-color-adjust"] }],
    "value-keyword-case": ["lower", { ignoreKeywords: ["A4"], camelCaseSvgKeywords: true, ignoreProperties: [/^--font/] }],
    "number-max-precision": 4,
    "declaration-no-important": null,
    "import-notation": "string",
    "property-no-unknown": [true, { ignoreProperties: ["text-autospace", "text-spacing-trim"] }],
    "font-family-name-quotes": null,
    "shorthand-property-no-redundant-values": null,
    "color-hex-length": null, // tokens stand in one column
    "comment-empty-line-before": null,
    "selector-pseudo-element-colon-notation": "double",
    "declaration-property-value-no-unknown": [true, { ignoreProperties: { "text-autospace": /.+/, "text-spacing-trim": /.+/ } }],
  },
};
