import js from "@eslint/js";
import globals from "globals";

/* What the type checker does not see. Both read the same files; see package.json. */
export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: globals.browser },
    rules: {
      "consistent-return": "off",
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-duplicate-imports": "error",
      "no-else-return": "error",
      "no-shadow": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: ["tests/front/**"], languageOptions: { globals: globals.node } },
  {
    // a script that is laid into a page as it is
    files: ["src/workbook/reports/templates/**"],
    languageOptions: { sourceType: "script" },
  },
];
