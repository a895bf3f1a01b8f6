/**
 * The schema file for drizzle-kit, which keeps the exports that are tables. An `export default` would make it drop
 * them all.
 */
module.exports = require('../tables/index.ts').defineTables(require('./kit.ts').kit);
