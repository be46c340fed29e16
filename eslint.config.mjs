import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["src/**", "node_modules/**", ".venv/**", "var/**", "docs/**", "tests/**"] },
  js.configs.recommended,
  {
    files: ["frontend/src/**/*.ts", "frontend/tests/**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true }, globals: globals.browser },
    rules: {
      "@typescript-eslint/explicit-function-return-type": ["error", { allowExpressions: true }],
      "@typescript-eslint/no-non-null-assertion": "off", // indexes that a loop has just bounded
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off", // handlers of one expression
      "@typescript-eslint/consistent-type-imports": "error",
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 70 }],
      "no-console": "error",
    },
  },
  {
    // an island stands alone: it may use lib, never another island or the site's own file
    files: ["frontend/src/islands/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^\\.\\./(?!\\.\\./(lib|\\.\\./styles)/)", message: "an island imports only frontend/src/lib" }] },
      ],
    },
  },
  {
    files: ["frontend/src/lib/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: ["**/islands/**"], message: "lib knows no island" }] }] },
  },
  {
    files: ["frontend/tests/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/explicit-function-return-type": "off",
    },
  },
  { files: ["frontend/tools/*.mjs"], languageOptions: { globals: globals.node } },
);
