import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './db/postgres/schema.cjs',
  out: './db/postgres/migrations',
  casing: 'snake_case',
});
