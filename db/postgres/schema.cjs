/**
 * What drizzle-kit reads. It keeps those exports that are tables; an `export default` would make it drop them all.
 */
module.exports = require('../tables/index.ts').defineTables(require('./kit.ts').kit);
