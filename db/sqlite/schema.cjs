/**
 * The file that drizzle-kit reads. It keeps the exports that are tables. An `export default` would make it drop all.
 */
module.exports = require('../tables/index.ts').defineTables(require('./kit.ts').kit);
