/** The part for browsers, which has no types of its own. */
declare module "tus-js-client/lib.es5/browser/index.js" {
  export { Upload } from "tus-js-client";
}
