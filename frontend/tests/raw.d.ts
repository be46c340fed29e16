/* A file's text, as Vite gives it. */
declare module "*.json?raw" {
  const text: string;
  export default text;
}
